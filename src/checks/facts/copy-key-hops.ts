import { protectionsOf } from '../../coverage/protections';
import { mayAllow } from '../../inventory/iam-evaluation';
import type { Inventory } from '../../inventory/inventory';
import { linkedKey, linkedVault } from '../../inventory/lookups';
import type { CopyJobItem, CopyStateMachineItem } from '../../inventory/plan/copy-state-machines';
import type { PlanItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { ResourceTypes } from '../../inventory/resource-types';
import { eachCopy, eachCopyJob, findDestination, type RuleCopy } from '../../inventory/traversal';
import type { KeyItem } from '../../inventory/vault/keys';
import type { VaultItem } from '../../inventory/vault/vaults';
import { known } from '../../template/evaluation/unknown';
import { COPY_KEY_NEEDS, copyKeyStatements, type KeyEnd } from '../../values/copy/copy-key-laws';
import { partitionOf } from '../../values/core/partitions';
import { BackupCapability, CapabilitySupport } from '../../values/resource-type/capability';
import type { ResourceType } from '../../values/resource-type/resource-type';

/** A copy that certainly goes to another account. */
interface Crossing extends RuleCopy {
  /** The account of the plan. */
  readonly from: string;
  /** The account of the destination. */
  readonly to: string;
  /** The destination, if it is in the inventory. */
  readonly vault?: VaultItem;
}

/** A key that a copy uses at one end, and what it must allow whom. */
export interface KeyHop extends Crossing {
  readonly end: KeyEnd;
  readonly key: KeyItem;
  /** At the source: the resource that is encrypted with the key. */
  readonly resource?: ResourceItem;
  /** The other account, whose roles and service-linked role use the key. */
  readonly account: string;
  /** The actions that its policy certainly doesn't allow that account. */
  readonly missing: readonly string[];
  /** The statements that allow them, as JSON; empty if none is missing. */
  readonly statements: string;
}

/** The copies of a plan that certainly go to another account. */
function* crossingsOf(inventory: Inventory, plan: PlanItem): Iterable<Crossing> {
  const from = plan.place.account;
  if (from === undefined) return;
  for (const each of eachCopy({ plans: [plan] })) {
    const { vault, account } = findDestination(inventory, each.copy.vault);
    const to = known(account);
    if (to !== undefined && to !== from) yield { ...each, from, to, vault };
  }
}

/**
 * The keys of the inventory that copies to other accounts use: the key of each resource whose backups keep the key of
 * their source, which the destination account must be able to use, and the key of the destination vault, which the
 * source account must be able to use. Backups under full AWS Backup management are encrypted with the key of their
 * vault, which no other account needs.
 */
export function* keyHops(inventory: Inventory, overrides?: readonly ResourceType[]): Iterable<KeyHop> {
  /** The first copy of each plan to each account: the others would say the same. */
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
    if (types.of(resource)?.supports(BackupCapability.INDEPENDENT_ENCRYPTION) !== CapabilitySupport.NO)
      continue;
    for (const plan of protections.plansOf(resource))
      for (const crossing of firsts.get(plan) ?? [])
        yield { ...hop(crossing, 'source', key, crossing.to), resource };
  }
}

/** A key that a copy uses at one end, if a state machine starts the copy. */
export interface JobKeyHop extends KeyVerdict {
  readonly machine: CopyStateMachineItem;
  readonly copy: CopyJobItem;
  readonly end: KeyEnd;
  readonly key: KeyItem;
  /** The vault that is encrypted with the key. */
  readonly vault: VaultItem;
  /** The other account. */
  readonly account: string;
}

/**
 * The keys of the vaults at both ends of copies that state machines start. Which types a state machine copies isn't
 * known: those under full AWS Backup management don't use the key of the vault that they are copied from.
 */
export function* jobKeyHops(inventory: Inventory): Iterable<JobKeyHop> {
  for (const { machine, copy } of eachCopyJob(inventory)) {
    const from = machine.place.account;
    const destination = findDestination(inventory, copy.vault);
    const to = known(destination.account);
    if (from === undefined || to === undefined || to === from) continue;
    const ends = [
      { end: 'source', vault: linkedVault(inventory, copy.source), account: to },
      { end: 'destination', vault: destination.vault, account: from },
    ] as const;
    for (const { end, vault, account } of ends) {
      const key = linkedKey(inventory, vault?.key);
      if (vault && key) yield { machine, copy, end, key, vault, account, ...verdictOf(end, key, account) };
    }
  }
}

/** What a key doesn't allow an account. */
type KeyVerdict = Pick<KeyHop, 'missing' | 'statements'>;

const verdicts = new WeakMap<KeyItem, Map<string, KeyVerdict>>();

function hop(crossing: Crossing, end: KeyEnd, key: KeyItem, account: string): KeyHop {
  return { ...crossing, end, key, account, ...verdictOf(end, key, account) };
}

function verdictOf(end: KeyEnd, key: KeyItem, account: string): KeyVerdict {
  const ofKey = verdicts.get(key) ?? new Map<string, KeyVerdict>();
  verdicts.set(key, ofKey);
  const question = `${end}|${account}`;
  const before = ofKey.get(question);
  if (before) return before;
  const { policy } = key;
  const missing = policy
    ? COPY_KEY_NEEDS[end].filter((action) => !mayAllow(policy, action, { account }))
    : [];
  const statements = copyKeyStatements(partitionOf(key.place.region ?? ''), account, missing);
  const verdict = { missing, statements };
  ofKey.set(question, verdict);
  return verdict;
}
