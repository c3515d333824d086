import { NAME_LAWS, type NameKind, nameProblems } from '../../src/values/core/names';
import { QUOTAS } from '../../src/values/core/quotas';
import { TagCondition, tagKeyProblems, tagValueProblems } from '../../src/values/core/tag-condition';
import { MAX_CONTINUOUS_DAYS, MIN_COLD_DAYS } from '../../src/values/plan/lifecycle';
import { MAX_RETENTION_DAYS } from '../../src/values/plan/retention';
import {
  DEFAULT_START_WINDOW_MINUTES,
  MAX_WINDOW_MINUTES,
  MIN_WINDOW_MINUTES,
} from '../../src/values/plan/windows';
import { MIN_COOLING_OFF_DAYS } from '../../src/values/vault/vault-lock';
import { database } from '../support/schema';
import { sdkDocumentation } from '../support/sdk-documentation';

/**
 * The laws against the documentation in the installed SDK and the installed CloudFormation schema. A failure lists what
 * is new: update the law, or the list below with the reason.
 */
const sdk = sdkDocumentation();
const schema = database();
const documented = (member: string) => sdk.get(member) ?? `${member} is gone`;
/** The properties of a type within a resource of CloudFormation. */
function properties(resource: string, type: string): string[] {
  const [found] = schema.lookup('resource', 'cloudFormationType', 'equals', resource);
  const used = schema.follow('usesType', found).find(({ entity }) => entity.name === type);
  return Object.keys(used?.entity.properties ?? {}).sort();
}
const grouped = (n: number) => n.toLocaleString('en-US');

describe('names', () => {
  const { plan, rule, selection, framework, reportPlan } = NAME_LAWS;
  const { restoreTestingPlan, restoreTestingSelection, tieringConfiguration } = NAME_LAWS;
  const dotted = ({ min, max }: { min: number; max: number }) =>
    `Must contain ${min} to ${max} alphanumeric or '-_.' characters.`;
  const identifier = ({ min, max }: { min: number; max: number }) =>
    `must be between ${min} and ${max} characters, starting with a letter, and consisting of letters (a-z, A-Z), numbers (0-9), and underscores (_).`;

  test.each([
    ['BackupPlan.BackupPlanName', "Must contain only alphanumeric or '-_.' special characters."],
    [
      'BackupPlan.BackupPlanName',
      `if this is set through CLI or API, it can contain ${plan.min} to ${plan.max}`,
    ],
    ['BackupPlanInput.BackupPlanName', "Must contain 1 to 50 alphanumeric or '-_.' characters."], // hence the warning
    ['BackupRuleInput.RuleName', dotted(rule)],
    ['BackupSelection.SelectionName', dotted(selection)],
    ['CreateBackupVaultInput.BackupVaultName', 'They consist of letters, numbers, and hyphens.'], // and `_`: see the patterns
    ['CreateFrameworkInput.FrameworkName', identifier(framework)],
    ['CreateReportPlanInput.ReportPlanName', identifier(reportPlan)],
    [
      'RestoreTestingPlanForCreate.RestoreTestingPlanName',
      'it must consist of only alphanumeric characters and underscores.',
    ],
    ['CreateRestoreTestingPlanOutput.RestoreTestingPlanName', `Maximum length is ${restoreTestingPlan.max}.`],
    [
      'RestoreTestingSelectionForCreate.RestoreTestingSelectionName',
      `The name consists of only alphanumeric characters and underscores. Maximum length is ${restoreTestingSelection.max}.`,
    ],
    [
      'TieringConfigurationInputForCreate.TieringConfigurationName',
      'it must consist of only alphanumeric characters and underscores.',
    ],
    [
      'CreateTieringConfigurationOutput.TieringConfigurationName',
      `Maximum length is ${tieringConfiguration.max}.`,
    ],
  ])('%s: %s', (member, text) => {
    expect(documented(member)).toContain(text);
  });

  test('the patterns that the SDK states are those that the laws know', () => {
    const patterns = [...sdk].flatMap(([member, text]) => {
      const [, pattern] = /Pattern: (\S+)/.exec(text) ?? [];
      return pattern ? [[member, pattern]] : [];
    });
    expect(Object.fromEntries(patterns)).toEqual({
      'StartScanJobInput.BackupVaultName': '^[a-zA-Z0-9\\-\\_]{2,50}$',
      // tags in the conditions of restore testing, of which the key has the prefix `aws:ResourceTag/` all the same
      'KeyValue.Key': '^(?![aA]{1}[wW]{1}[sS]{1}:)([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$',
      'KeyValue.Value': '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$',
      // no names that are given: what is read, or asked for, allows more than what can be made
      'DescribeScanJobOutput.BackupVaultName': '^[a-zA-Z0-9\\-\\_\\.]{2,50}$',
      'ListScanJobsInput.ByBackupVaultName': '^[a-zA-Z0-9\\-\\_\\.]{2,50}$',
      'DescribeScanJobOutput.ResourceType': '^[a-zA-Z0-9\\-\\_\\.]{1,50}$',
      'ListScanJobsInput.ByResourceType': '^[a-zA-Z0-9\\-\\_\\.]{1,50}$',
      'DescribeScanJobOutput.AccountId': '^[0-9]{12}$',
      'ListScanJobsInput.ByAccountId': '^[0-9]{12}$',
    });
  });

  test('the law of vault names is the pattern of the SDK', () => {
    const [, text] = /Pattern: (\S+)/.exec(documented('StartScanJobInput.BackupVaultName')) ?? [];
    const pattern = new RegExp(text);
    for (const name of ['a', 'ab', 'a-b_C9', 'a.b', 'a b', '-_', 'a'.repeat(50), 'a'.repeat(51)])
      expect([name, nameProblems('vault', name, 'name').length === 0]).toEqual([name, pattern.test(name)]);
  });

  test('every resource of CloudFormation that has a name has a law for it', () => {
    const laws: Record<string, NameKind | undefined> = {
      'AWS::Backup::BackupPlan': 'plan',
      'AWS::Backup::BackupSelection': 'selection',
      'AWS::Backup::BackupVault': 'vault',
      'AWS::Backup::LogicallyAirGappedBackupVault': 'vault',
      'AWS::Backup::Framework': 'framework',
      'AWS::Backup::ReportPlan': 'reportPlan',
      'AWS::Backup::RestoreTestingPlan': 'restoreTestingPlan',
      'AWS::Backup::RestoreTestingSelection': 'restoreTestingSelection',
      'AWS::Backup::TieringConfiguration': 'tieringConfiguration',
      'AWS::Backup::LegalHold': undefined, // has a title, of which nothing is documented
    };
    const types = schema.all('resource').map((resource) => resource.cloudFormationType);
    expect(types.filter((type) => type.startsWith('AWS::Backup::')).sort()).toEqual(Object.keys(laws).sort());
    expect(Object.keys(NAME_LAWS).filter((kind) => !Object.values(laws).includes(kind as NameKind))).toEqual([
      'rule',
    ]);
  });
});

describe('retention, lifecycle and windows', () => {
  test.each([
    [
      'Lifecycle.DeleteAfterDays',
      `This value must be at least ${MIN_COLD_DAYS} days after the number of days specified in MoveToColdStorageAfterDays.`,
    ],
    [
      'BackupRuleInput.StartWindowMinutes',
      `it must be at least ${MIN_WINDOW_MINUTES} minutes to avoid errors.`,
    ],
    [
      'BackupRuleInput.StartWindowMinutes',
      `a maximum value of 100 years (${grouped(MAX_WINDOW_MINUTES)} minutes).`,
    ],
    [
      'StartBackupJobInput.CompleteWindowMinutes',
      `a maximum value of 100 years (${grouped(MAX_WINDOW_MINUTES)} minutes).`,
    ],
    ['StartBackupJobInput.StartWindowMinutes', `the default is ${DEFAULT_START_WINDOW_MINUTES / 60} hours.`],
  ])('%s: %s', (member, text) => {
    expect(documented(member)).toContain(text);
  });

  test('the properties of a lifecycle in CloudFormation are those that the law judges', () => {
    expect(properties('AWS::Backup::BackupPlan', 'LifecycleResourceType')).toEqual([
      'DeleteAfterDays',
      'MoveToColdStorageAfterDays',
      'OptInToArchiveForSupportedResources',
    ]);
  });

  test('continuous backups are kept at most 35 days: not in the SDK documentation, but enforced by CloudFormation', () => {
    expect(MAX_CONTINUOUS_DAYS).toBe(35);
    expect([...sdk.values()].filter((text) => text.includes('35 days'))).toEqual([]);
  });
});

describe('locks', () => {
  const input = 'PutBackupVaultLockConfigurationInput';
  test.each([
    [`${input}.MinRetentionDays`, 'The shortest minimum retention period you can specify is 1 day.'],
    [
      `${input}.MinRetentionDays`,
      'This parameter is required when a vault lock is created through CloudFormation;',
    ],
    [
      `${input}.MaxRetentionDays`,
      `The longest maximum retention period you can specify is ${MAX_RETENTION_DAYS} days (approximately 100 years).`,
    ],
    [
      `${input}.ChangeableForDays`,
      `Backup enforces a ${MIN_COOLING_OFF_DAYS * 24}-hour cooling-off period before Vault Lock takes effect`,
    ],
    [`${input}.ChangeableForDays`, `you must set ChangeableForDays to ${MIN_COOLING_OFF_DAYS} or greater.`],
    [
      `${input}.ChangeableForDays`,
      `The maximum value you can specify is ${grouped(MAX_RETENTION_DAYS)} days (approximately 100 years).`,
    ],
  ])('%s: %s', (member, text) => {
    expect(documented(member)).toContain(text);
  });

  test('the properties of a lock in CloudFormation are those that the law judges', () => {
    expect(properties('AWS::Backup::BackupVault', 'LockConfigurationType')).toEqual([
      'ChangeableForDays',
      'MaxRetentionDays',
      'MinRetentionDays',
    ]);
  });
});

describe('selections', () => {
  const { arnsPerSelection, wildcardArnsPerSelection } = QUOTAS;
  test.each(['Resources', 'NotResources'])('BackupSelection.%s has the quota of the SDK', (member) => {
    expect(documented(`BackupSelection.${member}`)).toContain(
      `of ARNs is ${arnsPerSelection.max} without wildcards, or ${wildcardArnsPerSelection.max} ARNs with wildcards.`,
    );
  });

  test('there is a condition for each operator of CloudFormation', () => {
    const operators = (['stringEquals', 'stringNotEquals', 'stringLike', 'stringNotLike'] as const).map(
      (factory) => TagCondition[factory]('key', 'value').operator,
    );
    expect(operators.sort()).toEqual(properties('AWS::Backup::BackupSelection', 'Conditions'));
  });

  test('tags have the lengths of the SDK', () => {
    expect(documented('KeyValue.Key')).toContain('Minimum length of 1. Maximum length of 128.');
    expect(tagKeyProblems('k'.repeat(128))).toEqual([]);
    expect(tagKeyProblems('k'.repeat(129))).toHaveLength(1);
    expect(documented('KeyValue.Value')).toContain('Maximum length of 256.');
    expect(tagValueProblems('v'.repeat(256))).toEqual([]);
    expect(tagValueProblems('v'.repeat(257))).toHaveLength(1);
  });
});
