import { duplicateChecks } from '../../../src/checks/template/duplicates';
import { findings, findingsIn, ids, PARAMETERS, plan, UNKNOWN } from '../../support/findings';
import { source } from '../../support/templates';

const resource = (Type: string, Properties: object, more: object = {}) => ({ Type, Properties, ...more });
const named = (type: string, property: string, name: unknown, more: object = {}) =>
  resource(`AWS::Backup::${type}`, { [property]: name }, more);
const planNamed = (BackupPlanName: unknown) =>
  resource('AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanName, BackupPlanRule: [] } });

test.each([
  ['vaults', 'BackupVault', 'BackupVaultName'],
  ['frameworks', 'Framework', 'FrameworkName'],
  ['report plans', 'ReportPlan', 'ReportPlanName'],
  ['restore testing plans', 'RestoreTestingPlan', 'RestoreTestingPlanName'],
  ['tiering configurations', 'TieringConfiguration', 'TieringConfigurationName'],
])('two %s of one account and Region have different names', (_, type, property) => {
  const two = (name: unknown) => ({ A: named(type, property, 'gold'), B: named(type, property, name) });
  expect(findings(duplicateChecks, two('gold'))).toEqual([
    `error Backup-DuplicateName at Resources/B/Properties/${property}: \`${property}\` \`gold\` is also the name of \`App/A\` in the same account and Region, and AWS Backup rejects a name that already exists; give one of them another name`,
  ]);
  expect(ids(duplicateChecks, two('silver'))).toEqual([]);
  expect(
    ids(
      duplicateChecks,
      { A: named(type, property, UNKNOWN), B: named(type, property, UNKNOWN) },
      PARAMETERS,
    ),
  ).toEqual([]);
});

test('a vault and a logically air-gapped vault share their names', () => {
  const template = {
    A: named('BackupVault', 'BackupVaultName', 'gold'),
    B: named('LogicallyAirGappedBackupVault', 'BackupVaultName', 'gold'),
  };
  expect(ids(duplicateChecks, template)).toEqual(['Backup-DuplicateName']);
});

test('two plans of one account and Region should have different names', () => {
  expect(findings(duplicateChecks, { A: planNamed('gold'), B: planNamed('gold') })).toEqual([
    'warning Backup-DuplicatePlanName at Resources/B/Properties/BackupPlan/BackupPlanName: `BackupPlanName` `gold` is also the name of `App/A` in the same account and Region, and AWS Backup rejects a plan that already exists; give one of them another name',
  ]);
  expect(ids(duplicateChecks, { A: planNamed('gold'), B: planNamed('Gold') })).toEqual([]);
});

test('the rules of a plan should have different names', () => {
  const rules = (name: unknown) => ({ Plan: plan({ RuleName: 'daily' }, { RuleName: name }) });
  expect(findings(duplicateChecks, rules('daily'))).toEqual([
    'warning Backup-DuplicateRuleName at Resources/Plan/Properties/BackupPlan/BackupPlanRule: `BackupPlanRule` of plan `gold` should have unique names, got `daily` twice; give each rule a different name',
  ]);
  expect(ids(duplicateChecks, rules('weekly'))).toEqual([]);
  expect(ids(duplicateChecks, rules(UNKNOWN), PARAMETERS)).toEqual([]);
});

test('names are compared within an account and Region', () => {
  const stack = (id: string, account?: string, region?: string) =>
    source(
      { Resources: { V: named('BackupVault', 'BackupVaultName', 'gold') } },
      { id, name: id, account, region },
    );
  const both = (...there: [string?, string?]) =>
    findingsIn(duplicateChecks, [stack('One', '111111111111', 'us-east-1'), stack('Two', ...there)]);
  expect(both('111111111111', 'us-east-1')).toEqual([
    'error Backup-DuplicateName at Resources/V/Properties/BackupVaultName: `BackupVaultName` `gold` is also the name of `One/V` in the same account and Region, and AWS Backup rejects a name that already exists; give one of them another name',
  ]);
  expect(both('222222222222', 'us-east-1')).toEqual([]);
  expect(both('111111111111', 'eu-west-1')).toEqual([]);
  const open = findingsIn(duplicateChecks, [stack('One'), stack('Two')]);
  expect(open.map((line) => line.split(' ')[0])).toEqual(['note']);
});

test('what is created under another condition isn’t a second one', () => {
  const two = (...conditions: string[]) => ({
    ...PARAMETERS,
    Conditions: {
      Prod: { 'Fn::Equals': [UNKNOWN, 'prod'] },
      Test: { 'Fn::Not': [{ Condition: 'Prod' }] },
    },
    Resources: {
      A: named('BackupVault', 'BackupVaultName', 'gold', { Condition: conditions[0] }),
      B: named('BackupVault', 'BackupVaultName', 'gold', { Condition: conditions[1] }),
    },
  });
  expect(findingsIn(duplicateChecks, [source(two('Prod', 'Test'))])).toEqual([]);
  expect(findingsIn(duplicateChecks, [source(two('Prod', 'Prod'))])).toHaveLength(1);
});
