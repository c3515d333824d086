import { protectionsOf } from '../../coverage/protections';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { planLabel } from '../../inventory/labels';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { known } from '../../template/evaluation/unknown';
import { vssInstanceProblems, vssInstanceTypeProblems } from '../../values/settings/prerequisite-laws';
import {
  accessProblems,
  clusterEncryptionProblems,
  kindProblems,
  tagProblems,
} from '../../viability/protected-resource/resource-problems';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** What AWS Backup needs of the resources that plans protect. */
export const prerequisiteChecks: readonly Check[] = checksOf(
  [
    'Backup-EksAuthenticationUnset',
    'Backup-AirGappedEncryptionUnset',
    'Backup-VssInstanceType',
    'Backup-VssInstanceProfile',
    'Backup-VssMetadata',
    'Backup-RecoveryPointTags',
    'Backup-ResourceUnsupported',
    'Backup-EksAuthentication',
    'Backup-AirGappedUnencrypted',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources) {
    const plans = protections.plansOf(resource);
    if (plans.length === 0) continue;
    yield* vssSeen(resource, plans);
    yield* detectionsFrom(resource.place, kindProblems(resource, planLabel(plans[0])));
    yield* kubernetesSeen(resource, plans[0]);
    for (const plan of plans)
      for (const rule of plan.rules.items) {
        yield* detectionsFrom(resource.place, tagProblems(resource, plan, rule));
        yield* encryptionSeen(inventory, resource, plan, rule);
      }
  }
}

function* vssSeen({ place, instance }: ResourceItem, plans: readonly PlanItem[]): Iterable<Detection> {
  const plan = instance && plans.find(({ advancedSettings }) => advancedSettings.items.some(isVss));
  if (!plan) return;
  const under = (path: string) => at(place, `${place.pathInTemplate}/Properties/${path}`);
  const who = planLabel(plan);
  const type = known(instance.instanceType);
  if (type !== undefined) yield* detectionsFrom(under('InstanceType'), vssInstanceTypeProblems(type, who));
  const { launchTemplate, instanceProfile } = instance;
  const problems = vssInstanceProblems(
    {
      hasProfile: launchTemplate ? undefined : instanceProfile !== undefined,
      metadataEndpoint: known(instance.metadataEndpoint),
    },
    who,
  );
  // whether it runs Windows isn't known
  for (const problem of problems) {
    const path = problem.property === 'HttpEndpoint' ? 'MetadataOptions/HttpEndpoint' : problem.property;
    yield* detectionsFrom(under(path), [problem]);
  }
}

function isVss({ options }: PlanItem['advancedSettings']['items'][number]): boolean {
  return options.items.some(({ key, value }) => key === 'WindowsVSS' && value === 'enabled');
}

function kubernetesSeen(resource: ResourceItem, plan: PlanItem): Detection[] {
  const { place } = resource;
  const here = at(place, `${place.pathInTemplate}/Properties/AccessConfig`);
  return detectionsFrom(here, accessProblems(resource, planLabel(plan)));
}

function encryptionSeen(
  inventory: Inventory,
  resource: ResourceItem,
  plan: PlanItem,
  rule: RuleItem,
): Detection[] {
  const { place } = resource;
  return detectionsFrom(
    at(place, `${place.pathInTemplate}/Properties/StorageEncrypted`),
    clusterEncryptionProblems(inventory, resource, plan, rule),
  );
}
