import { nameChecks } from '../../../src/checks/template/name-checks';
import { findings, ids, PARAMETERS, plan, rulePath, UNKNOWN, vault } from '../../support/findings';

const resource = (Type: string, Properties: object) => ({ Type, Properties });
const DOTTED = '`a-z`, `A-Z`, `0-9`, `-`, `_` and `.`';
const HYPHENS = '`a-z`, `A-Z`, `0-9`, `-` and `_`';
const WORD = '`a-z`, `A-Z`, `0-9` and `_`';

const withName = (BackupPlanName: unknown) => ({
  Plan: resource('AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanName, BackupPlanRule: [] } }),
});
const selection = (SelectionName: unknown) => ({
  Selection: resource('AWS::Backup::BackupSelection', { BackupSelection: { SelectionName } }),
});
const inType = (type: string, property: string) => (name: unknown) => ({
  It: resource(`AWS::Backup::${type}`, { [property]: name }),
});
const path = (property: string) => `Resources/It/Properties/${property}`;

test.each<[string, (name: unknown) => object, string, string, string]>([
  [
    'a plan',
    withName,
    'my plan',
    'my-plan',
    `error Backup-PlanName at Resources/Plan/Properties/BackupPlan/BackupPlanName: \`BackupPlanName\` must be 1 to 200 characters from ${DOTTED}, got \`my plan\`; use \`my-plan\``,
  ],
  [
    'a rule',
    (RuleName) => ({ Plan: plan({ RuleName }) }),
    'every day',
    'every.day',
    `error Backup-RuleName at ${rulePath(0, 'RuleName')}: \`RuleName\` of plan \`gold\` must be 1 to 50 characters from ${DOTTED}, got \`every day\`; use \`every-day\``,
  ],
  [
    'a selection',
    selection,
    'all:tables',
    'all.tables',
    `error Backup-SelectionName at Resources/Selection/Properties/BackupSelection/SelectionName: \`SelectionName\` must be 1 to 50 characters from ${DOTTED}, got \`all:tables\`; use \`all-tables\``,
  ],
  [
    'a vault',
    inType('BackupVault', 'BackupVaultName'),
    'my.vault',
    'my-vault',
    `error Backup-VaultName at ${path('BackupVaultName')}: \`BackupVaultName\` must be 2 to 50 characters from ${HYPHENS}, got \`my.vault\`; use \`my-vault\``,
  ],
  [
    'a logically air-gapped vault',
    inType('LogicallyAirGappedBackupVault', 'BackupVaultName'),
    'v',
    'vv',
    `error Backup-VaultName at ${path('BackupVaultName')}: \`BackupVaultName\` must be 2 to 50 characters from ${HYPHENS}, got \`v\`; for example, use \`my-backups\``,
  ],
  [
    'the vault that a rule names',
    (TargetBackupVault) => ({ Plan: plan({ TargetBackupVault }) }),
    'arn:aws:backup:us-east-1:111111111111:backup-vault:gold',
    'gold',
    `error Backup-VaultName at ${rulePath(0, 'TargetBackupVault')}: \`TargetBackupVault\` of rule \`rule-1\` of plan \`gold\` must be the name of a vault, got the ARN \`arn:aws:backup:us-east-1:111111111111:backup-vault:gold\`; write the name, such as \`!Ref Vault\``,
  ],
  [
    'a framework',
    inType('Framework', 'FrameworkName'),
    'my-framework',
    'my_framework',
    `error Backup-FrameworkName at ${path('FrameworkName')}: \`FrameworkName\` must be 1 to 256 characters from ${WORD}, starting with a letter, got \`my-framework\`; use \`my_framework\``,
  ],
  [
    'a report plan',
    inType('ReportPlan', 'ReportPlanName'),
    '1st',
    'first',
    `error Backup-ReportPlanName at ${path('ReportPlanName')}: \`ReportPlanName\` must be 1 to 256 characters from ${WORD}, starting with a letter, got \`1st\`; use \`st\``,
  ],
  [
    'a restore testing plan',
    inType('RestoreTestingPlan', 'RestoreTestingPlanName'),
    'weekly-test',
    'weekly_test',
    `error Backup-RestoreTestingPlanName at ${path('RestoreTestingPlanName')}: \`RestoreTestingPlanName\` must be 1 to 50 characters from ${WORD}, got \`weekly-test\`; use \`weekly_test\``,
  ],
  [
    'a restore testing selection',
    inType('RestoreTestingSelection', 'RestoreTestingSelectionName'),
    'all-tables',
    'all_tables',
    `error Backup-RestoreTestingSelectionName at ${path('RestoreTestingSelectionName')}: \`RestoreTestingSelectionName\` must be 1 to 50 characters from ${WORD}, got \`all-tables\`; use \`all_tables\``,
  ],
  [
    'a tiering configuration',
    inType('TieringConfiguration', 'TieringConfigurationName'),
    'low-cost',
    'low_cost',
    `error Backup-TieringConfigurationName at ${path('TieringConfigurationName')}: \`TieringConfigurationName\` must be 1 to 200 characters from ${WORD}, got \`low-cost\`; use \`low_cost\``,
  ],
  [
    'the vault of a tiering configuration',
    (BackupVaultName) => ({
      It: resource('AWS::Backup::TieringConfiguration', { TieringConfigurationName: 'low', BackupVaultName }),
    }),
    '*old',
    '*',
    `error Backup-VaultName at ${path('BackupVaultName')}: \`BackupVaultName\` of \`low\` must be 2 to 50 characters from ${HYPHENS}, got \`*old\`; use \`old\``,
  ],
])('the name of %s has the characters that AWS Backup accepts', (_, template, bad, good, line) => {
  expect(findings(nameChecks, template(bad))).toEqual([line]);
  expect(ids(nameChecks, template(good))).toEqual([]);
  expect(ids(nameChecks, template(UNKNOWN), PARAMETERS)).toEqual([]);
});

test('a name that is known in part is checked with that part', () => {
  const said = (name: string) =>
    findings(nameChecks, withName({ 'Fn::Sub': name }), { region: undefined }, PARAMETERS);
  expect(said(`my plan of \${AWS::Region}`)).toEqual([
    `error Backup-PlanName at Resources/Plan/Properties/BackupPlan/BackupPlanName: \`BackupPlanName\` must be 1 to 200 characters from ${DOTTED}, got \`my plan of \${AWS::Region}\`; use 1 to 200 characters from ${DOTTED}`,
  ]);
  expect(said(`plan-of-\${AWS::Region}`)).toEqual([]);
  expect(said(`\${Unknown}`)).toEqual([]);
});

test('a plan name that only some of AWS’s pages allow is a warning', () => {
  expect(findings(nameChecks, withName('a'.repeat(51)))).toEqual([
    'warning Backup-LongPlanName at Resources/Plan/Properties/BackupPlan/BackupPlanName: `BackupPlanName` should be at most 50 characters, since AWS documents both 50 and 200 as the limit, got 51; shorten it',
  ]);
});

test('the vault that AWS creates for Amazon EFS is not a misspelled name', () => {
  const template = { Plan: plan({ TargetBackupVault: 'aws/efs/automatic-backup-vault' }), Vault: vault({}) };
  expect(ids(nameChecks, template)).toEqual([]);
});
