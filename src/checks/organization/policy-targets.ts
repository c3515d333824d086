import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf } from '../../inventory/labels';
import type { StackSetItem } from '../../inventory/organization/stack-sets';
import type { PolicyNeeds } from '../../inventory/policy-needs';
import { policyLabel, together } from '../../inventory/policy-words';
import { isUnknown, known } from '../../template/evaluation/unknown';
import type { Seen } from '../engine/subject';
import type { Baselines } from '../facts/baselines';

const ROOT = /^r-/;
const ACCOUNT = /^\d{12}$/;

/** Whether vaults go to the accounts that a policy is attached to. Which unit lies in which isn't known. */
export function* targetsSeen({ policy: { item } }: PolicyNeeds, baselines: Baselines): Iterable<Seen> {
  const targets = item.targets.items.flatMap((target) => known(target) ?? []);
  const here = at(item.place, `${item.place.pathInTemplate}/Properties/TargetIds`);
  const reached = placesOf(baselines.sets);
  const missed =
    reached && !reached.some((id) => ROOT.test(id)) ? targets.filter((id) => !reached.includes(id)) : [];
  if (missed.length > 0 && reached)
    yield {
      id: 'Backup-PolicyBaselineTarget',
      place: here,
      message: `\`TargetIds\` of ${policyLabel(item)} has ${quoted(missed)}, which no stack set with vaults names: they go to ${quoted(reached)}`,
      severity: 'note',
    };
  if (targets.every((id) => ACCOUNT.test(id))) return;
  for (const set of baselines.sets)
    for (const message of gapsOf(set))
      yield {
        id: 'Backup-PolicyBaselineTarget',
        place: set.place,
        message: `stack set ${nameOf(set.name, set.place)} ${message}, but ${policyLabel(item)} applies to every account of ${quoted(targets.filter((id) => !ACCOUNT.test(id)))}`,
      };
}

/** How a stack set leaves out accounts of the units that it goes to. */
function* gapsOf({ autoDeployment, groups, permissionModel }: StackSetItem): Iterable<string> {
  const filters = groups.items.flatMap(({ filter }) => known(filter) ?? []);
  const narrow = filters.find((filter) => filter === 'INTERSECTION' || filter === 'DIFFERENCE');
  if (narrow) yield `has the \`AccountFilterType\` \`${narrow}\`, which leaves out accounts of its units`;
  if (known(permissionModel) === 'SELF_MANAGED')
    yield 'is `SELF_MANAGED`, and goes to the accounts that it names';
  else if (autoDeployment === undefined || autoDeployment === false)
    yield 'has no `AutoDeployment`, so that accounts that join later get no vault';
}

/** The units and accounts that stack sets go to; undefined where they aren't known. */
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

function quoted(ids: readonly string[]): string {
  return together(ids.map((id) => `\`${id}\``));
}

/** What no template tells of the management account; one note for an app. */
export function* managementAccountSeen(needs: readonly PolicyNeeds[], inventory: Inventory): Iterable<Seen> {
  const id = 'Backup-PolicyManagementAccount';
  const regions = new Set(needs.flatMap((need) => [...need.regions.values()].flat()));
  for (const { place } of inventory.regionSettings)
    if (place.region !== undefined) regions.delete(place.region);
  const [first] = needs;
  if (regions.size > 0)
    yield {
      id,
      place: first.policy.item.place,
      message: `backup policies use the service opt-in of the management account, not that of the members, and nothing of the app sets it in ${together([...regions].sort())}`,
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
      message: `\`TargetIds\` of ${policyLabel(item)} has the root \`${root}\`, so that it applies to the management account too, where stack sets of the organization make nothing`,
      fix: 'make vaults and role there in stacks of its own, or attach the policy to units',
    };
  }
}
