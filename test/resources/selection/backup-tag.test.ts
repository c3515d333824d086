import { ConstructSelector, Mixins, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { BackupOptOut, BackupTag } from '../../../src';
import { refusal } from '../../support/refusal';
import { synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const GOLD = { Key: 'backup', Value: 'gold' };
const gold = () => new BackupTag('gold');

test('a bucket with the mixin has the tag', () => {
  const stack = testStack();
  const bucket = new s3.Bucket(stack, 'Bucket').with(new BackupTag('gold'));

  expect(bucket).toBeInstanceOf(s3.Bucket);
  synthesize(stack).hasResourceProperties('AWS::S3::Bucket', { Tags: [GOLD] });
});

test('a global table has the tag in its replicas', () => {
  const stack = testStack();
  new dynamodb.TableV2(stack, 'Table', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    replicas: [{ region: 'eu-central-1' }],
  }).with(new BackupTag('gold'));

  const [table] = Object.values(synthesize(stack).findResources('AWS::DynamoDB::GlobalTable'));
  expect(table.Properties.Replicas).toHaveLength(2);
  expect(table.Properties.Replicas.map((replica: { Tags: unknown }) => replica.Tags)).toContainEqual([GOLD]);
});

test('a scope with the mixin tags only existing resources that AWS Backup can protect', () => {
  const stack = testStack();
  const scope = new Construct(stack, 'Scope');
  const vpc = new ec2.Vpc(scope, 'Vpc');
  new rds.DatabaseInstance(scope, 'Database', { engine: rds.DatabaseInstanceEngine.POSTGRES, vpc });
  new efs.FileSystem(scope, 'Files', { vpc });
  new sqs.Queue(scope, 'Queue');
  scope.with(new BackupTag('gold'));
  new s3.Bucket(scope, 'Later');

  const resources = Object.values(synthesize(stack).toJSON().Resources as Record<string, { Type: string }>);
  const tagged = resources.filter((resource) => JSON.stringify(resource).includes(JSON.stringify(GOLD)));
  expect(tagged.map((resource) => resource.Type).sort()).toEqual([
    'AWS::EFS::FileSystem',
    'AWS::RDS::DBInstance',
  ]);
});

test('applied below a scope, the tag also reaches resources added later', () => {
  const stack = testStack();
  new BackupTag('gold').applyBelow(stack);
  new s3.Bucket(new Construct(stack, 'Scope'), 'Later');
  new sqs.Queue(stack, 'Queue');

  const template = synthesize(stack);
  template.hasResourceProperties('AWS::S3::Bucket', { Tags: [GOLD] });
  expect(JSON.stringify(template.findResources('AWS::SQS::Queue'))).not.toContain('gold');
});

test('a tag closer to the resource takes precedence', () => {
  const stack = testStack();
  new BackupTag('bronze').applyBelow(stack);
  const bucket = new s3.Bucket(stack, 'Bucket');
  new BackupTag('gold').applyBelow(bucket);

  synthesize(stack).hasResourceProperties('AWS::S3::Bucket', { Tags: [GOLD] });
});

test('an L1 can have the tag', () => {
  const stack = testStack();
  new ec2.CfnVolume(stack, 'Volume', { availabilityZone: 'eu-west-1a', size: 8 }).with(new BackupTag('gold'));

  synthesize(stack).hasResourceProperties('AWS::EC2::Volume', { Tags: [GOLD] });
});

test('the key can be changed, and the condition uses the same key', () => {
  const stack = testStack();
  const tag = new BackupTag('gold', { key: 'data-protection' });
  new s3.Bucket(stack, 'Bucket').with(tag);

  synthesize(stack).hasResourceProperties('AWS::S3::Bucket', {
    Tags: [{ Key: 'data-protection', Value: 'gold' }],
  });
  expect(String(tag.condition)).toBe('data-protection = gold');
  expect(BackupTag.DEFAULT_KEY).toBe('backup');
});

test('unprotected and imported resources are not supported', () => {
  const stack = new Stack();
  const tag = new BackupTag('gold');
  expect(tag.supports(new sqs.CfnQueue(stack, 'Queue'))).toBe(false);
  expect(tag.supports(s3.Bucket.fromBucketName(stack, 'Imported', 'imported'))).toBe(false);
  expect(tag.supports(new s3.CfnBucket(stack, 'Bucket'))).toBe(true);
});

test.each<[string, () => unknown, string]>([
  [
    'an AWS-managed key',
    () => new BackupTag('gold', { key: 'aws:backup' }),
    '`key` must not begin with `aws:`, which is reserved for AWS, got `aws:backup`; use another key (in `BackupTag`)',
  ],
  [
    'a value that is too long',
    () => new BackupTag('x'.repeat(257)),
    '`value` must be a tag value of at most 256 characters, got 257 characters (in `BackupTag`)',
  ],
  [
    'no value',
    () => new BackupTag(undefined as unknown as string),
    "`value` must be a tag value of at most 256 characters, got nothing; use '' for a tag without a value (in `BackupTag`)",
  ],
])('%s is refused', (_, action, message) => {
  expect(refusal(action)).toBe(message);
});

describe('a tag on something that has no resource that AWS Backup can protect', () => {
  const warningFor = (mixin: string, path: string) =>
    `Backup-TagWithoutResource: \`${mixin}\` is applied to \`${path}\`, which is not a resource that AWS Backup can protect, or is imported, and has none below it; tag the resource itself, where it is created`;
  const optOut = () => new BackupOptOut({ reason: 'rebuilt from the orders table' });

  test.each<[string, string, string, (stack: Stack) => unknown]>([
    ['a queue', 'BackupTag', 'Stack/Queue', (stack) => new sqs.Queue(stack, 'Queue').with(gold())],
    [
      'an imported bucket',
      'BackupTag',
      'Stack/Imported',
      (stack) => s3.Bucket.fromBucketName(stack, 'Imported', 'imported').with(gold()),
    ],
    [
      'a scope',
      'BackupTag',
      'Stack/Scope',
      (stack) => {
        const scope = new Construct(stack, 'Scope');
        new sqs.Queue(scope, 'Queue');
        return scope.with(gold());
      },
    ],
    [
      'a scope, also of resources added later',
      'BackupTag',
      'Stack/Queue',
      (stack) => gold().applyBelow(new sqs.Queue(stack, 'Queue')),
    ],
    [
      'an opt-out of a queue',
      'BackupOptOut',
      'Stack/Queue',
      (stack) => new sqs.Queue(stack, 'Queue').with(optOut()),
    ],
    [
      'an opt-out of a scope',
      'BackupOptOut',
      'Stack/Queue',
      (stack) => optOut().applyBelow(new sqs.Queue(stack, 'Queue')),
    ],
    [
      'one of two that share the tag',
      'BackupTag',
      'Stack/Queue',
      (stack) => {
        const tag = gold();
        new s3.Bucket(stack, 'Bucket').with(tag);
        new sqs.Queue(stack, 'Queue').with(tag);
      },
    ],
  ])('is reported: %s', (_what, mixin, path, apply) => {
    const stack = testStack();
    apply(stack);
    synthesize(stack);
    expect(warningsOf(stack)).toEqual([warningFor(mixin, path)]);
  });

  test.each<[string, (stack: Stack) => unknown]>([
    [
      'a scope with one resource among others',
      (stack) => {
        new sqs.Queue(stack, 'Queue');
        new s3.Bucket(stack, 'Bucket');
        return stack.with(gold());
      },
    ],
    [
      'a scope whose resource comes later',
      (stack) => {
        const scope = new Construct(stack, 'Scope');
        gold().applyBelow(scope);
        new s3.Bucket(scope, 'Bucket');
      },
    ],
    ['a question whether it is supported', (stack) => gold().supports(new sqs.Queue(stack, 'Queue'))],
    [
      'a selector that finds L1s of all kinds',
      (stack) => {
        new sqs.Queue(stack, 'Queue');
        new s3.Bucket(stack, 'Bucket');
        Mixins.of(stack, ConstructSelector.cfnResource()).apply(gold());
      },
    ],
  ])('is not reported: %s', (_what, apply) => {
    const stack = testStack();
    apply(stack);
    synthesize(stack);
    expect(warningsOf(stack)).toEqual([]);
  });
});
