import type { Cron } from '../../values/schedule/cron-field-spec';
import { runInstants } from '../../values/schedule/cron-runs';
import { WallClock } from '../../values/schedule/wall-clock';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The years of a schedule that names none: the dialect goes from 1970 to 2199. */
const ALL_YEARS: readonly number[] = Array.from({ length: 230 }, (_, index) => 1970 + index);

/** What the newest recovery point of a resource is compared with. */
export interface Objective {
  /** The dimension of the metrics, such as the name of the plan. */
  readonly tier: string;
  /** How messages name the objective, such as `rule daily of plan gold`. */
  readonly what: string;
  readonly vault: string;
  /** The schedule of the rule; undefined if `maxAge` decides. */
  readonly schedule?: Omit<Cron, 'years'> & { readonly years?: readonly number[]; readonly zone?: string };
  /** How long after its scheduled time a run may take to complete, in minutes. */
  readonly within?: number;
  /** The greatest age of the newest recovery point, in minutes. */
  readonly maxAge?: number;
  /** Recovery points that are kept for fewer days are of another rule. */
  readonly keep?: number;
  /** Whether a continuous backup that runs is a recovery point of now. */
  readonly continuous?: boolean;
  /** Whether the time of the last backup tells whether the rule ran, because runs complete before the next one. */
  readonly decidedByLastBackup?: boolean;
}

/** Data of AWS Backup may arrive this late. */
const LATENESS = 15 * MINUTE;

/** Says until when a resource needs its next recovery point. */
export class Deadlines {
  private readonly runs: readonly number[] = [];

  constructor(
    private readonly objective: Objective,
    now: number,
  ) {
    const { schedule } = objective;
    if (!schedule) return;
    const clock = new WallClock(schedule.zone);
    const cron: Cron = { ...schedule, years: schedule.years ?? ALL_YEARS };
    const near = runInstants(cron, clock, now - 60 * DAY, now + 60 * DAY);
    this.runs = near.length >= 10 ? near : runInstants(cron, clock, now - 3_700 * DAY, now + 3_700 * DAY);
  }

  /** When the recovery point that follows one of this time must exist; undefined if the schedule ends. */
  public after(newest: number): number | undefined {
    const { within = 0, maxAge } = this.objective;
    if (maxAge !== undefined) return newest + maxAge * MINUTE;
    const run = this.runs[this.indexAfter(newest)];
    return run === undefined ? undefined : run + within * MINUTE + LATENESS;
  }

  private indexAfter(instant: number): number {
    let [low, high] = [0, this.runs.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.runs[middle] <= instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
