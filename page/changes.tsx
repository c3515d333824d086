import type { Change } from '../src/forecast/difference/change';
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
  const open = changes.filter(({ accepted }) => accepted === undefined);
  const accepted = changes.length - open.length;
  const counts = TITLES.map(([direction, title]) => [
    title.toLowerCase(),
    open.filter((change) => change.direction === direction).length,
  ]);
  const lead =
    changes.length === 0
      ? 'Nothing changes for backups.'
      : `${counts.map(([title, n]) => `${n} ${title}`).join(', ')}${accepted > 0 ? `; ${accepted} accepted` : ''}.`;
  return (
    <Section id="changes" title="What changes" lead={lead}>
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
