import type { PageData } from '../data/page-data';
import { htmlText } from './html-text';
import { summaryLines } from './summary-lines';

/** What is shown before the code runs, and where none runs, as in previews of mail programs. */
export function staticSummary(data: PageData): string {
  const lines = summaryLines(data).map(
    ({ label, value }) => `<li><strong>${htmlText(value)}</strong> ${htmlText(label)}</li>`,
  );
  return `<main class="static"><h1>Backup report</h1><p>${htmlText(data.title)}</p><ul>${lines.join('')}</ul></main>`;
}
