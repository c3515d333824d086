import type { Link } from '../inventory/core/item';
import type { Inventory } from '../inventory/inventory';
import { ruleTitle } from '../inventory/labels';
import { linkedVault } from '../inventory/lookups';
import type { CopyItem, LifecycleItem, PlanItem, RuleItem } from '../inventory/plan/plans';
import { arnFields } from '../template/evaluation/match';
import { showText } from '../template/evaluation/text';
import { isUnknown, known } from '../template/evaluation/unknown';
import { CONTINUOUS_OBJECTIVES } from '../values/plan/recovery-objective';
import { DEFAULT_START_WINDOW_MINUTES } from '../values/plan/windows';
import { BackupCapability, CapabilitySupport } from '../values/resource-type/capability';
import type { ResourceType } from '../values/resource-type/resource-type';
import { DEFAULT_SCHEDULE } from '../values/schedule/default-schedule';
import type { ScheduleIntervals } from './schedule-intervals';

export { DEFAULT_SCHEDULE };

/** Whether recovery points can be deleted before their retention ends. */
export type Immutability = 'compliance' | 'governance' | 'none' | 'unknown';

/** A copy that a rule makes. */
export interface CopyFacts {
  /** The ARN of the vault, as in the template. */
  readonly vault: string;
  readonly account?: string;
  readonly region?: string;
  /** Undefined if it isn't known; Infinity: forever. */
  readonly retentionDays?: number;
  readonly immutability: Immutability;
}

/** What a rule does for the resources that it protects. */
export interface RuleFacts {
  readonly rule: RuleItem;
  readonly name: string;
  /** The longest time between two scheduled runs, without the start window; undefined if it isn't known. */
  readonly intervalMinutes?: number;
  /** How long after its scheduled time a job may start; undefined if it isn't known. */
  readonly startWindowMinutes?: number;
  /** Undefined if it isn't known. */
  readonly continuous?: boolean;
  /** Undefined if it isn't known; Infinity: forever. */
  readonly retentionDays?: number;
  /** The lock of the standard vault of the rule. */
  readonly immutability: Immutability;
  /** Whether recovery points of types that support it go to a logically air-gapped vault. */
  readonly airGapped: boolean;
  readonly copies: readonly CopyFacts[];
}

const RANK: Readonly<Record<Immutability, number>> = { none: 0, unknown: 1, governance: 2, compliance: 3 };

/** The stronger of two. */
export function stronger(a: Immutability, b: Immutability): Immutability {
  return RANK[a] >= RANK[b] ? a : b;
}

/** Reads the rules of plans. Each rule and each schedule is read once. */
export class RuleReader {
  private readonly byPlan = new Map<PlanItem, readonly RuleFacts[]>();

  constructor(
    private readonly inventory: Inventory,
    private readonly intervals: ScheduleIntervals,
  ) {}

  public rulesOf(plan: PlanItem): readonly RuleFacts[] {
    let facts = this.byPlan.get(plan);
    if (!facts) {
      facts = plan.rules.items.map((rule) => this.read(rule));
      this.byPlan.set(plan, facts);
    }
    return facts;
  }

  private read(rule: RuleItem): RuleFacts {
    const schedule = rule.schedule ?? DEFAULT_SCHEDULE;
    return {
      rule,
      name: ruleTitle(rule),
      intervalMinutes: isUnknown(schedule) ? undefined : this.intervals.of(schedule),
      startWindowMinutes: known(rule.startWindowMinutes ?? DEFAULT_START_WINDOW_MINUTES),
      continuous: rule.continuous === undefined ? false : known(rule.continuous),
      retentionDays: retentionOf(rule.lifecycle),
      immutability: this.immutability(rule.vault),
      airGapped: rule.airGappedVault !== undefined,
      copies: rule.copies.items.map((copy) => this.copy(copy)),
    };
  }

  private copy({ vault, lifecycle }: CopyItem): CopyFacts {
    const item = linkedVault(this.inventory, vault);
    const fields = vault && arnFields(vault.text);
    return {
      vault: vault ? showText(vault.text) : '?',
      account: item?.place.account ?? known(fields?.account),
      region: item?.place.region ?? known(fields?.region),
      retentionDays: retentionOf(lifecycle),
      immutability: this.immutability(vault),
    };
  }

  private immutability(vault: Link | undefined): Immutability {
    const item = linkedVault(this.inventory, vault);
    if (!item) return 'unknown';
    return item.lock ? (known(item.lock.mode) ?? 'unknown') : 'none';
  }
}

function retentionOf(lifecycle: LifecycleItem | undefined): number | undefined {
  const days = lifecycle?.deleteAfterDays;
  if (days === undefined || days === -1) return Number.POSITIVE_INFINITY;
  return known(days);
}

/**
 * The time between two recovery points in the worst case, in minutes: the RPO, and the start window, since a job may start
 * at its beginning once and at its end the next time. Continuous backups don't wait for one. Undefined if it isn't known.
 */
export function worstCaseMinutes(facts: RuleFacts, type: ResourceType | undefined): number | undefined {
  const objective = objectiveMinutes(facts, type);
  if (objective === undefined || isContinuous(facts, type)) return objective;
  return facts.startWindowMinutes === undefined ? undefined : objective + facts.startWindowMinutes;
}

function isContinuous({ continuous }: RuleFacts, type: ResourceType | undefined): boolean {
  return continuous === true && type?.supports(BackupCapability.CONTINUOUS) === CapabilitySupport.YES;
}

/** The RPO of a rule in minutes, without the start window; undefined if it isn't known. */
export function objectiveMinutes(facts: RuleFacts, type: ResourceType | undefined): number | undefined {
  if (facts.continuous === undefined) return undefined;
  if (type && isContinuous(facts, type))
    return Object.hasOwn(CONTINUOUS_OBJECTIVES, type.name)
      ? CONTINUOUS_OBJECTIVES[type.name].minutes
      : undefined;
  return facts.intervalMinutes;
}

/** The lock of the recovery points of a type. A logically air-gapped vault has one in compliance mode. */
export function immutabilityOf(facts: RuleFacts, type: ResourceType | undefined): Immutability {
  const outside = type?.supports(BackupCapability.AIR_GAPPED_PRIMARY) === CapabilitySupport.NO;
  return facts.airGapped && !outside ? 'compliance' : facts.immutability;
}

/** Whether backups of the type can be copied; true if it isn't known. */
export function canBeCopied(type: ResourceType | undefined): boolean {
  if (!type) return true;
  return [BackupCapability.CROSS_REGION_COPY, BackupCapability.CROSS_ACCOUNT_COPY].some(
    (capability) => type.supports(capability) !== CapabilitySupport.NO,
  );
}
