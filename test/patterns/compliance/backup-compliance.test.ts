import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnConfigurationRecorder, ManagedRuleIdentifiers } from 'aws-cdk-lib/aws-config';
import { BackupCompliance } from '../../../src/patterns/compliance/backup-compliance';
import { BackupConformancePack } from '../../../src/resources/audit/backup-conformance-pack';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { ComplianceStandard } from '../../../src/values/standards/compliance-standard';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';

const { CIS_CONTROLS, GDPR, SEC_17A_4, SEC_NUM_CLOUD, HIPAA } = ComplianceStandard;
const newStack = () =>
  new Stack(testApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });

test('one line makes a framework with the controls of the standards, a bucket, and daily reports of jobs and controls', () => {
  const stack = newStack();
  const { framework, reportPlans, conformancePack } = new BackupCompliance(stack, 'Evidence', {
    standards: [CIS_CONTROLS],
  });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Backup::Framework', 1);
  template.resourceCountIs('AWS::S3::Bucket', 1);
  expect(framework?.controls.length).toBe(8);
  expect(conformancePack).toBeUndefined();
  expect(reportPlans.length).toBe(5);
  const reports = Object.values(template.findResources('AWS::Backup::ReportPlan'));
  expect(reports.map(({ Properties }) => Properties.ReportSetting.ReportTemplate).sort()).toEqual([
    'BACKUP_JOB_REPORT',
    'CONTROL_COMPLIANCE_REPORT',
    'COPY_JOB_REPORT',
    'RESOURCE_COMPLIANCE_REPORT',
    'RESTORE_JOB_REPORT',
  ]);
});

test('for an organization, reports cover every account and Region, and every account gets the rules', () => {
  const stack = newStack();
  new BackupCompliance(stack, 'Evidence', {
    standards: [GDPR],
    organization: true,
    resourceTypes: [ResourceType.S3],
  });
  const template = Template.fromStack(stack);
  for (const { Properties } of Object.values(template.findResources('AWS::Backup::ReportPlan')))
    expect(Properties.ReportSetting).toMatchObject({ Accounts: ['ROOT'], Regions: ['*'] });
  template.resourceCountIs('AWS::Config::OrganizationConformancePack', 1);
  template.resourceCountIs('AWS::Config::ConformancePack', 0);
});

test('a conformance pack has one managed rule of AWS Config for each control and type', () => {
  const stack = newStack();
  const { ruleIdentifiers } = new BackupConformancePack(stack, 'Pack', {
    standards: [CIS_CONTROLS, HIPAA],
    resourceTypes: [ResourceType.DYNAMODB, ResourceType.EBS],
  });
  expect(ruleIdentifiers).toEqual([
    'DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
    'DYNAMODB_LAST_BACKUP_RECOVERY_POINT_CREATED',
    'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
    'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
    'BACKUP_RECOVERY_POINT_ENCRYPTED',
  ]);
  const [{ Properties }] = Object.values(
    Template.fromStack(stack).findResources('AWS::Config::ConformancePack'),
  );
  const { Resources } = JSON.parse(Properties.TemplateBody);
  expect(Resources.DynamodbLastBackupRecoveryPointCreated).toEqual({
    Type: 'AWS::Config::ConfigRule',
    Properties: {
      ConfigRuleName: 'dynamodb-last-backup-recovery-point-created',
      InputParameters: { recoveryPointAgeUnit: 'hours', recoveryPointAgeValue: '48' },
      Source: { Owner: 'AWS', SourceIdentifier: 'DYNAMODB_LAST_BACKUP_RECOVERY_POINT_CREATED' },
    },
  });
});

test('every rule of every standard is one that aws-cdk-lib knows', () => {
  const known = new Set<string>(Object.values(ManagedRuleIdentifiers));
  const { ruleIdentifiers } = new BackupConformancePack(newStack(), 'Pack', {
    standards: ComplianceStandard.all().filter(({ id }) => !/nist-800-53-/.test(id)),
  });
  expect(ruleIdentifiers.length).toBeGreaterThan(20);
  expect(ruleIdentifiers.filter((identifier) => !known.has(identifier))).toEqual([]);
});

test('a standard that AWS Config has no rule for makes no pack', () => {
  const stack = newStack();
  expect(refusal(() => new BackupConformancePack(stack, 'Pack', { standards: [SEC_17A_4] }))).toBe(
    '`standards` must ask for something that AWS Config has a rule for, got sec-17a-4; name another standard, or more resource types (in `Stack/Pack`)',
  );
});

test.each([
  [
    () => new BackupCompliance(newStack(), 'Evidence', { standards: [] }),
    '`standards` must be a list of `ComplianceStandard`, each once, got none; for example, use `[ComplianceStandard.CIS_CONTROLS]` (in `Stack/Evidence`)',
  ],
  [
    () => new BackupConformancePack(newStack(), 'Pack', { standards: [HIPAA], conformancePackName: '1' }),
    '`conformancePackName` must be 1 to 256 letters, digits and `-`, starting with a letter, got `1` (in `Stack/Pack`)',
  ],
  [
    () =>
      new BackupConformancePack(newStack(), 'Pack', {
        standards: [HIPAA],
        excludedAccounts: ['111122223333'],
      }),
    '`excludedAccounts` must be omitted without `organization`, got an array; set `organization` to true (in `Stack/Pack`)',
  ],
])('refuses what AWS Config would (%#)', (act, message) => {
  expect(refusal(act)).toBe(message);
});

test('a second configuration recorder in the account and Region is refused, since AWS Config has one', () => {
  const stack = newStack();
  for (const id of ['One', 'Two'])
    new CfnConfigurationRecorder(stack, id, {
      roleArn: 'arn:aws:iam::111122223333:role/config',
      recordingGroup: { allSupported: true },
    });
  new BackupConformancePack(stack, 'Pack', { standards: [SEC_NUM_CLOUD] });
  expect(() => Template.fromStack(stack)).toThrow(
    '`standards` are evaluated by AWS Config, which has one configuration recorder for each account and Region, but this app creates `Stack/One` and `Stack/Two`; remove one of them',
  );
});
