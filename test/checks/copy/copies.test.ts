import { copyChecks } from '../../../src/checks/copy/copies';
import { findings, ids, plan, rulePath, vault } from '../../support/findings';

const HERE = rulePath(0, 'CopyActions/0/DestinationBackupVaultArn');
const COPY = 'of the copy of rule `rule-1` of plan `gold`';
const arn = (name: string, account = '111111111111', region = 'us-east-1', partition = 'aws') =>
  `arn:${partition}:backup:${region}:${account}:backup-vault:${name}`;
const copies = (...all: unknown[]) => ({
  Plan: plan({ CopyActions: all.map((DestinationBackupVaultArn) => ({ DestinationBackupVaultArn })) }),
});

test.each<[string, object, object, string]>([
  [
    'is the ARN of a vault',
    copies('copies'),
    copies(arn('copies')),
    `error Backup-VaultArn at ${HERE}: \`DestinationBackupVaultArn\` ${COPY} must be the ARN of a backup vault, \`arn:<partition>:backup:<region>:<account>:backup-vault:<name>\`, got \`copies\`; use the ARN of a vault, such as \`!GetAtt Vault.BackupVaultArn\``,
  ],
  [
    'is no reference to a name',
    { ...copies({ Ref: 'Copies' }), Copies: vault({ BackupVaultName: 'copies' }) },
    {
      ...copies({ 'Fn::GetAtt': ['Copies', 'BackupVaultArn'] }),
      Copies: vault({ BackupVaultName: 'copies' }),
    },
    `error Backup-VaultArn at ${HERE}: \`DestinationBackupVaultArn\` ${COPY} must be the ARN of a backup vault, \`arn:<partition>:backup:<region>:<account>:backup-vault:<name>\`, got \`copies\`; use the ARN of a vault, such as \`!GetAtt Vault.BackupVaultArn\``,
  ],
  [
    'is another vault than that of the rule',
    copies(arn('vault')),
    copies(arn('vault', '111111111111', 'eu-west-1')),
    `warning Backup-CopyIntoSource at ${HERE}: \`DestinationBackupVaultArn\` ${COPY} copies into the vault that already holds the recovery points; copy to a vault in another Region or account, or leave the copy out`,
  ],
  [
    'is in the partition of the plan',
    copies(arn('copies', '111111111111', 'cn-north-1', 'aws-cn')),
    copies(arn('copies', '111111111111', 'eu-west-1')),
    `error Backup-CopyPartition at ${HERE}: \`DestinationBackupVaultArn\` ${COPY} must stay in the partition of the plan (aws), got a vault in aws-cn; copy into a vault in the same partition, since AWS Backup copies nothing across partitions`,
  ],
  [
    'is that of one copy',
    copies(arn('copies'), arn('copies')),
    copies(arn('copies'), arn('others')),
    `warning Backup-DuplicateCopy at ${rulePath(0, 'CopyActions/1/DestinationBackupVaultArn')}: \`DestinationBackupVaultArn\` of copy 2 of rule \`rule-1\` of plan \`gold\` is the same as that of an earlier copy; remove one of them`,
  ],
])('the destination of a copy %s', (_, bad, good, line) => {
  expect(findings(copyChecks, bad)).toEqual([line]);
  expect(ids(copyChecks, good)).toEqual([]);
});

test('a vault of the template is compared as itself', () => {
  const template = {
    Plan: plan({
      TargetBackupVault: { Ref: 'Vault' },
      CopyActions: [{ DestinationBackupVaultArn: { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] } }],
    }),
    Vault: vault({}),
  };
  expect(ids(copyChecks, template)).toEqual(['Backup-CopyIntoSource']);
});
