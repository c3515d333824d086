import { protectionsOf } from '../../coverage/protections';
import type { Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { resourceName } from '../../inventory/labels';
import type { PlanItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { ResourceTypes } from '../../inventory/resource-types';
import { summarizeNames } from '../../values/core/enumeration';
import type { Problem } from '../../values/core/problem';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { advancedDynamoDbProblem, optedOutProblem, optInProblem } from '../../values/settings/opt-in-laws';
import { isOptedOut } from '../../viability/protected-resource/opt-outs';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** Settings of an account and Region that templates can't contain. */
export const optInChecks: readonly Check[] = checksOf(
  ['Backup-OptIn', 'Backup-TypeOptedOut', 'Backup-AdvancedDynamoDb'],
  findProblems,
);

type SettingId = 'Backup-OptIn' | 'Backup-TypeOptedOut' | 'Backup-AdvancedDynamoDb';

const PROBLEMS: Readonly<Record<SettingId, (type: string, what: string) => Problem>> = {
  'Backup-OptIn': optInProblem,
  'Backup-TypeOptedOut': optedOutProblem,
  'Backup-AdvancedDynamoDb': (_, what) => advancedDynamoDbProblem(what),
};

/** The resources of one type in one account and Region. */
interface Group {
  readonly id: SettingId;
  readonly type: ResourceType;
  readonly resources: ResourceItem[];
}

function* findProblems(inventory: Inventory, { resourceTypes }: CheckOptions): Iterable<Detection> {
  const groups = new Map<string, Group>();
  const add = (id: SettingId, type: ResourceType, resource: ResourceItem) => {
    const { account, region } = resource.place;
    const key = [id, type.name, account, region].join('|');
    const group = groups.get(key);
    if (group) group.resources.push(resource);
    else groups.set(key, { id, type, resources: [resource] });
  };
  const types = new ResourceTypes(resourceTypes);
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources) {
    const type = types.of(resource);
    if (!type?.alwaysSubjectToOptIn && type?.name !== 'DynamoDB') continue;
    const plans = protections.plansOf(resource);
    if (plans.length === 0) continue;
    const has = (group: 'optIn' | 'fullManagement') =>
      inventory.regionSettings.some(
        (settings) => isSamePlace(settings, resource) && settings[group].has(type.optInName),
      );
    if (!type.alwaysSubjectToOptIn) {
      if (plans.some(needsAdvancedBackup) && !has('fullManagement'))
        add('Backup-AdvancedDynamoDb', type, resource);
    } else if (isOptedOut(inventory, resource, type)) add('Backup-TypeOptedOut', type, resource);
    else if (!has('optIn')) add('Backup-OptIn', type, resource);
  }
  for (const { id, type, resources } of groups.values()) {
    const what = summarizeNames(resources.map(resourceName), 'resources');
    yield* detectionsFrom(resources[0].place, [PROBLEMS[id](type.name, what)]);
  }
}

/** Environment-agnostic stacks count as deployed to the same account and Region. */
function isSamePlace(a: Item, b: Item): boolean {
  return a.place.account === b.place.account && a.place.region === b.place.region;
}

function needsAdvancedBackup({ rules }: PlanItem): boolean {
  return rules.items.some(
    ({ copies, lifecycle, airGappedVault, recoveryPointTags }) =>
      copies.items.length > 0 ||
      (lifecycle?.moveToColdStorageAfterDays ?? -1) !== -1 ||
      airGappedVault !== undefined ||
      recoveryPointTags.items.length > 0,
  );
}
