import { placeQuotaChecks } from '../../../src/analysis/checks/place-quotas';
import { findings } from '../support/findings';

const many = (count: number, make: (name: string) => object, from = 0) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`It${from + i}`, make(`it-${from + i}`)]));
const vault = (BackupVaultName: string) => ({
  Type: 'AWS::Backup::BackupVault',
  Properties: { BackupVaultName },
});
const airGapped = (BackupVaultName: string) => ({
  Type: 'AWS::Backup::LogicallyAirGappedBackupVault',
  Properties: { BackupVaultName },
});
const plan = (BackupPlanName: string) => ({
  Type: 'AWS::Backup::BackupPlan',
  Properties: { BackupPlan: { BackupPlanName, BackupPlanRule: [] } },
});

test('an account has 300 plans in a Region, unless the quota was raised', () => {
  expect(findings(placeQuotaChecks, many(301, plan))).toEqual([
    "warning Backup-PlanQuota at Resources/It300: `AWS::Backup::BackupPlan` should be at most 300 in an account and Region, got 301 in this app, which exceeds AWS Backup's quota; ask AWS for a higher quota, and acknowledge this warning then",
  ]);
  expect(findings(placeQuotaChecks, many(300, plan))).toEqual([]);
});

test('vaults of both kinds count together', () => {
  const both = { ...many(300, vault), ...many(1, airGapped, 300) };
  expect(findings(placeQuotaChecks, both)).toEqual([
    "warning Backup-VaultQuota at Resources/It300: `AWS::Backup::BackupVault` should be at most 300 in an account and Region, got 301 in this app, which exceeds AWS Backup's quota; ask AWS for a higher quota, and acknowledge this warning then",
  ]);
  expect(findings(placeQuotaChecks, both, { region: undefined })).toEqual([]);
});
