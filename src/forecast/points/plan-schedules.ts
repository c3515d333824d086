import { DEFAULT_SCHEDULE } from '../../coverage/rule-facts';
import type { Inventory } from '../../inventory/inventory';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { DEFAULT_START_WINDOW_MINUTES } from '../../values/plan/windows';
import { readCron } from '../../values/schedule/cron';
import type { Cron } from '../../values/schedule/cron-field-spec';
import { minimumGapMinutes } from '../../values/schedule/cron-runs';
import { timeZoneProblems } from '../../values/schedule/zoned-time';
import type { Period } from '../core/period';
import { PlanRuns, type RuleRuns, type RunRule } from '../core/plan-runs';
import { retentionDaysOf } from './lifecycles';

/** When the rule of a plan runs in the period. */
export interface RuleSchedule {
  readonly plan: PlanItem;
  readonly rule: RuleItem;
  /** Undefined if the schedule isn't known, or not valid. */
  readonly runs?: RuleRuns;
  /** Why there are no runs. */
  readonly unknownBecause?: string;
  readonly startWindowMinutes: number;
  readonly minimumGapMinutes: number;
}

/** When the rules of plans run. Each plan is computed once. */
export class PlanSchedules {
  private readonly runs: PlanRuns;
  private readonly byPlan = new Map<PlanItem, readonly RuleSchedule[]>();
  private readonly crons = new Map<string, Cron | undefined>();
  private readonly gaps = new Map<Cron, number>();
  private readonly zones = new Map<string, boolean>();

  constructor(period: Period) {
    this.runs = new PlanRuns(period);
  }

  public of(plan: PlanItem): readonly RuleSchedule[] {
    let schedules = this.byPlan.get(plan);
    if (!schedules) {
      schedules = this.read(plan);
      this.byPlan.set(plan, schedules);
    }
    return schedules;
  }

  /** The rules of all plans of an inventory, and of further plans. */
  public ofAll(plans: Inventory['plans']): readonly RuleSchedule[] {
    return plans.flatMap((plan) => this.of(plan));
  }

  private read(plan: PlanItem): RuleSchedule[] {
    const rules = plan.rules.items.map((rule) => this.runRule(rule));
    const runs = this.runs.of(rules.map((one) => (typeof one === 'string' ? undefined : one)));
    return plan.rules.items.map((rule, index) => {
      const one = rules[index];
      return {
        plan,
        rule,
        runs: runs[index],
        unknownBecause: typeof one === 'string' ? one : undefined,
        startWindowMinutes: known(rule.startWindowMinutes) ?? DEFAULT_START_WINDOW_MINUTES,
        minimumGapMinutes: typeof one === 'string' ? 0 : this.gapOf(one.cron),
      };
    });
  }

  /** What decides about the runs, or why that isn't known. */
  private runRule(rule: RuleItem): RunRule | string {
    const schedule = rule.schedule ?? DEFAULT_SCHEDULE;
    if (isUnknown(schedule)) return `the schedule isn't known before deployment: ${schedule.reason}`;
    if (isUnknown(rule.timeZone))
      return `the time zone isn't known before deployment: ${rule.timeZone.reason}`;
    const cron = this.cronOf(schedule);
    if (!cron) return `the schedule \`${schedule}\` is not valid`;
    const { timeZone } = rule;
    if (timeZone !== undefined && !this.isZone(timeZone)) return `the time zone \`${timeZone}\` is not valid`;
    return {
      cron,
      timeZone,
      startWindowMinutes: isUnknown(rule.startWindowMinutes)
        ? undefined
        : (rule.startWindowMinutes ?? DEFAULT_START_WINDOW_MINUTES),
      retentionDays: retentionDaysOf(rule.lifecycle),
      isContinuous: rule.continuous !== undefined && rule.continuous !== false,
    };
  }

  private cronOf(schedule: string): Cron | undefined {
    if (!this.crons.has(schedule)) this.crons.set(schedule, readCron(schedule).cron);
    return this.crons.get(schedule);
  }

  private gapOf(cron: Cron): number {
    let gap = this.gaps.get(cron);
    if (gap === undefined) {
      gap = minimumGapMinutes(cron);
      this.gaps.set(cron, gap);
    }
    return gap;
  }

  private isZone(name: string): boolean {
    let valid = this.zones.get(name);
    if (valid === undefined) {
      valid = timeZoneProblems(name).length === 0;
      this.zones.set(name, valid);
    }
    return valid;
  }
}
