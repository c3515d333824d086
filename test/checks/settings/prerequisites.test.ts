import { prerequisiteChecks } from '../../../src/checks/settings/prerequisites';
import { choice, resource, rule, selection, tags } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const TAGGED = { ListOfTags: [choice('backup', 'gold')] };
const gold = (type: string, properties: object = {}, pairs: Record<string, unknown> = {}) =>
  resource(type, { Tags: tags({ backup: 'gold', ...pairs }), ...properties });

function found(x: object, properties: object = {}, settings: object = {}, more: object = {}): string[] {
  const BackupPlan = {
    BackupPlanName: 'gold',
    BackupPlanRule: [rule('daily', { ...properties })],
    ...settings,
  };
  return findings(
    prerequisiteChecks,
    { Plan: resource('Backup::BackupPlan', { BackupPlan }), S: selection(TAGGED), X: x, ...more },
    undefined,
    PARAMETERS,
  );
}

describe('backups of Windows with VSS', () => {
  const vss = (WindowsVSS: unknown = 'enabled') => ({
    AdvancedBackupSettings: [{ ResourceType: 'EC2', BackupOptions: { WindowsVSS } }],
  });
  const instance = (InstanceType: unknown, more: object = {}) =>
    gold('EC2::Instance', { InstanceType, IamInstanceProfile: 'profile', ...more });

  test('are not made of instances that are too small', () => {
    expect(found(instance('t3.micro'), {}, vss())).toEqual([
      'warning Backup-VssInstanceType at Resources/X/Properties/InstanceType: `InstanceType` `t3.micro` is too small for Windows VSS backups, which plan `gold` asks for; use an instance of size small or larger, or omit `WindowsVSS`',
    ]);
    for (const type of ['t3.small', 'm5.large', UNKNOWN])
      expect(found(instance(type), {}, vss())).toEqual([]);
    expect(found(instance('t3.micro'))).toEqual([]);
    expect(found(instance('t3.micro'), {}, vss('disabled'))).toEqual([]);
  });

  test('need a role of the instance, and its metadata; whether it runs Windows isn’t known', () => {
    const bare = { IamInstanceProfile: undefined, MetadataOptions: { HttpEndpoint: 'disabled' } };
    expect(found(instance('m5.large', bare), {}, vss())).toEqual([
      'note Backup-VssInstanceProfile at Resources/X/Properties/IamInstanceProfile: `IamInstanceProfile` should be set for Windows VSS backups, which plan `gold` asks for, got none; give the instance a role with the policies `AmazonSSMManagedInstanceCore` and `AWSEC2VssSnapshotPolicy`',
      'note Backup-VssMetadata at Resources/X/Properties/MetadataOptions/HttpEndpoint: `HttpEndpoint` of the metadata options should be `enabled` for Windows VSS backups, which plan `gold` asks for, got `disabled`: without it, the instance has no credentials; enable `HttpEndpoint`, with `HttpTokens` `required`',
    ]);
    expect(found(instance('m5.large', bare))).toEqual([]);
    for (const more of [
      { IamInstanceProfile: UNKNOWN },
      { IamInstanceProfile: undefined, LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } },
      { MetadataOptions: { HttpEndpoint: UNKNOWN } },
      { MetadataOptions: { HttpEndpoint: 'enabled' } },
    ])
      expect(found(instance('m5.large', more), {}, vss())).toEqual([]);
  });
});

describe('a recovery point has at most 50 tags', () => {
  const pairs = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`t${i}`, 'x']));

  test('those of the resource and of the rule together', () => {
    const RecoveryPointTags = { made: 'daily', by: 'gold' };
    expect(found(gold('S3::Bucket', {}, pairs(48)), { RecoveryPointTags })).toEqual([
      'error Backup-RecoveryPointTags at Resources/X: a recovery point can have at most 50 tags, got 51 from this resource and rule `daily` of plan `gold` together; remove tags from the rule or the resource',
    ]);
    expect(found(gold('S3::Bucket', {}, pairs(47)), { RecoveryPointTags })).toEqual([]);
    expect(found(gold('S3::Bucket', {}, pairs(48)), { RecoveryPointTags: { t1: 'x', t2: 'x' } })).toEqual([]);
  });
});

describe('kinds that AWS Backup doesn’t back up', () => {
  const custom = gold('RDS::DBInstance', { Engine: 'custom-oracle-ee' });
  const ontap = (OntapVolumeType: unknown) =>
    gold('FSx::Volume', { VolumeType: 'ONTAP', OntapConfiguration: { OntapVolumeType } });
  const expected = (what: string) => [
    `warning Backup-ResourceUnsupported at Resources/X: plan \`gold\` selects ${what}, which AWS Backup doesn't back up; back it up by other means, and record that with \`BackupOptOut\``,
  ];

  test('are reported if a plan selects them', () => {
    expect(found(custom)).toEqual(expected('an RDS Custom instance (`custom-oracle-ee`)'));
    expect(found(ontap('DP'))).toEqual(expected('an ONTAP volume of type `DP`'));
    expect(found(ontap('RW'))).toEqual([]);
    expect(found(ontap(UNKNOWN))).toEqual([]);
    expect(found(gold('RDS::DBInstance', { Engine: 'mysql' }))).toEqual([]);
  });
});

describe('clusters of EKS', () => {
  const cluster = (AccessConfig?: object) => gold('EKS::Cluster', { AccessConfig });
  const expected = (id: string, got: string) => [
    `${id} at Resources/X/Properties/AccessConfig: \`AuthenticationMode\` should be \`API\` or \`API_AND_CONFIG_MAP\` for a cluster that plan \`gold\` protects, got ${got}; set \`AuthenticationMode\` to \`API_AND_CONFIG_MAP\``,
  ];

  test('are entered by access entries', () => {
    expect(found(cluster({ AuthenticationMode: 'CONFIG_MAP' }))).toEqual(
      expected('warning Backup-EksAuthentication', '`CONFIG_MAP`'),
    );
    expect(found(cluster())).toEqual(expected('note Backup-EksAuthenticationUnset', 'none'));
    for (const AuthenticationMode of ['API', 'API_AND_CONFIG_MAP', UNKNOWN])
      expect(found(cluster({ AuthenticationMode }))).toEqual([]);
  });
});

describe('clusters in a logically air-gapped vault', () => {
  const vaultArn = 'arn:aws:backup:us-east-1:111111111111:backup-vault:safe';
  const primary = { TargetLogicallyAirGappedBackupVaultArn: vaultArn };
  const copied = { CopyActions: [{ DestinationBackupVaultArn: vaultArn }] };
  const Safe = resource('Backup::LogicallyAirGappedBackupVault', { BackupVaultName: 'safe' });
  const cluster = (type: string, StorageEncrypted?: unknown) =>
    gold(type, { Engine: type.startsWith('RDS') ? 'aurora-mysql' : undefined, StorageEncrypted });
  const expected = (severity: string, got: string) => [
    `${severity} ${got === 'nothing' ? 'Backup-AirGappedEncryptionUnset' : 'Backup-AirGappedUnencrypted'} at Resources/X/Properties/StorageEncrypted: \`StorageEncrypted\` must be true for a cluster that rule \`daily\` of plan \`gold\` sends to a logically air-gapped vault, got ${got}; encrypt the cluster with \`StorageEncrypted\`, which replaces it`,
  ];

  test.each(['RDS::DBCluster', 'DocDB::DBCluster', 'Neptune::DBCluster'])('of %s are encrypted', (type) => {
    expect(found(cluster(type, false), primary)).toEqual(expected('error', 'false'));
    expect(found(cluster(type), primary)).toEqual(expected('warning', 'nothing'));
    expect(found(cluster(type, false), copied, {}, { Safe })).toEqual(expected('error', 'false'));
    expect(found(cluster(type, true), primary)).toEqual([]);
    expect(found(cluster(type, UNKNOWN), primary)).toEqual([]);
    expect(found(cluster(type, false), copied)).toEqual([]);
    expect(found(cluster(type, false))).toEqual([]);
  });

  test('of volumes may be unencrypted', () => {
    expect(found(gold('EC2::Volume', { Encrypted: false }), primary)).toEqual([]);
  });
});
