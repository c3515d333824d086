import { type App, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import * as fc from 'fast-check';
import { BackupOptOut, type BackupOptOutProps } from '../../../src/resources/selection/backup-opt-out';
import { anything } from '../../support/anything';
import { testApp } from '../../support/app';
import { refusal, thrown } from '../../support/refusal';

const stackOf = (app: App = testApp()) => new Stack(app, 'Stack');
const tagsOf = (stack: Stack, type = 'AWS::S3::Bucket') =>
  Object.values(Template.fromStack(stack).findResources(type)).map(({ Properties }) =>
    Object.fromEntries(
      ((Properties?.Tags ?? []) as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]),
    ),
  );

test('writes its reason and its last day to tags of the resource', () => {
  const stack = stackOf();
  new Bucket(stack, 'Cache').with(
    new BackupOptOut({ reason: 'cache - rebuilt nightly', until: '2027-01-31' }),
  );
  expect(tagsOf(stack)).toEqual([
    { 'backup:opt-out-reason': 'cache - rebuilt nightly', 'backup:opt-out-until': '2027-01-31' },
  ]);
});

test('tags the replicas of a global table', () => {
  const stack = new Stack(testApp(), 'Stack', { env: { account: '111111111111', region: 'us-east-1' } });
  new TableV2(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } }).with(
    new BackupOptOut({ reason: 'test data' }),
  );
  Template.fromStack(stack).hasResourceProperties('AWS::DynamoDB::GlobalTable', {
    Replicas: [{ Tags: [{ Key: 'backup:opt-out-reason', Value: 'test data' }] }],
  });
});

test('as a mixin of a scope, tags only existing resources that AWS Backup can protect', () => {
  const stack = stackOf();
  new Bucket(stack, 'Before');
  new Topic(stack, 'Topic');
  stack.with(new BackupOptOut({ reason: 'test data' }));
  new Bucket(stack, 'After');
  expect(tagsOf(stack)).toEqual([{ 'backup:opt-out-reason': 'test data' }, {}]);
  expect(tagsOf(stack, 'AWS::SNS::Topic')).toEqual([{}]);
});

test('below a scope, tags resources added later too', () => {
  const stack = stackOf();
  new BackupOptOut({ reason: 'test data', until: '2027-01-31' }).applyBelow(stack);
  new Bucket(stack, 'After');
  new Topic(stack, 'Topic');
  expect(tagsOf(stack)).toEqual([
    { 'backup:opt-out-reason': 'test data', 'backup:opt-out-until': '2027-01-31' },
  ]);
  expect(tagsOf(stack, 'AWS::SNS::Topic')).toEqual([{}]);
});

test('the closer one takes precedence, including its last day', () => {
  const stack = stackOf();
  new BackupOptOut({ reason: 'test data', until: '2027-01-31' }).applyBelow(stack);
  const near = new Bucket(stack, 'Near');
  new BackupOptOut({ reason: 'cache' }).applyBelow(near);
  expect(tagsOf(stack)).toEqual([{ 'backup:opt-out-reason': 'cache' }]);
});

test("a tag of the app doesn't override it", () => {
  const stack = stackOf();
  Tags.of(stack).add('backup', 'gold');
  new Bucket(stack, 'Cache').with(new BackupOptOut({ reason: 'cache' }));
  expect(tagsOf(stack)).toEqual([{ backup: 'gold', 'backup:opt-out-reason': 'cache' }]);
});

describe('refuses', () => {
  const REASON = '`reason` must';
  test.each<[string, unknown, string]>([
    ['no properties', undefined, '`props` must be an object with properties, got null (in `BackupOptOut`)'],
    [
      'no reason',
      {},
      `${REASON} say why the resource needs no backup, got nothing; for example, write 'cache - rebuilt from the orders table' (in \`BackupOptOut\`)`,
    ],
    [
      'a blank reason',
      { reason: '  ' },
      `${REASON} say why the resource needs no backup, got \`  \`; for example, write 'cache - rebuilt from the orders table' (in \`BackupOptOut\`)`,
    ],
    [
      "characters that tags can't contain",
      { reason: "cache, it's rebuilt (nightly) & small" },
      `${REASON} be letters, digits, spaces and \`+ - = . _ : / @\`, since it becomes the value of a tag, got \`cache, it's rebuilt (nightly) & small\`; use \`cache - its rebuilt nightly and small\` (in \`BackupOptOut\`)`,
    ],
    [
      "only characters that tags can't contain",
      { reason: '!!!' },
      `${REASON} be letters, digits, spaces and \`+ - = . _ : / @\`, since it becomes the value of a tag, got \`!!!\`; use \`rebuilt from its source\` (in \`BackupOptOut\`)`,
    ],
    [
      'a reason that is too long',
      { reason: 'x'.repeat(257) },
      `${REASON} be at most 256 characters, since it becomes the value of a tag, got 257 characters; shorten it (in \`BackupOptOut\`)`,
    ],
    [
      'a value that is not a day',
      { reason: 'cache', until: '2027-02-31' },
      "`until` must be a day as `YYYY-MM-DD`, got `2027-02-31`; for example, write '2030-12-31' (in `BackupOptOut`)",
    ],
    [
      'a date',
      { reason: 'cache', until: new Date('2027-01-31') },
      "`until` must be a day as `YYYY-MM-DD`, got 2027-01-31T00:00:00.000Z; for example, write '2027-01-31' (in `BackupOptOut`)",
    ],
  ])('%s', (_, props, message) => {
    expect(refusal(() => new BackupOptOut(props as BackupOptOutProps))).toBe(message);
  });

  test('anything but a string, with a message', () => {
    fc.assert(
      fc.property(anything, anything, (reason, until) => {
        thrown(() => new BackupOptOut({ reason, until } as BackupOptOutProps));
      }),
    );
  });
});

test('accepts letters of all languages', () => {
  expect(new BackupOptOut({ reason: 'Zwischenspeicher für 日本語' }).reason).toBe(
    'Zwischenspeicher für 日本語',
  );
});
