import type { SummaryLine } from '../src/report/page/summary-lines';
import { numberText } from '../src/values/core/plain-text';
import type { Page } from './model';
import { groupBy, search, sortBy, status, type } from './state';
import { count, Day } from './text';

/** The numbers first, each of which leads to its place. */
export function Verdict({ page }: { readonly page: Page }) {
  const { data } = page;
  const { summary, period } = data;
  return (
    <section id="verdict" aria-labelledby="verdict-title" tabIndex={-1}>
      <p class="eyebrow">{data.title}</p>
      <h1 id="verdict-title">{headline(page)}</h1>
      <p class="lead">
        {count(summary.total, 'resource')} that AWS Backup can protect and{' '}
        {count(data.vaults.length, 'vault')}, forecast from <Day at={period.from} /> to <Day at={period.to} />
        .
      </p>
      <ul class="tiles">
        {data.lines.map(({ key, section, value, label, state }) => (
          <li key={key} class={`tile ${state}`}>
            <a href={`#${section}`} onClick={() => showOnly(key)}>
              <span class="value" data-number={key}>
                {value}
              </span>
              <span class="label">{label}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the coverage shows of a number. */
function showOnly(key: SummaryLine['key']): void {
  const isRpo = key === 'rpo';
  if (!isRpo && key !== 'protected' && key !== 'unprotected') return;
  status.value = isRpo ? 'protected' : key === 'protected' ? 'all' : key;
  type.value = 'all';
  groupBy.value = 'none';
  search.value = '';
  sortBy.value = { column: isRpo ? 'rpo' : 'order', descending: isRpo };
}

function headline({ data: { summary, findings } }: Page): string {
  const { total, unprotected, optedOut } = summary;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const wrong = errors > 0 ? `, and ${count(errors, 'error')} must be fixed` : '';
  if (total === 0) return `No resources to protect in this input${wrong}.`;
  if (unprotected === 0)
    return `Every resource is protected${optedOut > 0 ? ' or deliberately opted out' : ''}${wrong}.`;
  const are = unprotected === 1 ? 'is' : 'are';
  return `${numberText(unprotected)} of ${count(total, 'resource')} ${are} not protected${wrong}.`;
}
