import { isRefused } from '../../coverage/compiled-selection';
import { protectionsOf } from '../../coverage/protections';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { resourceName, ruleLabel } from '../../inventory/labels';
import type { SelectionItem } from '../../inventory/plan/selections';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { ResourceTypes } from '../../inventory/resource-types';
import { inTemplate, TEMPLATE_NAMES } from '../../inventory/template-names';
import { exampleOf } from '../../template/evaluation/text';
import { copyRegionProblems } from '../../values/copy/copy-region-laws';
import { firstNames } from '../../values/core/enumeration';
import type { Problem } from '../../values/core/problem';
import { capabilityProblems } from '../../values/resource-type/capability-laws';
import { typesForArn } from '../../values/resource-type/cloudformation-resources';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { capabilityAsks } from '../../viability/plan/capability-asks';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** Features that rules use with resource types that don't support them. */
export const capabilityChecks: readonly Check[] = checksOf(
  [
    'Backup-ActionUndocumented',
    'Backup-CopyUndocumented',
    'Backup-CopyUnsupported',
    'Backup-CopyRegion',
    'Backup-ContinuousPartly',
    'Backup-ContinuousUnsupported',
    'Backup-ContinuousCopyUnsupported',
    'Backup-ColdStoragePartly',
    'Backup-ColdStorageUnsupported',
    'Backup-ArchiveUnsupported',
    'Backup-AirGappedVaultUnsupported',
    'Backup-AirGappedContinuous',
    'Backup-ActionUnsupported',
    'Backup-ActionWithoutResources',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory, { resourceTypes }: CheckOptions): Iterable<Detection> {
  const types = new ResourceTypes(resourceTypes);
  const byPlan = typesByPlan(inventory, types, resourceTypes);
  for (const plan of inventory.plans) {
    const selected = [...(byPlan.get(plan.id)?.values() ?? [])];
    for (const rule of plan.rules.items) {
      const asked = capabilityAsks(inventory, plan, rule);
      const problemsOf = (some: readonly Selected[]) => {
        const kinds = some.map(({ type }) => type);
        return inTemplate([
          ...capabilityProblems(kinds, asked),
          ...asked.copies.flatMap((ask) => copyRegionProblems(kinds, ask, ask.regions)),
        ]);
      };
      for (const problem of problemsOf(selected)) {
        const about = PREVENTED.has(problem.id)
          ? selected.filter((one) => problemsOf([one]).some((same) => isSame(same, problem)))
          : [];
        const affected = affectedResources(about.flatMap(({ resources }) => resources));
        yield* detectionsFrom(
          at(plan.place, `${rule.pathInTemplate}/${pathOf(problem.property)}`),
          [problem.followedBy(affected)],
          () => ruleLabel(plan, rule),
        );
      }
    }
  }
}

/** Backups or copies that are not made: the message names the resources. */
const PREVENTED: ReadonlySet<string> = new Set([
  'Backup-CopyRegion',
  'Backup-CopyUnsupported',
  'Backup-AirGappedVaultUnsupported',
  'Backup-AirGappedContinuous',
]);

/** A type that a plan protects, and the known resources of that type. */
interface Selected {
  readonly type: ResourceType;
  readonly resources: ResourceItem[];
}

function isSame(one: Problem, other: Problem): boolean {
  return one.id === other.id && one.property === other.property && one.fix === other.fix;
}

/** ` (affects `App/Orders`)`, with at most three names. */
function affectedResources(resources: readonly ResourceItem[]): string {
  return resources.length === 0 ? '' : ` (affects ${firstNames(resources.map(resourceName))})`;
}

function pathOf(property: string): string {
  return property === TEMPLATE_NAMES.coldStorageAfter || property === TEMPLATE_NAMES.archive
    ? `Lifecycle/${property}`
    : property;
}

/** The types that each plan is known to protect: those of its resources, and those that its ARNs name. */
function typesByPlan(
  inventory: Inventory,
  types: ResourceTypes,
  overrides: readonly ResourceType[] | undefined,
): ReadonlyMap<string, ReadonlyMap<string, Selected>> {
  const byPlan = new Map<string, Map<string, Selected>>();
  const protections = protectionsOf(inventory);
  for (const selection of inventory.selections) {
    const plan = protections.planOf(selection);
    if (!plan || isRefused(selection)) continue;
    const found = byPlan.get(plan.id) ?? new Map<string, Selected>();
    byPlan.set(plan.id, found);
    const add = (type: ResourceType): Selected => {
      const one = found.get(type.toString()) ?? { type, resources: [] };
      found.set(type.toString(), one);
      return one;
    };
    for (const type of namedTypes(selection, overrides)) add(type);
    for (const resource of protections.selectedBy(selection)) {
      const type = types.of(resource);
      if (type) add(type).resources.push(resource);
    }
  }
  return byPlan;
}

/** The types of the ARNs that match only one type. */
function namedTypes(
  { resources }: SelectionItem,
  overrides: readonly ResourceType[] | undefined,
): ResourceType[] {
  return resources.items.flatMap((arn) => {
    if (arn === '*') return [];
    const types = typesForArn(exampleOf(arn), overrides);
    return types.length === 1 ? types : [];
  });
}
