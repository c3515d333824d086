import type { Link, Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { vaultLabel } from '../../inventory/labels';
import { linkedVault } from '../../inventory/lookups';
import type { CopyJobItem } from '../../inventory/plan/copy-machines';
import type { CopyItem, LifecycleItem, PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { VaultItem } from '../../inventory/vault/vaults';
import { arnFields } from '../../template/evaluation/match';
import { known } from '../../template/evaluation/unknown';
import { dayCount } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { MAX_CONTINUOUS_DAYS, MIN_COLD_DAYS } from '../../values/plan/lifecycle';
import { MAX_RETENTION_DAYS } from '../../values/plan/retention';
import type { RetentionDemand } from '../../values/plan/retention-answer';
import { lockRange, lockRangeProblems } from '../../values/vault/vault-lock';
import { AuditDemands } from './audit-demands';
import { LIFECYCLE_WORDS, lawOf } from './lifecycles';

/** A retention, and what is asked of it. */
export interface Retained {
  /** Infinity: for ever. */
  readonly days: number;
  readonly demands: readonly RetentionDemand[];
}

const { retention: RETENTION, cold: COLD } = LIFECYCLE_WORDS;

/** Finds all that is asked of the retention of rules and copies: lifecycle, locks, controls. */
export class RetentionDemands {
  private readonly audits: AuditDemands;

  constructor(private readonly inventory: Inventory) {
    this.audits = new AuditDemands(inventory);
  }

  /** The retention of a rule; undefined where it isn't known, or is no retention. */
  public ofRule(plan: PlanItem, rule: RuleItem): Retained | undefined {
    const days = daysOf(rule.lifecycle);
    return days === undefined ? undefined : { days, demands: this.onRule(plan, rule, days) };
  }

  /** What is asked of the retention of a rule. */
  public onRule(plan: PlanItem, rule: RuleItem, days: number): RetentionDemand[] {
    const continuous = known(rule.continuous) === true;
    return [
      ...(continuous ? [continuousDemand(rule)] : coldDemand(rule.lifecycle)),
      ...[rule.vault, rule.airGappedVault].flatMap((link) => this.onVault(link, days)),
      ...this.audits.retention(plan.place, RETENTION),
    ];
  }

  /**
   * The retention of a copy. One that says nothing of its end takes that of its source, and so does one that is to be
   * kept for ever.
   */
  public ofCopy(plan: PlanItem, rule: RuleItem, copy: CopyItem): Retained | undefined {
    const own = daysOf(copy.lifecycle);
    const days = own === Number.POSITIVE_INFINITY ? daysOf(rule.lifecycle) : own;
    if (days === undefined) return undefined;
    return {
      days,
      demands: [
        ...(own === days ? coldDemand(copy.lifecycle) : []),
        ...this.onVault(copy.vault, days),
        ...this.audits.retention(destinationOf(plan.place, copy, this.inventory), RETENTION),
      ],
    };
  }

  /** The retention of a copy that no plan makes, where it is said: else it is that of a source nobody knows. */
  public ofCopyJob({ lifecycle, vault }: CopyJobItem): Retained | undefined {
    const days = daysOf(lifecycle);
    if (days === undefined || days === Number.POSITIVE_INFINITY) return undefined;
    return { days, demands: [...coldDemand(lifecycle), ...this.onVault(vault, days)] };
  }

  private onVault(link: Link | undefined, days: number): RetentionDemand[] {
    const vault = linkedVault(this.inventory, link);
    const demand = vault && lockDemand(vault, days);
    return demand ? [demand] : [];
  }
}

/** Infinity: for ever. Undefined where it isn't known, or is no number of days. */
export function daysOf(lifecycle: LifecycleItem | undefined): number | undefined {
  const said = lifecycle?.deleteAfterDays;
  if (said === undefined || said === -1) return Number.POSITIVE_INFINITY;
  const days = known(said);
  return days !== undefined && Number.isInteger(days) && days >= 1 && days <= MAX_RETENTION_DAYS
    ? days
    : undefined;
}

/** Where a copy goes, as far as it is known. */
export function destinationOf(
  source: Place,
  copy: CopyItem,
  inventory: Inventory,
): Pick<Place, 'account' | 'region' | 'stackId'> {
  const vault = linkedVault(inventory, copy.vault);
  if (vault) return vault.place;
  const fields = copy.vault && arnFields(copy.vault.text);
  const stackId = `${source.stackId}|elsewhere`;
  return { account: fields && known(fields.account), region: fields && known(fields.region), stackId };
}

function continuousDemand(rule: RuleItem): RetentionDemand {
  return {
    min: 1,
    max: MAX_CONTINUOUS_DAYS,
    reason: `continuous backup allows 1 to ${MAX_CONTINUOUS_DAYS} days`,
    ease: 'leave `EnableContinuousBackup` out',
    problem: () => lawOfId('Backup-ContinuousRetention', rule.lifecycle, true),
  };
}

function coldDemand(lifecycle: LifecycleItem | undefined): RetentionDemand[] {
  const cold = known(lifecycle?.moveToColdStorageAfterDays);
  if (cold === undefined || cold < 1 || cold > MAX_RETENTION_DAYS) return [];
  return [
    {
      min: cold + MIN_COLD_DAYS,
      reason: `\`${COLD}\` (${dayCount(cold)}) asks for ${cold + MIN_COLD_DAYS} days or more`,
      ease: `leave \`${COLD}\` out`,
      problem: () => lawOfId('Backup-ColdStorageGap', lifecycle, false),
    },
  ];
}

function lockDemand(vault: VaultItem, days: number): RetentionDemand | undefined {
  const [min, max] = [known(vault.lock?.minRetentionDays), known(vault.lock?.maxRetentionDays)];
  if (min === undefined && max === undefined) return undefined;
  const lock = { minRetentionDays: min, maxRetentionDays: max };
  const name = vaultLabel(vault);
  return {
    min,
    max,
    reason: `the lock of ${name} allows ${lockRange(lock)}`,
    ease: `choose another vault than ${name}`,
    problem: () =>
      lockRangeProblems(days === Number.POSITIVE_INFINITY ? undefined : days, lock, RETENTION, name)[0],
  };
}

/** What the law of lifecycles says under one id, where that isn't fulfilled. */
function lawOfId(id: string, lifecycle: LifecycleItem | undefined, continuous: boolean): Problem {
  return lawOf(lifecycle ?? {}, { continuous }).find((problem) => problem.id === id) as Problem;
}
