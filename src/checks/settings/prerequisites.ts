import { protectionsOf } from '../../coverage/protections';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { planLabel, ruleLabel } from '../../inventory/labels';
import { linkedVault } from '../../inventory/lookups';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { showText } from '../../template/evaluation/text';
import { isUnknown, known } from '../../template/evaluation/unknown';
import {
  airGappedEncryptionProblems,
  authenticationModeProblems,
  MAX_RECOVERY_POINT_TAGS,
  sharedTagProblems,
  unsupportedKindProblems,
  vssInstanceProblems,
  vssInstanceTypeProblems,
} from '../../values/settings/prerequisite-laws';
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
    yield* unsupportedSeen(resource, plans[0]);
    yield* kubernetesSeen(resource, plans[0]);
    for (const plan of plans)
      for (const rule of plan.rules.items) {
        yield* tagSeen(resource, plan, rule);
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

function unsupportedSeen({ place, database, fileSystem }: ResourceItem, plan: PlanItem): Detection[] {
  const isLustre = fileSystem?.kind === 'LUSTRE';
  const kinds = {
    engine: known(database?.engine),
    ontapVolume: known(fileSystem?.ontapType),
    lustre: isLustre ? known(fileSystem.deploymentType) : undefined,
    lustreLink: fileSystem?.linkedTo === undefined ? undefined : showText(fileSystem.linkedTo),
  };
  return detectionsFrom(place, unsupportedKindProblems(kinds, planLabel(plan)));
}

function* kubernetesSeen({ place, cluster }: ResourceItem, plan: PlanItem): Iterable<Detection> {
  const mode = cluster?.authenticationMode;
  if (!cluster || isUnknown(mode)) return;
  const here = at(place, `${place.pathInTemplate}/Properties/AccessConfig`);
  yield* detectionsFrom(here, authenticationModeProblems(mode, planLabel(plan)));
}

function tagSeen({ place, tags }: ResourceItem, plan: PlanItem, rule: RuleItem): Detection[] {
  const { recoveryPointTags } = rule;
  if (tags.items.length + recoveryPointTags.items.length <= MAX_RECOVERY_POINT_TAGS) return [];
  const keys = [...tags.items, ...recoveryPointTags.items].flatMap(({ key }) => known(key) ?? []);
  return detectionsFrom(place, sharedTagProblems(keys, ruleLabel(plan, rule)));
}

function encryptionSeen(
  inventory: Inventory,
  { place, resourceType, encryption }: ResourceItem,
  plan: PlanItem,
  rule: RuleItem,
): Detection[] {
  const encrypted = encryption?.enabled;
  if (isUnknown(encrypted) || isUnknown(resourceType)) return [];
  const airGapped =
    rule.airGappedVault !== undefined ||
    rule.copies.items.some(({ vault }) => linkedVault(inventory, vault)?.kind === 'air-gapped');
  if (!airGapped) return [];
  return detectionsFrom(
    at(place, `${place.pathInTemplate}/Properties/StorageEncrypted`),
    airGappedEncryptionProblems(resourceType, encrypted, ruleLabel(plan, rule)),
  );
}
