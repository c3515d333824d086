import { TimeZone } from 'aws-cdk-lib';
import { type Text, Unknown } from '../../template/evaluation/unknown';
import { BackupSchedule } from '../../values/schedule/backup-schedule';
import { type SkippedTime, skippedTimes } from '../../values/schedule/clock-changes';
import { type CronReading, readCron } from '../../values/schedule/cron';
import type { Cron } from '../../values/schedule/cron-field-spec';
import { maximumGapMinutes, minimumGapMinutes } from '../../values/schedule/cron-runs';
import { DEFAULT_SCHEDULE } from '../../values/schedule/default-schedule';
import { WallClock } from '../../values/schedule/wall-clock';
import { timeZoneProblems } from '../../values/schedule/zoned-time';
import type { AnalysisOptions } from './analysis-options';

const MONTH_MINUTES = 28 * 24 * 60;

/** Reads each schedule of an inventory once: plans often share them. */
export class Timetable {
  private readonly readings = new Map<string, CronReading>();
  private readonly gaps = new Map<Cron, number>();
  private readonly longest = new Map<Cron, number>();
  private readonly schedules = new Map<string, BackupSchedule>();
  private readonly skipped = new Map<string, readonly SkippedTime[]>();

  constructor(private readonly options: AnalysisOptions) {}

  /** What an expression means, and what is wrong with it. */
  public read(schedule: string): CronReading {
    let reading = this.readings.get(schedule);
    if (!reading) {
      reading = readCron(schedule, 'ScheduleExpression');
      this.readings.set(schedule, reading);
    }
    return reading;
  }

  /** The meaning of a schedule; undefined if it isn't known or AWS refuses it. */
  public cronOf(schedule: Text | undefined): Cron | undefined {
    return schedule instanceof Unknown ? undefined : this.read(schedule ?? DEFAULT_SCHEDULE).cron;
  }

  /** The shortest time between two runs in minutes. */
  public shortestGap(schedule: Text | undefined): number | undefined {
    return this.gap(schedule, this.gaps, minimumGapMinutes);
  }

  /** The longest time between two runs in minutes. */
  public longestGap(schedule: Text | undefined): number | undefined {
    return this.gap(schedule, this.longest, (cron) => maximumGapMinutes(cron, this.options.now));
  }

  /** Whether there are always 28 days or more between two runs; undefined if that isn't known. */
  public isMonthlyOrRarer(schedule: Text | undefined): boolean | undefined {
    const gap = this.shortestGap(schedule);
    return gap === undefined ? undefined : gap >= MONTH_MINUTES;
  }

  /** A schedule in a time zone; both must be valid. */
  public scheduleOf(expression: string, timeZone: string): BackupSchedule {
    const key = `${expression} in ${timeZone}`;
    let schedule = this.schedules.get(key);
    if (!schedule) {
      schedule = BackupSchedule.expression(expression, TimeZone.of(timeZone));
      this.schedules.set(key, schedule);
    }
    return schedule;
  }

  /** The times that the clock of a time zone skips; none if there is no such zone. */
  public skippedIn(timeZone: string): readonly SkippedTime[] {
    let skipped = this.skipped.get(timeZone);
    if (!skipped) {
      const isZone = timeZoneProblems(timeZone).length === 0;
      skipped = isZone ? skippedTimes(new WallClock(timeZone), this.options.now) : [];
      this.skipped.set(timeZone, skipped);
    }
    return skipped;
  }

  private gap(
    schedule: Text | undefined,
    known: Map<Cron, number>,
    measure: (cron: Cron) => number,
  ): number | undefined {
    const cron = this.cronOf(schedule);
    if (!cron) return undefined;
    let gap = known.get(cron);
    if (gap === undefined) {
      gap = measure(cron);
      known.set(cron, gap);
    }
    return gap;
  }
}
