import type { Link, Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { vaultLabel } from '../../inventory/labels';
import { linkedVault } from '../../inventory/lookups';
import type { CopyJobItem } from '../../inventory/plan/copy-state-machines';
import type { CopyItem, LifecycleItem, PlanItem, RuleItem } from '../../inventory/plan/plans';
import { findDestination } from '../../inventory/traversal';
import type { VaultItem } from '../../inventory/vault/vaults';
import { known } from '../../template/evaluation/unknown';
import { dayCount } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { MAX_CONTINUOUS_DAYS, MIN_COLD_DAYS } from '../../values/plan/lifecycle';
import { MAX_RETENTION_DAYS } from '../../values/plan/retention';
import type { RetentionDemand } from '../../values/plan/retention-answer';
import { lockRange, lockRangeProblems } from '../../values/vault/vault-lock';
import { AuditDemands } from './audit-demands';
import { COLD, RETENTION, templateLifecycleProblems } from './lifecycle-problems';

/** A retention, and what is required of it. */
export interface Retained {
  /** Infinity: forever. */
  readonly days: number;
  readonly demands: readonly RetentionDemand[];
}

/** Finds what lifecycles, locks and controls require of the retention of rules and copies. */
export class RetentionDemands {
  private readonly audits: AuditDemands;

  constructor(private readonly inventory: Inventory) {
    this.audits = new AuditDemands(inventory);
  }

  /** The retention of a rule; undefined if it isn't known or isn't a retention. */
  public ofRule(plan: PlanItem, rule: RuleItem): Retained | undefined {
    const days = daysOf(rule.lifecycle);
    return days === undefined ? undefined : { days, demands: this.onRule(plan, rule, days) };
  }

  /** What is required of the retention of a rule. */
  public onRule(plan: PlanItem, rule: RuleItem, days: number): RetentionDemand[] {
    const continuous = known(rule.continuous) === true;
    return [
      ...(continuous ? [continuousDemand(rule)] : coldDemand(rule.lifecycle)),
      ...[rule.vault, rule.airGappedVault].flatMap((link) => this.onVault(link, days)),
      ...this.audits.retention(plan.place, RETENTION),
    ];
  }

  /** The retention of a copy, which is that of its source if it isn't set or is forever. */
  public ofCopy(plan: PlanItem, rule: RuleItem, copy: CopyItem): Retained | undefined {
    const own = daysOf(copy.lifecycle);
    const days = own === Number.POSITIVE_INFINITY ? daysOf(rule.lifecycle) : own;
    if (days === undefined) return undefined;
    return {
      days,
      demands: [
        ...(own === days ? coldDemand(copy.lifecycle) : []),
        ...this.onVault(copy.vault, days),
        ...this.audits.retention(this.placeOfCopy(plan, copy), RETENTION),
      ],
    };
  }

  /** The retention of a copy that a state machine makes, if it is set; otherwise it is that of an unknown source. */
  public ofCopyJob({ lifecycle, vault }: CopyJobItem): Retained | undefined {
    const days = daysOf(lifecycle);
    if (days === undefined || days === Number.POSITIVE_INFINITY) return undefined;
    return { days, demands: [...coldDemand(lifecycle), ...this.onVault(vault, days)] };
  }

  /** The account and Region of a copy. */
  private placeOfCopy({ place }: PlanItem, copy: CopyItem): Pick<Place, 'account' | 'region' | 'stackId'> {
    const { vault, account, region } = findDestination(this.inventory, copy.vault);
    return (
      vault?.place ?? {
        account: known(account),
        region: known(region),
        stackId: `${place.stackId}|elsewhere`,
      }
    );
  }

  private onVault(link: Link | undefined, days: number): RetentionDemand[] {
    const vault = linkedVault(this.inventory, link);
    const demand = vault && lockDemand(vault, days);
    return demand ? [demand] : [];
  }
}

/** Infinity: forever. Undefined if it isn't known or isn't a number of days. */
export function daysOf(lifecycle: LifecycleItem | undefined): number | undefined {
  const value = lifecycle?.deleteAfterDays;
  if (value === undefined || value === -1) return Number.POSITIVE_INFINITY;
  const days = known(value);
  return days !== undefined && Number.isInteger(days) && days >= 1 && days <= MAX_RETENTION_DAYS
    ? days
    : undefined;
}

function continuousDemand(rule: RuleItem): RetentionDemand {
  return {
    min: 1,
    max: MAX_CONTINUOUS_DAYS,
    reason: `continuous backup allows 1 to ${MAX_CONTINUOUS_DAYS} days`,
    relaxation: 'remove `EnableContinuousBackup`',
    problem: () => lifecycleProblem('Backup-ContinuousRetention', rule.lifecycle, true),
  };
}

function coldDemand(lifecycle: LifecycleItem | undefined): RetentionDemand[] {
  const cold = known(lifecycle?.moveToColdStorageAfterDays);
  if (cold === undefined || cold < 1 || cold > MAX_RETENTION_DAYS) return [];
  return [
    {
      min: cold + MIN_COLD_DAYS,
      reason: `\`${COLD}\` (${dayCount(cold)}) requires at least ${cold + MIN_COLD_DAYS} days`,
      relaxation: `remove \`${COLD}\``,
      problem: () => lifecycleProblem('Backup-ColdStorageGap', lifecycle, false),
    },
  ];
}

function lockDemand(vault: VaultItem, days: number): RetentionDemand | undefined {
  const [min, max] = [known(vault.lock?.minRetentionDays), known(vault.lock?.maxRetentionDays)];
  if (min === undefined && max === undefined) return undefined;
  if (min !== undefined && max !== undefined && max < min) return undefined; // AWS refuses the lock
  const lock = { minRetentionDays: min, maxRetentionDays: max };
  const name = vaultLabel(vault);
  return {
    min,
    max,
    reason: `the lock of ${name} allows ${lockRange(lock)}`,
    relaxation: `choose another vault than ${name}`,
    problem: () =>
      lockRangeProblems(days === Number.POSITIVE_INFINITY ? undefined : days, lock, RETENTION, name)[0],
  };
}

/** The problem of a lifecycle with an id. */
function lifecycleProblem(id: string, lifecycle: LifecycleItem | undefined, continuous: boolean): Problem {
  return templateLifecycleProblems(lifecycle ?? {}, { continuous }).find(
    (problem) => problem.id === id,
  ) as Problem;
}
