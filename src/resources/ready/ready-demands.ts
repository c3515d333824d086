import { isKnown } from '../../values/core/amounts';
import { DEFAULT_START_WINDOW_MINUTES } from '../../values/plan/windows';
import { type SettledRuns, settledRuns } from '../../values/schedule/free-windows';
import type { RuleTimes } from '../../values/schedule/weekly-runs';
import type { BackupPlan } from '../plan/backup-plan';
import type { BackupRule } from '../plan/backup-rule';
import { isAirGapped } from '../vault/vault-facts';

/** A rule that backs up a resource. */
interface DemandedRule {
  readonly rule: BackupRule;
  /** Such as "rule `daily` of plan `gold`". */
  readonly label: string;
}

/** What the current plans and rules demand of a resource. */
export interface Demands {
  /** The plan or rule in messages, such as "plan `gold`", or a rule if no plan is known. */
  readonly who: string;
  readonly rules: readonly DemandedRule[];
  readonly continuous?: DemandedRule;
  /** A rule with backups or copies in an air-gapped vault. */
  readonly airGapped?: DemandedRule;
  /** The plan with Windows VSS backups. */
  readonly vss?: string;
  /** Whether a rule copies or tags backups, or stores them in cold storage or an air-gapped vault. */
  readonly advanced: boolean;
}

/** The combined demands of plans and rules, at least one of which must not be empty. */
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

/** When a rule runs; undefined if that is known only at deployment. */
export function timesOf({ schedule, startWindowMinutes }: BackupRule): RuleTimes | undefined {
  const { expressionString, timeZone } = schedule;
  const zone = timeZone?.timezoneName ?? 'UTC';
  if (!isKnown(expressionString) || !isKnown(zone)) return undefined;
  const startWindow = startWindowMinutes ?? DEFAULT_START_WINDOW_MINUTES;
  // an unknown start window counts as none
  return {
    schedule: expressionString,
    timeZone: zone,
    startWindowMinutes: isKnown(startWindow) ? startWindow : 0,
  };
}

/** Cached, since many resources share the same rules. */
const RUNS = new WeakMap<BackupRule, SettledRuns>();

/** The minutes of the week at which the rules can run. */
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
