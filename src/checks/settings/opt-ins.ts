import { protectionsOf } from '../../coverage/protections';
import type { Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE } from '../../inventory/labels';
import type { PlanItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { resourceName } from '../../inventory/resource-labels';
import { ResourceTypes } from '../../inventory/resource-types';
import { few } from '../../inventory/selection-labels';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { advancedDynamoDbProblem, optInProblem } from '../../values/settings/opt-in-laws';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-OptIn',
    severity: 'note',
    what: 'A plan protects Aurora, DocumentDB or Neptune, which the Region must have opted in to, however they are selected.',
    why: 'Without the opt-in AWS Backup skips them without a word. CloudFormation can not say it; `BackupRegionSettings` of the same account and Region can.',
    fix: 'opt in with `BackupRegionSettings`, with `UpdateRegionSettings`, or in the settings of the console of AWS Backup',
    docs: `${GUIDE}working-with-supported-services.html`,
    source: 'AWS Backup Developer Guide, Working with other AWS services',
    asOf: '2026-09-24',
  },
  {
    id: 'Backup-AdvancedDynamoDb',
    severity: 'note',
    what: 'A rule copies backups of tables, tags them, moves them to cold storage, or sends them to an air-gapped vault, which needs the advanced features for DynamoDB in the settings of the Region.',
    why: 'Accounts that used AWS Backup before 2021-11-21 do not have them by default: copies fail, and cold storage and tags are ignored. CloudFormation can not say it; `BackupRegionSettings` of the same account and Region can.',
    fix: 'turn the advanced features for DynamoDB on with `BackupRegionSettings` or `UpdateRegionSettings`',
    docs: `${GUIDE}advanced-ddb-backup.html`,
    source: 'AWS Backup Developer Guide, Advanced DynamoDB backup',
    asOf: '2026-04-13',
  },
];

/** What must be set in an account and Region, beyond what templates can say. */
export const optInChecks: readonly Check[] = subject(FACTS, look);

/** The resources of one type in one account and Region. */
interface Group {
  readonly id: string;
  readonly type: ResourceType;
  readonly resources: ResourceItem[];
}

function* look(inventory: Inventory, { resourceTypes }: CheckOptions): Iterable<Seen> {
  const groups = new Map<string, Group>();
  const add = (id: string, type: ResourceType, resource: ResourceItem) => {
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
      if (plans.some(asksForAdvanced) && !has('fullManagement'))
        add('Backup-AdvancedDynamoDb', type, resource);
    } else if (!has('optIn')) add('Backup-OptIn', type, resource);
  }
  for (const { id, type, resources } of groups.values()) {
    const what = few(resources.map(resourceName), 'resources');
    const problem = id === 'Backup-OptIn' ? optInProblem(type.name, what) : advancedDynamoDbProblem(what);
    yield* told(resources[0].place, [problem]);
  }
}

/** Of stacks that leave the account or the Region open, each other is taken to be beside it. */
function isSamePlace(a: Item, b: Item): boolean {
  return a.place.account === b.place.account && a.place.region === b.place.region;
}

function asksForAdvanced({ rules }: PlanItem): boolean {
  return rules.items.some(
    ({ copies, lifecycle, airGappedVault, recoveryPointTags }) =>
      copies.items.length > 0 ||
      (lifecycle?.moveToColdStorageAfterDays ?? -1) !== -1 ||
      airGappedVault !== undefined ||
      recoveryPointTags.items.length > 0,
  );
}
