import { isKnown } from '../../values/core/amounts';
import { DEFAULT_START_WINDOW_MINUTES } from '../../values/plan/windows';
import { type SettledRuns, settledRuns } from '../../values/schedule/free-windows';
import type { RuleTimes } from '../../values/schedule/weekly-runs';
import type { BackupPlan } from '../plan/backup-plan';
import type { BackupRule } from '../plan/backup-rule';
import { isAirGapped } from '../vault/vault-facts';

/** A rule that a resource is to be fit for. */
export interface DemandedRule {
  readonly rule: BackupRule;
  /** Such as "rule `daily` of plan `gold`". */
  readonly label: string;
}

/** All that plans and rules ask of a resource, as of now. */
export interface Demands {
  /** Who asks, as messages call it: "plan `gold`", or a rule where no plan is known. */
  readonly who: string;
  readonly rules: readonly DemandedRule[];
  readonly continuous?: DemandedRule;
  /** A rule that sends backups to an air-gapped vault. */
  readonly airGapped?: DemandedRule;
  /** The plan that asks for VSS backups of Windows. */
  readonly vss?: string;
  /** Whether backups are copied, go cold, go to an air-gapped vault or are tagged. */
  readonly advanced: boolean;
}

/** What plans and rules ask together; one of the two lists has something in it. */
export function demandsOf(plans: readonly BackupPlan[], rules: readonly BackupRule[]): Demands {
  const demanded = [
    ...plans.flatMap((plan) =>
      plan.rules.map((rule) => ({ rule, label: `rule \`${rule.name}\` of ${planLabel(plan)}` })),
    ),
    ...rules.map((rule) => ({ rule, label: `rule \`${rule.name}\`` })),
  ];
  const vss = plans.find((plan) => plan._windowsVss);
  return {
    who: plans.length > 0 ? planLabel(plans[0]) : demanded[0].label,
    rules: demanded,
    continuous: demanded.find(({ rule }) => rule.isContinuous),
    airGapped: demanded.find(
      ({ rule }) => rule.airGappedVault !== undefined || rule.copies.some((copy) => isAirGapped(copy._vault)),
    ),
    vss: vss && planLabel(vss),
    advanced: demanded.some(
      ({ rule }) =>
        rule.copies.length > 0 ||
        rule.coldStorageAfterDays !== undefined ||
        rule.airGappedVault !== undefined ||
        rule.recoveryPointTags !== undefined,
    ),
  };
}

function planLabel({ backupPlanName, node }: BackupPlan): string {
  return `plan \`${isKnown(backupPlanName) ? backupPlanName : node.path}\``;
}

/** When a rule runs; undefined where that is known at deployment only. */
export function timesOf({ schedule, startWindowMinutes }: BackupRule): RuleTimes | undefined {
  const { expressionString, timeZone } = schedule;
  const zone = timeZone?.timezoneName ?? 'UTC';
  if (!isKnown(expressionString) || !isKnown(zone)) return undefined;
  const startWindow = startWindowMinutes ?? DEFAULT_START_WINDOW_MINUTES;
  // a window that isn't known is not held against the rule
  return {
    schedule: expressionString,
    timeZone: zone,
    startWindowMinutes: isKnown(startWindow) ? startWindow : 0,
  };
}

/** Rules are values, and one is asked of many resources. */
const RUNS = new WeakMap<BackupRule, SettledRuns>();

/** The minutes of the week at which the rules may ever run. */
export function runsOf(rules: readonly DemandedRule[]): SettledRuns[] {
  return rules.map(({ rule }) => runsOfRule(rule)).filter(({ minutes }) => minutes.length > 0);
}

function runsOfRule(rule: BackupRule): SettledRuns {
  const before = RUNS.get(rule);
  if (before) return before;
  const times = timesOf(rule);
  const runs = times ? settledRuns(times) : { minutes: [], startWindowMinutes: 0 };
  RUNS.set(rule, runs);
  return runs;
}
