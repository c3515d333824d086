import { arnFields } from '../template/evaluation/match';
import type { Text } from '../template/evaluation/unknown';
import type { Link } from './core/item';
import type { Inventory } from './inventory';
import { linkedVault } from './lookups';
import type { CopyJobItem, CopyStateMachineItem } from './plan/copy-state-machines';
import type { CopyItem, PlanItem, RuleItem } from './plan/plans';
import type { VaultItem } from './vault/vaults';

/** A rule and its plan. */
export interface PlanRule {
  readonly plan: PlanItem;
  readonly rule: RuleItem;
}

/** A copy, with the rule and the plan that make it. */
export interface RuleCopy extends PlanRule {
  readonly copy: CopyItem;
}

/** A copy job, with the state machine that starts it. */
export interface StateMachineCopy {
  readonly machine: CopyStateMachineItem;
  readonly copy: CopyJobItem;
}

/** Every rule of an inventory, or of some plans. */
export function* eachRule({ plans }: Pick<Inventory, 'plans'>): Iterable<PlanRule> {
  for (const plan of plans) for (const rule of plan.rules.items) yield { plan, rule };
}

/** Every copy that rules of an inventory, or of some plans, make. */
export function* eachCopy(of: Pick<Inventory, 'plans'>): Iterable<RuleCopy> {
  for (const { plan, rule } of eachRule(of)) for (const copy of rule.copies.items) yield { plan, rule, copy };
}

/** Every copy job that state machines start. */
export function* eachCopyJob({
  copyStateMachines,
}: Pick<Inventory, 'copyStateMachines'>): Iterable<StateMachineCopy> {
  for (const machine of copyStateMachines) for (const copy of machine.copies) yield { machine, copy };
}

/** Where recovery points go: a vault of the inventory, or what the ARN says. */
export interface Destination {
  /** The vault, if it is in the inventory. */
  readonly vault?: VaultItem;
  /** Undefined if nothing is known about it. */
  readonly account?: Text;
  /** Undefined if nothing is known about it. */
  readonly region?: Text;
}

/** Where a reference to a vault by its ARN leads. */
export function findDestination(inventory: Inventory, link: Link | undefined): Destination {
  const vault = linkedVault(inventory, link);
  if (vault) return { vault, account: vault.place.account, region: vault.place.region };
  const fields = link && arnFields(link.text);
  return { account: fields?.account, region: fields?.region };
}
