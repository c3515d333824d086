import { ALL_CHECKS } from '../../src/checks/all-checks';
import { runChecks } from '../../src/checks/engine/check';
import { UNPROTECTED } from '../../src/checks/engine/unprotected';
import { coverageOf } from '../../src/coverage/coverage';
import { CERTAIN_FAILURES } from '../../src/viability/certain-failures';
import { backupReady, choice, plan, resource, rule, selection, tags } from '../support/backups';
import { inventoryOfResources } from '../support/templates';

const OPTIONS = { now: new Date('2026-11-21T00:00:00Z') };

/** Why an error leaves backup jobs as they are. */
const ELSEWHERE = {
  'about access points to existing recovery points': [
    'Backup-AccessPointInTime',
    'Backup-AccessPointName',
    'Backup-AccessPointRecoveryPoint',
  ],
  'about audits, reports, gateways, holds and tiers, which no backup job needs': [
    'Backup-ControlName',
    'Backup-ControlParameter',
    'Backup-ControlScope',
    'Backup-DuplicateControl',
    'Backup-DuplicateTiering',
    'Backup-EmptyLegalHold',
    'Backup-FrameworkName',
    'Backup-FrameworkWithoutControl',
    'Backup-HypervisorHost',
    'Backup-HypervisorLogGroup',
    'Backup-HypervisorName',
    'Backup-HypervisorUsername',
    'Backup-LegalHoldDates',
    'Backup-LegalHoldQuota',
    'Backup-LegalHoldResource',
    'Backup-LegalHoldText',
    'Backup-ReportAccounts',
    'Backup-ReportFormat',
    'Backup-ReportFrameworks',
    'Backup-ReportKeyPrefix',
    'Backup-ReportOrganizationalUnits',
    'Backup-ReportPlanName',
    'Backup-ReportRegions',
    'Backup-ReportTemplate',
    'Backup-TieringBucket',
    'Backup-TieringConfigurationName',
    'Backup-TieringDays',
    'Backup-TieringResources',
    'Backup-TieringSelections',
    'Backup-TieringType',
  ],
  'about restore tests': [
    'Backup-IncludeVaults',
    'Backup-RecoveryPointTypes',
    'Backup-RestoreMetadata',
    'Backup-RestoreMetadataMissing',
    'Backup-RestoreRolePolicies',
    'Backup-RestoreRoleTrust',
    'Backup-RestoreTestingAlgorithm',
    'Backup-RestoreTestingArn',
    'Backup-RestoreTestingChoice',
    'Backup-RestoreTestingCondition',
    'Backup-RestoreTestingPlanName',
    'Backup-RestoreTestingSelectionName',
    'Backup-RestoreTestingSelections',
    'Backup-RestoreTestingTags',
    'Backup-RestoreTestingType',
    'Backup-SelectionWindow',
    'Backup-StartWindowHours',
    'Backup-ValidationWindow',
    'Backup-VaultSelector',
  ],
  'about copies, which do not unprotect': [
    'Backup-CopyAccess',
    'Backup-CopyIntoAwsManagedKey',
    'Backup-CopyPartition',
    'Backup-CopyRole',
    'Backup-CopyStateMachineRole',
    'Backup-CopyUnsupported',
    'Backup-MarketplaceImage',
    'Backup-SourceAwsManagedKey',
  ],
  'about notifications and sharing, without which the vault still holds recovery points': [
    'Backup-NotificationEvents',
    'Backup-NotificationTopicEnvironment',
    'Backup-NotificationTopicFifo',
    'Backup-SharedAccount',
  ],
  'about backup policies: a refused one creates no plan, so nothing counts as selected': [
    'Backup-PolicyDependency',
    'Backup-PolicyIncomplete',
    'Backup-PolicyJson',
    'Backup-PolicyName',
    'Backup-PolicyOperator',
    'Backup-PolicyPeerConflict',
    'Backup-PolicySchedule',
    'Backup-PolicySize',
    'Backup-PolicyStructure',
    'Backup-PolicyValue',
  ],
  'about two of a kind, one of which works': [
    'Backup-ContinuousAirGappedTwice',
    'Backup-DuplicateName',
    'Backup-SelectionsPerPlan',
  ],
  'the result of coverage itself': [UNPROTECTED],
};

test('each error is decided: either it certainly leaves no recovery point, or there is a reason why not', () => {
  const errors = ALL_CHECKS.filter(({ severity }) => severity === 'error').map(({ id }) => id);
  const elsewhere = Object.values(ELSEWHERE).flat();
  const undecided = errors.filter((id) => !(id in CERTAIN_FAILURES) && !elsewhere.includes(id));
  expect(undecided).toEqual([]);
  expect(elsewhere.filter((id) => id in CERTAIN_FAILURES)).toEqual([]);
  expect(elsewhere.filter((id) => id !== UNPROTECTED && !(errors as string[]).includes(id))).toEqual([]);
});

type Resources = Record<string, object>;

const ROLE = 'arn:aws:iam::111111111111:role/AWSBackup';
const TAGGED = { ListOfTags: [choice('backup', 'gold')] };
const GOLD = { Tags: tags({ backup: 'gold' }) };
const bucket = (properties = {}) => backupReady('S3::Bucket', { ...GOLD, ...properties });
const cluster = (properties = {}) =>
  resource('RDS::DBCluster', { Engine: 'aurora-mysql', ...GOLD, ...properties });

/** A bucket, a plan with rules, and a selection. */
function app(rules: readonly object[], more: Resources = {}, body: object = {}): Resources {
  return {
    X: bucket(),
    Plan: plan('gold', ...(rules as Record<string, unknown>[])),
    S: selection({ ...TAGGED, ...body }),
    ...more,
  };
}

const withRule = (properties: object, more: Resources = {}) => app([rule('daily', { ...properties })], more);
const lifecycle = (Lifecycle: object, more: object = {}) => withRule({ Lifecycle, ...more });
const withBody = (body: object) => app([rule()], {}, body);
const withPlan = (BackupPlan: object): Resources =>
  app([rule()], {
    Plan: resource('Backup::BackupPlan', {
      BackupPlan: { BackupPlanName: 'gold', BackupPlanRule: [rule()], ...BackupPlan },
    }),
  });
const vault = (properties: object, type = 'BackupVault') =>
  resource(`Backup::${type}`, { BackupVaultName: 'gold', ...properties });
const withVault = (properties: object, more: Resources = {}) =>
  withRule({ TargetBackupVault: { Ref: 'Vault' } }, { Vault: vault(properties), ...more });
const airGapped = (properties: object) =>
  vault({ MinRetentionDays: 7, MaxRetentionDays: 90, ...properties }, 'LogicallyAirGappedBackupVault');
const withAirGapped = (properties: object, more: Resources = {}, of: object = {}) =>
  withRule(
    { TargetLogicallyAirGappedBackupVaultArn: { 'Fn::GetAtt': ['Air', 'BackupVaultArn'] }, ...of },
    { Air: airGapped({ BackupVaultName: 'air', ...properties }), ...more },
  );
const statement = (more: object) => ({
  AccessPolicy: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*', ...more },
    ],
  },
});
const KEY_POLICY = (principal: string) => ({
  Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'kms:*', Resource: '*' }],
});
const OWN = 'arn:aws:iam::111111111111:root';
const key = (properties: object) => resource('KMS::Key', { KeyPolicy: KEY_POLICY(OWN), ...properties });
const role = (Service: string, policies: readonly string[]) => ({
  Role: resource('IAM::Role', {
    RoleName: 'backup',
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }],
    },
    ManagedPolicyArns: policies.map((name) =>
      name.includes(':') ? name : `arn:aws:iam::aws:policy/${name}`,
    ),
  }),
});
const ALL_POLICIES = [
  'service-role/AWSBackupServiceRolePolicyForBackup',
  'AWSBackupServiceRolePolicyForS3Backup',
];
const withRole = (service: string, policies: readonly string[], more: Resources = {}) =>
  app([rule()], { ...role(service, policies), ...more }, { IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } });
const arns = Array.from({ length: 501 }, (_, index) => `arn:aws:s3:::bucket-${index}`);
const manyTags = Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`key-${index}`, 'value']));
const ruleTags = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`rule-${index}`, 'value']));

/** A template for each certain failure, in which it is why the resource \`X\` isn't protected. */
const FAILING: Readonly<Record<keyof typeof CERTAIN_FAILURES, Resources>> = {
  'Backup-ActionUnsupported': withRule({ IndexActions: [{ ResourceTypes: ['RDS'] }] }),
  'Backup-AdvancedSetting': withPlan({
    AdvancedBackupSettings: [{ ResourceType: 'RDS', BackupOptions: { WindowsVSS: 'enabled' } }],
  }),
  'Backup-AirGappedUnencrypted': withAirGapped({}, { X: cluster({ StorageEncrypted: false }) }),
  'Backup-AirGappedVaultRetention': withAirGapped({ MinRetentionDays: 1 }),
  'Backup-AnyTagOperator': withBody({
    Resources: ['arn:aws:s3:::*'],
    ListOfTags: [choice('backup', 'gold', 'STRINGLIKE')],
  }),
  'Backup-ApprovalTeamArn': withAirGapped({ MpaApprovalTeamArn: 'team' }),
  'Backup-BucketVersioning': app([rule()], { X: resource('S3::Bucket', GOLD) }),
  'Backup-ColdStorageGap': lifecycle({ DeleteAfterDays: 35, MoveToColdStorageAfterDays: 30 }),
  'Backup-ColdStorageRange': lifecycle({ DeleteAfterDays: 365, MoveToColdStorageAfterDays: 0 }),
  'Backup-CompletionWindow': withRule({ StartWindowMinutes: 120, CompletionWindowMinutes: 150 }),
  'Backup-ConditionPrefix': withBody({
    Resources: ['*'],
    Conditions: { StringEquals: [{ ConditionKey: 'backup', ConditionValue: 'gold' }] },
  }),
  'Backup-ConditionsPerSelection': withBody({
    ListOfTags: Array.from({ length: 501 }, (_, index) =>
      choice('backup', index === 0 ? 'gold' : `v${index}`),
    ),
  }),
  'Backup-ContinuousColdStorage': lifecycle(
    { DeleteAfterDays: 35, MoveToColdStorageAfterDays: 1 },
    { EnableContinuousBackup: true },
  ),
  'Backup-ContinuousRetention': lifecycle({ DeleteAfterDays: 90 }, { EnableContinuousBackup: true }),
  'Backup-CrossAccountGrant': withVault(
    statement({ Action: 'backup:StartCopyJob', Principal: { AWS: 'arn:aws:iam::222222222222:root' } }),
  ),
  'Backup-DeleteAfterEvent': lifecycle({ DeleteAfterDays: 35, DeleteAfterEvent: 'DELETE_AFTER_COPY' }),
  'Backup-EksAuthentication': app([rule()], {
    X: resource('EKS::Cluster', { ...GOLD, AccessConfig: { AuthenticationMode: 'CONFIG_MAP' } }),
  }),
  'Backup-EmptySelection': withBody({ ListOfTags: { Ref: 'AWS::NoValue' } }),
  'Backup-IndexActions': withRule({ IndexActions: [{ ResourceTypes: ['S3', 'EBS'] }] }),
  'Backup-KeyAccess': withVault(
    { EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } },
    {
      Key: key({ KeyPolicy: KEY_POLICY('arn:aws:iam::111111111111:role/other') }),
      ...role('backup.amazonaws.com', ALL_POLICIES),
      S: selection({ ...TAGGED, IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
    },
  ),
  'Backup-LockConfiguration': withVault({ LockConfiguration: { MinRetentionDays: 7, ChangeableForDays: 1 } }),
  'Backup-LockRange': withVault({ LockConfiguration: { MinRetentionDays: 90 } }),
  'Backup-ManagedPolicyArn': withRole('backup.amazonaws.com', [
    ...ALL_POLICIES,
    'arn:aws:iam:::policy/backup',
  ]),
  'Backup-ManagedPolicyMissing': withRole('backup.amazonaws.com', [
    ...ALL_POLICIES,
    'AWSBackupServiceRolePolicyForBackup',
  ]),
  'Backup-ManagedPolicyServiceLinked': withRole('backup.amazonaws.com', [
    ...ALL_POLICIES,
    'aws-service-role/AWSBackupServiceLinkedRolePolicyForBackup',
  ]),
  'Backup-MissingProperty': withPlan({ BackupPlanName: undefined }),
  'Backup-PlanName': app([rule()], { Plan: plan('gold plan!', rule()) }),
  'Backup-PlanWithoutRule': withPlan({ BackupPlanRule: [] }),
  'Backup-PropertyType': withRule({ EnableContinuousBackup: [] }),
  'Backup-PropertyValue': withPlan({
    BackupPlanRule: [rule('daily', { ScanActions: [{ MalwareScanner: 'CLAMAV', ScanMode: 'FULL_SCAN' }] })],
    ScanSettings: [{ MalwareScanner: 'GUARDDUTY', ResourceTypes: ['S3'], ScannerRoleArn: ROLE }],
  }),
  'Backup-RecoveryPointTags': app([rule('daily', { RecoveryPointTags: ruleTags })], {
    X: bucket({ Tags: tags({ backup: 'gold', ...manyTags }) }),
  }),
  'Backup-ReservedVault': withRule({ TargetBackupVault: 'aws/efs/automatic-backup-vault' }),
  'Backup-ResourceUnsupported': app([rule()], {
    X: resource('RDS::DBInstance', { ...GOLD, Engine: 'custom-oracle-ee' }),
  }),
  'Backup-RetentionConflict': app(
    [
      rule('daily', {
        EnableContinuousBackup: true,
        TargetBackupVault: { Ref: 'Vault' },
        Lifecycle: { DeleteAfterDays: 60 },
      }),
    ],
    { Vault: vault({ LockConfiguration: { MinRetentionDays: 90 } }) },
  ),
  'Backup-RetentionRange': lifecycle({ DeleteAfterDays: 0 }),
  'Backup-RoleArn': withBody({ IamRoleArn: 'AWSBackup' }),
  'Backup-RoleElsewhere': withBody({ IamRoleArn: ROLE.replace('111111111111', '222222222222') }),
  'Backup-RolePolicies': withRole('backup.amazonaws.com', [ALL_POLICIES[0]]),
  'Backup-RoleTrust': withRole('ec2.amazonaws.com', ALL_POLICIES),
  'Backup-RuleName': app([rule('d?')]),
  'Backup-ScanResourceType': withPlan({ ScanSettings: [{ ResourceTypes: [], MalwareScanner: 'GUARDDUTY' }] }),
  'Backup-ScanSettingsMissing': withRule({
    ScanActions: [{ MalwareScanner: 'GUARDDUTY', ScanMode: 'FULL_SCAN' }],
  }),
  'Backup-ScheduleExpression': withRule({ ScheduleExpression: 'rate(1 day)' }),
  'Backup-ScheduleNeverRuns': withRule({ ScheduleExpression: 'cron(0 5 30 2 ? *)' }),
  'Backup-ScheduleTimeZone': withRule({ ScheduleExpressionTimezone: 'Mars/Olympus' }),
  'Backup-ScheduleTooOften': withRule({ ScheduleExpression: 'cron(0/5 * ? * * *)' }),
  'Backup-SelectionArn': withBody({ Resources: ['orders'] }),
  'Backup-SelectionName': withBody({ SelectionName: 'a?' }),
  'Backup-SelectionSize': withBody({ Resources: arns }),
  'Backup-ServiceLinkedRole': withBody({
    IamRoleArn:
      'arn:aws:iam::111111111111:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup',
  }),
  'Backup-StartWindow': withRule({ StartWindowMinutes: 30 }),
  'Backup-TagKey': withRule({ RecoveryPointTags: { 'aws:x': 'y' } }),
  'Backup-TagValue': withRule({ RecoveryPointTags: { x: 'y'.repeat(257) } }),
  'Backup-TypeOptedOut': app([rule()], {
    X: cluster(),
    Settings: { Type: 'Custom::BackupRegionSettings', Properties: { optIn: { Aurora: false } } },
  }),
  'Backup-UnknownAttribute': withBody({ IamRoleArn: { 'Fn::GetAtt': ['Plan', 'RoleArn'] } }),
  'Backup-UnknownProperty': withRule({ Retention: 35 }),
  'Backup-UnknownType': app([rule()], { Other: resource('Backup::Plan', {}) }),
  'Backup-UnresolvedName': withBody({ IamRoleArn: { Ref: 'Nobody' } }),
  'Backup-VaultArn': withRule({ CopyActions: [{ DestinationBackupVaultArn: 'gold' }] }),
  'Backup-VaultEnvironment': withRule({
    TargetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:eu-west-1:111111111111:backup-vault:air',
  }),
  'Backup-VaultKeyAlias': withVault({ EncryptionKeyArn: 'alias/backup' }),
  'Backup-VaultKeyDisabled': withVault(
    { EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } },
    { Key: key({ Enabled: false }) },
  ),
  'Backup-VaultKeyRegion': withVault({ EncryptionKeyArn: 'arn:aws:kms:eu-west-1:111111111111:key/1' }),
  'Backup-VaultName': withVault({ BackupVaultName: 'v!' }),
  'Backup-VaultPolicyStatement': withVault(statement({ Principal: undefined })),
  'Backup-VaultPolicyWildcard': withVault(statement({ Action: 'backup:Copy*' })),
};

/** What CloudFormation's schema refuses too. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  'Backup-DeleteAfterEvent': ['Backup-UnknownProperty'],
};

/** AWS refuses selections with these, so they select nothing, and no resource has them as its reason. */
const SELECTS_NOTHING = ['Backup-AnyTagOperator', 'Backup-ConditionPrefix', 'Backup-EmptySelection'];

describe.each(Object.entries(FAILING))('%s', (id, resources) => {
  const inventory = inventoryOfResources(resources);
  const x = coverageOf(inventory, OPTIONS).resources.find(
    ({ resource: { place } }) => place.logicalId === 'X',
  );

  test('is what the checks report, and why nothing protects the resource', () => {
    const found = runChecks(ALL_CHECKS, inventory, OPTIONS).map((finding) => finding.id);
    expect(found).toContain(id);
    expect(x?.status).toBe('unprotected');
    expect(x?.plans).toEqual([]);
    expect(x?.reasons).toEqual(SELECTS_NOTHING.includes(id) ? [] : [id, ...(ALSO[id] ?? [])]);
  });
});

describe('what fails', () => {
  const coverage = (resources: Resources) =>
    coverageOf(inventoryOfResources(resources), OPTIONS).resources[0];

  test('of one rule leaves the others: the resource is protected, by the rule that works', () => {
    const lock = {
      Vault: vault({ BackupVaultName: 'locked', LockConfiguration: { MinRetentionDays: 90 } }),
    };
    const x = coverage(app([rule('daily', { TargetBackupVault: { Ref: 'Vault' } }), rule('weekly')], lock));
    expect([x.status, x.plans[0].rules.map(({ name }) => name), x.reasons]).toEqual([
      'protected',
      ['weekly'],
      [],
    ]);
    expect(x.failing).toMatchObject([{ name: 'daily', reasons: ['Backup-LockRange'] }]);
  });

  test('because AWS refuses the plan leaves no rule, whichever rule it is about', () => {
    const x = coverage(app([rule('daily', { ScheduleExpression: 'rate(1 day)' }), rule('weekly')]));
    expect([x.status, x.reasons]).toEqual(['unprotected', ['Backup-ScheduleExpression']]);
  });

  test('of a copy does not unprotect the resource', () => {
    const other = vault({ BackupVaultName: 'other', LockConfiguration: { MinRetentionDays: 90 } });
    const CopyActions = [
      {
        DestinationBackupVaultArn: { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] },
        Lifecycle: { DeleteAfterDays: 35 },
      },
    ];
    const inventory = inventoryOfResources(withRule({ CopyActions }, { Vault: other }));
    expect(runChecks(ALL_CHECKS, inventory, OPTIONS).map(({ id }) => id)).toContain('Backup-LockRange');
    const [x] = coverageOf(inventory, OPTIONS).resources;
    expect([x.status, x.reasons]).toEqual(['protected', []]);
  });

  test('of one plan leaves the others', () => {
    const x = coverage(
      app([rule()], {
        Other: plan('silver', rule('daily', { ScheduleExpression: 'rate(1 day)' })),
        Silver: selection(TAGGED, { Ref: 'Other' }),
      }),
    );
    expect([x.status, x.plans.map(({ name }) => name), x.reasons]).toEqual(['protected', ['gold'], []]);
  });

  test('may have several reasons, which are named in the notes', () => {
    const x = coverage(app([rule('d?', { StartWindowMinutes: 30 })], { X: resource('S3::Bucket', GOLD) }));
    expect(x.reasons).toEqual(['Backup-BucketVersioning', 'Backup-RuleName', 'Backup-StartWindow']);
    expect(x.notes).toEqual([
      'a plan selects it, but its jobs certainly fail: `Backup-BucketVersioning`, `Backup-RuleName` and `Backup-StartWindow`',
    ]);
  });

  test('with a disabled key of the vault is what is encrypted with it, not what keeps the key of its source', () => {
    const resources = FAILING['Backup-VaultKeyDisabled'];
    const x = coverage({ ...resources, X: resource('EC2::Volume', GOLD) });
    expect([x.status, x.reasons]).toEqual(['protected', []]);
  });

  test('whatever is acknowledged: coverage never reads acknowledgements', () => {
    const Metadata = { 'aws:cdk:acknowledged-rules': [{ id: 'BackupChecks::Backup-BucketVersioning' }] };
    const x = coverage(app([rule()], { X: { ...resource('S3::Bucket', GOLD), Metadata } }));
    expect([x.status, x.reasons]).toEqual(['unprotected', ['Backup-BucketVersioning']]);
  });
});
