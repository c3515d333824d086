import { vaultDeletionChecks } from '../../../src/checks/vault/vault-deletions';
import { findings, ids, PARAMETERS, plan, UNKNOWN, vault } from '../../support/findings';

const KEEP = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const FIX = 'set `DeletionPolicy` and `UpdateReplacePolicy` to `Retain`';
const GOVERNANCE = { LockConfiguration: { MinRetentionDays: 7 } };
const COMPLIANCE = { LockConfiguration: { MinRetentionDays: 7, ChangeableForDays: 3 } };
const one = (properties: object, more: object) => ({ Vault: vault(properties, more) });
const airGapped = (more: object) => ({
  Vault: {
    Type: 'AWS::Backup::LogicallyAirGappedBackupVault',
    Properties: { BackupVaultName: 'gap' },
    ...more,
  },
});
const keyed = (more: object) => ({
  ...one({ EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } }, KEEP),
  Key: { Type: 'AWS::KMS::Key', Properties: {}, ...more },
});
const filled = (more: object, vaultMore: object = KEEP) => ({
  ...one({}, vaultMore),
  Plan: plan({ TargetBackupVault: { Ref: 'Vault' } }),
  Role: { Type: 'AWS::IAM::Role', Properties: {}, ...more },
  Selection: {
    Type: 'AWS::Backup::BackupSelection',
    Properties: {
      BackupPlanId: { Ref: 'Plan' },
      BackupSelection: { SelectionName: 'all', IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
    },
  },
});

test.each<[string, object, object, string]>([
  [
    'a vault under a compliance lock stays',
    one(COMPLIANCE, { DeletionPolicy: 'Delete' }),
    one(COMPLIANCE, KEEP),
    `warning Backup-LockedVaultDeletion at Resources/Vault/DeletionPolicy: \`DeletionPolicy\` of vault \`vault\` must not be \`Delete\` for a vault under a compliance lock: deleting the stack fails while the vault holds recovery points; ${FIX}`,
  ],
  [
    'a vault under a governance lock stays',
    one(GOVERNANCE, {}),
    one(GOVERNANCE, { ...KEEP, DeletionPolicy: 'RetainExceptOnCreate' }),
    `warning Backup-LockedVaultDeletion at Resources/Vault: \`DeletionPolicy\` of vault \`vault\` should not be \`Delete\`, the default, for a vault under a governance lock: deleting the stack fails while the vault holds recovery points; ${FIX}`,
  ],
  [
    'a logically air-gapped vault stays',
    airGapped({ DeletionPolicy: 'Delete' }),
    airGapped(KEEP),
    `warning Backup-LockedVaultDeletion at Resources/Vault/DeletionPolicy: \`DeletionPolicy\` of logically air-gapped vault \`gap\` must not be \`Delete\` for a vault under a compliance lock: deleting the stack fails while the vault holds recovery points; ${FIX}`,
  ],
  [
    'a vault stays',
    one({}, { DeletionPolicy: 'Delete' }),
    one({}, KEEP),
    `warning Backup-VaultDeletion at Resources/Vault/DeletionPolicy: \`DeletionPolicy\` deletes vault \`vault\` with the stack, which fails while the vault contains recovery points; ${FIX}`,
  ],
  [
    'a vault stays, which must be set',
    one({}, {}),
    one({}, KEEP),
    `note Backup-VaultDeletionDefault at Resources/Vault: without a \`DeletionPolicy\`, CloudFormation deletes vault \`vault\` with the stack, which fails while the vault contains recovery points; ${FIX}`,
  ],
  [
    'a vault stays when it is replaced',
    one({}, { DeletionPolicy: 'Retain' }),
    one({}, KEEP),
    'note Backup-VaultReplacement at Resources/Vault/UpdateReplacePolicy: `UpdateReplacePolicy` of vault `vault` is not set, so CloudFormation tries to delete the vault when its name or key changes; set `UpdateReplacePolicy` to `Retain`, and give the new vault another name',
  ],
  [
    'a logically air-gapped vault stays when it is replaced',
    airGapped({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Delete' }),
    airGapped(KEEP),
    'note Backup-VaultReplacement at Resources/Vault/UpdateReplacePolicy: `UpdateReplacePolicy` of logically air-gapped vault `gap` is `Delete`, so CloudFormation tries to delete the vault when its name, key or retention changes; set `UpdateReplacePolicy` to `Retain`, and give the new vault another name',
  ],
  [
    'the key of a vault stays',
    keyed({}),
    keyed(KEEP),
    `warning Backup-KeyDeletion at Resources/Key: without a \`DeletionPolicy\`, CloudFormation deletes key \`Key\` with the stack, which makes unreadable everything in vault \`vault\`; ${FIX}`,
  ],
  [
    'the role stays that fills a vault that stays',
    filled({ DeletionPolicy: 'Delete' }),
    filled(KEEP),
    'warning Backup-RoleDeletion at Resources/Role/DeletionPolicy: `DeletionPolicy` deletes role `Role` with the stack, while vault `vault` keeps the recovery points that the role created; set the `DeletionPolicy` of the role to `Retain`',
  ],
])('%s', (_, bad, good, line) => {
  expect(findings(vaultDeletionChecks, bad)).toEqual([line]);
  expect(ids(vaultDeletionChecks, good)).toEqual([]);
});

test('a role may go with the vault that it fills', () => {
  expect(ids(vaultDeletionChecks, filled({}, { DeletionPolicy: 'Delete' }))).toEqual([
    'Backup-VaultDeletion',
  ]);
});

test.each<[string, object]>([
  ['a policy', one(COMPLIANCE, { DeletionPolicy: UNKNOWN, UpdateReplacePolicy: UNKNOWN })],
  ['what happens on replacement', one({}, { DeletionPolicy: 'Retain', UpdateReplacePolicy: UNKNOWN })],
  ['a key', one({ EncryptionKeyArn: UNKNOWN }, KEEP)],
])('%s that isn’t known is not checked', (_, template) => {
  expect(ids(vaultDeletionChecks, template, PARAMETERS)).toEqual([]);
});

test('a vault that `VaultContents` empties on purpose may be deleted with its stack', () => {
  const resources = {
    Vault: {
      Type: 'AWS::Backup::BackupVault',
      Properties: { BackupVaultName: 'gold' },
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
    },
    Contents: { Type: 'Custom::BackupVaultContents', Properties: { vaultName: { Ref: 'Vault' } } },
  };
  expect(ids(vaultDeletionChecks, { Vault: resources.Vault })).toEqual(['Backup-VaultDeletion']);
  expect(ids(vaultDeletionChecks, resources)).toEqual([]);
});
