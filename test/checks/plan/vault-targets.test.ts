import { vaultTargetChecks } from '../../../src/checks/plan/vault-target-checks';
import { findings, ids, PARAMETERS, plan, rulePath, UNKNOWN, vault } from '../../support/findings';

const OF = 'of rule `rule-1` of plan `gold`';
const arn = (name: string, account = '111111111111', region = 'us-east-1') =>
  `arn:aws:backup:${region}:${account}:backup-vault:${name}`;
const rule = (properties: object, more: object = {}) => ({ Plan: plan(properties), ...more });
const copy = (DestinationBackupVaultArn: unknown) => rule({ CopyActions: [{ DestinationBackupVaultArn }] });
const gap = (text: unknown, more: object = {}) =>
  rule({ TargetLogicallyAirGappedBackupVaultArn: text }, more);
const AIR_GAPPED = {
  Gap: { Type: 'AWS::Backup::LogicallyAirGappedBackupVault', Properties: { BackupVaultName: 'gap' } },
};

test.each<[string, object, object, string]>([
  [
    'not the reserved one of Amazon EFS',
    rule({ TargetBackupVault: 'aws/efs/automatic-backup-vault' }),
    rule({ TargetBackupVault: 'gold' }),
    `error Backup-ReservedVault at ${rulePath(0, 'TargetBackupVault')}: \`TargetBackupVault\` ${OF} is \`aws/efs/automatic-backup-vault\`, which is reserved for Amazon EFS; use your own vault`,
  ],
  [
    'nor by a copy',
    copy(arn('aws/efs/automatic-backup-vault')),
    copy(arn('copies')),
    `error Backup-ReservedVault at ${rulePath(0, 'CopyActions/0/DestinationBackupVaultArn')}: \`DestinationBackupVaultArn\` of the copy ${OF} is \`aws/efs/automatic-backup-vault\`, which is reserved for Amazon EFS; use your own vault`,
  ],
  [
    'not the one that only the console creates',
    rule({ TargetBackupVault: 'Default' }),
    rule({ TargetBackupVault: 'Default' }, { Vault: vault({ BackupVaultName: 'Default' }) }),
    `warning Backup-DefaultVault at ${rulePath(0, 'TargetBackupVault')}: \`TargetBackupVault\` ${OF} is \`Default\`, which no template creates; create a vault and back up into that`,
  ],
  [
    'a standard one',
    rule({ TargetBackupVault: 'gap' }, AIR_GAPPED),
    rule({ TargetBackupVault: 'vault' }, AIR_GAPPED),
    `warning Backup-RuleVault at ${rulePath(0, 'TargetBackupVault')}: \`TargetBackupVault\` ${OF} must be a standard vault, got logically air-gapped vault \`gap\`; set \`TargetBackupVault\` to a standard vault and \`TargetLogicallyAirGappedBackupVaultArn\` to the air-gapped vault`,
  ],
  [
    'an air-gapped one where that belongs',
    gap(arn('vault'), { Vault: vault({}) }),
    gap(arn('gap'), AIR_GAPPED),
    `warning Backup-RuleVault at ${rulePath(0, 'TargetLogicallyAirGappedBackupVaultArn')}: \`TargetLogicallyAirGappedBackupVaultArn\` ${OF} must be a logically air-gapped vault, got vault \`vault\`; set \`TargetBackupVault\` to a standard vault and \`TargetLogicallyAirGappedBackupVaultArn\` to the air-gapped vault`,
  ],
  [
    'an air-gapped one of the same account',
    gap(arn('gap', '222222222222')),
    gap(arn('gap')),
    `error Backup-VaultEnvironment at ${rulePath(0, 'TargetLogicallyAirGappedBackupVaultArn')}: \`TargetLogicallyAirGappedBackupVaultArn\` ${OF} must be in the account of the plan (111111111111), got 222222222222; use a vault in the same account and Region, and copy from there to others`,
  ],
  [
    'an air-gapped one of the same Region',
    gap(arn('gap', '111111111111', 'eu-west-1')),
    gap({ 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] }, AIR_GAPPED),
    `error Backup-VaultEnvironment at ${rulePath(0, 'TargetLogicallyAirGappedBackupVaultArn')}: \`TargetLogicallyAirGappedBackupVaultArn\` ${OF} must be in the Region of the plan (us-east-1), got eu-west-1; use a vault in the same account and Region, and copy from there to others`,
  ],
])('a rule uses a vault that it can use: %s', (_, bad, good, line) => {
  expect(findings(vaultTargetChecks, bad)).toEqual([line]);
  expect(ids(vaultTargetChecks, good)).toEqual([]);
});

test('vaults that aren’t known are not checked', () => {
  const open = { TargetBackupVault: UNKNOWN, TargetLogicallyAirGappedBackupVaultArn: UNKNOWN };
  expect(ids(vaultTargetChecks, rule(open), PARAMETERS)).toEqual([]);
  expect(ids(vaultTargetChecks, copy(UNKNOWN), PARAMETERS)).toEqual([]);
});

describe('a vault of the other kind is found', () => {
  const wrong = (property: string, what: string) =>
    `warning Backup-RuleVault at ${rulePath(0, property)}: \`${property}\` ${OF} must be a ${what}; set \`TargetBackupVault\` to a standard vault and \`TargetLogicallyAirGappedBackupVaultArn\` to the air-gapped vault`;
  const AGNOSTIC = { account: undefined, region: undefined };
  const named = (BackupVaultName: unknown) => ({
    Gap: { Type: 'AWS::Backup::LogicallyAirGappedBackupVault', Properties: { BackupVaultName } },
  });
  const byStack = { 'Fn::Sub': `\${AWS::StackId}-gap` };

  test('in an environment-agnostic stack', () => {
    const resources = gap({ 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }, { Vault: vault({}) });
    expect(findings(vaultTargetChecks, resources, AGNOSTIC)).toEqual([
      wrong('TargetLogicallyAirGappedBackupVaultArn', 'logically air-gapped vault, got vault `vault`'),
    ]);
  });

  test('by a name that is known only at deployment', () => {
    expect(findings(vaultTargetChecks, rule({ TargetBackupVault: { Ref: 'Gap' } }, named(byStack)))).toEqual([
      wrong('TargetBackupVault', 'standard vault, got logically air-gapped vault `Gap`'),
    ]);
    expect(findings(vaultTargetChecks, rule({ TargetBackupVault: byStack }, named('gap')))).toEqual([]);
  });
});
