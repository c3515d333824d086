import { readCron } from '../values/schedule/cron';
import { maximumGapMinutes } from '../values/schedule/cron-runs';

/** The longest time between two runs of schedules. The same schedule is computed once. */
export class ScheduleIntervals {
  private readonly intervals = new Map<string, number | undefined>();

  constructor(private readonly now: Date) {}

  /** In minutes; undefined if the schedule can't be read, or runs at most once. */
  public of(schedule: string): number | undefined {
    if (!this.intervals.has(schedule)) {
      const { cron } = readCron(schedule);
      const gap = cron && maximumGapMinutes(cron, this.now);
      this.intervals.set(schedule, gap !== undefined && Number.isFinite(gap) ? gap : undefined);
    }
    return this.intervals.get(schedule);
  }
}
