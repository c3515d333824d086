import { tieringChecks } from '../../../src/checks/vault/tiering';
import { resource } from '../../support/backups';
import { findings, ids, PARAMETERS, UNKNOWN, vault } from '../../support/findings';

const HERE = 'Resources/Tier/Properties/ResourceSelection';
const tier = (BackupVaultName: unknown, ...ResourceSelection: object[]) => ({
  Type: 'AWS::Backup::TieringConfiguration',
  Properties: { TieringConfigurationName: 'low', BackupVaultName, ResourceSelection },
});
const s3 = (more: object = {}) => ({
  ResourceType: 'S3',
  Resources: ['*'],
  TieringDownSettingsInDays: 60,
  ...more,
});
const bucket = (i: number) => `arn:aws:s3:::bucket-${i}`;
const buckets = (count: number) => Array.from({ length: count }, (_, i) => bucket(i));
const locked = (MaxRetentionDays: unknown) => ({
  Tier: tier({ Ref: 'Vault' }, s3()),
  Vault: vault({ LockConfiguration: { MinRetentionDays: 1, MaxRetentionDays } }),
});

test.each<[string, object, object, string]>([
  [
    'moves backups after 60 days or more',
    { Tier: tier('*', s3({ TieringDownSettingsInDays: 59 })) },
    { Tier: tier('*', s3()) },
    `error Backup-TieringDays at ${HERE}/0/TieringDownSettingsInDays: \`TieringDownSettingsInDays\` of tiering configuration \`low\` must be a whole number from 60 to 36500 days, got 59; use 60 days or more`,
  ],
  [
    'is for Amazon S3',
    { Tier: tier('*', s3({ ResourceType: 'EBS' })) },
    { Tier: tier('*', s3()) },
    `error Backup-TieringType at ${HERE}/0/ResourceType: \`ResourceType\` of tiering configuration \`low\` must be \`S3\`, got \`EBS\`; use \`S3\``,
  ],
  [
    'selects something',
    { Tier: tier('*') },
    { Tier: tier('*', s3()) },
    `error Backup-TieringSelections at ${HERE}: \`ResourceSelection\` of tiering configuration \`low\` must have 1 to 5 selections, got none; use 1 to 5 selections`,
  ],
  [
    'names 100 buckets at most',
    { Tier: tier('*', s3({ Resources: buckets(101) })) },
    { Tier: tier('*', s3({ Resources: buckets(100) })) },
    `error Backup-TieringResources at ${HERE}: \`ResourceSelection\` of tiering configuration \`low\` can name at most 100 buckets in a tiering configuration, got 101; select all buckets`,
  ],
  [
    'selects a bucket once',
    { Tier: tier('*', s3(), s3()) },
    { Tier: tier('*', s3({ Resources: [bucket(1)] }), s3({ Resources: [bucket(2)] })) },
    `warning Backup-TieringTwice at ${HERE}: \`ResourceSelection\` of tiering configuration \`low\` selects all buckets twice, and AWS doesn't document after how many days their backups move; omit one of them`,
  ],
  [
    'moves what lives long enough',
    locked(60),
    locked(61),
    `warning Backup-NeverTiers at ${HERE}/0/TieringDownSettingsInDays: \`TieringDownSettingsInDays\` of tiering configuration \`low\` moves backups after 60 days, but the lock of vault \`vault\` keeps none longer than 60 days: nothing ever moves; omit tiering for this vault`,
  ],
  [
    'is the only one of its vault',
    { ...locked(365), Second: tier({ Ref: 'Vault' }, s3()) },
    { ...locked(365), Second: tier('*', s3()) },
    'error Backup-DuplicateTiering at Resources/Second/Properties/BackupVaultName: `BackupVaultName` of tiering configuration `low` is a vault that already has a tiering configuration; combine the selections in one configuration',
  ],
])('a tiering configuration %s', (_, bad, good, line) => {
  expect(findings(tieringChecks, bad)).toEqual([line]);
  expect(ids(tieringChecks, good)).toEqual([]);
});

test.each<[string, unknown, string, string]>([
  [
    'a bucket by its name',
    'documents',
    'documents',
    'name each bucket by its ARN, or use `*` alone for all buckets',
  ],
  ['a bucket of the template by its name', { Ref: 'Bucket' }, `\${Bucket}`, 'write `!GetAtt Bucket.Arn`'],
  [
    'another resource',
    { 'Fn::GetAtt': ['Table', 'Arn'] },
    `arn:aws:dynamodb:us-east-1:111111111111:table/\${Table}`,
    'name each bucket by its ARN, or use `*` alone for all buckets',
  ],
])('a tiering configuration does not name %s', (_, arn, shown, fix) => {
  const resources = {
    Tier: tier('*', s3({ Resources: [arn] })),
    Bucket: resource('S3::Bucket'),
    Table: resource('DynamoDB::Table'),
  };
  expect(findings(tieringChecks, resources)).toEqual([
    `error Backup-TieringBucket at ${HERE}/0/Resources/0: \`Resources\` of tiering configuration \`low\` must be the ARN of a bucket, \`arn:<partition>:s3:::<name>\`, got \`${shown}\`; ${fix}`,
  ]);
});

test('a tiering configuration names a bucket by its ARN', () => {
  const arns = [bucket(1), { 'Fn::GetAtt': ['Bucket', 'Arn'] }, UNKNOWN];
  const resources = { Tier: tier('*', s3({ Resources: arns })), Bucket: resource('S3::Bucket') };
  expect(findings(tieringChecks, resources, undefined, PARAMETERS)).toEqual([]);
});

test('what isn’t known is not checked', () => {
  const open = s3({ ResourceType: UNKNOWN, Resources: [UNKNOWN], TieringDownSettingsInDays: UNKNOWN });
  expect(ids(tieringChecks, { Tier: tier(UNKNOWN, open, open) }, PARAMETERS)).toEqual([]);
  expect(ids(tieringChecks, { Tier: tier(UNKNOWN, UNKNOWN) }, PARAMETERS)).toEqual([]);
  expect(ids(tieringChecks, locked(UNKNOWN), PARAMETERS)).toEqual([]);
});

describe('what rules and copies put into a vault', () => {
  const rule = (days: unknown, more: object = {}) => ({
    RuleName: 'daily',
    TargetBackupVault: { Ref: 'Vault' },
    Lifecycle: days === undefined ? undefined : { DeleteAfterDays: days },
    ...more,
  });
  const app = (...BackupPlanRule: object[]) => ({
    Vault: vault({}),
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: { BackupPlan: { BackupPlanName: 'gold', BackupPlanRule } },
    },
    Tier: tier({ Ref: 'Vault' }, s3({ TieringDownSettingsInDays: 90 })),
  });
  const copy = (Lifecycle?: object) => ({
    TargetBackupVault: 'other',
    CopyActions: [{ DestinationBackupVaultArn: { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }, Lifecycle }],
  });

  test('must live as long as it takes to move', () => {
    expect(findings(tieringChecks, app(rule(35), rule(60)))).toEqual([
      'warning Backup-NeverTiers at Resources/Tier/Properties/ResourceSelection/0/TieringDownSettingsInDays: `TieringDownSettingsInDays` of tiering configuration `low` moves backups after 90 days, but the longest retention of rules and copies into vault `vault` keeps none longer than 60 days: nothing ever moves; use fewer days, or omit tiering for this vault',
    ]);
  });

  test.each<[string, object[]]>([
    ['one rule keeps it long enough', [rule(35), rule(91)]],
    ['one rule keeps it forever', [rule(35), rule(-1)]],
    ['one rule sets nothing', [rule(35), rule(undefined)]],
    ['a copy keeps it long enough', [rule(35), rule(35, copy({ DeleteAfterDays: 365 }))]],
    ['a copy keeps it as long as its source', [rule(35), rule(365, copy())]],
    ['a retention isn’t known', [rule(35), rule(UNKNOWN)]],
    ['nothing is known to go there', [rule(35, { TargetBackupVault: 'other' })]],
  ])('moves where %s', (_, rules) => {
    expect(findings(tieringChecks, app(...rules), undefined, PARAMETERS)).toEqual([]);
  });
});
