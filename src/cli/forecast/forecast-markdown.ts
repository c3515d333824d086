import { dateText } from '../../forecast/core/period';
import type { Forecast } from '../../forecast/outlook/forecast';
import { cell, markdownTable } from '../core/markdown';
import { periodText, remarksOf, sectionsOf } from './forecast-sections';

/** A forecast for a pull request or a wiki. */
export function forecastMarkdown(forecast: Forecast, at: number | undefined): string {
  const sections = sectionsOf(forecast, at).map(({ title, columns, rows, more }) =>
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
  const remarks = remarksOf(forecast).map((remark) => `- ${cell(remark)}`);
  return `${[
    '## AWS Backup: forecast',
    `The forecast looks ${periodText(forecast)}.`,
    ...sections,
    `<details><summary>Recovery points and copies over time</summary>\n\n${timeline}\n\n</details>`,
    ...(remarks.length > 0 ? [`### Remarks\n\n${remarks.join('\n')}`] : []),
  ].join('\n\n')}\n`;
}
