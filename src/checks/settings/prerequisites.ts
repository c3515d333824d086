import { protectionsOf } from '../../coverage/protections';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, planLabel, ruleLabel } from '../../inventory/labels';
import { linkedVault } from '../../inventory/lookups';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
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
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-VssInstanceType',
    severity: 'warning',
    what: 'A plan makes application-consistent backups of Windows (VSS), and protects an instance of a type that is too small for it.',
    why: 'The VSS backup of such an instance fails, and AWS Backup makes a crash-consistent one.',
    fix: 'use an instance of size small or larger, or leave `WindowsVSS` out',
    docs: `${GUIDE}windows-backups.html`,
    source: 'AWS Backup Developer Guide, Windows VSS backups',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-VssInstanceProfile',
    severity: 'note',
    what: 'A plan makes application-consistent backups of Windows (VSS), and protects an instance without instance profile.',
    why: 'AWS Systems Manager makes the VSS snapshots on the instance, with the role of the instance. Without one, AWS Backup makes a crash-consistent backup. Whether the instance runs Windows can not be told.',
    fix: 'give the instance a role with the policies `AmazonSSMManagedInstanceCore` and `AWSEC2VssSnapshotPolicy`',
    docs: `${GUIDE}windows-backups.html`,
    source: 'AWS Backup Developer Guide, Windows VSS backups; Amazon EC2 User Guide, IAM permissions for VSS',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-VssMetadata',
    severity: 'note',
    what: 'A plan makes application-consistent backups of Windows (VSS), and protects an instance whose metadata endpoint is disabled.',
    why: 'The instance gets the credentials of its role from there, and AWS Systems Manager can not act without them. Whether the instance runs Windows can not be told.',
    fix: 'enable `HttpEndpoint`, with `HttpTokens` `required`',
    docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html',
    source: 'Amazon EC2 User Guide, Instance metadata options',
    asOf: '2026-11-21',
  },
  {
    id: 'Backup-RecoveryPointTags',
    severity: 'error',
    what: 'A resource and the rule that protects it have more than 50 tags together.',
    why: 'A recovery point gets the tags of both, and can have 50: "The resultant tag set must not have more than 50 user tags." Every backup job fails.',
    fix: 'take tags away from the rule or the resource',
    docs: `${GUIDE}tags-on-backups.html`,
    source: 'AWS Backup Developer Guide, Tags on backups; the list of errors of the dashboards',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-ResourceUnsupported',
    severity: 'warning',
    what: 'A plan selects a resource of a kind that AWS Backup does not back up, such as RDS Custom, or a volume of ONTAP for data protection.',
    why: 'It is not backed up, although the plan selects it.',
    fix: 'back it up by other means, and say so with `BackupOptOut`',
    docs: `${GUIDE}working-with-supported-services.html`,
    source: 'AWS Backup Developer Guide, Amazon RDS backups; Working with FSx for ONTAP',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-EksAuthentication',
    severity: 'warning',
    what: 'A plan protects a cluster of EKS whose authentication mode is not `API` or `API_AND_CONFIG_MAP`; a note where it says none.',
    why: 'AWS Backup gets into the cluster by access entries, which other modes do not have: the backup jobs fail.',
    fix: 'set `AuthenticationMode` to `API_AND_CONFIG_MAP`',
    docs: `${GUIDE}eks-backups.html`,
    source: 'AWS Backup Developer Guide, Amazon EKS backups',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-AirGappedUnencrypted',
    severity: 'error',
    what: 'A rule sends an unencrypted cluster of Aurora, DocumentDB or Neptune to a logically air-gapped vault; a warning where the cluster says nothing of encryption.',
    why: 'Unencrypted clusters are not supported there: these jobs fail.',
    fix: 'encrypt the cluster with `StorageEncrypted`, which replaces it',
    docs: `${GUIDE}logicallyairgappedvault.html`,
    source: 'AWS Backup Developer Guide, Logically air-gapped vault',
    asOf: '2026-04-13',
  },
];

/** What AWS Backup needs of the resources that plans protect. */
export const prerequisiteChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
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

function* vssSeen({ place, instance }: ResourceItem, plans: readonly PlanItem[]): Iterable<Seen> {
  const plan = instance && plans.find(({ advancedSettings }) => advancedSettings.items.some(isVss));
  if (!plan) return;
  const under = (path: string) => at(place, `${place.pathInTemplate}/Properties/${path}`);
  const who = planLabel(plan);
  const type = known(instance.instanceType);
  if (type !== undefined) yield* told(under('InstanceType'), vssInstanceTypeProblems(type, who));
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
    for (const seen of told(under(path), [problem])) yield { ...seen, severity: 'note' };
  }
}

function isVss({ options }: PlanItem['advancedSettings']['items'][number]): boolean {
  return options.items.some(({ key, value }) => key === 'WindowsVSS' && value === 'enabled');
}

function unsupportedSeen({ place, database, fileSystem }: ResourceItem, plan: PlanItem): Seen[] {
  const kinds = { engine: known(database?.engine), ontapVolume: known(fileSystem?.ontapType) };
  return told(place, unsupportedKindProblems(kinds, planLabel(plan)));
}

function* kubernetesSeen({ place, cluster }: ResourceItem, plan: PlanItem): Iterable<Seen> {
  const mode = cluster?.authenticationMode;
  if (!cluster || isUnknown(mode)) return;
  const here = at(place, `${place.pathInTemplate}/Properties/AccessConfig`);
  for (const seen of told(here, authenticationModeProblems(mode, planLabel(plan))))
    yield { ...seen, severity: mode === undefined ? 'note' : 'warning' };
}

function tagSeen({ place, tags }: ResourceItem, plan: PlanItem, rule: RuleItem): Seen[] {
  const { recoveryPointTags } = rule;
  if (tags.items.length + recoveryPointTags.items.length <= MAX_RECOVERY_POINT_TAGS) return [];
  const keys = [...tags.items, ...recoveryPointTags.items].flatMap(({ key }) => known(key) ?? []);
  return told(place, sharedTagProblems(keys, ruleLabel(plan, rule)));
}

function encryptionSeen(
  inventory: Inventory,
  { place, resourceType, encryption }: ResourceItem,
  plan: PlanItem,
  rule: RuleItem,
): Seen[] {
  const encrypted = encryption?.enabled;
  if (isUnknown(encrypted) || isUnknown(resourceType)) return [];
  const airGapped =
    rule.airGappedVault !== undefined ||
    rule.copies.items.some(({ vault }) => linkedVault(inventory, vault)?.kind === 'air-gapped');
  if (!airGapped) return [];
  return told(
    at(place, `${place.pathInTemplate}/Properties/StorageEncrypted`),
    airGappedEncryptionProblems(resourceType, encrypted, ruleLabel(plan, rule)),
  );
}
