import { Token } from 'aws-cdk-lib';
import { showText } from '../template/evaluation/text';
import { type Maybe, type Text, Unknown } from '../template/evaluation/unknown';
import { show } from '../values/core/amounts';
import type { Place } from './core/item';
import type { CopyJobItem, CopyMachineItem } from './plan/copy-machines';
import type { CopyItem, PlanItem, RuleItem } from './plan/plans';
import type { VaultItem } from './vault/vaults';

/** Pages of the Developer Guide. */
export const GUIDE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/';
export const PLAN_OPTIONS = `${GUIDE}plan-options-and-configuration.html`;
export const LIMITS = `${GUIDE}aws-backup-limits.html`;
export const VAULT_LOCK = `${GUIDE}vault-lock.html`;
export const DEPLOYMENTS = 'CloudFormation deployments of 2026-09-24';

let open: number | undefined;

/** A number as laws take it. One that isn't known is one that is known at deployment: a token, left unjudged. */
export function lawNumber(value: Maybe<number> | undefined): number | undefined {
  if (!(value instanceof Unknown)) return value;
  open ??= Token.asNumber('known at deployment');
  return open;
}

let hidden: string | undefined;

/** Texts as laws take them, likewise. */
export function lawTexts(texts: readonly Text[]): string[] {
  return texts.map((text) => {
    if (!(text instanceof Unknown)) return text;
    hidden ??= Token.asString({ known: 'at deployment' });
    return hidden;
  });
}

/** `plan `gold``; by its logical id where the name isn't known. */
export function planLabel(plan: PlanItem): string {
  return `plan ${nameOf(plan.name, plan.place)}`;
}

/** `rule `daily` of plan `gold``. */
export function ruleLabel(plan: PlanItem, rule: RuleItem): string {
  return `${ruleName(rule)} of ${planLabel(plan)}`;
}

/** `rule `daily``; by its number where it has no name. */
export function ruleName({ name, index }: RuleItem): string {
  return typeof name === 'string' && name !== '' ? `rule ${show(name)}` : `rule ${index + 1}`;
}

/** `the copy of rule `daily` of plan `gold``, or `copy 2 of …`. */
export function copyLabel(plan: PlanItem, rule: RuleItem, copy: CopyItem): string {
  const which = rule.copies.items.length === 1 ? 'the copy' : `copy ${copy.index + 1}`;
  return `${which} of ${ruleLabel(plan, rule)}`;
}

/** `state machine `CopyOnArrival``, by its logical id. */
export function machineLabel({ place }: CopyMachineItem): string {
  return `state machine ${nameOf(undefined, place)}`;
}

/** `the copy of state machine `CopyOnArrival``, or `copy 2 of …`. */
export function copyJobLabel(machine: CopyMachineItem, copy: CopyJobItem): string {
  const which = machine.copies.length === 1 ? 'the copy' : `copy ${copy.index + 1}`;
  return `${which} of ${machineLabel(machine)}`;
}

/** `vault `gold``, or `logically air-gapped vault `gold``. */
export function vaultLabel({ kind, name, place }: VaultItem): string {
  return `${kind === 'air-gapped' ? 'logically air-gapped ' : ''}vault ${nameOf(name, place)}`;
}

/** A name in backticks; the logical id where the name isn't known. */
export function nameOf(name: Text | undefined, place: Place): string {
  return show(typeof name === 'string' && name !== '' ? name : place.logicalId);
}

/** A text in backticks, as far as it is known. */
export function quote(text: Text): string {
  return show(showText(text));
}
