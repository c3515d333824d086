import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BackupActivityLog } from '../../../src/monitoring/activity/backup-activity-log';
import type { BackupActivityLogProps } from '../../../src/monitoring/activity/backup-activity-log-props';
import { BackupAuditTrail } from '../../../src/monitoring/activity/backup-audit-trail';
import type { BackupAuditTrailProps } from '../../../src/monitoring/activity/backup-audit-trail-props';
import { testApp } from '../../support/app';
import { eventMatches } from '../../support/event-rule';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { testStack } from '../../support/synthesis';
import { EVENTS } from '../core/sample-events';

let stack: Stack;
beforeEach(() => {
  stack = testStack();
});

const log = (props?: BackupActivityLogProps) => new BackupActivityLog(stack, 'Activity', props);
const template = () => Template.fromStack(stack);

test('every event of AWS Backup goes to the log, and calls that CloudTrail recorded, but not those of other services', () => {
  log();
  const [{ Properties }] = Object.values(template().findResources('AWS::Events::Rule'));
  const matching = Object.keys(EVENTS).filter((name) => eventMatches(Properties.EventPattern, EVENTS[name]));
  expect(matching).toEqual(Object.keys(EVENTS).filter((name) => EVENTS[name].source === 'aws.backup'));
  expect(matching.length).toBeGreaterThan(0);
  // the events of other services, which are no part of the log
  expect(Object.keys(EVENTS).length - matching.length).toBe(7);
});

test('the log group is kept for a year, and stays when the construct goes', () => {
  log();
  template().hasResource('AWS::Logs::LogGroup', {
    Properties: {
      LogGroupName: Match.stringLikeRegexp('^/aws/events/Stack-Activity-[0-9a-z]+$'),
      RetentionInDays: 365,
    },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
});

test('name, retention, key and removal are yours to choose', () => {
  const encryptionKey = new Key(stack, 'Key');
  log({
    logGroupName: '/aws/events/backup',
    logRetention: RetentionDays.TEN_YEARS,
    encryptionKey,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  template().hasResource('AWS::Logs::LogGroup', {
    Properties: {
      LogGroupName: '/aws/events/backup',
      RetentionInDays: 3653,
      KmsKeyId: stack.resolve(encryptionKey.keyArn),
    },
    DeletionPolicy: 'Delete',
  });
});

test('a log that never expires has no retention', () => {
  log({ logRetention: RetentionDays.INFINITE });
  template().hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: Match.absent() });
});

test('EventBridge may write to this log group and to no other, before the rule sends anything', () => {
  log({ logGroupName: '/aws/events/backup' });
  const [[policyId, policy]] = Object.entries(template().findResources('AWS::Logs::ResourcePolicy'));
  const text = JSON.stringify(policy.Properties.PolicyDocument);
  expect(text).toContain(':log-group:/aws/events/backup:*');
  expect(text).toContain('delivery.logs.amazonaws.com');
  expect(text).not.toContain('log-group:*');
  const [rule] = Object.values(template().findResources('AWS::Events::Rule'));
  expect(rule.DependsOn).toContain(policyId);
});

test('what AWS Backup has no metrics for is counted, and can be alarmed on', () => {
  const activity = log();
  const period = Duration.hours(1);
  for (const [id, metric] of Object.entries({
    Issues: activity.metricCompletedWithIssues({ period }),
    Partial: activity.metricPartialCopies({ period }),
  }))
    new Alarm(stack, id, { metric, threshold: 1, evaluationPeriods: 1 });
  const filters = Object.values(template().findResources('AWS::Logs::MetricFilter'));
  const alarms = Object.values(template().findResources('AWS::CloudWatch::Alarm'));
  expect(alarms).toHaveLength(2);
  expect(
    filters.map(({ Properties }) => {
      const [{ MetricNamespace, MetricName }] = Properties.MetricTransformations;
      return { Namespace: MetricNamespace, MetricName };
    }),
  ).toEqual(alarms.map(({ Properties: { Namespace, MetricName } }) => ({ Namespace, MetricName })));
});

test('questions that people ask are saved queries', () => {
  log({ logGroupName: '/aws/events/backup' });
  const queries = Object.values(template().findResources('AWS::Logs::QueryDefinition'));
  expect(queries.map(({ Properties }) => Properties.Name)).toEqual([
    'AWS Backup/backup/What failed, by reason',
    'AWS Backup/backup/What completed with issues',
    'AWS Backup/backup/How long each backup takes',
    'AWS Backup/backup/Who deleted or weakened what',
  ]);
});

test('two logs in one stack have different names, policies and queries', () => {
  log();
  new BackupActivityLog(stack, 'Second');
  for (const [type, property] of [
    ['AWS::Logs::LogGroup', 'LogGroupName'],
    ['AWS::Logs::ResourcePolicy', 'PolicyName'],
    ['AWS::Logs::QueryDefinition', 'Name'],
  ]) {
    const names = Object.values(template().findResources(type)).map(({ Properties }) => Properties[property]);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('fits the schema of CloudFormation', () => {
  log();
  expect(schemaProblems(template().toJSON())).toEqual([]);
});

test('other constructs can refer to the log group', () => {
  const activity = log();
  expect(stack.resolve(activity.logGroupRef.logGroupArn)).toEqual(stack.resolve(activity.logGroupArn));
  expect(stack.resolve(activity.logGroupRef.logGroupName)).toEqual({
    Ref: expect.stringMatching(/^Activity/),
  });
});

test.each<[string, object, string]>([
  [
    'a name outside of /aws/events/',
    { logGroupName: '/backup' },
    '`logGroupName` must be `/aws/events/` followed by 1 to 488 letters, digits, `_`, `-`, `/`, `.` and `#`, got `/backup`; for example, use `/aws/events/backup` (in `Stack/Activity`)',
  ],
  [
    'a retention that CloudWatch Logs does not have',
    { logRetention: 42 },
    '`logRetention` must be one of `RetentionDays`, got 42; for example, use `RetentionDays.ONE_YEAR` (in `Stack/Activity`)',
  ],
  [
    'the ARN of a key',
    { encryptionKey: 'arn:aws:kms:eu-west-1:111122223333:key/k' },
    '`encryptionKey` must be a key, got `arn:aws:kms:eu-west-1:111122223333:key/k`; pass a `kms.Key` (in `Stack/Activity`)',
  ],
])('refuses %s', (_, props, message) => {
  expect(refusal(() => log(props))).toBe(message);
});

describe('an audit trail', () => {
  const trail = (props?: BackupAuditTrailProps) => new BackupAuditTrail(stack, 'Trail', props);

  test('records all Regions, with files that are encrypted and can be validated, and a log group', () => {
    trail();
    template().hasResourceProperties('AWS::CloudTrail::Trail', {
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      KMSKeyId: Match.anyValue(),
      CloudWatchLogsLogGroupArn: Match.anyValue(),
      CloudWatchLogsRoleArn: Match.anyValue(),
    });
    template().hasResource('AWS::S3::Bucket', {
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: Match.objectLike({ RestrictPublicBuckets: true }),
        LifecycleConfiguration: Match.absent(),
      },
      DeletionPolicy: 'Retain',
    });
    expect(schemaProblems(template().toJSON())).toEqual([]);
  });

  test.each([
    [{}, 'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>'],
    [{ env: { account: '111122223333', region: 'cn-north-1' } }, 'arn:aws-cn:logs:cn-north-1:111122223333'],
  ])('can be in a stack of any environment, and excuses what its role may write: %j', (props, where) => {
    const app = testApp();
    const audit = new BackupAuditTrail(new Stack(app, 'Anywhere', props), 'Trail');
    app.synth();
    const excused = audit.node
      .findAll()
      .filter((construct) => construct instanceof CfnManagedPolicy)
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.keys(data));
    expect(excused.map((id) => id.replace(/Anywhere-Trail-[0-9a-z]+/, 'NAME'))).toEqual([
      `AwsSolutions-IAM5[Resource::${where}:log-group:/aws/cloudtrail/NAME:log-stream:*]`,
    ]);
  });

  test('lets nobody but this trail write, and only through TLS', () => {
    trail();
    const [{ Properties }] = Object.values(template().findResources('AWS::S3::BucketPolicy'));
    const statements = Properties.PolicyDocument.Statement as { Effect: string; Condition: object }[];
    expect(statements.filter(({ Effect }) => Effect === 'Deny').map(({ Condition }) => Condition)).toEqual([
      { Bool: { 'aws:SecureTransport': 'false' } },
    ]);
    for (const { Condition } of statements.filter(({ Effect }) => Effect === 'Allow'))
      expect(JSON.stringify(Condition)).toMatch(/"aws:SourceArn":.*:trail\/Stack-Trail/);
  });

  test('can be of one Region, keep files for a time, and use a key of the app', () => {
    const encryptionKey = new Key(stack, 'Key');
    trail({
      allRegions: false,
      keepFor: Duration.days(400),
      logRetention: RetentionDays.ONE_YEAR,
      encryptionKey,
    });
    template().hasResourceProperties('AWS::CloudTrail::Trail', {
      IsMultiRegionTrail: false,
      KMSKeyId: stack.resolve(encryptionKey.keyArn),
    });
    template().hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [{ ExpirationInDays: 400, NoncurrentVersionExpiration: { NoncurrentDays: 400 } }],
      },
    });
    template().hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
    template().resourceCountIs('AWS::KMS::Key', 1);
    const policy = JSON.stringify(
      Object.values(template().findResources('AWS::KMS::Key'))[0].Properties.KeyPolicy,
    );
    for (const service of ['cloudtrail.amazonaws.com', 'logs.eu-west-1.amazonaws.com'])
      expect(policy).toContain(service);
  });

  test('has queries for auditors', () => {
    trail();
    const queries = Object.values(template().findResources('AWS::Logs::QueryDefinition'));
    expect(queries.map(({ Properties }) => Properties.Name.split('/').at(-1))).toEqual([
      'Audit: Who deleted or weakened what',
      'Audit: Who was denied',
      'Audit: Who restored what',
      'Audit: Which keys were disabled, scheduled for deletion or given another policy',
      'Audit: What a selection matched',
    ]);
  });

  test.each<[string, object, string]>([
    [
      'files that are kept for no time',
      { keepFor: Duration.days(0) },
      '`keepFor` must be a whole number from 1 to 36500 days, got 0; use 1 day or more (in `Stack/Trail`)',
    ],
    [
      'Regions by name',
      { allRegions: 'eu-west-1' },
      '`allRegions` must be true or false, got `eu-west-1` (in `Stack/Trail`)',
    ],
    [
      'the ARN of a key',
      { encryptionKey: 'arn:aws:kms:eu-west-1:111122223333:key/k' },
      '`encryptionKey` must be a key, got `arn:aws:kms:eu-west-1:111122223333:key/k`; pass a `kms.Key` (in `Stack/Trail`)',
    ],
  ])('refuses %s', (_, props, message) => {
    expect(refusal(() => trail(props))).toBe(message);
  });
});
