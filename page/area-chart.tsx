import { countsAt } from '../src/forecast/points/lineage';
import type { PageData } from '../src/report/data/page-data';
import { numberText } from '../src/values/core/plain-text';
import type { Subject } from './subject';

const HEIGHT = 150;
const TOP = 18;
const BOTTOM = 20;
const SAMPLES = 160;

/** How many recovery points exist, in warm and in cold storage. */
export function Area(props: {
  readonly shown: Subject;
  readonly period: PageData['period'];
  readonly at: number;
  readonly width: number;
}) {
  const { shown, period, at, width } = props;
  const { from, to } = period;
  const samples = samplesOf(shown, period);
  const most = Math.max(1, ...samples.map(({ warm, cold }) => warm + cold));
  const x = (instant: number) => ((instant - from) / (to - from)) * width;
  const y = (amount: number) => TOP + (1 - amount / most) * (HEIGHT - TOP - BOTTOM);
  const area = (low: (sample: Sample) => number, high: (sample: Sample) => number) =>
    `M${samples.map((sample) => `${x(sample.at).toFixed(1)} ${y(high(sample)).toFixed(1)}`).join('L')}L${[
      ...samples,
    ]
      .reverse()
      .map((sample) => `${x(sample.at).toFixed(1)} ${y(low(sample)).toFixed(1)}`)
      .join('L')}Z`;
  const end = samples[samples.length - 1];
  return (
    <svg
      class="area"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      height={HEIGHT}
      role="img"
      aria-label={`Recovery points of ${shown.title}: up to ${most}, at the end ${end.warm + end.cold}, of which ${end.cold} are in cold storage.`}
    >
      <path
        class="warm"
        d={area(
          ({ cold }) => cold,
          ({ warm, cold }) => warm + cold,
        )}
      />
      <path
        class="cold"
        d={area(
          () => 0,
          ({ cold }) => cold,
        )}
      />
      {months(period, width).map(({ at: start, label, major }) => (
        <g key={start} class={`tick${major ? ' major' : ''}`}>
          <path d={`M${x(start).toFixed(1)} ${HEIGHT - BOTTOM}v5`} />
          {label && width - x(start) > 40 && (
            <text x={x(start)} y={HEIGHT - 3}>
              {label}
            </text>
          )}
        </g>
      ))}
      <path class="axis" d={`M0 ${HEIGHT - BOTTOM}H${width}`} />
      <path class="grid" d={`M0 ${TOP}H${width}`} />
      <text class="most" x="0" y={TOP - 5}>
        {numberText(most)} recovery points
      </text>
      <path
        class="day"
        d={`M${Math.min(width - 0.5, Math.max(0.5, x(at))).toFixed(1)} ${TOP - 4}V${HEIGHT - BOTTOM}`}
      />
    </svg>
  );
}

interface Sample {
  readonly at: number;
  readonly warm: number;
  readonly cold: number;
}

let latest: { shown: Subject; samples: readonly Sample[] } | undefined;

/** The same for every day. */
function samplesOf(shown: Subject, { from, to }: PageData['period']): readonly Sample[] {
  if (latest?.shown === shown) return latest.samples;
  const samples = Array.from({ length: SAMPLES + 1 }, (_, index): Sample => {
    const at = from + ((to - from) * index) / SAMPLES;
    let [warm, cold] = [0, 0];
    for (const { series, factor } of shown.series) {
      const counts = countsAt(series, at);
      warm += counts.warm * factor;
      cold += counts.cold * factor;
    }
    return { at, warm, cold };
  });
  latest = { shown, samples };
  return samples;
}

/** The first of each month, or of each year in long periods, with as many labels as there is room for. */
export function months(
  { from, to }: PageData['period'],
  width: number,
): { at: number; label: string; major: boolean }[] {
  const start = new Date(from);
  const all: { at: number; label: string; major: boolean }[] = [];
  for (let next = 0; ; next++) {
    const at = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + next);
    if (at > to) break;
    if (at < from) continue;
    const month = new Date(at).getUTCMonth();
    const year = String(new Date(at).getUTCFullYear());
    all.push({ at, major: month === 0, label: month === 0 ? year : NAMES[month] });
  }
  const every = [1, 2, 3, 6, 12, 24, 60].find((step) => all.length / step <= width / 48) ?? 120;
  return all.flatMap((tick) => {
    const month = new Date(tick.at).getUTCMonth() + 12 * new Date(tick.at).getUTCFullYear();
    return month % every === 0 ? [tick] : every <= 3 ? [{ ...tick, label: '' }] : [];
  });
}

const NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
