import { protectionsOf } from '../../coverage/protections';
import { at, type Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { planLabel } from '../../inventory/labels';
import type { PlanItem } from '../../inventory/plan/plans';
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
        const problems = clusterEncryptionProblems(inventory, resource, plan, rule);
        if (problems.length > 0) yield* detectionsFrom(under(resource, 'StorageEncrypted'), problems);
      }
  }
}

function* vssSeen(resource: ResourceItem, plans: readonly PlanItem[]): Iterable<Detection> {
  const { instance } = resource;
  const plan = instance && plans.find(({ advancedSettings }) => advancedSettings.items.some(isVss));
  if (!plan) return;
  const who = planLabel(plan);
  const type = known(instance.instanceType);
  if (type !== undefined)
    yield* detectionsFrom(under(resource, 'InstanceType'), vssInstanceTypeProblems(type, who));
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
    yield* detectionsFrom(under(resource, path), [problem]);
  }
}

function isVss({ options }: PlanItem['advancedSettings']['items'][number]): boolean {
  return options.items.some(({ key, value }) => key === 'WindowsVSS' && value === 'enabled');
}

function kubernetesSeen(resource: ResourceItem, plan: PlanItem): Detection[] {
  if (!resource.cluster) return [];
  return detectionsFrom(under(resource, 'AccessConfig'), accessProblems(resource, planLabel(plan)));
}

function under({ place }: ResourceItem, property: string): Place {
  return at(place, `${place.pathInTemplate}/Properties/${property}`);
}
