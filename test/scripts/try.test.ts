import { backupResources, schedule } from '../../scripts/backup-resources';
import { table } from '../../scripts/terminal';

test.each([
  ['cron(0 * ? * * *)', 'hourly at :00'],
  ['cron(30 1/6 ? * * *)', 'every 6 hours from 01:30'],
  ['cron(0 5 ? * * *)', 'daily at 05:00'],
  ['cron(15 5 * * ? *)', 'daily at 05:15'],
  ['cron(0 5 ? * SUN *)', 'Sun at 05:00'],
  ['cron(0 5 ? * MON-FRI *)', 'Mon-Fri at 05:00'],
  ['cron(0 5 1 * ? *)', 'monthly on day 1 at 05:00'],
  ['cron(0 5 L * ? *)', 'monthly on last day at 05:00'],
  ['cron(0 5 1 1 ? *)', 'yearly on 1 Jan at 05:00'],
  ['cron(0 5 24 DEC ? *)', 'yearly on 24 Dec at 05:00'],
  ['cron(0 5 ? * 6L *)', 'cron(0 5 ? * 6L *)'],
  ['cron(0 5 1 1 ? 2030)', 'cron(0 5 1 1 ? 2030)'],
  ['cron(0/30 5 ? * * *)', 'cron(0/30 5 ? * * *)'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a token, as the table shows it
  ['${Schedule}', '${Schedule}'],
])('the schedule %s reads: %s', (expression, words) => {
  expect(schedule(expression)).toBe(words);
});

describe('what a template protects', () => {
  const plan = (rule: object) => ({
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: {
        BackupPlan: { BackupPlanName: 'gold', BackupPlanRule: [{ RuleName: 'daily', ...rule }] },
      },
    },
  });
  const selection = (selected: object) => ({
    Selection: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: {
        BackupPlanId: { Ref: 'Plan' },
        BackupSelection: {
          SelectionName: 'tagged',
          IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
          ...selected,
        },
      },
    },
    Role: { Type: 'AWS::IAM::Role', Metadata: { 'aws:cdk:path': 'Stack/Backup/Role/Resource' } },
    ...plan({}),
  });
  const vault = (properties: object) => ({
    Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'gold', ...properties } },
    Key: { Type: 'AWS::KMS::Key', Metadata: { 'aws:cdk:path': 'Stack/Key/Resource' } },
  });
  const read = (resources: Record<string, { Type: string; Metadata?: Record<string, unknown> }>) =>
    backupResources({ Resources: resources }, 'Stack');

  test.each([
    ['without a key of its own', {}, ['gold', 'aws/backup, a key of AWS', 'none']],
    ['with a key', { EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } }, ['gold', 'key Key', 'none']],
    [
      'with a governance lock',
      { LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 3650 } },
      ['gold', 'aws/backup, a key of AWS', 'governance, 7 days to 10 years'],
    ],
    [
      'with a compliance lock',
      { LockConfiguration: { MinRetentionDays: 7, ChangeableForDays: 3 } },
      ['gold', 'aws/backup, a key of AWS', 'compliance after 3 days, at least 7 days'],
    ],
  ])('a vault %s', (_, properties, row) => {
    expect(read(vault(properties)).vaults).toEqual([row]);
  });

  test('a rule with everything', () => {
    const { plans } = read(
      plan({
        ScheduleExpression: 'cron(0 5 ? * * *)',
        ScheduleExpressionTimezone: 'Asia/Seoul',
        TargetBackupVault: { 'Fn::Join': ['', ['gold-', { Ref: 'AWS::Region' }]] },
        EnableContinuousBackup: true,
        Lifecycle: { DeleteAfterDays: 200, MoveToColdStorageAfterDays: 1 },
        CopyActions: [
          {
            DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:central',
            Lifecycle: { DeleteAfterDays: 365, MoveToColdStorageAfterDays: 90 },
          },
          { DestinationBackupVaultArn: { Ref: 'Destination' } },
        ],
      }),
    );
    expect(plans).toEqual([
      {
        name: 'gold',
        rules: [
          [
            'daily',
            'daily at 05:00',
            'Asia/Seoul',
            // biome-ignore lint/suspicious/noTemplateCurlyInString: a token, as the table shows it
            'gold-${AWS::Region}',
            '200 days, continuous',
            'after 1 day',
            // biome-ignore lint/suspicious/noTemplateCurlyInString: a token, as the table shows it
            'central (eu-west-1, 111122223333): 1 year, cold after 90 days\n${Destination}: forever',
          ],
        ],
      },
    ]);
  });

  const gold = { ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'gold' };
  const dev = { ConditionKey: 'aws:ResourceTag/stage', ConditionValue: 'dev' };
  test.each([
    [
      'by tags that must all hold',
      { Resources: ['*'], Conditions: { StringEquals: [gold], StringNotLike: [dev] } },
      'all resources with tag backup = gold and stage not like dev',
    ],
    [
      'by one of several tags',
      {
        ListOfTags: [gold, dev].map(({ ConditionKey, ConditionValue }) => ({
          ConditionKey: ConditionKey.replace('aws:ResourceTag/', ''),
          ConditionValue,
        })),
      },
      'with tag backup = gold or stage = dev',
    ],
    [
      'by ARN, with an exclusion',
      { Resources: ['arn:aws:s3:::orders'], NotResources: ['arn:aws:s3:::orders-scratch'] },
      'arn:aws:s3:::orders\nbut not arn:aws:s3:::orders-scratch',
    ],
    ['of everything', { Resources: ['*'] }, 'all resources'],
  ])('a selection %s', (_, selected, words) => {
    expect(read(selection(selected)).selections).toEqual([['tagged', 'gold', words, 'Backup/Role']]);
  });
});

test('a table is aligned, keeps the lines of its cells, and flushes numbers right', () => {
  const rows = [
    ['daily', '35', 'first\nsecond'],
    ['a longer one', '3650', ''],
  ];
  expect(table(['rule', '>days', 'copies'], rows, '')).toBe(
    [
      'rule          days  copies',
      '────────────  ────  ──────',
      'daily           35  first',
      '                    second',
      'a longer one  3650',
    ].join('\n'),
  );
});
