import { copyChecks } from '../../../src/checks/copy/copies';
import { copyKeyAccessChecks } from '../../../src/checks/copy/copy-key-access';
import { crossAccountCopyChecks } from '../../../src/checks/copy/cross-account-copies';
import { retentionChecks } from '../../../src/checks/plan/retention-checks';
import { findingsIn } from '../../support/findings';
import { source } from '../../support/templates';

const CHECKS = [...copyChecks, ...crossAccountCopyChecks, ...copyKeyAccessChecks, ...retentionChecks];
const HERE = '111111111111';
const THERE = '222222222222';
const there = (name: string) => `arn:aws:backup:us-east-1:${THERE}:backup-vault:${name}`;

const vault = (Properties: object) => ({ Type: 'AWS::Backup::BackupVault', Properties });
const allow = (account: string, ...Action: string[]) => ({
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action, Resource: '*' }],
});
const key = (KeyPolicy: object) => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy } });
const USES = ['kms:DescribeKey', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:CreateGrant'];

/** A state machine that copies from the vault `gold` to vaults, each with a retention. */
function machine(...copies: { to: string; lifecycle?: object }[]) {
  const states = copies.map(({ to, lifecycle }, index) => [
    `Copy${index}`,
    {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:backup:startCopyJob',
      Parameters: {
        SourceBackupVaultName: 'gold',
        DestinationBackupVaultArn: to,
        ...(lifecycle && { Lifecycle: lifecycle }),
      },
      End: true,
    },
  ]);
  const Definition = { StartAt: 'Copy0', States: Object.fromEntries(states) };
  return { Type: 'AWS::StepFunctions::StateMachine', Properties: { Definition } };
}

/** What is found where a state machine copies from one account to the other. */
function found(copier: object, central: object = {}, more: { here?: object; there?: object } = {}): string[] {
  const gold = {
    Gold: vault({ BackupVaultName: 'gold', EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } }),
  };
  return findingsIn(CHECKS, [
    source({ Resources: { Machine: copier, ...gold, Key: key(allow(THERE, ...USES)), ...more.here } }),
    source(
      {
        Resources: {
          Central: vault({
            BackupVaultName: 'central',
            EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] },
            AccessPolicy: allow(HERE, 'backup:CopyIntoBackupVault'),
            ...central,
          }),
          Key: key(allow(HERE, ...USES)),
          ...more.there,
        },
      },
      { id: 'Central', name: 'Central', stackName: 'Central', file: 'Central.template.json', account: THERE },
    ),
  ]).filter((line) => !line.startsWith('note Backup-CrossAccountPrerequisites'));
}

const DEFINITION = 'Resources/Machine/Properties/Definition';
const toCentral = (lifecycle: object = { DeleteAfterDays: 90 }) =>
  machine({ to: there('central'), lifecycle });

test('a state machine that copies into a vault that lets it is fine', () => {
  expect(found(toCentral())).toEqual([]);
});

test('that the organization has to allow it is noted, once a state machine', () => {
  const copies = [{ to: there('central') }, { to: there('other') }];
  const lines = findingsIn(CHECKS, [source({ Resources: { Machine: machine(...copies) } })]);
  expect(lines).toEqual([
    'note Backup-CrossAccountPrerequisites at Resources/Machine: state machine `Machine` copies to another account, which templates alone do not enable: both accounts must be in the same organization, and its management account must have turned on cross-account backup; turn on cross-account backup in the management account, with `BackupGlobalSettings` or in the AWS Backup settings',
  ]);
});

test('an access policy that does not allow the account is an error', () => {
  expect(found(toCentral(), { AccessPolicy: allow('333333333333', 'backup:CopyIntoBackupVault') })).toEqual([
    `error Backup-CopyAccess at ${DEFINITION}: \`DestinationBackupVaultArn\` of the copy of state machine \`Machine\` is vault \`central\` of account ${THERE}, whose access policy does not allow account ${HERE} to copy into it; add this statement to the \`AccessPolicy\` of the vault: {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${HERE}:root"},"Action":"backup:CopyIntoBackupVault","Resource":"*"}`,
  ]);
});

test('the default vault of another account is warned of, since the types are not known', () => {
  expect(found(machine({ to: there('Default') }))).toEqual([
    expect.stringContaining(
      `warning Backup-CopyLikelyIntoAwsManagedKey at ${DEFINITION}: \`DestinationBackupVaultArn\` of the copy of state machine \`Machine\` must be a vault encrypted with a customer managed key, since a vault under the AWS-managed key accepts cross-account copies only of fully managed types such as S3 and EFS, got vault \`Default\` of account 222222222222`,
    ),
  ]);
});

test('the vault that it copies from is warned of', () => {
  expect(found(machine({ to: `arn:aws:backup:us-east-1:${HERE}:backup-vault:gold` }))).toEqual([
    `warning Backup-CopyIntoSource at ${DEFINITION}: \`DestinationBackupVaultArn\` of the copy of state machine \`Machine\` copies into the vault that already holds the recovery points; copy to a vault in another Region or account, or leave the copy out`,
  ]);
});

test('a retention outside of the lock is an error, by each copy', () => {
  const copier = machine(
    { to: there('central'), lifecycle: { DeleteAfterDays: 7 } },
    { to: there('central'), lifecycle: { DeleteAfterDays: 60 } },
  );
  expect(found(copier, { LockConfiguration: { MinRetentionDays: 30 } })).toEqual([
    `error Backup-LockRange at ${DEFINITION}/Lifecycle/DeleteAfterDays: \`DeleteAfterDays\` of copy 1 of state machine \`Machine\` must lie within the lock of vault \`central\` (30 days or more), got 7 days: every such job would fail; use 30 days or more`,
  ]);
});

test('a retention that is not set is that of an unknown source', () => {
  expect(found(machine({ to: there('central') }), { LockConfiguration: { MinRetentionDays: 30 } })).toEqual(
    [],
  );
});

test('keys at both ends that do not allow the other account are reported, that of the source as a note', () => {
  const closed = { Key: key({ Statement: [] }) };
  expect(found(toCentral(), {}, { here: closed, there: closed })).toEqual([
    expect.stringContaining(
      `note Backup-JobSourceKeyAccess at Resources/Key/Properties/KeyPolicy: \`KeyPolicy\` of key \`Key\` of vault \`gold\` does not allow account ${THERE} to perform \`kms:DescribeKey\`, \`kms:Decrypt\` and \`kms:CreateGrant\`, and the copy of state machine \`Machine\` goes there; add to the \`KeyPolicy\` of key \`Key\`: {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::222222222222:root"},"Resource":"*","Action":["kms:Decrypt","kms:DescribeKey","kms:Encrypt","kms:GenerateDataKey*","kms:ReEncrypt*"]},{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::222222222222:root"},"Resource":"*","Action":["kms:CreateGrant","kms:ListGrants","kms:RevokeGrant"],"Condition":{"Bool":{"kms:GrantIsForAWSResource":"true"}}}`,
    ),
    expect.stringContaining(
      `warning Backup-DestinationKeyAccess at Resources/Key/Properties/KeyPolicy: \`KeyPolicy\` of key \`Key\` of vault \`central\` does not allow account ${HERE} to perform \`kms:DescribeKey\`, \`kms:GenerateDataKey\` and \`kms:CreateGrant\`, and the copy of state machine \`Machine\` comes from there; add to the \`KeyPolicy\` of key \`Key\`: {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Resource":"*","Action":["kms:Decrypt","kms:DescribeKey","kms:Encrypt","kms:GenerateDataKey*","kms:ReEncrypt*"]},{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Resource":"*","Action":["kms:CreateGrant","kms:ListGrants","kms:RevokeGrant"],"Condition":{"Bool":{"kms:GrantIsForAWSResource":"true"}}}`,
    ),
  ]);
});
