import { ALL_CHECKS } from '../../../src/checks/all-checks';
import { identifierChecks } from '../../../src/checks/template/identifiers';
import { SCHEMA_TABLE } from '../../../src/values/cloudformation/schema-table';
import { resource } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const ARN = 'arn:aws:backup:us-east-1:111111111111:backup-vault:main';
const OTHERS = {
  Main: resource('Backup::BackupVault', { BackupVaultName: 'main' }),
  Key: resource('KMS::Key'),
  Bucket: resource('S3::Bucket'),
  Table: resource('DynamoDB::Table'),
  Topic: resource('SNS::Topic'),
  Group: resource('Logs::LogGroup'),
  Role: resource('IAM::Role'),
};
const getAtt = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] });

const rule = (properties: object) => ({
  BackupPlan: {
    BackupPlanName: 'gold',
    BackupPlanRule: [
      { RuleName: 'daily', TargetBackupVault: 'main', Lifecycle: { DeleteAfterDays: 35 }, ...properties },
    ],
  },
});
const selection = (properties: object) => ({
  BackupPlanId: 'plan',
  BackupSelection: { SelectionName: 'some', ...properties },
});
const hold = (properties: object) => ({ Title: 'a', Description: 'b', RecoveryPointSelection: properties });
const testing = (properties: object) => ({
  RestoreTestingSelectionName: 'tables',
  ProtectedResourceType: 'DynamoDB',
  ...properties,
});
const points = (properties: object) => ({
  RestoreTestingPlanName: 'weekly',
  RecoveryPointSelection: {
    Algorithm: 'RANDOM_WITHIN_WINDOW',
    RecoveryPointTypes: ['SNAPSHOT'],
    ...properties,
  },
});
const vault = (properties: object) => ({ BackupVaultName: 'other', ...properties });
const topic = (SNSTopicArn: unknown) =>
  vault({ Notifications: { BackupVaultEvents: ['RESTORE_JOB_FAILED'], SNSTopicArn } });
const report = (channel: object, setting: object = {}) => ({
  ReportPlanName: 'jobs',
  ReportDeliveryChannel: { S3BucketName: 'reports', ...channel },
  ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT', ...setting },
});
const tiering = (properties: object, Resources: unknown[] = ['*']) => ({
  TieringConfigurationName: 'cold',
  ResourceSelection: [{ ResourceType: 'S3', Resources, TieringDownSettingsInDays: 60 }],
  ...properties,
});

/** Each property that takes an ARN or a name, and a resource whose other identifier stands there. */
const PROPERTIES: readonly [
  type: string,
  property: string,
  make: (value: unknown) => Record<string, unknown>,
  wrong: unknown[],
][] = [
  [
    'BackupPlan',
    'DestinationBackupVaultArn',
    (arn) => rule({ CopyActions: [{ DestinationBackupVaultArn: arn }] }),
    ['main', { Ref: 'Main' }],
  ],
  [
    'BackupPlan',
    'TargetLogicallyAirGappedBackupVaultArn',
    (arn) => rule({ TargetLogicallyAirGappedBackupVaultArn: arn }),
    ['main', { Ref: 'Main' }],
  ],
  [
    'BackupPlan',
    'TargetBackupVault',
    (name) => rule({ TargetBackupVault: name }),
    [ARN, getAtt('Main', 'BackupVaultArn')],
  ],
  [
    'BackupPlan',
    'ScannerRoleArn',
    (arn) => ({
      BackupPlan: {
        ...rule({}).BackupPlan,
        ScanSettings: [{ MalwareScanner: 'GUARDDUTY', ResourceTypes: ['EBS'], ScannerRoleArn: arn }],
      },
    }),
    ['scanner', { Ref: 'Role' }],
  ],
  [
    'BackupSelection',
    'BackupPlanId',
    (id) => ({ ...selection({}), BackupPlanId: id }),
    ['arn:aws:backup:us-east-1:111111111111:backup-plan:1'],
  ],
  ['BackupSelection', 'IamRoleArn', (arn) => selection({ IamRoleArn: arn }), ['backup', { Ref: 'Role' }]],
  ['BackupSelection', 'Resources', (arn) => selection({ Resources: [arn] }), ['orders', { Ref: 'Table' }]],
  [
    'BackupSelection',
    'NotResources',
    (arn) => selection({ NotResources: [arn] }),
    ['orders', { Ref: 'Table' }],
  ],
  ['BackupVault', 'EncryptionKeyArn', (arn) => vault({ EncryptionKeyArn: arn }), ['1234', { Ref: 'Key' }]],
  ['BackupVault', 'SNSTopicArn', topic, ['topic', getAtt('Topic', 'TopicName')]],
  [
    'LogicallyAirGappedBackupVault',
    'EncryptionKeyArn',
    (arn) => vault({ EncryptionKeyArn: arn }),
    ['1234', { Ref: 'Key' }],
  ],
  [
    'LogicallyAirGappedBackupVault',
    'MpaApprovalTeamArn',
    (arn) => vault({ MpaApprovalTeamArn: arn }),
    ['team'],
  ],
  ['LogicallyAirGappedBackupVault', 'SNSTopicArn', topic, ['topic', getAtt('Topic', 'TopicName')]],
  [
    'LegalHold',
    'ResourceIdentifiers',
    (arn) => hold({ ResourceIdentifiers: [arn] }),
    ['orders', { Ref: 'Table' }],
  ],
  [
    'LegalHold',
    'VaultNames',
    (name) => hold({ VaultNames: [name] }),
    [ARN, getAtt('Main', 'BackupVaultArn')],
  ],
  [
    'ReportPlan',
    'FrameworkArns',
    (arn) => report({}, { ReportTemplate: 'CONTROL_COMPLIANCE_REPORT', FrameworkArns: [arn] }),
    ['framework'],
  ],
  [
    'ReportPlan',
    'S3BucketName',
    (name) => report({ S3BucketName: name }),
    ['arn:aws:s3:::reports', 's3://reports', 'reports/backup', getAtt('Bucket', 'Arn')],
  ],
  [
    'RestoreTestingPlan',
    'IncludeVaults',
    (arn) => points({ IncludeVaults: [arn] }),
    ['main', { Ref: 'Main' }],
  ],
  [
    'RestoreTestingPlan',
    'ExcludeVaults',
    (arn) => points({ IncludeVaults: ['*'], ExcludeVaults: [arn] }),
    ['main', { Ref: 'Main' }],
  ],
  [
    'RestoreTestingSelection',
    'IamRoleArn',
    (arn) => testing({ IamRoleArn: arn }),
    ['restore', { Ref: 'Role' }],
  ],
  [
    'RestoreTestingSelection',
    'ProtectedResourceArns',
    (arn) => testing({ ProtectedResourceArns: [arn] }),
    ['orders', { Ref: 'Table' }],
  ],
  [
    'RestoreTestingSelection',
    'RestoreTestingPlanName',
    (name) => testing({ RestoreTestingPlanName: name }),
    ['arn:aws:backup:us-east-1:111111111111:restore-testing-plan:weekly'],
  ],
  [
    'TieringConfiguration',
    'BackupVaultName',
    (name) => tiering({ BackupVaultName: name }),
    [ARN, getAtt('Main', 'BackupVaultArn')],
  ],
  [
    'TieringConfiguration',
    'Resources',
    (arn) => tiering({}, [arn]),
    ['documents', { Ref: 'Bucket' }, getAtt('Table', 'Arn')],
  ],
];

/** The severities of what is found at a property, without notes. */
const at = (type: string, property: string, properties: Record<string, unknown>) =>
  findings(ALL_CHECKS, { X: resource(`Backup::${type}`, properties), ...OTHERS }, undefined, PARAMETERS)
    .map((line) => /^(error|warning) \S+ at Resources\/X\/Properties\/(\S+): /.exec(line))
    .flatMap((match) => (match?.[2].split('/').some((part) => part === property) ? [match[1]] : []));

describe('a name where an ARN belongs, or the other way around, is reported', () => {
  test.each(
    PROPERTIES.flatMap(([type, property, make, wrong]) =>
      wrong.map(
        (value) => [`${type} ${property}`, JSON.stringify(value), type, property, make(value)] as const,
      ),
    ),
  )('in %s: %s', (_what, _value, type, property, properties) => {
    expect(at(type, property, properties)).not.toEqual([]);
  });

  test.each(PROPERTIES.map(([type, property, make]) => [type, property, make(UNKNOWN)] as const))(
    'in %s %s, but not what is known only at deployment',
    (type, property, properties) => {
      expect(at(type, property, properties)).toEqual([]);
    },
  );

  test('in every property of AWS Backup that takes one', () => {
    const named = Object.entries(SCHEMA_TABLE)
      .filter(([type]) => type.startsWith('AWS::Backup::'))
      .flatMap(([type, { attributes: _, ...structs }]) =>
        Object.values(structs)
          .flatMap((properties) => Object.keys(properties))
          .map((property) => property.replace('!', ''))
          .filter((property) =>
            /(Arns?|Vaults?|VaultNames|BucketName|Identifiers|PlanId|^(Not)?Resources)$/.test(property),
          )
          .map((property) => `${type.split('::')[2]} ${property}`),
      );
    const tested = PROPERTIES.map(([type, property]) => `${type} ${property}`);
    expect(named.filter((property) => !tested.includes(property))).toEqual([]);
  });
});

describe('what AWS documents in one form', () => {
  const found = (type: string, properties: Record<string, unknown>) =>
    findings(identifierChecks, { X: resource(type, properties), ...OTHERS }, undefined, PARAMETERS);
  const HERE = 'warning Backup-NameOrArn at Resources/X/Properties';

  test.each<[string, string, Record<string, unknown>, string]>([
    [
      'a legal hold, by the names of vaults',
      'Backup::LegalHold',
      hold({ VaultNames: [ARN] }),
      `${HERE}/RecoveryPointSelection/VaultNames/0: \`VaultNames\` should be the names of vaults, got \`${ARN}\`; write the name, such as \`!Ref Vault\``,
    ],
    [
      'a report plan, by the name of a bucket',
      'Backup::ReportPlan',
      report({ S3BucketName: { 'Fn::Sub': `\${Bucket}/jobs` } }),
      `${HERE}/ReportDeliveryChannel/S3BucketName: \`S3BucketName\` of report plan \`jobs\` should be the name of a bucket, got \`\${Bucket}/jobs\`; write the name, such as \`!Ref Bucket\`, and a folder in it as \`S3KeyPrefix\``,
    ],
    [
      'a report plan, by the ARNs of frameworks',
      'Backup::ReportPlan',
      report({}, { FrameworkArns: ['hipaa'] }),
      `${HERE}/ReportSetting/FrameworkArns/0: \`FrameworkArns\` of report plan \`jobs\` should be ARNs of frameworks, got \`hipaa\`; write the ARN, such as \`!GetAtt Framework.FrameworkArn\``,
    ],
    [
      'a restore testing selection, by the name of its plan',
      'Backup::RestoreTestingSelection',
      testing({ RestoreTestingPlanName: ARN }),
      `${HERE}/RestoreTestingPlanName: \`RestoreTestingPlanName\` of restore testing selection \`tables\` should be the name of a plan, got \`${ARN}\`; write the name, such as \`!Ref Plan\``,
    ],
    [
      'a hypervisor, by the ARN of a key',
      'BackupGateway::Hypervisor',
      { Name: 'esx', KmsKeyArn: { Ref: 'Key' } },
      `${HERE}/KmsKeyArn: \`KmsKeyArn\` of hypervisor \`esx\` should be the ARN of a key, got \`\${Key}\`; write the ARN, such as \`!GetAtt Key.Arn\``,
    ],
  ])('%s', (_, type, properties, message) => {
    expect(found(type, properties)).toEqual([message]);
  });

  test.each<[string, unknown]>([
    ['its name', 'alias/vmware'],
    ['a reference', { Ref: 'Alias' }],
    ['a reference to one whose name is known only at deployment', { Ref: 'Named' }],
  ])('a hypervisor can have an alias of a key, by %s', (_, KmsKeyArn) => {
    const aliases = {
      Alias: resource('KMS::Alias', { AliasName: 'alias/vmware', TargetKeyId: { Ref: 'Key' } }),
      Named: resource('KMS::Alias', { AliasName: UNKNOWN, TargetKeyId: { Ref: 'Key' } }),
    };
    const hypervisor = resource('BackupGateway::Hypervisor', { Name: 'esx', KmsKeyArn });
    expect(
      findings(identifierChecks, { X: hypervisor, ...OTHERS, ...aliases }, undefined, PARAMETERS),
    ).toEqual([]);
  });

  test('the vault of Amazon EFS has a slash in its name', () => {
    expect(found('Backup::LegalHold', hold({ VaultNames: ['aws/efs/automatic-backup-vault'] }))).toEqual([]);
  });
});
