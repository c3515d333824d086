import { coverageOf } from '../../src/coverage/coverage';
import { coverageJson } from '../../src/coverage/coverage-json';
import { backupReady, choice, plan, resource, rule, selection, tags } from '../support/backups';
import { inventoryOfResources } from '../support/templates';

const GOLD = { Tags: tags({ backup: 'gold' }) };
const condition = (Value: unknown, operator = 'StringEquals') => ({
  ProtectedResourceArns: ['*'],
  ProtectedResourceConditions: { [operator]: [{ Key: 'aws:ResourceTag/backup', Value }] },
});

/** How a restore test covers a bucket that rules into the vault `gold` protect. */
function covered(testSelection: object, testPlan: object = {}, more: Record<string, object> = {}) {
  const [x] = coverageOf(
    inventoryOfResources({
      X: backupReady('S3::Bucket', { ...GOLD, BucketName: 'orders' }),
      Vault: resource('Backup::BackupVault', { BackupVaultName: 'gold' }),
      Plan: plan('gold', rule()),
      S: selection({ ListOfTags: [choice('backup', 'gold')] }),
      Test: resource('Backup::RestoreTestingPlan', {
        RestoreTestingPlanName: 'weekly',
        ScheduleExpression: 'cron(0 5 ? * SUN *)',
        RecoveryPointSelection: {
          Algorithm: 'LATEST_WITHIN_WINDOW',
          IncludeVaults: ['*'],
          RecoveryPointTypes: ['SNAPSHOT'],
          ...testPlan,
        },
      }),
      Buckets: resource('Backup::RestoreTestingSelection', {
        RestoreTestingPlanName: { Ref: 'Test' },
        RestoreTestingSelectionName: 'buckets',
        ProtectedResourceType: 'S3',
        IamRoleArn: 'arn:aws:iam::111111111111:role/restore',
        ...testSelection,
      }),
      ...more,
    }),
    { now: new Date('2026-11-21T00:00:00Z') },
  ).resources;
  return x;
}
const tested = (...args: Parameters<typeof covered>): boolean => covered(...args).tested;

describe('a resource is tested', () => {
  const everything = { ProtectedResourceArns: ['*'] };
  const arn = 'arn:aws:s3:::orders';

  test.each<[string, boolean, object, object?]>([
    ['if a restore testing selection covers its whole type', true, everything],
    ['if a selection names its ARN', true, { ProtectedResourceArns: [arn] }],
    ['if a selection refers to it', true, { ProtectedResourceArns: [{ 'Fn::GetAtt': ['X', 'Arn'] }] }],
    ['if a selection asks for its tag', true, condition('gold')],
    ['not if a selection asks for another tag', false, condition('silver')],
    ['not if a selection excludes its tag', false, condition('gold', 'StringNotEquals')],
    ['not if a selection names another ARN', false, { ProtectedResourceArns: ['arn:aws:s3:::logs'] }],
    ['not if a selection is for another type', false, { ...everything, ProtectedResourceType: 'EBS' }],
    ['not if that depends on a parameter', false, condition({ Ref: 'AWS::NotificationARNs' })],
    [
      'if the plan reads the vault of its rule',
      true,
      everything,
      { IncludeVaults: [{ 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }] },
    ],
    [
      'not if the plan reads other vaults only',
      false,
      everything,
      { IncludeVaults: ['arn:aws:backup:us-east-1:111111111111:backup-vault:silver'] },
    ],
    [
      'not if the plan leaves out the vault of its rule',
      false,
      everything,
      { ExcludeVaults: [{ 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }] },
    ],
  ])('%s', (_, expected, testSelection, testPlan = {}) => {
    expect(tested(testSelection, testPlan)).toBe(expected);
  });

  test('not if the plan refers to another vault', () => {
    const Other = resource('Backup::BackupVault', { BackupVaultName: 'silver' });
    const vaults = (...names: string[]) => ({
      IncludeVaults: names.map((name) => ({ 'Fn::GetAtt': [name, 'BackupVaultArn'] })),
    });
    expect(tested(everything, vaults('Other'), { Other })).toBe(false);
    expect(tested(everything, vaults('Other', 'Vault'), { Other })).toBe(true);
  });

  const arnOf = (name: string, region = 'us-east-1') =>
    `arn:aws:backup:${region}:111111111111:backup-vault:${name}`;
  const Far = resource('Backup::BackupVault', { BackupVaultName: 'far' });
  const copying = (arn: unknown) => ({
    Plan: plan('gold', rule('daily', { CopyActions: [{ DestinationBackupVaultArn: arn }] })),
  });

  test.each<[string, boolean, object, Record<string, object>]>([
    ['if the plan reads the vault of its rule by ARN', true, { IncludeVaults: [arnOf('gold')] }, {}],
    ['if the plan reads it by a pattern', true, { IncludeVaults: [arnOf('*')] }, {}],
    [
      'if the plan reads all vaults of the Region',
      true,
      { IncludeVaults: ['arn:aws:backup:us-east-1:*:backup-vault:*'] },
      {},
    ],
    [
      'not if the plan reads a vault of that name in another Region',
      false,
      { IncludeVaults: [arnOf('gold', 'eu-west-1')] },
      {},
    ],
    [
      'if the plan reads vaults that are not known',
      true,
      { IncludeVaults: { Ref: 'AWS::NotificationARNs' } },
      {},
    ],
    [
      'if the plan reads a vault that is not known',
      true,
      { IncludeVaults: [{ Ref: 'AWS::NotificationARNs' }] },
      {},
    ],
    [
      'if the plan reads the vault of a copy',
      true,
      { IncludeVaults: [arnOf('far')] },
      { Far, ...copying(arnOf('far')) },
    ],
    [
      'if the plan reads the vault of a copy alone',
      true,
      { ExcludeVaults: [{ 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }] },
      { Far, ...copying(arnOf('far')) },
    ],
    [
      'not if the plan leaves out both',
      false,
      {
        ExcludeVaults: [
          { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] },
          { 'Fn::GetAtt': ['Far', 'BackupVaultArn'] },
        ],
      },
      { Far, ...copying(arnOf('far')) },
    ],
    [
      'if a copy goes to a vault that is not in the app',
      true,
      { IncludeVaults: [arnOf('silver')] },
      copying(arnOf('elsewhere', 'eu-west-1')),
    ],
    [
      'if the rule has a vault that is not in the app',
      true,
      { IncludeVaults: [arnOf('silver')] },
      { Plan: plan('gold', rule('daily', { TargetBackupVault: 'elsewhere' })) },
    ],
    [
      'if the plan reads the logically air-gapped vault of its rule',
      true,
      { IncludeVaults: [arnOf('gap')] },
      {
        Gap: resource('Backup::LogicallyAirGappedBackupVault', {
          BackupVaultName: 'gap',
          MinRetentionDays: 7,
          MaxRetentionDays: 90,
        }),
        Plan: plan(
          'gold',
          rule('daily', {
            TargetLogicallyAirGappedBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] },
          }),
        ),
      },
    ],
  ])('%s', (_, expected, testPlan, more) => {
    expect(tested(everything, testPlan, more)).toBe(expected);
  });

  test.each<[string, boolean, object]>([
    [
      'if all its conditions hold',
      true,
      { ProtectedResourceConditions: { StringEquals: [{ Key: 'aws:ResourceTag/backup', Value: 'gold' }] } },
    ],
    [
      'not if one does not',
      false,
      { ProtectedResourceConditions: { StringEquals: [{ Key: 'aws:ResourceTag/backup', Value: 'x' }] } },
    ],
    ['not if the selection has no criteria', false, {}],
    [
      'not if its ARNs are not known, and its conditions hold',
      false,
      { ...condition('gold'), ProtectedResourceArns: { Ref: 'AWS::NotificationARNs' } },
    ],
    ['not if its ARNs are not known', false, { ProtectedResourceArns: { Ref: 'AWS::NotificationARNs' } }],
  ])('by tags alone %s', (_, expected, body) => {
    expect(tested(body)).toBe(expected);
  });

  test('not if it has no recovery points', () => {
    expect(tested(everything, {}, { X: resource('S3::Bucket', GOLD) })).toBe(false);
  });
});

test('the interval of restore tests is the shortest of the plans whose schedules are known', () => {
  const daily = (ScheduleExpression: unknown) => ({
    Daily: resource('Backup::RestoreTestingPlan', {
      RestoreTestingPlanName: 'daily',
      ScheduleExpression,
      RecoveryPointSelection: {
        Algorithm: 'LATEST_WITHIN_WINDOW',
        IncludeVaults: ['*'],
        RecoveryPointTypes: ['SNAPSHOT'],
      },
    }),
    More: resource('Backup::RestoreTestingSelection', {
      RestoreTestingPlanName: { Ref: 'Daily' },
      RestoreTestingSelectionName: 'more',
      ProtectedResourceType: 'S3',
      IamRoleArn: 'arn:aws:iam::111111111111:role/restore',
      ProtectedResourceArns: ['*'],
    }),
  });
  const everything = { ProtectedResourceArns: ['*'] };
  const interval = (more?: Record<string, object>) => covered(everything, {}, more).testIntervalMinutes;
  expect(interval()).toBe(7 * 24 * 60);
  expect(interval(daily('cron(0 5 ? * * *)'))).toBe(24 * 60);
  expect(interval(daily({ Ref: 'AWS::NotificationARNs' }))).toBe(7 * 24 * 60);
  expect(covered({ ...everything, ProtectedResourceType: 'EBS' }).testIntervalMinutes).toBeUndefined();
  const elsewhere = covered({ ...everything, RestoreTestingPlanName: 'elsewhere' });
  expect([elsewhere.tested, elsewhere.testIntervalMinutes]).toEqual([true, undefined]);
});

test('tests and runbooks are printed as JSON', () => {
  const Runbook = (path?: string) => ({
    ...resource('StepFunctions::StateMachine', {
      Definition: {
        States: {
          Plan: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Parameters: { Payload: { targets: [{ arn: 'arn:aws:s3:::orders', type: 'S3' }], vaults: [] } },
          },
          Restore: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:backup:startRestoreJob' },
        },
      },
    }),
    ...(path !== undefined && { Metadata: { 'aws:cdk:path': path } }),
  });
  const printed = (testSelection: object, more: Record<string, object>) => {
    const { resources } = coverageJson({
      resources: [covered(testSelection, {}, more)],
      summary: {} as never,
    });
    const [{ tested: isTested, testIntervalMinutes, runbooks }] = resources;
    return { isTested, testIntervalMinutes, runbooks };
  };
  expect(
    printed({ ProtectedResourceArns: ['*'] }, { First: Runbook(), Second: Runbook('App/Restore/Resource') }),
  ).toEqual({
    isTested: true,
    testIntervalMinutes: 7 * 24 * 60,
    runbooks: ['First', 'App/Restore/Resource'],
  });
  expect(printed({}, {})).toEqual({ isTested: false, testIntervalMinutes: undefined, runbooks: undefined });
});

describe('a restore runbook', () => {
  /** The logical ids of the runbooks that restore the bucket, each with the ARNs that it is for. */
  const runbooks = (...all: unknown[][]) =>
    covered(
      {},
      {},
      Object.fromEntries(
        all.map((arns, i) => [
          `Runbook${i}`,
          resource('StepFunctions::StateMachine', {
            Definition: {
              States: {
                Plan: {
                  Type: 'Task',
                  Resource: 'arn:aws:states:::lambda:invoke',
                  Parameters: { Payload: { targets: arns.map((arn) => ({ arn, type: 'S3' })), vaults: [] } },
                },
                Restore: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:backup:startRestoreJob' },
              },
            },
          }),
        ]),
      ),
    ).runbooks.map(({ place }) => place.logicalId);
  const arn = { 'Fn::GetAtt': ['X', 'Arn'] };

  test.each<[string, string[], unknown[][]]>([
    ['restores what it names', ['Runbook0'], [['arn:aws:s3:::orders']]],
    ['restores what it refers to, once', ['Runbook0'], [[arn, arn, 'arn:aws:s3:::orders']]],
    ['restores nothing else', [], [['arn:aws:s3:::logs'], [{ Ref: 'AWS::NotificationARNs' }]]],
    [
      'may be one of several',
      ['Runbook0', 'Runbook2'],
      [[arn], ['arn:aws:s3:::logs'], ['arn:aws:s3:::a', arn]],
    ],
  ])('%s', (_, expected, all) => {
    expect(runbooks(...all)).toEqual(expected);
  });
});
