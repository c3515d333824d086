import { dateText } from '../../forecast/core/period';
import { cell, markdownTable } from '../core/markdown';
import { type ForecastReport, notesOf, periodText, sectionsOf } from './forecast-sections';

/** A forecast for a pull request or a wiki. */
export function forecastMarkdown(report: ForecastReport): string {
  const { forecast } = report;
  const sections = sectionsOf(report).map(({ title, columns, rows, more }) =>
    [
      `### ${title}`,
      markdownTable(
        columns.map((column) => column.title),
        rows.map((row) => row.map(cell)),
      ),
      ...(more > 0 ? [`… and ${more} more.`] : []),
    ].join('\n\n'),
  );
  const timeline = markdownTable(
    ['date', 'alive', 'warm', 'cold'],
    forecast.timeline.map(({ at: date, alive, warm, cold }) => [
      dateText(date),
      String(alive),
      String(warm),
      String(cold),
    ]),
  );
  const notes = notesOf(report).map(
    ({ title, lines }) => `### ${title}\n\n${lines.map((line) => `- ${cell(line)}`).join('\n')}`,
  );
  return `${[
    '## AWS Backup: forecast',
    `The forecast looks ${periodText(forecast)}.`,
    ...sections,
    `<details><summary>Recovery points and copies over time</summary>\n\n${timeline}\n\n</details>`,
    ...notes,
  ].join('\n\n')}\n`;
}
