/**
 * The instants at which a rule runs, in ascending order, in milliseconds. Points are never listed: how many exist at an
 * instant follows from how many runs lie before it, and before it by the retention.
 */
export class RunTimes {
  public static readonly NONE = new RunTimes(new Float64Array());

  /** The sums of the times up to each index, counted from the first time; computed when they are first needed. */
  private sums?: Float64Array;

  constructor(private readonly times: Float64Array) {}

  public get length(): number {
    return this.times.length;
  }

  public get first(): number | undefined {
    return this.times[0];
  }

  public get last(): number | undefined {
    return this.times[this.times.length - 1];
  }

  public at(index: number): number {
    return this.times[index];
  }

  /** How many runs are at or before an instant. */
  public countUntil(instant: number): number {
    let [low, high] = [0, this.times.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.times[middle] <= instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How long ago the runs before an index were at an instant, in milliseconds, added up. */
  public elapsed(end: number, instant: number): number {
    if (end === 0) return 0;
    const [first] = this.times;
    if (!this.sums) {
      let sum = 0;
      this.sums = this.times.map((time) => {
        sum += time - first;
        return sum;
      });
    }
    return end * (instant - first) - this.sums[end - 1];
  }

  /** The longest time between two consecutive runs, in milliseconds; undefined with fewer than two. */
  public longestGap(): number | undefined {
    let gap: number | undefined;
    for (let i = 1; i < this.times.length; i++) gap = Math.max(gap ?? 0, this.times[i] - this.times[i - 1]);
    return gap;
  }
}

/** Runs of one rule among those of several, with the start window of the rule. */
export interface RunsWithWindow {
  readonly times: RunTimes;
  readonly windowMs: number;
}

/** The gaps between consecutive runs of several rules together, in milliseconds. */
export interface Gaps {
  /** Between the scheduled times. */
  readonly longest: number;
  /** If the later backup starts only at the end of its start window. */
  readonly worstCase: number;
}

/** Resources of many types have the runs of the same rules, so the gaps are kept with the runs of the first rule. */
const KNOWN_GAPS = new WeakMap<RunTimes, { rules: readonly RunsWithWindow[]; gaps: Gaps | undefined }[]>();

/**
 * The longest gaps between consecutive runs of all rules; undefined with fewer than two runs. Of runs at the same instant,
 * the one with the shortest start window counts.
 */
export function longestGaps(rules: readonly RunsWithWindow[]): Gaps | undefined {
  if (rules.length === 0) return undefined;
  const [{ times, windowMs }] = rules;
  if (rules.length === 1) {
    const gap = times.longestGap();
    return gap === undefined ? undefined : { longest: gap, worstCase: gap + windowMs };
  }
  const known = KNOWN_GAPS.get(times) ?? [];
  const same = known.find(
    (one) =>
      one.rules.length === rules.length &&
      one.rules.every((rule, i) => rule.times === rules[i].times && rule.windowMs === rules[i].windowMs),
  );
  if (same) return same.gaps;
  const gaps = gapsOf(rules);
  KNOWN_GAPS.set(times, [...known, { rules, gaps }]);
  return gaps;
}

function gapsOf(rules: readonly RunsWithWindow[]): Gaps | undefined {
  const cursors = rules.map(() => 0);
  let previous: number | undefined;
  let count = 0;
  let longest = 0;
  let worstCase = 0;
  for (;;) {
    let next = Number.POSITIVE_INFINITY;
    let window = Number.POSITIVE_INFINITY;
    for (let i = 0; i < rules.length; i++) {
      const { times, windowMs } = rules[i];
      const time = times.at(cursors[i]); // undefined after the last run, which compares as false
      if (time < next) [next, window] = [time, windowMs];
      else if (time === next && windowMs < window) window = windowMs;
    }
    if (next === Number.POSITIVE_INFINITY) break;
    for (let i = 0; i < rules.length; i++)
      if (rules[i].times.at(cursors[i]) === next) {
        cursors[i]++;
        count++;
      }
    if (previous !== undefined) {
      longest = Math.max(longest, next - previous);
      worstCase = Math.max(worstCase, next - previous + window);
    } else if (count > 1) worstCase = window;
    previous = next;
  }
  return count > 1 ? { longest, worstCase } : undefined;
}
