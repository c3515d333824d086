import type { Change } from '../src/forecast/difference/change';
import { changesText } from '../src/report/page/changes-text';
import type { Page } from './model';
import { resourceLink } from './state';
import { count, Prose, Section } from './text';

const TITLES = [
  ['weaker', 'Weaker', '↓'],
  ['stronger', 'Stronger', '↑'],
  ['neutral', 'Neutral', '→'],
] as const;

/** What changed since an earlier version, as `diff` reports it. */
export function Changes({ page, changes }: { readonly page: Page; readonly changes: readonly Change[] }) {
  return (
    <Section id="changes" title="What changes" lead={changesText(changes)}>
      {TITLES.map(([direction, title, sign]) => {
        const own = changes.filter((change) => change.direction === direction);
        if (own.length === 0) return null;
        return (
          <details key={direction} class={`changes ${direction}`} open={direction === 'weaker'}>
            <summary>
              <span class="sign" aria-hidden="true">
                {sign}
              </span>{' '}
              {title} <span class="count">{count(own.length, 'change')}</span>
            </summary>
            <ul class="rows">
              {own.map(({ kind, stack, logicalId, message, accepted: reason }, index) => {
                const key = `${stack}/${logicalId}`;
                return (
                  <li key={index}>
                    <span class="kind">{kind}</span>
                    <span>
                      <Prose>{message}</Prose>
                      {page.find(key) && (
                        <>
                          {' '}
                          <a href={resourceLink(key)}>{key}</a>
                        </>
                      )}
                      {reason !== undefined && <span class="reason">Accepted: {reason}</span>}
                    </span>
                  </li>
                );
              })}
            </ul>
          </details>
        );
      })}
    </Section>
  );
}
