import { readCron } from './cron';
import { type Meeting, meeting, minutesOfWeek, type WeekSpan } from './service-windows';
import { WallClock } from './wall-clock';
import { timeZoneProblems } from './zoned-time';

/** When a rule runs. */
export interface RuleTimes {
  readonly schedule: string;
  readonly timeZone: string;
  readonly startWindowMinutes: number;
}

/** When rules run during a week; each schedule is computed once. */
export class WeeklyRuns {
  private readonly bySchedule = new Map<string, readonly number[]>();
  private readonly clocks = new Map<string, WallClock | undefined>();

  /** @param now the start of the year of runs to compute */
  constructor(private readonly now: Date) {}

  /** The worst way in which a rule meets windows of a service. Undefined if its schedule is invalid. */
  public meeting(rule: RuleTimes, windows: readonly WeekSpan[], tooClose: number): Meeting {
    const runs = this.of(rule);
    let found: Meeting;
    for (const window of windows) {
      const met = meeting(runs, window, tooClose, rule.startWindowMinutes);
      if (met === 'starts') return met;
      found ??= met;
    }
    return found;
  }

  /** The minutes of the week at which a rule runs. */
  public of({ schedule, timeZone }: RuleTimes): readonly number[] {
    const key = `${schedule}|${timeZone}`;
    let runs = this.bySchedule.get(key);
    if (!runs) {
      const { cron } = readCron(schedule);
      const clock = this.clockOf(timeZone);
      runs = cron && clock ? minutesOfWeek(cron, clock, this.now) : [];
      this.bySchedule.set(key, runs);
    }
    return runs;
  }

  private clockOf(timeZone: string): WallClock | undefined {
    if (!this.clocks.has(timeZone))
      this.clocks.set(
        timeZone,
        timeZoneProblems(timeZone).length === 0 ? new WallClock(timeZone) : undefined,
      );
    return this.clocks.get(timeZone);
  }
}
