import { passes, readArnTest } from '../coverage/arns';
import type { Subject } from '../coverage/matcher';
import { type Protection, protectionsOf } from '../coverage/protections';
import { resourceSubjects, stackSubjects } from '../coverage/subjects';
import type { Item } from '../inventory/core/item';
import type { Inventory } from '../inventory/inventory';
import { planLabel, resourceName, selectionLabel } from '../inventory/labels';
import type { PlanItem } from '../inventory/plan/plans';
import type { SelectionItem } from '../inventory/plan/selections';
import type { ResourceItem } from '../inventory/protected-resource/resource-item';
import type { ResourceTypes } from '../inventory/resource-types';
import { eachCopy, findDestination } from '../inventory/traversal';
import { isUnknown, known } from '../template/evaluation/unknown';
import type { Verdict } from '../template/evaluation/verdict';
import { OPT_IN_REGIONS } from '../values/copy/copy-region-laws';
import { ResourceType } from '../values/resource-type/resource-type';
import type { PrerequisiteCollector, Where } from './prerequisite';

/**
 * Types whose backups are under full AWS Backup management only if a setting of the Region turns it on. AWS documents
 * this for DynamoDB. EFS has the same setting, but no page says whether copies and cold storage work without it.
 *
 * Sources: Developer Guide "Advanced DynamoDB backup", 2026-04; API reference DescribeRegionSettings.
 */
const MANAGED_BY_SETTING: ReadonlyMap<string, 'certain' | 'perhaps'> = new Map([
  ['DynamoDB', 'certain'],
  ['EFS', 'perhaps'],
]);

/** Opt-ins and full management for the types that plans select, and Regions that accounts must enable. */
export function collectRegionPrerequisites(
  inventory: Inventory,
  types: ResourceTypes,
  prerequisites: PrerequisiteCollector,
): void {
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources)
    for (const protection of protections.of(resource)) {
      if (isEmpty(protection.plan)) continue;
      ofResource(resource, protection, types, prerequisites);
    }
  for (const selection of inventory.selections) {
    if (protections.selectsSomething(selection)) continue;
    const plan = protections.planOf(selection);
    if (isEmpty(plan)) continue;
    const of = plan ? ` of ${planLabel(plan)}` : '';
    prerequisites.remark(
      `${selectionLabel(selection)}${of} selects no resource of the app in ${environmentText(selection.place)}: opt in to the types that it is meant for`,
    );
  }
  collectOptInRegions(inventory, prerequisites);
}

function ofResource(
  resource: ResourceItem,
  protection: Protection,
  types: ResourceTypes,
  prerequisites: PrerequisiteCollector,
): void {
  const { plan, selection, throughStack } = protection;
  const name = resourceName(resource);
  const by = plan ? planLabel(plan) : selectionLabel(selection);
  const certain = protection.certain && isCertainlyCreated(resource) && isCertainlyCreated(selection);
  const where: Where = {
    account: resource.place.account,
    region: resource.replicaRegion === undefined ? resource.place.region : known(resource.replicaRegion),
  };
  if (throughStack) {
    const heeds = heedsOptInOfAny(selection, stackSubjects(throughStack));
    const { optInName } = ResourceType.CLOUDFORMATION;
    if (heeds !== false)
      prerequisites.need(
        'opt-in',
        optInName,
        where,
        certain && heeds === true,
        (names) => `${by} selects the stack of ${names}`,
        name,
      );
  }
  const type = types.of(resource);
  if (!type) {
    prerequisites.remark(
      `the type of \`${name}\`, which ${by} selects, can't be determined before deployment`,
    );
    return;
  }
  const { optInName } = type;
  if (type.alwaysSubjectToOptIn) {
    const reason = throughStack
      ? (names: string) => `${by} protects ${names} as part of a stack`
      : (names: string) => `this type always needs the opt-in: ${by} protects ${names}`;
    prerequisites.need('opt-in', optInName, where, certain && !throughStack, reason, name);
  } else if (!throughStack) {
    const heeds = heedsOptInOfAny(selection, resourceSubjects(resource));
    if (heeds !== false)
      prerequisites.need(
        'opt-in',
        optInName,
        where,
        certain && heeds === true,
        (names) => `${by} selects ${names} by tag or by service`,
        name,
      );
  }
  const management = MANAGED_BY_SETTING.get(type.name);
  if (!management) return;
  const use = plan ? advancedUse(plan) : POSSIBLE_USE;
  if (!use) return;
  const sure = certain && management === 'certain' && use !== POSSIBLE_USE && !throughStack;
  const reason = (names: string) => `${by} ${use(names)}`;
  // AWS requires both
  prerequisites.need('opt-in', optInName, where, sure, reason, name);
  prerequisites.need('full-management', optInName, where, sure, reason, name);
}

/** Whether the opt-in applies to the selection of any of the subjects; undefined if it isn't known. */
function heedsOptInOfAny(selection: SelectionItem, subjects: readonly Subject[]): Verdict {
  const verdicts = subjects.map((subject) => heedsOptIn(selection, subject));
  if (verdicts.includes(true)) return verdicts.includes(false) ? undefined : true;
  return verdicts.includes(undefined) ? undefined : false;
}

/**
 * Whether the opt-in of the Region applies: it does if a resource is selected by tags alone or by its whole service, but
 * not if an ARN names the resource or its type.
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

type Use = (names: string) => string;

const POSSIBLE_USE: Use = (names) => `may copy backups of ${names} or move them to cold storage`;

/** What a plan does that needs full management; undefined if nothing does. */
function advancedUse({ rules }: PlanItem): Use | undefined {
  const { items, rest } = rules;
  if (items.some(({ copies }) => copies.items.length > 0)) return (names) => `copies backups of ${names}`;
  // -1: never
  if (items.some(({ lifecycle }) => (lifecycle?.moveToColdStorageAfterDays ?? -1) !== -1))
    return (names) => `moves backups of ${names} to cold storage`;
  if (items.some(({ airGappedVault }) => airGappedVault !== undefined))
    return (names) => `sends backups of ${names} to a logically air-gapped vault`;
  if (items.some(({ recoveryPointTags }) => recoveryPointTags.items.length > 0))
    return (names) => `tags backups of ${names}`;
  return rest || items.some(({ copies }) => copies.rest) ? POSSIBLE_USE : undefined;
}

/** Regions that an account must enable before it can use them. */
function collectOptInRegions(inventory: Inventory, prerequisites: PrerequisiteCollector): void {
  const isOptIn = (region: string | undefined) => region !== undefined && OPT_IN_REGIONS.includes(region);
  for (const vault of inventory.vaults) {
    const { region } = vault.place;
    if (region !== undefined && isOptIn(region))
      prerequisites.need(
        'region',
        region,
        vault.place,
        true,
        (names) => `vault ${names} is in this Region`,
        resourceName(vault),
      );
  }
  for (const plan of inventory.plans) {
    if (plan.place.region !== undefined && isOptIn(plan.place.region))
      prerequisites.need(
        'region',
        plan.place.region,
        plan.place,
        true,
        `${planLabel(plan)} is in this Region`,
      );
  }
  for (const { plan, copy } of eachCopy(inventory)) {
    const destination = findDestination(inventory, copy.vault);
    const region = known(destination.region);
    if (region === undefined || !isOptIn(region)) continue;
    const account = known(destination.account) ?? plan.place.account;
    const reason = `${planLabel(plan)} copies to this Region`;
    prerequisites.need('region', region, { account }, isCertainlyCreated(plan), reason);
    // AWS doesn't document whether the source account of a copy needs the Region too
    if (account !== plan.place.account) prerequisites.need('region', region, plan.place, false, reason);
  }
}

function isEmpty(plan: PlanItem | undefined): boolean {
  return plan !== undefined && plan.rules.items.length === 0 && !plan.rules.rest;
}

/** Whether an item is certainly created, by its condition. */
export function isCertainlyCreated({ condition }: Item): boolean {
  return condition === undefined || !isUnknown(condition.holds);
}

/** `account 111122223333, eu-west-1`. */
export function environmentText({ account, region }: Where): string {
  return `${account === undefined ? 'an unspecified account' : `account ${account}`}, ${region ?? 'an unspecified Region'}`;
}
