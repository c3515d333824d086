import { showText } from '../template/evaluation/text';
import type { Text } from '../template/evaluation/unknown';
import { show } from '../values/core/amounts';
import type { Item, Place } from './core/item';
import type { OrganizationPolicyItem } from './organization/organization-policies';
import type { CopyJobItem, CopyStateMachineItem } from './plan/copy-state-machines';
import type { CopyItem, PlanItem, RuleItem } from './plan/plans';
import type { SelectionItem } from './plan/selections';
import type { VaultItem } from './vault/vaults';

/** `plan `gold``, or its logical id if the name isn't known. */
export function planLabel(plan: PlanItem): string {
  return `plan ${nameOf(plan.name, plan.place)}`;
}

/** `rule `daily` of plan `gold``. */
export function ruleLabel(plan: PlanItem, rule: RuleItem): string {
  return `${ruleName(rule)} of ${planLabel(plan)}`;
}

/** `rule `daily``, or its number if it has no name. */
export function ruleName({ name, index }: RuleItem): string {
  return typeof name === 'string' && name !== '' ? `rule ${show(name)}` : `rule ${index + 1}`;
}

/** The name of a rule as it is, such as `daily`, or its number, such as `rule 1`. */
export function ruleTitle({ name, index }: RuleItem): string {
  return name === undefined ? `rule ${index + 1}` : showText(name);
}

/** `the copy of rule `daily` of plan `gold``, or `copy 2 of …`. */
export function copyLabel(plan: PlanItem, rule: RuleItem, copy: CopyItem): string {
  const which = rule.copies.items.length === 1 ? 'the copy' : `copy ${copy.index + 1}`;
  return `${which} of ${ruleLabel(plan, rule)}`;
}

/** `state machine `CopyOnArrival``, by its logical id. */
export function stateMachineLabel({ place }: CopyStateMachineItem): string {
  return `state machine ${nameOf(undefined, place)}`;
}

/** `the copy of state machine `CopyOnArrival``, or `copy 2 of …`. */
export function copyJobLabel(machine: CopyStateMachineItem, copy: CopyJobItem): string {
  const which = machine.copies.length === 1 ? 'the copy' : `copy ${copy.index + 1}`;
  return `${which} of ${stateMachineLabel(machine)}`;
}

/** `selection `orders``, or its logical id if the name isn't known. */
export function selectionLabel({ name, place }: SelectionItem): string {
  return `selection ${nameOf(name, place)}`;
}

/** `vault `gold``, or `logically air-gapped vault `gold``. */
export function vaultLabel({ kind, name, place }: VaultItem): string {
  return `${kind === 'air-gapped' ? 'logically air-gapped ' : ''}vault ${nameOf(name, place)}`;
}

/** `backup policy `gold``. */
export function policyLabel({ name, place }: OrganizationPolicyItem): string {
  return `backup policy ${nameOf(name, place)}`;
}

/** The construct path of a resource, or its stack and logical id. */
export function resourceName({ place }: Item): string {
  return place.constructPath?.replace(/\/Resource$/, '') ?? `${place.stack}/${place.logicalId}`;
}

/** A name in backticks, or the logical id if the name isn't known. */
export function nameOf(name: Text | undefined, place: Place): string {
  return show(typeof name === 'string' && name !== '' ? name : place.logicalId);
}

/** A text in backticks, as far as it is known. */
export function quote(text: Text): string {
  return show(showText(text));
}
