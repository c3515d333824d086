import { planName, type ResourceCoverage } from '../../coverage/coverage';
import type { Inventory } from '../../inventory/inventory';
import type { LifecycleItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { BackupCapability } from '../../values/resource-type/capability';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { RunTimes } from '../core/run-times';
import type { LegalHolds } from './legal-holds';
import {
  airGappedRoute,
  copyLifecycleOf,
  copyRefusal,
  type Lifecycle,
  lifecycleOf,
  MAX_CONTINUOUS_DAYS,
  supports,
} from './lifecycles';
import type { PlanSchedules, RuleSchedule } from './plan-schedules';
import type { Lineage, ResourcePoints } from './resource-points';
import { foreverInLock, outsideLock, type VaultPlace, vaultByArn, vaultByName } from './vault-place';

/** A state machine that copies what arrives in a vault. */
export interface Onward {
  readonly to: VaultPlace;
  readonly lifecycle?: LifecycleItem;
  /** The types that it copies; absent: all. */
  readonly resourceTypes?: readonly string[];
}

/** What rules do for the resource. */
type Protection = Pick<ResourceCoverage, 'plans' | 'failing' | 'reasons'>;

/** A rule that protects the resource. */
interface Candidate {
  readonly name: string;
  readonly ruleName: string;
  readonly schedule: RuleSchedule;
  readonly throughStack: boolean;
}

/** Finds the lineages of one resource. */
export class PointBuilder {
  private readonly lineages: Lineage[] = [];
  private readonly reasons = new Set<string>();

  constructor(
    private readonly inventory: Inventory,
    private readonly schedules: PlanSchedules,
    private readonly holds: LegalHolds,
    private readonly onward: ReadonlyMap<string, readonly Onward[]>,
    private readonly resource: ResourceItem,
    private readonly type: ResourceType | undefined,
  ) {}

  /** The lineages that rules make, and why rules make none. */
  public build({ plans, failing, reasons }: Protection): ResourcePoints {
    for (const { plan, name, reasons: ids } of failing)
      this.reasons.add(`rule \`${name}\` of plan \`${planName(plan)}\`: every job fails (${ids.join(', ')})`);
    const others = reasons.filter((id) => !failing.some((rule) => rule.reasons.includes(id)));
    if (others.length > 0) this.reasons.add(`a plan selects it, but every job fails (${others.join(', ')})`);
    const candidates = plans.flatMap(({ plan, name, rules, throughStack }): Candidate[] => {
      if (!plan) this.reasons.add(`plan \`${name}\` is in no template, so its rules aren't known`);
      const schedules = plan ? this.schedules.of(plan) : [];
      return schedules.flatMap((schedule) => {
        const facts = rules.find(({ rule }) => rule === schedule.rule);
        return facts ? [{ name, ruleName: facts.name, schedule, throughStack }] : [];
      });
    });
    const continuous = this.continuousRules(candidates);
    for (const candidate of candidates) this.add(candidate, continuous);
    return { lineages: this.lineages, reasons: [...this.reasons] };
  }

  /**
   * The rule that makes the continuous backup, and those that it makes superfluous: in one vault, the longest retention
   * wins; rules with another vault make snapshots.
   */
  private continuousRules(candidates: readonly Candidate[]): ReadonlyMap<Candidate, 'kept' | 'ignored'> {
    const found = new Map<Candidate, 'kept' | 'ignored'>();
    if (!supports(this.type, BackupCapability.CONTINUOUS)) return found;
    let vault: string | undefined;
    let kept: Candidate | undefined;
    for (const candidate of candidates) {
      const { schedule, throughStack, name, ruleName } = candidate;
      if (throughStack || schedule.rule.continuous !== true || !schedule.runs?.times.length) continue;
      const target = this.continuousTarget(schedule);
      const days = continuousDays(schedule);
      const refusal = days === undefined ? undefined : outsideLock(target, days);
      if (days === undefined || refusal !== undefined) continue; // reported with the rule
      vault ??= target.key;
      if (target.key !== vault) continue;
      if (kept && (continuousDays(kept.schedule) ?? 0) >= days) {
        found.set(candidate, 'ignored');
        this.reasons.add(
          `rule \`${ruleName}\` of plan \`${name}\`: another rule already makes the continuous backup`,
        );
        continue;
      }
      if (kept) found.set(kept, 'ignored');
      kept = candidate;
      found.set(candidate, 'kept');
    }
    return found;
  }

  private continuousTarget({ rule, plan }: RuleSchedule): VaultPlace {
    return rule.airGappedVault && airGappedRoute(this.type, true) !== 'standard-vault'
      ? vaultByArn(this.inventory, rule.airGappedVault)
      : vaultByName(this.inventory, rule.vault, plan.place);
  }

  private add(candidate: Candidate, continuous: ReadonlyMap<Candidate, 'kept' | 'ignored'>): void {
    const { schedule, name, ruleName } = candidate;
    const { rule, runs, unknownBecause } = schedule;
    const because = (reason: string) =>
      this.reasons.add(`rule \`${ruleName}\` of plan \`${name}\`: ${reason}`);
    const state = continuous.get(candidate);
    if (!runs) {
      because(unknownBecause ?? 'its schedule is not known');
      return;
    }
    if (state === 'ignored') return;
    const life = state
      ? { retentionDays: continuousDays(schedule), coldAfterDays: Number.POSITIVE_INFINITY }
      : lifecycleOf(rule.lifecycle, this.type, schedule.minimumGapMinutes);
    if (life.retentionDays === undefined) {
      because("the retention isn't known before deployment");
      return;
    }
    const route = rule.airGappedVault ? airGappedRoute(this.type, state !== undefined) : 'standard-vault';
    const standard = vaultByName(this.inventory, rule.vault, schedule.plan.place);
    const target = route === 'standard-vault' ? standard : vaultByArn(this.inventory, rule.airGappedVault);
    const refusal = outsideLock(target, life.retentionDays);
    if (refusal !== undefined) {
      because(`${refusal}, so every job fails`);
      return;
    }
    if (runs.times.length === 0) {
      if (runs.skipped === 0) because('its schedule has no run in the period');
      return;
    }
    const doubt = foreverInLock(target, life.retentionDays);
    if (doubt !== undefined) because(doubt);
    const common = { plan: name, rule: ruleName, schedule };
    if (route === 'through-standard-vault')
      this.lineages.push({
        ...common,
        kind: 'temporary',
        vault: standard,
        times: runs.times,
        retentionDays: 0,
        coldAfterDays: Number.POSITIVE_INFINITY,
        holds: [],
      });
    const snapshots = this.snapshots(common, target, life as Required<Lifecycle>, runs.times);
    const source: Lineage = state
      ? {
          ...snapshots,
          kind: 'continuous',
          times: new RunTimes(Float64Array.of(runs.times.at(0))),
          retentionDays: Number.POSITIVE_INFINITY,
          holds: [],
          windowDays: life.retentionDays,
        }
      : snapshots;
    this.lineages.push(source);
    if (state && !supports(this.type, BackupCapability.CONTINUOUS_COPY)) {
      if (rule.copies.items.length > 0) because(`AWS Backup doesn't copy continuous backups of ${this.type}`);
      return;
    }
    for (const { vault, lifecycle } of rule.copies.items)
      this.copy(snapshots, vaultByArn(this.inventory, vault), lifecycle, because, new Set([target.key]));
    // AWS Backup has no on-demand copies of continuous backups
    if (!state) this.copyOnward(snapshots, because, new Set([target.key]));
  }

  private snapshots(
    common: Pick<Lineage, 'plan' | 'rule' | 'schedule'>,
    vault: VaultPlace,
    life: Required<Lifecycle>,
    times: RunTimes,
  ): Lineage {
    return {
      ...common,
      ...life,
      kind: 'backup',
      vault,
      times,
      holds: this.holds.of(this.resource, vault, false),
    };
  }

  private copy(
    source: Lineage,
    vault: VaultPlace,
    lifecycle: LifecycleItem | undefined,
    because: (reason: string) => void,
    visited: ReadonlySet<string>,
  ): void {
    const refusal = copyRefusal(this.type, source.vault, vault);
    const life = copyLifecycleOf(lifecycle, source, this.type, source.schedule.minimumGapMinutes);
    const { retentionDays, coldAfterDays } = life;
    if (refusal !== undefined) because(refusal);
    else if (retentionDays === undefined)
      because(`the retention of the copy in vault \`${vault.name}\` isn't known before deployment`);
    else {
      const locked = outsideLock(vault, retentionDays);
      if (locked !== undefined) {
        because(`${locked}, so every copy job fails`);
        return;
      }
      const doubt = foreverInLock(vault, retentionDays);
      if (doubt !== undefined) because(doubt);
      const { plan, rule, schedule, times } = source;
      const holds = this.holds.of(this.resource, vault, true);
      const made: Lineage = {
        plan,
        rule,
        schedule,
        times,
        source,
        vault,
        kind: 'copy',
        retentionDays,
        coldAfterDays,
        holds,
      };
      this.lineages.push(made);
      this.copyOnward(made, because, new Set([...visited, vault.key]));
    }
  }

  /** What state machines copy when a point arrives in a vault. */
  private copyOnward(source: Lineage, because: (reason: string) => void, visited: ReadonlySet<string>): void {
    for (const { to, lifecycle, resourceTypes } of this.onward.get(source.vault.key) ?? [])
      if (!visited.has(to.key) && isCopied(this.type, resourceTypes))
        this.copy(source, to, lifecycle, because, visited);
  }
}

/** Whether a state machine copies a type; a type that isn't known may be any. */
function isCopied(type: ResourceType | undefined, types: readonly string[] | undefined): boolean {
  return types === undefined || type === undefined || types.includes(type.name);
}

/** The days that a continuous rule reaches back; undefined if that isn't known. */
function continuousDays({ rule }: RuleSchedule): number | undefined {
  const { retentionDays } = lifecycleOf(rule.lifecycle, undefined, 0);
  return retentionDays === undefined ? undefined : Math.min(retentionDays, MAX_CONTINUOUS_DAYS);
}
