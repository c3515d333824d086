import { CfnResource, Fn, type Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BackupAccessPoint,
  type BackupAccessPointProps,
} from '../../../src/resources/vault/backup-access-point';
import { S3RecoveryPoint } from '../../../src/values/vault/s3-recovery-point';
import { refusal } from '../../support/refusal';
import { testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const TYPE = 'AWS::Backup::BackupAccessPoint';
const ARN = 'arn:aws:backup:eu-west-1:111122223333:recovery-point:orders-20261121-0a1b2c3d';
const SNAPSHOT = S3RecoveryPoint.snapshot(ARN);
const IN = ' (in `Stack/Point`)';

let stack: Stack;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(); // warnings at synthesis
  stack = testStack();
});

function pointWith(props: Partial<BackupAccessPointProps> = {}): BackupAccessPoint {
  return new BackupAccessPoint(stack, 'Point', { recoveryPoint: SNAPSHOT, ...props });
}

function properties() {
  const [point] = Object.values(Template.fromStack(stack).findResources(TYPE));
  return point.Properties;
}

test('an access point is on a recovery point', () => {
  pointWith();
  expect(properties()).toEqual({ RecoveryPointArn: ARN });
  expect(warningsOf(stack)).toEqual([]);
});

test('an access point can be on a continuous recovery point at a point in time', () => {
  const recoveryPoint = S3RecoveryPoint.continuous(ARN, new Date('2025-11-27T03:30:27Z'));
  pointWith({ recoveryPoint });
  expect(properties()).toEqual({ RecoveryPointArn: ARN, AccessPointInTime: '2025-11-27T03:30:27Z' });
});

test('an access point can have a name, a policy and tags', () => {
  const statement = new PolicyStatement({
    actions: ['s3:GetObject'],
    principals: [new AccountPrincipal('444455556666')],
    resources: ['arn:aws:s3:eu-west-1:111122223333:accesspoint/orders/object/*'],
  });
  const point = pointWith({
    accessPointName: 'orders',
    policy: new PolicyDocument({ statements: [statement] }),
  });
  Tags.of(point).add('team', 'orders');
  expect(properties()).toEqual({
    RecoveryPointArn: ARN,
    Name: 'orders',
    AccessPointPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 's3:GetObject',
          Principal: { AWS: 'arn:aws:iam::444455556666:root' },
          Resource: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/orders/object/*',
        },
      ],
    },
    Tags: [{ Key: 'team', Value: 'orders' }],
  });
});

test('the recovery point can be known only at deployment', () => {
  pointWith({ recoveryPoint: S3RecoveryPoint.snapshot(Fn.importValue('Point')) });
  expect(properties()).toEqual({ RecoveryPointArn: { 'Fn::ImportValue': 'Point' } });
});

test('the resource is the default child, and exposes its attributes', () => {
  const point = pointWith();
  expect(CfnResource.isCfnResource(point.node.defaultChild)).toBe(true);
  const { backupAccessPointArn, s3AccessPointArn, s3AccessPointAlias } = point;
  expect(stack.resolve([backupAccessPointArn, s3AccessPointArn, s3AccessPointAlias])).toEqual(
    ['Arn', 'AccessPointMetadata.S3AccessPointArn', 'AccessPointMetadata.S3AccessPointAlias'].map((name) => ({
      'Fn::GetAtt': [expect.stringMatching('^Point'), name],
    })),
  );
});

describe('an existing access point', () => {
  const POINT = 'arn:aws:backup:us-east-1:444455556666:accesspoint/orders';

  test('can be referred to by its ARN', () => {
    const point = BackupAccessPoint.fromBackupAccessPointArn(stack, 'Existing', POINT);
    expect([point.backupAccessPointArn, point.env]).toEqual([
      POINT,
      { account: '444455556666', region: 'us-east-1' },
    ]);
  });

  test("can't be referred to by an ARN of another type", () => {
    expect(refusal(() => BackupAccessPoint.fromBackupAccessPointArn(stack, 'Existing', ARN))).toBe(
      `\`backupAccessPointArn\` must be an ARN of the form \`arn:<partition>:backup:<region>:<account>:accesspoint/<name>\`, got \`${ARN}\` (in \`Stack/Existing\`)`,
    );
  });
});

const policyOf = (length: number) =>
  new PolicyDocument({
    statements: [new PolicyStatement({ actions: ['s3:GetObject'], resources: ['x'.repeat(length)] })],
  });

test.each<[string, unknown, string]>([
  [
    'no recovery point',
    { recoveryPoint: undefined },
    "`recoveryPoint` must be an `S3RecoveryPoint`, got nothing; use `S3RecoveryPoint.snapshot('arn:…')`",
  ],
  [
    'the ARN of one',
    { recoveryPoint: ARN },
    `\`recoveryPoint\` must be an \`S3RecoveryPoint\`, got \`${ARN}\`; use \`S3RecoveryPoint.snapshot('arn:…')\``,
  ],
  [
    'one in another Region',
    { recoveryPoint: S3RecoveryPoint.snapshot(ARN.replace('eu-west-1', 'us-east-1')) },
    '`recoveryPoint` must be in the Region of the access point (eu-west-1), got us-east-1; create the access point in a stack in that Region',
  ],
  [
    'a name that Amazon S3 reserves',
    { accessPointName: 'orders-s3alias' },
    '`accessPointName` must not end with `-s3alias`, which Amazon S3 reserves for aliases, got `orders-s3alias`; use `orders`',
  ],
  [
    'a name of null',
    { accessPointName: null },
    '`accessPointName` must be 3 to 50 characters from `a-z`, `0-9` and `-`, not starting or ending with `-`, got null; omit it to let AWS Backup generate one',
  ],
  [
    'a statement for a policy',
    { policy: new PolicyStatement() },
    '`policy` must be a `PolicyDocument`, got an instance of `PolicyStatement`',
  ],
  [
    'a policy too long',
    { policy: policyOf(200_000) },
    '`policy` can be at most 200000 characters of JSON, got 200095; allow whole prefixes instead of single objects',
  ],
])('an access point is refused with %s', (_, props, message) => {
  expect(refusal(() => pointWith(props as never))).toBe(message + IN);
});

test.each<[string, unknown, string]>([
  ['null', null, '`props` must be an object with properties, got null'],
  [
    'nothing',
    undefined,
    "`recoveryPoint` must be an `S3RecoveryPoint`, got nothing; use `S3RecoveryPoint.snapshot('arn:…')`",
  ],
])('%s is refused as properties', (_, props, message) => {
  expect(refusal(() => new BackupAccessPoint(stack, 'Point', props as never))).toBe(message + IN);
});

test.each<[string, () => unknown, string]>([
  [
    'a snapshot',
    () => S3RecoveryPoint.snapshot('orders'),
    '`recoveryPointArn` must be the ARN of an Amazon S3 recovery point, `arn:<partition>:backup:<region>:<account>:recovery-point:<id>`, got `orders` (in `S3RecoveryPoint.snapshot`)',
  ],
  [
    'a point in time',
    () => S3RecoveryPoint.continuous(ARN, '2025-11-27' as never),
    "`at` must be a `Date`, got `2025-11-27`; for example, write `new Date('2026-01-31T03:30:27Z')` (in `S3RecoveryPoint.continuous`)",
  ],
])('%s is refused where it is created', (_, make, message) => {
  expect(refusal(make)).toBe(message);
});

test('an access point in an unsupported Region gets a warning', () => {
  stack = testStack('Stack', 'ca-west-1');
  const recoveryPoint = S3RecoveryPoint.snapshot(ARN.replace('eu-west-1', 'ca-west-1'));
  expect(warningsOf(pointWith({ recoveryPoint }))).toEqual([
    "Backup-AccessPointRegion: `region` is ca-west-1, where the access point on a recovery point isn't known to be available; deploy it in another Region",
  ]);
});

test('a policy without statements is omitted', () => {
  pointWith({ policy: new PolicyDocument() });
  expect(properties()).toEqual({ RecoveryPointArn: ARN });
});
