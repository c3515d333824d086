import { protectionsOf } from '../../coverage/protections';
import type { Inventory } from '../../inventory/inventory';
import { linkedKey, linkedVault } from '../../inventory/lookups';
import type { CopyJobItem, CopyMachineItem } from '../../inventory/plan/copy-machines';
import type { CopyItem, PlanItem, RuleItem } from '../../inventory/plan/plans';
import { mayAllow } from '../../inventory/policy-verdicts';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { ResourceTypes } from '../../inventory/resource-types';
import type { KeyItem } from '../../inventory/vault/keys';
import type { VaultItem } from '../../inventory/vault/vaults';
import { arnFields } from '../../template/evaluation/match';
import { known } from '../../template/evaluation/unknown';
import { COPY_KEY_NEEDS, copyKeyStatements, type KeyEnd } from '../../values/copy/copy-key-laws';
import { partitionOf } from '../../values/core/partitions';
import { Capability, Support } from '../../values/resource-type/capability';
import type { ResourceType } from '../../values/resource-type/resource-type';

/** A copy that goes to another account, as far as both are known. */
export interface Crossing {
  readonly plan: PlanItem;
  readonly rule: RuleItem;
  readonly copy: CopyItem;
  /** The account of the plan. */
  readonly from: string;
  /** The account of the destination. */
  readonly to: string;
  /** The destination, where it is in the inventory. */
  readonly vault?: VaultItem;
}

/** A key on the way of a copy, and who must be allowed what on it. */
export interface KeyHop extends Crossing {
  readonly end: KeyEnd;
  readonly key: KeyItem;
  /** What is under the key, at the source. */
  readonly resource?: ResourceItem;
  /** The other account, whose roles and service-linked role use the key. */
  readonly account: string;
  /** What its policy certainly doesn't allow that account. */
  readonly lacking: readonly string[];
  /** The statements that allow it, as JSON; empty where nothing is lacking. */
  readonly statements: string;
}

/** The copies of a plan that certainly go to another account. */
export function* crossingsOf(inventory: Inventory, plan: PlanItem): Iterable<Crossing> {
  const from = plan.place.account;
  if (from === undefined) return;
  for (const rule of plan.rules.items)
    for (const copy of rule.copies.items) {
      const vault = linkedVault(inventory, copy.vault);
      const to = vault ? vault.place.account : known(copy.vault && arnFields(copy.vault.text)?.account);
      if (to !== undefined && to !== from) yield { plan, rule, copy, from, to, vault };
    }
}

/**
 * The way of copies to other accounts through the keys of the inventory: that of each resource whose backups have the
 * key of their source, which the account of the destination has to use, and that of the vault a copy arrives in, which
 * the account of the source has to use. Backups that AWS Backup manages in full are under the key of their vault, which
 * no other account needs.
 */
export function* keyHops(inventory: Inventory, overrides?: readonly ResourceType[]): Iterable<KeyHop> {
  /** Of each plan the first copy to each account: where they are many, one tells as much as all. */
  const firsts = new Map<PlanItem, readonly Crossing[]>();
  for (const plan of inventory.plans) {
    const all = [...crossingsOf(inventory, plan)];
    for (const crossing of all) {
      const key = linkedKey(inventory, crossing.vault?.key);
      if (key) yield hop(crossing, 'destination', key, crossing.from);
    }
    const byAccount = new Map([...all].reverse().map((crossing) => [crossing.to, crossing]));
    if (all.length > 0) firsts.set(plan, [...byAccount.values()]);
  }
  if (firsts.size === 0) return;
  const types = new ResourceTypes(overrides);
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources) {
    const key = linkedKey(inventory, resource.encryption?.key);
    if (!key || known(resource.encryption?.enabled) === false) continue;
    if (types.of(resource)?.supports(Capability.INDEPENDENT_ENCRYPTION) !== Support.NO) continue;
    for (const plan of protections.plansOf(resource))
      for (const crossing of firsts.get(plan) ?? [])
        yield { ...hop(crossing, 'source', key, crossing.to), resource };
  }
}

/** A key on the way of a copy that no plan makes. */
export interface JobKeyHop extends KeyVerdict {
  readonly machine: CopyMachineItem;
  readonly copy: CopyJobItem;
  readonly end: KeyEnd;
  readonly key: KeyItem;
  /** The vault that is under the key. */
  readonly vault: VaultItem;
  /** The other account. */
  readonly account: string;
}

/**
 * The way of the copies that state machines start through the keys of vaults at both ends. Which types a state machine
 * copies isn't known: those that AWS Backup manages in full need nothing of the key of the vault that they leave.
 */
export function* jobKeyHops(inventory: Inventory): Iterable<JobKeyHop> {
  for (const machine of inventory.copyMachines)
    for (const copy of machine.copies) {
      const from = machine.place.account;
      const source = linkedVault(inventory, copy.source);
      const destination = linkedVault(inventory, copy.vault);
      const to = destination
        ? destination.place.account
        : known(copy.vault && arnFields(copy.vault.text)?.account);
      if (from === undefined || to === undefined || to === from) continue;
      const ends = [
        { end: 'source', vault: source, account: to },
        { end: 'destination', vault: destination, account: from },
      ] as const;
      for (const { end, vault, account } of ends) {
        const key = linkedKey(inventory, vault?.key);
        if (vault && key) yield { machine, copy, end, key, vault, account, ...verdictOf(end, key, account) };
      }
    }
}

/** What a key doesn't allow an account. */
type KeyVerdict = Pick<KeyHop, 'lacking' | 'statements'>;

const verdicts = new WeakMap<KeyItem, Map<string, KeyVerdict>>();

function hop(crossing: Crossing, end: KeyEnd, key: KeyItem, account: string): KeyHop {
  return { ...crossing, end, key, account, ...verdictOf(end, key, account) };
}

function verdictOf(end: KeyEnd, key: KeyItem, account: string): KeyVerdict {
  const ofKey = verdicts.get(key) ?? new Map<string, KeyVerdict>();
  verdicts.set(key, ofKey);
  const asked = `${end}|${account}`;
  const before = ofKey.get(asked);
  if (before) return before;
  const { policy } = key;
  const lacking = policy
    ? COPY_KEY_NEEDS[end].filter((action) => !mayAllow(policy, action, { account }))
    : [];
  const statements = copyKeyStatements(partitionOf(key.place.region ?? ''), account, lacking);
  const verdict = { lacking, statements };
  ofKey.set(asked, verdict);
  return verdict;
}
