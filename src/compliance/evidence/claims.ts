import type { PlanCoverage, RuleFacts } from '../../coverage/coverage';
import type { ResourceForecast } from '../../forecast/outlook/forecast';
import type { Link } from '../../inventory/core/item';
import { linkedVault } from '../../inventory/lookups';
import type { LifecycleItem } from '../../inventory/plan/plans';
import { findDestination } from '../../inventory/traversal';
import { showText } from '../../template/evaluation/text';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { BackupCapability, CapabilitySupport } from '../../values/resource-type/capability';
import { DEFAULT_SCHEDULE } from '../../values/schedule/default-schedule';
import { findNotification } from '../conformance/operations';
import { recoveryPointObjective } from '../conformance/schedule';
import type { Situation } from '../conformance/situation';
import { intervalDays } from '../conformance/tests';

/** A number of days; null if it is known only at deployment. */
export type ClaimedDays = number | 'forever' | null;

/** What the design guarantees for one resource, as far as plans in templates do. */
export interface ResourceClaims {
  readonly stack: string;
  readonly logicalId: string;
  readonly constructPath?: string;
  /** The type in CloudFormation. */
  readonly type: string;
  readonly protected: boolean;
  /** The reason of an opt-out. */
  readonly optedOut: string | null;
  readonly rules: readonly RuleClaims[];
  /** Copies that state machines make, besides those of the rules. */
  readonly furtherCopies: readonly FurtherCopyClaims[];
  /** The longest time between two recovery points. */
  readonly rpoMinutes: number | null;
  /** Of the rule or copy that keeps recovery points longest. */
  readonly retentionDays: ClaimedDays;
  readonly immutability: 'compliance' | 'governance' | 'none';
  /** Whose key encrypts the backups. */
  readonly encryption: 'vault-key' | 'resource-key' | 'aws-key' | 'none' | 'unknown';
  /** The longest time between two restore tests. */
  readonly restoreTestDays: number | null;
  /** Whether something reports failed jobs in its account and Region. */
  readonly monitored: boolean;
  /** What it survives: `survives`, `lost` or `unknown`, by loss. */
  readonly survives: Readonly<Record<string, string>>;
}

export interface RuleClaims {
  readonly stack: string;
  /** The logical id of the plan. */
  readonly plan: string;
  readonly rule: string;
  readonly schedule: string;
  readonly continuous: boolean;
  readonly retentionDays: ClaimedDays;
  /** `stack/logical id`, or the name of a vault outside of the input. */
  readonly vault: string;
  readonly copies: readonly CopyClaims[];
}

export interface CopyClaims {
  readonly vault: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly retentionDays: ClaimedDays;
}

export interface FurtherCopyClaims {
  readonly vault: string;
  readonly account: string | null;
  readonly region: string | null;
}

/** The claims of one resource. */
export function claimsOf(resource: ResourceForecast, situation: Situation): ResourceClaims {
  const { coverage } = resource;
  const { place, type } = coverage.resource;
  const plans = coverage.plans.filter(({ plan }) => plan && situation.inventory.byId.has(plan.id));
  const isProtected = plans.length > 0;
  const rules = plans.flatMap((plan) => plan.rules.map((facts) => ruleClaims(plan, facts, situation)));
  const lifetimes = rules.flatMap((rule) => [rule, ...rule.copies]).map(({ retentionDays }) => retentionDays);
  const tests = coverage.tests.map((test) => intervalDays(test, new Date(situation.forecast.period.from)));
  const testDays = Math.min(...tests.map((days) => days ?? Number.POSITIVE_INFINITY));
  return {
    stack: place.stack,
    logicalId: place.logicalId,
    constructPath: place.constructPath,
    type,
    protected: isProtected,
    optedOut: coverage.optOut?.reason ?? null,
    rules,
    furtherCopies: isProtected ? furtherCopies(resource, rules) : [],
    rpoMinutes: isProtected ? (recoveryPointObjective(resource) ?? null) : null,
    retentionDays: longest(lifetimes),
    immutability: isProtected ? strongestLock(resource, situation) : 'none',
    encryption: isProtected ? encryptionOf(resource, situation) : 'none',
    restoreTestDays: isProtected && Number.isFinite(testDays) ? testDays : null,
    monitored:
      isProtected && findNotification(situation.inventory, place.account, place.region) !== undefined,
    survives: Object.fromEntries(
      Object.entries(resource.survives).map(([loss, { status }]) => [loss, status]),
    ),
  };
}

function ruleClaims({ plan, name }: PlanCoverage, facts: RuleFacts, situation: Situation): RuleClaims {
  const { rule, continuous } = facts;
  const own = daysOf(rule.lifecycle);
  return {
    stack: plan?.place.stack ?? '',
    plan: plan?.place.logicalId ?? name,
    rule: facts.name,
    schedule: rule.schedule === undefined ? DEFAULT_SCHEDULE : showText(rule.schedule),
    continuous: continuous === true,
    retentionDays: own,
    vault: vaultName(rule.vault, situation),
    copies: rule.copies.items.map(({ vault, lifecycle }) => {
      const { account, region } = findDestination(situation.inventory, vault);
      return {
        vault: vaultName(vault, situation),
        account: known(account) ?? null,
        region: known(region) ?? null,
        retentionDays: lifecycle ? daysOf(lifecycle) : own,
      };
    }),
  };
}

/** The vaults that no rule names. */
function furtherCopies({ points }: ResourceForecast, rules: readonly RuleClaims[]): FurtherCopyClaims[] {
  const named = new Set(rules.flatMap(({ vault, copies }) => [vault, ...copies.map((copy) => copy.vault)]));
  const found = new Map<string, FurtherCopyClaims>();
  for (const { kind, vault } of points.lineages) {
    const { item, name, account = null, region = null } = vault;
    const label = item ? `${item.place.stack}/${item.place.logicalId}` : name;
    if (kind === 'copy' && !named.has(label)) found.set(vault.key, { vault: label, account, region });
  }
  return [...found.values()];
}

function vaultName(link: Link | undefined, { inventory }: Situation): string {
  const vault = linkedVault(inventory, link);
  if (vault) return `${vault.place.stack}/${vault.place.logicalId}`;
  return link === undefined ? '?' : (showText(link.text).split(':').at(-1) as string);
}

function daysOf(lifecycle: LifecycleItem | undefined): ClaimedDays {
  const days = lifecycle?.deleteAfterDays;
  if (days === undefined || days === -1) return 'forever';
  return isUnknown(days) ? null : days;
}

function longest(all: readonly ClaimedDays[]): ClaimedDays {
  if (all.includes('forever')) return 'forever';
  const days = all.filter((one): one is number => typeof one === 'number');
  return days.length === 0 ? null : Math.max(...days);
}

function strongestLock(resource: ResourceForecast, situation: Situation): ResourceClaims['immutability'] {
  const modes = situation.vaultsOf(resource).map(({ item }) => {
    if (item?.kind === 'air-gapped') return 'compliance';
    return item?.lock ? known(item.lock.mode) : undefined;
  });
  return (['compliance', 'governance'] as const).find((mode) => modes.includes(mode)) ?? 'none';
}

function encryptionOf(resource: ResourceForecast, situation: Situation): ResourceClaims['encryption'] {
  const support = situation.typeOf(resource)?.supports(BackupCapability.INDEPENDENT_ENCRYPTION);
  if (support === CapabilitySupport.YES) {
    const vaults = situation.vaultsOf(resource).flatMap(({ item }) => item ?? []);
    return vaults.length > 0 && vaults.every(({ key }) => key !== undefined) ? 'vault-key' : 'aws-key';
  }
  const { encryption } = resource.coverage.resource;
  const enabled = known(encryption?.enabled);
  if (enabled === undefined) return 'unknown';
  if (!enabled) return 'none';
  return encryption?.key === undefined ? 'aws-key' : 'resource-key';
}
