import { planSettingChecks } from '../../../src/checks/plan/plan-setting-checks';
import { findings, ids, PARAMETERS, plan, rulePath, UNKNOWN } from '../../support/findings';

const BODY = 'Resources/Plan/Properties/BackupPlan';
const OF = 'of rule `rule-1` of plan `gold`';
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));
const numbered = (count: number) => Object.fromEntries(times(count, (i) => [`tag-${i}`, 'x']));
const rule = (properties: object) => ({ Plan: plan(properties) });
const copy = (index: number) => ({
  DestinationBackupVaultArn: `arn:aws:backup:us-east-1:111111111111:backup-vault:copies-${index}`,
});
const selections = (count: number, body: object) => ({
  Plan: plan({}),
  ...Object.fromEntries(
    times(count, (i) => [
      `Selection${i}`,
      {
        Type: 'AWS::Backup::BackupSelection',
        Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { SelectionName: `s${i}`, ...body } },
      },
    ]),
  ),
});
const TAGS = { ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'a', ConditionValue: 'b' }] };
const withSetting = (setting: object) => ({
  Plan: {
    Type: 'AWS::Backup::BackupPlan',
    Properties: {
      BackupPlan: {
        BackupPlanName: 'gold',
        BackupPlanRule: [{ RuleName: 'daily', TargetBackupVault: 'vault' }],
        AdvancedBackupSettings: [setting],
      },
    },
  },
});
const VSS = { ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } };

test.each<[string, object, object, string]>([
  [
    'has a rule',
    { Plan: plan() },
    rule({}),
    `error Backup-PlanWithoutRule at ${BODY}/BackupPlanRule: \`BackupPlanRule\` of plan \`gold\` must have at least one rule, got none; add a rule`,
  ],
  [
    'has 10 rules at most',
    { Plan: plan(...times(11, () => ({}))) },
    { Plan: plan(...times(10, () => ({}))) },
    `warning Backup-RulesPerPlan at ${BODY}/BackupPlanRule: \`BackupPlanRule\` of plan \`gold\` should be at most 10, got 11, which exceeds AWS Backup's quota for a plan; create a second plan`,
  ],
  [
    'has 10 selections by tag at most',
    selections(11, TAGS),
    { ...selections(11, { Resources: ['*'] }), ...selections(10, TAGS) },
    `warning Backup-TagSelectionsPerPlan at ${BODY}: a plan should have at most 10 selections that use tags, got 11, which exceeds AWS Backup's quota; use tags that more resources share`,
  ],
  [
    'has 5 copies in a rule at most',
    rule({ CopyActions: times(6, copy) }),
    rule({ CopyActions: times(5, copy) }),
    `warning Backup-CopiesPerRule at ${rulePath(0, 'CopyActions')}: \`CopyActions\` ${OF} should be at most 5, got 6, which exceeds AWS Backup's quota for a rule; split the rule`,
  ],
  [
    'gives recovery points 10 tags at most',
    rule({ RecoveryPointTags: numbered(11) }),
    rule({ RecoveryPointTags: numbered(10) }),
    `warning Backup-TagsPerRule at ${rulePath(0, 'RecoveryPointTags')}: \`RecoveryPointTags\` ${OF} should be at most 10 tags, got 11, which exceeds AWS Backup's quota for a rule; leave out tags that the resources already have, since AWS Backup copies those too`,
  ],
  [
    'gives recovery points tags of its own',
    rule({ RecoveryPointTags: { 'aws:owner': 'me' } }),
    rule({ RecoveryPointTags: { owner: 'me' } }),
    `error Backup-TagKey at ${rulePath(0, 'RecoveryPointTags/aws:owner')}: \`RecoveryPointTags\` ${OF} must not begin with \`aws:\`, which is reserved for AWS, got \`aws:owner\`; use another key`,
  ],
  [
    'gives recovery points tags of 256 characters',
    rule({ RecoveryPointTags: { owner: 'm'.repeat(257) } }),
    rule({ RecoveryPointTags: { owner: 'm'.repeat(256) } }),
    `error Backup-TagValue at ${rulePath(0, 'RecoveryPointTags/owner')}: \`RecoveryPointTags\` ${OF} must be a tag value of at most 256 characters, got 257 characters; use at most 256 characters`,
  ],
  [
    'has advanced settings of EC2 alone',
    withSetting({ ResourceType: 'S3', BackupOptions: { BackupACLs: 'disabled' } }),
    withSetting(VSS),
    `error Backup-AdvancedSetting at ${BODY}/AdvancedBackupSettings/0/ResourceType: \`ResourceType\` of plan \`gold\` must be \`EC2\`, the only type whose advanced settings CloudFormation accepts, got \`S3\`; omit it, and set the S3 options with \`aws backup update-backup-plan\` after the deployment`,
  ],
  [
    'enables or disables Windows VSS',
    withSetting({ ...VSS, BackupOptions: { WindowsVSS: true } }),
    withSetting({ ...VSS, BackupOptions: { WindowsVSS: 'disabled' } }),
    `error Backup-AdvancedSetting at ${BODY}/AdvancedBackupSettings/0/BackupOptions: \`BackupOptions\` of plan \`gold\` must set \`WindowsVSS\` to \`enabled\` or \`disabled\`, got \`true\`; use \`enabled\``,
  ],
  [
    'knows no other option',
    withSetting({ ...VSS, BackupOptions: { VSS: 'enabled' } }),
    withSetting(VSS),
    `error Backup-AdvancedSetting at ${BODY}/AdvancedBackupSettings/0/BackupOptions: \`BackupOptions\` of plan \`gold\` can only contain \`WindowsVSS\`, got \`VSS\`; omit it`,
  ],
])('a plan %s', (_, bad, good, line) => {
  expect(findings(planSettingChecks, bad)).toEqual([line]);
  expect(ids(planSettingChecks, good)).toEqual([]);
});

test.each<[string, object]>([
  [
    'rules',
    { Plan: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: UNKNOWN } } } },
  ],
  ['tags', rule({ RecoveryPointTags: { owner: UNKNOWN } })],
  ['a type', withSetting({ ...VSS, ResourceType: UNKNOWN })],
  ['an option', withSetting({ ...VSS, BackupOptions: { WindowsVSS: UNKNOWN } })],
  ['options', withSetting({ ...VSS, BackupOptions: UNKNOWN })],
])('%s that aren’t known are not checked', (_, template) => {
  expect(ids(planSettingChecks, template, PARAMETERS)).toEqual([]);
});
