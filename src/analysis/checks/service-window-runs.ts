import { readCron } from '../../values/cron';
import { type Meeting, meeting, minutesOfWeek, type WeekSpan } from '../../values/service-windows';
import { DEFAULT_START_WINDOW_MINUTES } from '../../values/windows';
import { timeZoneProblems, WallClock } from '../../values/zoned-time';
import type { RuleItem } from '../inventory/plans';
import { isUnknown, known } from '../inventory/unknown';
import { DEFAULT_SCHEDULE } from '../protection/rule-facts';

/** When rules run in the course of a week, each schedule reckoned once. */
export class WeeklyRuns {
  private readonly bySchedule = new Map<string, readonly number[]>();
  private readonly clocks = new Map<string, WallClock | undefined>();

  constructor(private readonly now: Date) {}

  /** How a rule meets windows of a service: the worst of them. Nothing where its schedule isn't known. */
  public meeting(rule: RuleItem, windows: readonly WeekSpan[], tooClose: number): Meeting {
    const runs = this.runsOf(rule);
    // a window that isn't known is not held against the rule
    const startWindow =
      rule.startWindowMinutes === undefined
        ? DEFAULT_START_WINDOW_MINUTES
        : (known(rule.startWindowMinutes) ?? 0);
    let found: Meeting;
    for (const window of windows) {
      const met = meeting(runs, window, tooClose, startWindow);
      if (met === 'starts') return met;
      found ??= met;
    }
    return found;
  }

  private runsOf({ schedule = DEFAULT_SCHEDULE, timeZone = 'UTC' }: RuleItem): readonly number[] {
    if (isUnknown(schedule) || isUnknown(timeZone)) return [];
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
