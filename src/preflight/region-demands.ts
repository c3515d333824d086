import { passes, readArnTest } from '../coverage/arns';
import type { Subject } from '../coverage/matcher';
import { type Protection, protectionsOf } from '../coverage/protections';
import { resourceSubjects, stackSubjects } from '../coverage/subjects';
import type { Item } from '../inventory/core/item';
import type { Inventory } from '../inventory/inventory';
import { planLabel } from '../inventory/labels';
import type { PlanItem } from '../inventory/plan/plans';
import type { SelectionItem } from '../inventory/plan/selections';
import type { ResourceItem } from '../inventory/protected-resource/resource-item';
import { resourceName } from '../inventory/resource-labels';
import type { ResourceTypes } from '../inventory/resource-types';
import { selectionLabel } from '../inventory/selection-labels';
import { isUnknown, known } from '../template/evaluation/unknown';
import type { Verdict } from '../template/evaluation/verdict';
import { OPT_IN_REGIONS } from '../values/copy/copy-region-laws';
import { ResourceType } from '../values/resource-type/resource-type';
import type { Demands, Where } from './demand';
import { accountOf, regionOf, resolved } from './destinations';

/**
 * Types whose backups AWS Backup manages in full only where the Region says so. AWS documents the need for DynamoDB;
 * that of EFS has the same setting, and no page says what becomes of copies and cold storage without it.
 *
 * Sources: Developer Guide "Advanced DynamoDB backup", 2026-04; API reference DescribeRegionSettings.
 */
const MANAGED_BY_SETTING: ReadonlyMap<string, 'certain' | 'perhaps'> = new Map([
  ['DynamoDB', 'certain'],
  ['EFS', 'perhaps'],
]);

/** Opt-ins and full management for what plans select, and Regions that accounts have to turn on. */
export function regionDemands(inventory: Inventory, types: ResourceTypes, demands: Demands): void {
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources)
    for (const protection of protections.of(resource)) {
      if (isEmpty(protection.plan)) continue;
      ofResource(resource, protection, types, demands);
    }
  for (const selection of inventory.selections) {
    if (protections.selectsSomething(selection)) continue;
    const plan = protections.planOf(selection);
    if (isEmpty(plan)) continue;
    const of = plan ? ` of ${planLabel(plan)}` : '';
    demands.remark(
      `${selectionLabel(selection)}${of} selects nothing of the app in ${inWords(selection.place)}: opt in to the types that it is meant for`,
    );
  }
  turnedOnRegions(inventory, demands);
}

function ofResource(
  resource: ResourceItem,
  protection: Protection,
  types: ResourceTypes,
  demands: Demands,
): void {
  const { plan, selection, throughStack } = protection;
  const name = resourceName(resource);
  const by = plan ? planLabel(plan) : selectionLabel(selection);
  const certain = protection.certain && isMade(resource) && isMade(selection);
  const where: Where = {
    account: resource.place.account,
    region: resource.replicaRegion === undefined ? resource.place.region : known(resource.replicaRegion),
  };
  if (throughStack) {
    const stackSubject = mostSubject(selection, stackSubjects(throughStack));
    const { optInName } = ResourceType.CLOUDFORMATION;
    if (stackSubject !== false)
      demands.need(
        'opt-in',
        optInName,
        where,
        certain && stackSubject === true,
        `${by} selects the stack of`,
        name,
      );
  }
  const type = types.of(resource);
  if (!type) {
    demands.remark(`the type of \`${name}\`, which ${by} selects, isn't known before deployment`);
    return;
  }
  const { optInName } = type;
  if (type.alwaysSubjectToOptIn) {
    const reason = throughStack
      ? `${by} protects, with their stacks,`
      : `an opt-in is needed however it is selected: ${by} protects`;
    demands.need('opt-in', optInName, where, certain && !throughStack, reason, name);
  } else if (!throughStack) {
    const isSubject = mostSubject(selection, resourceSubjects(resource));
    if (isSubject !== false)
      demands.need(
        'opt-in',
        optInName,
        where,
        certain && isSubject === true,
        `${by} selects, by tags or by service,`,
        name,
      );
  }
  const management = MANAGED_BY_SETTING.get(type.name);
  if (!management) return;
  const advanced = plan ? advancedUse(plan) : undefined;
  if (advanced === '') return;
  const sure = certain && management === 'certain' && advanced !== undefined && !throughStack;
  const reason = `${by} ${advanced ?? 'perhaps copies, or moves to cold storage,'} backups of`;
  // AWS asks for both
  demands.need('opt-in', optInName, where, sure, reason, name);
  demands.need('full-management', optInName, where, sure, reason, name);
}

/** Whether any subject is selected in a way that heeds the opt-in; undefined where it isn't known. */
function mostSubject(selection: SelectionItem, subjects: readonly Subject[]): Verdict {
  const verdicts = subjects.map((subject) => heedsOptIn(selection, subject));
  if (verdicts.includes(true)) return verdicts.includes(false) ? undefined : true;
  return verdicts.includes(undefined) ? undefined : false;
}

/**
 * Whether the opt-in of the Region counts: it does where a resource is selected by tags alone or by its whole
 * service, and not where it, or its type, is named by an ARN.
 *
 * Source: Developer Guide "Working with other AWS services", 2026-09.
 */
function heedsOptIn({ resources }: SelectionItem, { arn }: Subject): Verdict {
  let verdict: Verdict = true;
  for (const text of resources.items) {
    const test = readArnTest(text);
    if (!test || test.kind === 'everything') continue;
    const isOfService = typeof text === 'string' && text.split(':').length < 6;
    if (isOfService) continue;
    const passed = passes(test, arn);
    if (passed === true) return false;
    if (passed === undefined) verdict = undefined;
  }
  return resources.rest ? undefined : verdict;
}

/** What a plan does that backups without full management can't; nothing: an empty text. */
function advancedUse({ rules }: PlanItem): string | undefined {
  const { items, rest } = rules;
  if (items.some(({ copies }) => copies.items.length > 0)) return 'copies';
  // -1: never
  if (items.some(({ lifecycle }) => (lifecycle?.moveToColdStorageAfterDays ?? -1) !== -1))
    return 'moves to cold storage';
  if (items.some(({ airGappedVault }) => airGappedVault !== undefined)) return 'air-gaps';
  if (items.some(({ recoveryPointTags }) => recoveryPointTags.items.length > 0)) return 'tags';
  return rest || items.some(({ copies }) => copies.rest) ? undefined : '';
}

/** Regions that an account has to turn on before anything can be there. */
function turnedOnRegions(inventory: Inventory, demands: Demands): void {
  const isClosed = (region: string | undefined) => region !== undefined && OPT_IN_REGIONS.includes(region);
  for (const vault of inventory.vaults) {
    const { region } = vault.place;
    if (region !== undefined && isClosed(region))
      demands.need('region', region, vault.place, true, 'a vault is there:', resourceName(vault));
  }
  for (const plan of inventory.plans) {
    if (plan.place.region !== undefined && isClosed(plan.place.region))
      demands.need('region', plan.place.region, plan.place, true, `${planLabel(plan)} is there`);
    for (const rule of plan.rules.items)
      for (const copy of rule.copies.items) {
        const destination = resolved(inventory, copy);
        const region = known(regionOf(destination));
        if (region === undefined || !isClosed(region)) continue;
        const account = known(accountOf(destination)) ?? plan.place.account;
        const reason = `${planLabel(plan)} copies there`;
        demands.need('region', region, { account }, isMade(plan), reason);
        // of a copy to another account, AWS doesn't say whether the source needs the Region too
        if (account !== plan.place.account) demands.need('region', region, plan.place, false, reason);
      }
  }
}

function isEmpty(plan: PlanItem | undefined): boolean {
  return plan !== undefined && plan.rules.items.length === 0 && !plan.rules.rest;
}

/** Whether it is certainly made, by its condition. */
export function isMade({ condition }: Item): boolean {
  return condition === undefined || !isUnknown(condition.holds);
}

/** `account 111122223333, eu-west-1`. */
export function inWords({ account, region }: Where): string {
  return `${account === undefined ? 'an account that is left open' : `account ${account}`}, ${region ?? 'a Region that is left open'}`;
}
