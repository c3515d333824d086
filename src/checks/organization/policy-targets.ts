import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf, policyLabel } from '../../inventory/labels';
import type { StackSetItem } from '../../inventory/organization/stack-sets';
import { parsedPolicies } from '../../inventory/parsed-policies';
import { type PolicyRequirements, policyRequirements } from '../../inventory/policy-requirements';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { enumerate, enumerateNames } from '../../values/core/enumeration';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';
import { Baselines } from '../facts/baselines';

const ROOT = /^r-/;
const ACCOUNT = /^\d{12}$/;

/** Where backup policies are attached, compared with where stack sets deploy. */
export const policyTargetChecks: readonly Check[] = checksOf(
  ['Backup-PolicyBaselineReach', 'Backup-PolicyBaselineTarget', 'Backup-PolicyManagementAccount'],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  const requirements = policyRequirements(parsedPolicies(inventory));
  if (requirements.length === 0) return;
  const baselines = new Baselines(inventory);
  if (baselines.sets.length > 0) for (const each of requirements) yield* ofTargets(each, baselines);
  yield* ofManagementAccount(requirements, inventory);
}

/** Whether vaults are deployed to the accounts that a policy is attached to. Which unit contains which isn't known. */
function* ofTargets({ policy: { item } }: PolicyRequirements, baselines: Baselines): Iterable<Detection> {
  const targets = item.targets.items.flatMap((target) => known(target) ?? []);
  const here = at(item.place, `${item.place.pathInTemplate}/Properties/TargetIds`);
  const reached = placesOf(baselines.sets);
  const missed =
    reached && !reached.some((id) => ROOT.test(id)) ? targets.filter((id) => !reached.includes(id)) : [];
  if (missed.length > 0 && reached)
    yield {
      id: 'Backup-PolicyBaselineReach',
      place: here,
      message: `\`TargetIds\` of ${policyLabel(item)} includes ${enumerateNames(missed)}, which no stack set with vaults targets: vaults go to ${enumerateNames(reached)}`,
    };
  if (targets.every((id) => ACCOUNT.test(id))) return;
  for (const set of baselines.sets)
    for (const message of gapsOf(set))
      yield {
        id: 'Backup-PolicyBaselineTarget',
        place: set.place,
        message: `stack set ${nameOf(set.name, set.place)} ${message}, but ${policyLabel(item)} applies to every account of ${enumerateNames(targets.filter((id) => !ACCOUNT.test(id)))}`,
      };
}

/** How a stack set misses accounts of the units that it is deployed to. */
function* gapsOf({ autoDeployment, groups, permissionModel }: StackSetItem): Iterable<string> {
  const filters = groups.items.flatMap(({ filter }) => known(filter) ?? []);
  const narrow = filters.find((filter) => filter === 'INTERSECTION' || filter === 'DIFFERENCE');
  if (narrow) yield `has the \`AccountFilterType\` \`${narrow}\`, which excludes accounts of its units`;
  if (known(permissionModel) === 'SELF_MANAGED')
    yield 'is `SELF_MANAGED`, and is deployed only to the accounts that it names';
  else if (autoDeployment === undefined || autoDeployment === false)
    yield 'has no `AutoDeployment`, so accounts that join later get no vault';
}

/** The units and accounts that stack sets are deployed to; undefined if they aren't known. */
function placesOf(sets: readonly StackSetItem[]): string[] | undefined {
  const all = new Set<string>();
  for (const { groups } of sets) {
    if (groups.rest) return undefined;
    for (const { units, accounts } of groups.items) {
      if (units.rest || accounts.rest) return undefined;
      for (const id of [...units.items, ...accounts.items]) {
        if (isUnknown(id)) return undefined;
        all.add(id);
      }
    }
  }
  return [...all];
}

/** Prerequisites in the management account that no template shows. */
function* ofManagementAccount(
  needs: readonly PolicyRequirements[],
  inventory: Inventory,
): Iterable<Detection> {
  const id = 'Backup-PolicyManagementAccount';
  const regions = new Set(needs.flatMap((need) => [...need.regions.values()].flat()));
  for (const { place } of inventory.regionSettings)
    if (place.region !== undefined) regions.delete(place.region);
  const [first] = needs;
  if (regions.size > 0)
    yield {
      id,
      place: first.policy.item.place,
      message: `backup policies use the service opt-in of the management account, not of the member accounts, and the app does not set it in ${enumerate([...regions].sort())}`,
    };
  for (const { policy } of needs) {
    const root = policy.item.targets.items
      .flatMap((target) => known(target) ?? [])
      .find((one) => ROOT.test(one));
    if (root === undefined) continue;
    const { item } = policy;
    yield {
      id,
      place: at(item.place, `${item.place.pathInTemplate}/Properties/TargetIds`),
      message: `\`TargetIds\` of ${policyLabel(item)} includes the root \`${root}\`, so it also applies to the management account, where service-managed stack sets deploy nothing`,
      fix: 'create the vaults and the role there in separate stacks, or attach the policy to organizational units',
    };
  }
}
