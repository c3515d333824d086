import { htmlText } from './html-text';
import type { ShownData } from './summary-lines';

/** What is shown before the code runs, and where none runs, as in previews of mail programs. */
export function staticSummary({ title, lines: shown }: ShownData): string {
  const lines = shown.map(
    ({ label, value }) => `<li><strong>${htmlText(value)}</strong> ${htmlText(label)}</li>`,
  );
  return `<main class="static"><h1>Backup report</h1><p>${htmlText(title)}</p><ul>${lines.join('')}</ul></main>`;
}
