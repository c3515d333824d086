import { vaultKeyChecks } from '../../../src/checks/vault/vault-keys';
import { findings, findingsIn, ids, PARAMETERS, plan, UNKNOWN, vault } from '../../support/findings';
import { source as template } from '../../support/templates';

const HERE = 'Resources/Vault/Properties/EncryptionKeyArn';
const arn = (region: string, id = 'key/1') => `arn:aws:kms:${region}:111111111111:${id}`;
const under = (EncryptionKeyArn: unknown, more: object = {}) => ({
  Vault: vault({ EncryptionKeyArn }),
  ...more,
});
const own = (properties: object) => ({ Key: { Type: 'AWS::KMS::Key', Properties: properties } });
const KEY_ARN = { 'Fn::GetAtt': ['Key', 'Arn'] };
const ROLE_ARN = { 'Fn::GetAtt': ['Role', 'Arn'] };
const ALIAS = {
  Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/backup', TargetKeyId: { Ref: 'Key' } } },
};

const allow = (AWS: unknown, Action: unknown = 'kms:*') => ({
  KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS }, Action, Resource: '*' }] },
});
const ROOT = 'arn:aws:iam::111111111111:root';
const ADMIN = 'arn:aws:iam::111111111111:role/admin';
const selected = (body: object) => ({
  Plan: plan({ TargetBackupVault: { Ref: 'Vault' } }),
  Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'backup' } },
  Selection: {
    Type: 'AWS::Backup::BackupSelection',
    Properties: {
      BackupPlanId: { Ref: 'Plan' },
      BackupSelection: { SelectionName: 'all', IamRoleArn: ROLE_ARN, ...body },
    },
  },
});
const filled = (keyPolicy: object) =>
  under(KEY_ARN, { ...own(keyPolicy), ...selected({ Resources: ['*'] }) });
const source = (keyPolicy: object) => ({
  Vault: vault({}),
  ...own(keyPolicy),
  ...selected({ Resources: [{ 'Fn::GetAtt': ['Table', 'Arn'] }] }),
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'orders',
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: KEY_ARN },
    },
  },
});

test.each<[string, object, object, string]>([
  [
    'is no alias',
    under('alias/backup'),
    under(arn('us-east-1')),
    `error Backup-VaultKeyAlias at ${HERE}: \`EncryptionKeyArn\` of vault \`vault\` must be a key, got an alias, which AWS Backup rejects for a vault; use the ARN of the key, such as \`!GetAtt Key.Arn\``,
  ],
  [
    'is no alias by its ARN',
    under(arn('us-east-1', 'alias/backup')),
    under(arn('us-east-1')),
    `error Backup-VaultKeyAlias at ${HERE}: \`EncryptionKeyArn\` of vault \`vault\` must be a key, got an alias, which AWS Backup rejects for a vault; use the ARN of the key, such as \`!GetAtt Key.Arn\``,
  ],
  [
    'is no reference to an alias',
    under({ Ref: 'Alias' }, { ...own({}), ...ALIAS }),
    under(KEY_ARN, { ...own({}), ...ALIAS }),
    `error Backup-VaultKeyAlias at ${HERE}: \`EncryptionKeyArn\` of vault \`vault\` must be a key, got an alias, which AWS Backup rejects for a vault; use the ARN of the key, such as \`!GetAtt Key.Arn\``,
  ],
  [
    'is an ARN, not an id',
    under({ Ref: 'Key' }, own({})),
    under(KEY_ARN, own({})),
    `warning Backup-VaultKeyArn at ${HERE}: \`EncryptionKeyArn\` of vault \`vault\` must be the ARN of a key, got the id of key \`Key\`; use \`!GetAtt Key.Arn\` instead of \`!Ref Key\``,
  ],
  [
    'is in the Region of the vault',
    under(arn('eu-west-1')),
    under(arn('us-east-1')),
    `error Backup-VaultKeyRegion at ${HERE}: \`EncryptionKeyArn\` of vault \`vault\` must be a key in the Region of the vault (us-east-1), got one in eu-west-1; create a key in that Region, or a replica of a multi-Region key`,
  ],
  [
    'is enabled',
    under(KEY_ARN, own({ Enabled: false })),
    under(KEY_ARN, own({ Enabled: true })),
    `warning Backup-VaultKeyDisabled at ${HERE}: \`EncryptionKeyArn\` of vault \`vault\` is key \`Key\`, which is disabled; remove \`Enabled: false\` from the key`,
  ],
  [
    'lets the role in that backs up into it',
    filled(allow(ADMIN)),
    filled(allow(ROOT)),
    'warning Backup-KeyAccess at Resources/Key/Properties/KeyPolicy: `KeyPolicy` of key `Key` of vault `vault` does not allow role `backup`, which backs up or copies into the vault, to perform `kms:CreateGrant`; allow `kms:CreateGrant`, `kms:GenerateDataKey` and `kms:Decrypt` to the role in the key policy, or `kms:*` to the root of the account',
  ],
  [
    'lets the role do all that it must',
    filled(allow(ROLE_ARN, ['kms:CreateGrant', 'kms:Decrypt'])),
    filled(allow(ROLE_ARN, ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey*'])),
    'warning Backup-KeyAccess at Resources/Key/Properties/KeyPolicy: `KeyPolicy` of key `Key` of vault `vault` does not allow role `backup`, which backs up or copies into the vault, to perform `kms:GenerateDataKey`; allow `kms:CreateGrant`, `kms:GenerateDataKey` and `kms:Decrypt` to the role in the key policy, or `kms:*` to the root of the account',
  ],
  [
    'that encrypts a resource lets the role in that backs it up',
    source(allow(ADMIN)),
    source(allow(ROOT)),
    'warning Backup-KeyAccess at Resources/Key/Properties/KeyPolicy: `KeyPolicy` of key `Key` of `App/Table` does not allow role `backup`, which backs it up, to perform `kms:CreateGrant`; allow `kms:CreateGrant`, `kms:GenerateDataKey` and `kms:Decrypt` to the role in the key policy, or `kms:*` to the root of the account',
  ],
])('the key of a vault, or of what goes into it, %s', (_, bad, good, line) => {
  expect(findings(vaultKeyChecks, bad)).toEqual([line]);
  expect(ids(vaultKeyChecks, good)).toEqual([]);
});

test('the key of a vault that copies go to, in the account of the plan, lets the role in too', () => {
  const app = (account: string) => {
    const elsewhere = {
      Vault: vault({ BackupVaultName: 'copies', EncryptionKeyArn: KEY_ARN }),
      ...own(allow(ADMIN)),
    };
    const DestinationBackupVaultArn = `arn:aws:backup:eu-west-1:${account}:backup-vault:copies`;
    const here = {
      ...selected({ Resources: ['*'] }),
      Plan: plan({ CopyActions: [{ DestinationBackupVaultArn }] }),
    };
    return [
      template({ Resources: here }, { id: 'Here' }),
      template({ Resources: elsewhere }, { id: 'There', account, region: 'eu-west-1' }),
    ];
  };
  expect(findingsIn(vaultKeyChecks, app('111111111111'))).toEqual([
    'warning Backup-KeyAccess at Resources/Key/Properties/KeyPolicy: `KeyPolicy` of key `Key` of vault `copies` does not allow role `backup`, which backs up or copies into the vault, to perform `kms:CreateGrant`; allow `kms:CreateGrant`, `kms:GenerateDataKey` and `kms:Decrypt` to the role in the key policy, or `kms:*` to the root of the account',
  ]);
  expect(findingsIn(vaultKeyChecks, app('222222222222'))).toEqual([]); // told as the key of a copy between accounts
});

test('a policy that leaves the account open may let the role in', () => {
  const root = { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root` };
  expect(findings(vaultKeyChecks, filled(allow(root)), { account: undefined, region: undefined })).toEqual(
    [],
  );
});

test.each<[string, object]>([
  ['a key', under(UNKNOWN)],
  ['what is enabled', under(KEY_ARN, own({ Enabled: UNKNOWN }))],
  ['a policy', filled({ KeyPolicy: UNKNOWN })],
  ['a principal', filled(allow(UNKNOWN))],
  ['an action', filled(allow(ROLE_ARN, UNKNOWN))],
])('%s that isn’t known is not checked', (_, template) => {
  expect(ids(vaultKeyChecks, template, PARAMETERS)).toEqual([]);
});
