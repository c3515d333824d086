import { countsAt } from '../src/forecast/points/lineage';
import type { PageData, VaultData } from '../src/report/data/page-data';
import { daysText, durationText } from '../src/report/page/amounts';
import type { Series } from './model';
import { dateOf } from './text';

const DAY_MS = 86_400_000;
const HEIGHT = 26;
const BAND = { top: 4, height: 14 };

type State = 'expired' | 'cold' | 'warm' | 'future';

/** The recovery points of a series, one line each, as they are on a day. */
export function Strip(props: {
  readonly series: Series;
  readonly factor: number;
  readonly vault: VaultData | undefined;
  readonly period: PageData['period'];
  readonly at: number;
  readonly width: number;
}) {
  const { series, factor, vault, period, at, width } = props;
  const { data, kind, times } = series;
  const { from, to } = period;
  const x = (instant: number) => ((instant - from) / (to - from)) * width;
  const counts = countsAt(series, at);
  const irregular = irregularities(series);
  const retention =
    kind === 'continuous'
      ? `any moment of ${daysText(series.windowDays)}`
      : `${daysText(data.retentionDays ?? 'forever')}${data.coldAfterDays === null ? '' : `, cold after ${daysText(data.coldAfterDays)}`}`;
  const state =
    kind === 'continuous'
      ? counts.alive > 0
        ? 'continuous'
        : 'none yet'
      : `${counts.alive} alive${counts.cold > 0 ? `, ${counts.cold} cold` : ''}, ${counts.expired} expired`;
  const label = `${kind === 'copy' ? 'copy of ' : ''}${data.rule} in ${vault?.name ?? 'a vault'}`;
  return (
    <figure class="strip">
      <figcaption>
        <span>
          <strong>{label}</strong>{' '}
          <span class="quiet">
            {data.plan} · {retention}
            {factor > 1 ? ` · ${factor} resources` : ''}
          </span>
        </span>
        <span class="quiet number">{state}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        height={HEIGHT}
        role="img"
        aria-label={`${label} on ${dateOf(at)}: ${state}`}
      >
        {kind === 'continuous' ? (
          <Window series={series} at={at} x={x} width={width} />
        ) : (
          STATES.map((one) => <path key={one} class={one} d={pathsOf(series, at, period, width)[one]} />)
        )}
        <path class="axis" d={`M0 ${BAND.top + BAND.height + 0.5}H${width}`} />
        {irregular.clockChanges.map((instant) => (
          <path key={instant} class="clock" d={`M${(x(instant) - 3).toFixed(1)} ${HEIGHT}h6l-3 -5z`}>
            <title>clocks change before {dateOf(instant)}</title>
          </path>
        ))}
        {irregular.gap && (
          <path
            class="gap"
            d={`M${x(irregular.gap.from).toFixed(1)} ${HEIGHT - 3}H${x(irregular.gap.to).toFixed(1)}`}
          >
            <title>
              longest gap: {durationText((irregular.gap.to - irregular.gap.from) / 60_000)}, from{' '}
              {dateOf(irregular.gap.from)}
            </title>
          </path>
        )}
        <path class="day" d={`M${Math.min(width - 0.5, Math.max(0.5, x(at))).toFixed(1)} 0V${HEIGHT}`} />
      </svg>
      {irregular.gap && (
        <p class="remarks quiet">
          Longest gap {durationText((irregular.gap.to - irregular.gap.from) / 60_000)}, from{' '}
          {dateOf(irregular.gap.from)}.
        </p>
      )}
      {times.length === 0 && <p class="quiet">no runs</p>}
    </figure>
  );
}

const STATES: readonly State[] = ['expired', 'future', 'cold', 'warm'];

function Window(props: {
  readonly series: Series;
  readonly at: number;
  readonly x: (instant: number) => number;
  readonly width: number;
}) {
  const { series, at, x, width } = props;
  const { first } = series.times;
  if (first === undefined) return null;
  const start = Math.max(first, at - (series.windowDays ?? 0) * DAY_MS);
  return (
    <>
      <path class="future" d={`M${x(first).toFixed(1)} ${BAND.top + BAND.height / 2}H${width}`} />
      {first <= at && (
        <rect
          class="window"
          x={x(start)}
          y={BAND.top}
          width={Math.max(1, x(at) - x(start))}
          height={BAND.height}
        />
      )}
    </>
  );
}

/** Runs that are drawn in the same place are drawn once, in the state of the last. */
function pathsOf(
  series: Series,
  at: number,
  { from, to }: PageData['period'],
  width: number,
): Readonly<Record<State, string>> {
  const { times, retentionDays, coldAfterDays, holds } = series;
  const paths: Record<State, string> = { expired: '', cold: '', warm: '', future: '' };
  let [lastX, lastState]: [number, State | undefined] = [-1, undefined];
  for (let i = 0; i < times.length; i++) {
    const time = times.at(i);
    const place = Math.round(((time - from) / (to - from)) * width) + 0.5;
    const held = holds.some((hold) => time >= hold.from && time <= hold.to);
    const state: State =
      time > at
        ? 'future'
        : time + retentionDays * DAY_MS <= at && !held
          ? 'expired'
          : time + coldAfterDays * DAY_MS <= at
            ? 'cold'
            : 'warm';
    if (place - lastX < 1 && state === lastState) continue;
    [lastX, lastState] = [place, state];
    const [top, height] =
      state === 'warm'
        ? [BAND.top, BAND.height]
        : state === 'cold'
          ? [BAND.top + 5, BAND.height - 5]
          : [BAND.top + BAND.height - 4, 4];
    paths[state] += `M${place} ${top}v${height}`;
  }
  return paths;
}

interface Irregularities {
  /** Runs that are an hour earlier or later than usual. */
  readonly clockChanges: readonly number[];
  /** The longest gap, if it is longer than usual by half. */
  readonly gap?: { readonly from: number; readonly to: number };
}

const known = new WeakMap<Series, Irregularities>();

export function irregularities(series: Series): Irregularities {
  const found = known.get(series) ?? computeIrregularities(series);
  known.set(series, found);
  return found;
}

function computeIrregularities({ times, kind }: Series): Irregularities {
  if (times.length < 3 || kind === 'continuous') return { clockChanges: [] };
  const counts = new Map<number, number>();
  let longest = 0;
  let at = 0;
  for (let i = 1; i < times.length; i++) {
    const gap = times.at(i) - times.at(i - 1);
    counts.set(gap, (counts.get(gap) ?? 0) + 1);
    if (gap > longest) [longest, at] = [gap, i];
  }
  const usual = [...counts].sort((a, b) => b[1] - a[1])[0][0];
  const clockChanges: number[] = [];
  if (usual >= DAY_MS && usual <= 7 * DAY_MS)
    for (let i = 1; i < times.length; i++)
      if (Math.abs(times.at(i) - times.at(i - 1) - usual) === 3_600_000) clockChanges.push(times.at(i));
  return {
    clockChanges,
    gap: longest > 1.5 * usual ? { from: times.at(at - 1), to: times.at(at) } : undefined,
  };
}
