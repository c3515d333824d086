import { dateText } from '../../forecast/core/period';
import type { TimelineEntry } from '../../forecast/outlook/forecast';
import { layOutTable } from '../core/layout';
import { plain, type Style } from '../core/style';
import { type ForecastReport, notesOf, periodText, sectionsOf } from './forecast-sections';
import type { Column } from './section';

/** More lines than fit on a screen. */
const MAX_LINES = 36;
/** The chart is at most this wide, so that it fits where the text is copied to. */
const MAX_CHART = 80;

/** A forecast as text: tables, and a chart of the points that exist. */
export function forecastText(report: ForecastReport, style: Style): string {
  const { forecast } = report;
  const sections = sectionsOf(report).map(({ title, columns, rows, more }) =>
    [
      style.bold(title),
      '',
      tableOf(columns, rows, style),
      ...(more > 0 ? [`  … and ${more} more (use --format json)`] : []),
    ].join('\n'),
  );
  const notes = notesOf(report).map(
    ({ title, lines }) =>
      `${style.bold(title)}\n\n${lines.map((line) => `  ${style.wrap(plain(line), '  ', 2)}`).join('\n')}`,
  );
  return `${[
    style.wrap(`Forecast ${periodText(forecast)}`),
    ...sections,
    ...chart(forecast.timeline, style),
    ...notes,
  ].join('\n\n')}\n`;
}

function tableOf(columns: readonly Column[], rows: readonly (readonly string[])[], style: Style): string {
  return layOutTable(
    columns.map(({ title }) => title),
    rows.map((row) => row.map(plain)),
    {
      width: style.width,
      right: columns.flatMap(({ alignRight }, index) => (alignRight ? [index] : [])),
      header: style.dim,
    },
  );
}

/** A bar for each month: `█` warm, `░` cold. */
function chart(timeline: readonly TimelineEntry[], style: Style): string[] {
  const most = Math.max(0, ...timeline.map(({ alive }) => alive));
  if (most === 0) return [];
  const step = Math.ceil(timeline.length / MAX_LINES);
  const shown = timeline.filter((_, i) => (timeline.length - 1 - i) % step === 0);
  const width = most.toLocaleString('en-US').length;
  const room = Math.min(style.width, MAX_CHART) - 2 - 10 - 2 - width - 2;
  const scale = Math.min(1, room / most) * (most < room ? Math.max(1, Math.floor(room / most / 2)) : 1);
  const lines = shown.map(({ at, alive, warm }) => {
    const length = Math.round(alive * scale);
    const warmLength = Math.round(warm * scale);
    const bar = '█'.repeat(warmLength) + style.blue('░'.repeat(Math.max(0, length - warmLength)));
    return `  ${dateText(at).slice(0, 10)}  ${alive.toLocaleString('en-US').padStart(width)}  ${bar}`.trimEnd();
  });
  const hasCold = timeline.some(({ cold }) => cold > 0);
  const title = `Recovery points and copies${hasCold ? ' (█ warm, ░ cold)' : ''}`;
  return [`${style.bold(title)}\n\n${lines.join('\n')}`];
}
