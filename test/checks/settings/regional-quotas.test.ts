import { regionalQuotaChecks } from '../../../src/checks/settings/regional-quotas';
import { findings } from '../../support/findings';

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
  expect(findings(regionalQuotaChecks, many(301, plan))).toEqual([
    "warning Backup-PlanQuota at Resources/It300: `AWS::Backup::BackupPlan` should be at most 300 in an account and Region, got 301 in this app, which exceeds AWS Backup's quota; request a quota increase from AWS, then acknowledge this warning",
  ]);
  expect(findings(regionalQuotaChecks, many(300, plan))).toEqual([]);
});

test('vaults of both kinds count together', () => {
  const both = { ...many(300, vault), ...many(1, airGapped, 300) };
  expect(findings(regionalQuotaChecks, both)).toEqual([
    "warning Backup-VaultQuota at Resources/It300: `AWS::Backup::BackupVault` should be at most 300 in an account and Region, got 301 in this app, which exceeds AWS Backup's quota; request a quota increase from AWS, then acknowledge this warning",
  ]);
  expect(findings(regionalQuotaChecks, both, { region: undefined })).toEqual([]);
});

test.each<[string, string, number, (name: string) => object]>([
  [
    'Backup-FrameworkQuota',
    'AWS::Backup::Framework',
    15,
    () => ({ Type: 'AWS::Backup::Framework', Properties: { FrameworkControls: [{ ControlName: 'X' }] } }),
  ],
  ['Backup-ReportPlanQuota', 'AWS::Backup::ReportPlan', 20, () => ({ Type: 'AWS::Backup::ReportPlan' })],
  [
    'Backup-RestoreTestingPlanQuota',
    'AWS::Backup::RestoreTestingPlan',
    100,
    () => ({ Type: 'AWS::Backup::RestoreTestingPlan' }),
  ],
  [
    'Backup-HypervisorQuota',
    'AWS::BackupGateway::Hypervisor',
    20,
    () => ({ Type: 'AWS::BackupGateway::Hypervisor' }),
  ],
])('%s: an account has so many in a Region', (id, type, max, make) => {
  expect(findings(regionalQuotaChecks, many(max + 1, make))).toEqual([
    `warning ${id} at Resources/It${max}: \`${type}\` should be at most ${max} in an account and Region, got ${max + 1} in this app, which exceeds AWS Backup's quota; request a quota increase from AWS, then acknowledge this warning`,
  ]);
  expect(findings(regionalQuotaChecks, many(max, make))).toEqual([]);
});

test('a control counts in each framework', () => {
  const framework = (count: number) => ({
    Type: 'AWS::Backup::Framework',
    Properties: { FrameworkControls: Array.from({ length: count }, () => ({ ControlName: 'X' })) },
  });
  expect(findings(regionalQuotaChecks, { A: framework(40), B: framework(11) })).toEqual([
    "warning Backup-ControlQuota at Resources/B: `FrameworkControls` should be at most 50 in an account and Region, got 51 in this app, which exceeds AWS Backup's quota; request a quota increase from AWS, then acknowledge this warning",
  ]);
  expect(findings(regionalQuotaChecks, { A: framework(40), B: framework(10) })).toEqual([]);
});
