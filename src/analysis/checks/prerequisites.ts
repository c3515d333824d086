import { show } from '../../values/amounts';
import type { Inventory } from '../inventory';
import type { PlanItem, RuleItem } from '../inventory/plans';
import type { ResourceItem } from '../inventory/resource-item';
import { isUnknown, known } from '../inventory/unknown';
import { linkedVault } from '../lookups';
import { protectionsOf } from '../protection/protections';
import { at, type Check } from './check';
import { type CheckFacts, type Seen, subject } from './subject';
import { GUIDE, planLabel, ruleLabel } from './words';

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

const TOO_SMALL = /^(t2|t3|t3a)\.(nano|micro)$/;
const MAX_TAGS = 50;
const ENCRYPTED_ONLY: ReadonlySet<unknown> = new Set(['Aurora', 'DocumentDB', 'Neptune']);

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
  const type = known(instance?.instanceType);
  if (type === undefined || !TOO_SMALL.test(type)) return;
  const plan = plans.find(({ advancedSettings }) => advancedSettings.items.some(isVss));
  if (plan)
    yield {
      id: 'Backup-VssInstanceType',
      place: at(place, `${place.pathInTemplate}/Properties/InstanceType`),
      message: `\`InstanceType\` ${show(type)} is too small for VSS backups of Windows, which ${planLabel(plan)} asks for`,
    };
}

function isVss({ options }: PlanItem['advancedSettings']['items'][number]): boolean {
  return options.items.some(({ key, value }) => key === 'WindowsVSS' && value === 'enabled');
}

function* unsupportedSeen(resource: ResourceItem, plan: PlanItem): Iterable<Seen> {
  const { place, database, fileSystem } = resource;
  const engine = known(database?.engine);
  const volume = known(fileSystem?.ontapType);
  const what = engine?.startsWith('custom-')
    ? `an instance of RDS Custom (${show(engine)})`
    : volume === 'DP' || volume === 'LS'
      ? `a volume of ONTAP of the type ${show(volume)}`
      : undefined;
  if (what !== undefined)
    yield {
      id: 'Backup-ResourceUnsupported',
      place,
      message: `${planLabel(plan)} selects ${what}, which AWS Backup doesn't back up`,
    };
}

function* kubernetesSeen({ place, cluster }: ResourceItem, plan: PlanItem): Iterable<Seen> {
  const mode = cluster?.authenticationMode;
  if (!cluster || isUnknown(mode) || mode?.startsWith('API')) return;
  yield {
    id: 'Backup-EksAuthentication',
    severity: mode === undefined ? 'note' : 'warning',
    place: at(place, `${place.pathInTemplate}/Properties/AccessConfig`),
    message: `\`AuthenticationMode\` should be \`API\` or \`API_AND_CONFIG_MAP\` for a cluster that ${planLabel(plan)} protects, got ${mode === undefined ? 'none' : show(mode)}`,
  };
}

/** The tags that CloudFormation adds for itself don't count. */
function* tagSeen({ place, tags }: ResourceItem, plan: PlanItem, rule: RuleItem): Iterable<Seen> {
  const { recoveryPointTags } = rule;
  if (tags.items.length + recoveryPointTags.items.length <= MAX_TAGS) return;
  const keys = [...tags.items, ...recoveryPointTags.items].map(({ key }) => key);
  const distinct = new Set(keys.filter((key) => typeof key === 'string' && !key.startsWith('aws:')));
  if (distinct.size > MAX_TAGS)
    yield {
      id: 'Backup-RecoveryPointTags',
      place,
      message: `a recovery point can have at most ${MAX_TAGS} tags, got ${distinct.size} of this resource and ${ruleLabel(plan, rule)} together`,
    };
}

function* encryptionSeen(
  inventory: Inventory,
  { place, resourceType, encryption }: ResourceItem,
  plan: PlanItem,
  rule: RuleItem,
): Iterable<Seen> {
  const encrypted = encryption?.enabled;
  if (!ENCRYPTED_ONLY.has(resourceType) || encrypted === true || isUnknown(encrypted)) return;
  const airGapped =
    rule.airGappedVault !== undefined ||
    rule.copies.items.some(({ vault }) => linkedVault(inventory, vault)?.kind === 'air-gapped');
  if (!airGapped) return;
  yield {
    id: 'Backup-AirGappedUnencrypted',
    severity: encrypted === false ? 'error' : 'warning',
    place: at(place, `${place.pathInTemplate}/Properties/StorageEncrypted`),
    message: `\`StorageEncrypted\` must be true for a cluster that ${ruleLabel(plan, rule)} sends to a logically air-gapped vault, got ${encrypted === false ? 'false' : 'nothing'}`,
  };
}
