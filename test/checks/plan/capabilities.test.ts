import { capabilityChecks } from '../../../src/checks/plan/capabilities';
import { BackupCapability, CapabilitySupport } from '../../../src/values/resource-type/capability';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { choice, plan, resource, rule, selection, stack, tags } from '../../support/backups';
import { findings, findingsIn, PARAMETERS, rulePath, UNKNOWN } from '../../support/findings';

const GOLD = tags({ backup: 'gold' });
const gold = (type: string, properties = {}) => resource(type, { Tags: GOLD, ...properties });
const TAGGED = { ListOfTags: [choice('backup', 'gold')] };
const OF = 'of rule `daily` of plan `gold`';

/** What is found of a rule with a tag selection, or another one, and some resources. */
function found(properties: object, x: object, body: object = TAGGED, more: object = {}): string[] {
  const { scans, ...others } = properties as { scans?: unknown };
  const BackupPlan = {
    BackupPlanName: 'gold',
    BackupPlanRule: [rule('daily', others)],
    ScanSettings: scans,
  };
  return findings(
    capabilityChecks,
    { Plan: resource('Backup::BackupPlan', { BackupPlan }), S: selection({ ...body }), X: x, ...more },
    undefined,
    PARAMETERS,
  );
}

const copyTo = (region: string, account = '111111111111') => ({
  CopyActions: [
    {
      DestinationBackupVaultArn: `arn:aws:backup:${region}:${account}:backup-vault:copies`,
      Lifecycle: { DeleteAfterDays: 35 },
    },
  ],
});
const COLD = { Lifecycle: { MoveToColdStorageAfterDays: 30, DeleteAfterDays: 365 } };
const ARCHIVE = { Lifecycle: { ...COLD.Lifecycle, OptInToArchiveForSupportedResources: true } };
const CONTINUOUS = { EnableContinuousBackup: true };
const AIR_GAPPED = {
  TargetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:safe',
};
const redshift = gold('Redshift::Cluster');
const bucket = gold('S3::Bucket');
const volume = gold('EC2::Volume');
const table = gold('DynamoDB::Table');
const aurora = gold('RDS::DBCluster', { Engine: 'aurora-mysql' });

test.each<[string, object, object, string]>([
  [
    'copies of what is never copied',
    copyTo('us-east-1'),
    redshift,
    `error Backup-CopyUnsupported at ${rulePath(0, 'CopyActions')}: \`CopyActions\` ${OF} can't be made of Redshift: AWS Backup doesn't copy these backups at all, not even within the Region and the account (affects \`App/X\`); protect them with a separate plan without copies`,
  ],
  [
    'copies of a Multi-AZ cluster of RDS',
    copyTo('eu-west-1'),
    gold('RDS::DBCluster', { Engine: 'postgres' }),
    `error Backup-CopyUnsupported at ${rulePath(0, 'CopyActions')}: \`CopyActions\` ${OF} can't be made of RDS (Multi-AZ cluster): AWS Backup doesn't copy these backups at all, not even within the Region and the account (affects \`App/X\`); protect them with a separate plan without copies`,
  ],
  [
    'continuous backup of tables',
    CONTINUOUS,
    table,
    `warning Backup-ContinuousUnsupported at ${rulePath(0, 'EnableContinuousBackup')}: \`EnableContinuousBackup\` ${OF} applies to Aurora, RDS, S3 and SAP HANA on Amazon EC2 only, got DynamoDB: these get scheduled snapshots instead, without point-in-time recovery; protect them with a snapshot rule`,
  ],
  [
    'copies of continuous backups of SAP HANA',
    { ...CONTINUOUS, ...copyTo('eu-west-1') },
    gold('SystemsManagerSAP::Application', { ApplicationType: 'HANA' }),
    `warning Backup-ContinuousCopyUnsupported at ${rulePath(0, 'CopyActions')}: \`CopyActions\` ${OF} can't be made of continuous backups of SAP HANA on Amazon EC2; add a snapshot rule that copies them`,
  ],
  [
    'cold storage of buckets',
    COLD,
    bucket,
    `warning Backup-ColdStorageUnsupported at ${rulePath(0, 'Lifecycle/MoveToColdStorageAfterDays')}: \`MoveToColdStorageAfterDays\` ${OF} applies to CloudFormation, DynamoDB, EFS, SAP HANA on Amazon EC2, Timestream and VirtualMachine only, got S3: AWS Backup ignores it for these, and keeps their backups in warm storage; protect them with a rule without cold storage, and expect warm-storage prices`,
  ],
  [
    'cold storage of volumes without the archive',
    COLD,
    volume,
    `warning Backup-ColdStorageUnsupported at ${rulePath(0, 'Lifecycle/MoveToColdStorageAfterDays')}: \`MoveToColdStorageAfterDays\` ${OF} moves EBS to the archive tier only with \`OptInToArchiveForSupportedResources\`: without it, their backups stay in warm storage; set \`OptInToArchiveForSupportedResources\` in a rule that runs monthly or less often`,
  ],
  [
    'the archive of tables',
    ARCHIVE,
    table,
    `warning Backup-ArchiveUnsupported at ${rulePath(0, 'Lifecycle/OptInToArchiveForSupportedResources')}: \`OptInToArchiveForSupportedResources\` ${OF} applies to EBS only, got DynamoDB: it has no effect here; omit \`OptInToArchiveForSupportedResources\``,
  ],
  [
    'an air-gapped vault for what can not go there',
    AIR_GAPPED,
    redshift,
    `warning Backup-AirGappedVaultUnsupported at ${rulePath(0, 'TargetLogicallyAirGappedBackupVaultArn')}: \`TargetLogicallyAirGappedBackupVaultArn\` ${OF} can't hold Redshift: their backups stay in the standard vault of the rule, although the jobs end as completed (affects \`App/X\`); protect them with a rule whose vault has a lock`,
  ],
  [
    'continuous backup of Aurora in an air-gapped vault',
    { ...CONTINUOUS, ...AIR_GAPPED },
    aurora,
    `note Backup-AirGappedContinuous at ${rulePath(0, 'TargetLogicallyAirGappedBackupVaultArn')}: \`TargetLogicallyAirGappedBackupVaultArn\` ${OF} gets snapshots of Aurora: the continuous recovery points stay in the standard vault (affects \`App/X\`); use the standard vault to restore to a point in time`,
  ],
  [
    'an index of what has none',
    { IndexActions: [{ ResourceTypes: ['EFS'] }] },
    table,
    `error Backup-ActionUnsupported at ${rulePath(0, 'IndexActions')}: \`IndexActions\` ${OF} must be one of EBS and S3, got EFS; remove the type from the action`,
  ],
  [
    'an index of what the plan does not select',
    { IndexActions: [{ ResourceTypes: ['EBS'] }] },
    table,
    `warning Backup-ActionWithoutResources at ${rulePath(0, 'IndexActions')}: \`IndexActions\` ${OF} requires EBS to be indexed, but the plan selects only DynamoDB; select EBS as well, or omit it of \`IndexActions\``,
  ],
  [
    'a scan of what can not be scanned',
    { ScanActions: [{ MalwareScanner: 'GUARDDUTY' }], scans: [{ ResourceTypes: ['EFS'] }] },
    table,
    `error Backup-ActionUnsupported at ${rulePath(0, 'ScanActions')}: \`ScanActions\` ${OF} must be one of EBS, EC2 and S3, got EFS; remove the type from the action`,
  ],
])('%s is reported', (_, properties, x, message) => {
  expect(found(properties, x)).toEqual([message]);
});

test.each<[string, object, object]>([
  ['copies of tables', copyTo('eu-west-1', '222222222222'), table],
  ['continuous backup of buckets', CONTINUOUS, bucket],
  ['cold storage of tables', COLD, table],
  ['cold storage of volumes with the archive', ARCHIVE, volume],
  ['an air-gapped vault for buckets', { ...AIR_GAPPED, ...CONTINUOUS }, bucket],
  ['continuous backup of Aurora in a standard vault', CONTINUOUS, aurora],
  ['an index of volumes', { IndexActions: [{ ResourceTypes: ['EBS'] }] }, volume],
  ['a scan of all that can be', { ScanActions: [{}], scans: [{ ResourceTypes: ['ALL'] }] }, volume],
  [
    'cold storage of a cluster of which the engine is not known',
    COLD,
    gold('RDS::DBCluster', { Engine: UNKNOWN }),
  ],
  ['a flag that is not known', { EnableContinuousBackup: UNKNOWN }, table],
  ['copies to a vault that is not known', { CopyActions: [{ DestinationBackupVaultArn: UNKNOWN }] }, table],
])('%s is fine', (_, properties, x) => {
  expect(found(properties, x)).toEqual([]);
});

test('what isn’t selected, or perhaps isn’t, doesn’t count', () => {
  expect(found(copyTo('eu-west-1'), resource('Redshift::Cluster'))).toEqual([]);
  expect(
    found(copyTo('eu-west-1'), resource('Redshift::Cluster', { Tags: tags({ backup: UNKNOWN }) })),
  ).toEqual([]);
  expect(
    found(copyTo('eu-west-1'), redshift, { Resources: ['*'], NotResources: ['arn:aws:redshift:*:*:*'] }),
  ).toEqual([]);
});

test('the types of ARNs count, where an ARN stands for one type', () => {
  const named = (arn: string) => found(copyTo('eu-west-1'), table, { Resources: [arn] });
  expect(named('arn:aws:redshift:us-east-1:111111111111:cluster:x')).toHaveLength(1);
  expect(named('arn:aws:rds:*:*:cluster:*')).toEqual([]);
  expect(named('*')).toEqual([]);
  expect(found({ IndexActions: [{ ResourceTypes: ['EBS'] }] }, table, { Resources: ['*'] })).toHaveLength(1);
});

test('copies into an air-gapped vault of the app are reported with types that can not go there', () => {
  const Safe = resource('Backup::LogicallyAirGappedBackupVault', {
    BackupVaultName: 'copies',
    MinRetentionDays: 7,
    MaxRetentionDays: 365,
  });
  const instance = gold('RDS::DBInstance', { Engine: 'mysql' });
  expect(found(copyTo('us-east-1'), instance, TAGGED, { Safe })).toEqual([
    `warning Backup-AirGappedVaultUnsupported at ${rulePath(0, 'CopyActions')}: \`CopyActions\` ${OF} into a logically air-gapped vault can't be made of RDS: these copy jobs will fail (affects \`App/X\`); copy them to a vault with a lock instead`,
  ]);
  expect(found(copyTo('us-east-1'), bucket, TAGGED, { Safe })).toEqual([]);
});

test('what can’t be copied is named, three at most', () => {
  const many = Object.fromEntries(['A', 'B', 'C'].map((id) => [id, redshift]));
  expect(found(copyTo('eu-west-1'), redshift, TAGGED, many)).toEqual([
    expect.stringContaining(
      "error Backup-CopyUnsupported at Resources/Plan/Properties/BackupPlan/BackupPlanRule/0/CopyActions: `CopyActions` of rule `daily` of plan `gold` can't be made of Redshift: AWS Backup doesn't copy these backups at all, not even within the Region and the account (affects `App/X`, `App/A`, `App/B` and 1 more); protect them with a separate plan without copies",
    ),
  ]);
});

test('copies of Neptune and Timestream to other accounts are reported with Regions that have to be turned on', () => {
  const cluster = gold('Neptune::DBCluster');
  expect(found(copyTo('me-central-1', '222222222222'), cluster)).toEqual([
    `warning Backup-CopyRegion at ${rulePath(0, 'CopyActions')}: \`CopyActions\` ${OF} to other accounts may be unavailable for Neptune in me-central-1 (affects \`App/X\`); copy through a vault of the same account in another Region, or protect them with a separate plan`,
  ]);
  expect(found(copyTo('me-central-1'), cluster)).toEqual([]);
  expect(found(copyTo('eu-west-1', '222222222222'), cluster)).toEqual([]);
});

test('types that the user overrides count as overridden', () => {
  const templates = [
    stack('App', {
      Plan: plan('gold', rule('daily', copyTo('eu-west-1'))),
      S: selection(TAGGED),
      X: redshift,
    }),
  ];
  expect(ResourceType.REDSHIFT.supports(BackupCapability.CROSS_REGION_COPY)).toBe(CapabilitySupport.NO);
  const capable = ResourceType.REDSHIFT.withCapabilities({ crossRegionCopy: true });
  expect(findingsIn(capabilityChecks, templates)).toHaveLength(1);
  expect(findingsIn(capabilityChecks, templates, [capable])).toEqual([]);
});
