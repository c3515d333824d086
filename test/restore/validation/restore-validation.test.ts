import { type App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnDBCluster as CfnDocumentDb } from 'aws-cdk-lib/aws-docdb';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { CfnSecurityGroup, CfnSubnet, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { CfnFileSystem, FileSystem } from 'aws-cdk-lib/aws-efs';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnDBInstance, DatabaseSecret } from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BackupPlan,
  BackupRule,
  BackupSchedule,
  BackupVault,
  IsolatedRestoreNetwork,
  RecoveryPointSelection,
  ResourceType,
  RestoreCheck,
  RestoreEvidenceBucket,
  RestoreMount,
  type RestoreMountProps,
  RestoreRunbook,
  RestoreTesting,
  RestoreTestingPlan,
  RestoreValidation,
  Retention,
  ValidationLevel,
} from '../../../src';
import { type AwsCallName, NotYet } from '../../../src/handler/restore/aws-calls';
import { judgeSubject, type Verdict, validateJob } from '../../../src/handler/restore/validation';
import { checkStatements } from '../../../src/restore/validation/check-permissions';
import { mountStatements, releaseStatements } from '../../../src/restore/validation/mount-permissions';
import { endpointServices } from '../../../src/restore/validation/validation-endpoints';
import { BackupCapability, CapabilitySupport } from '../../../src/values/resource-type/capability';
import { FakeAws, settingsOf } from '../../handler/restore/fake-aws';
import { FakeMounts, RESTORED_ARN, SOURCE_ARN } from '../../handler/restore/mount/fake-mounts';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';

beforeEach(() => jest.spyOn(console, 'error').mockImplementation(() => {})); // reports in words
afterEach(() => jest.restoreAllMocks());

const HERE = { account: '111122223333', region: 'eu-west-1' };
const schedule = BackupSchedule.weekly();

let app: App;
let stack: Stack;
let vault: BackupVault;
beforeEach(() => {
  app = testApp();
  stack = new Stack(app, 'Stack', { env: HERE });
  vault = new BackupVault(stack, 'Vault');
});

const table = (id = 'Orders') =>
  new dynamodb.Table(stack, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
const testingPlan = () =>
  new RestoreTestingPlan(stack, 'Weekly', {
    schedule,
    recoveryPoints: RecoveryPointSelection.latest({ vaults: [vault] }),
  });
const settingsIn = (template: Template) => {
  const [{ Properties }] = Object.values(
    template.findResources('AWS::Lambda::Function', { Properties: { Handler: 'index.validate' } }),
  );
  const { SETTINGS } = Properties.Environment.Variables;
  return typeof SETTINGS === 'string'
    ? SETTINGS
    : SETTINGS['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : 'TOKEN')).join('');
};

describe('the validation of restore tests', () => {
  const make = (more: object = {}) => {
    const plan = testingPlan();
    plan.addSelection('Tables', {
      resourceType: ResourceType.DYNAMODB,
      everything: true,
      validationWindow: Duration.hours(6),
    });
    new RestoreValidation(stack, 'Validation', {
      restoreTestingPlan: plan,
      checks: [RestoreCheck.dynamoDb({ samples: 7 })],
      ...more,
    });
    return Template.fromStack(stack);
  };

  test('hears of the ended tests of its plan, and of no others', () => {
    make().hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.backup'],
        'detail-type': ['Restore Job State Change'],
        detail: {
          status: ['COMPLETED', 'FAILED', 'ABORTED'],
          restoreTestingPlanArn: [
            { 'Fn::GetAtt': [Match.stringLikeRegexp('^Weekly'), 'RestoreTestingPlanArn'] },
          ],
        },
      },
      Targets: [Match.objectLike({ DeadLetterConfig: Match.anyValue() })],
    });
  });

  test('is tried three times, then ended by another function, and swept every ten minutes', () => {
    const template = make();
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ValidationClose'), 'Arn'] } },
      },
    });
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(10 minutes)' });
  });

  test('knows its checks, its targets and the validation window of the selections', () => {
    const settings = settingsIn(
      make({ recoveryTimeTarget: Duration.hours(4), recoveryPointTarget: Duration.hours(36) }),
    );
    expect(JSON.parse(settings)).toEqual({
      planArn: 'TOKEN',
      restoreTestingPlan: 'TOKEN',
      bucket: 'TOKEN',
      windowHours: 6,
      restoreHours: 24,
      restoreMinutes: 240,
      ageMinutes: 2_160,
      checks: [{ type: 'DynamoDB', level: 'samples', samples: 7 }],
    });
  });

  test('locks its evidence, and notifies of failures, missed targets and its own trouble', () => {
    const template = make({
      lockEvidenceFor: Duration.days(365),
      recoveryTimeTarget: Duration.hours(4),
      alarmTopic: new sns.Topic(stack, 'Topic'),
    });
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        ObjectLockEnabled: true,
        ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 365, Mode: 'COMPLIANCE' } } },
      },
    });
    template.resourceCountIs('AWS::CloudWatch::Alarm', 3);
    template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [Match.anyValue()] });
  });

  test('may delete only what has the name or the tag of a test, and nothing unless asked to', () => {
    const deletions = (template: Template) =>
      Object.values(template.findResources('AWS::IAM::ManagedPolicy'))
        .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
        .filter(({ Action }) => /Delete|Terminate/.test(JSON.stringify(Action)));
    const found = deletions(make({ removeLeftovers: true }));
    expect(found).not.toEqual([]);
    for (const { Resource, Condition } of found)
      expect(
        Condition?.Null?.['aws:ResourceTag/awsbackup-restore-test'] === 'false' ||
          [Resource].flat().every((arn) => JSON.stringify(arn).includes('awsbackup-restore-test-*')),
      ).toBe(true);
    stack = new Stack(testApp(), 'Other', { env: HERE });
    vault = new BackupVault(stack, 'Vault');
    expect(deletions(make())).toEqual([]);
  });

  test.each<[string, (plan: RestoreTestingPlan) => void, string]>([
    [
      'a selection without a window',
      (plan) => plan.addSelection('Tables', { resourceType: ResourceType.DYNAMODB, everything: true }),
      '`validationWindow` of `Stack/Weekly/Tables` must be set, otherwise AWS Backup deletes what it restored before it can be validated; for example, use `Duration.hours(8)`',
    ],
    [
      'a selection with an empty window',
      (plan) =>
        plan.addSelection('Tables', {
          resourceType: ResourceType.DYNAMODB,
          everything: true,
          validationWindow: Duration.hours(0),
        }),
      '`validationWindow` of `Stack/Weekly/Tables` must be at least 1 hour, otherwise AWS Backup deletes what it restored before it can be validated; for example, use `Duration.hours(8)`',
    ],
    [
      'a type without a check',
      (plan) =>
        plan.addSelection('Files', {
          resourceType: ResourceType.EFS,
          everything: true,
          validationWindow: Duration.hours(8),
        }),
      '`checks` has none for EFS, which `Stack/Weekly/Files` tests, so each of these tests fails; add a `RestoreCheck` for the type',
    ],
  ])('reports %s, even if it comes later', (_title, add, message) => {
    const plan = testingPlan();
    new RestoreValidation(stack, 'Validation', {
      restoreTestingPlan: plan,
      checks: [RestoreCheck.dynamoDb()],
    });
    add(plan);
    expect(() => app.synth()).toThrow(message);
  });

  test.each<[string, object, string]>([
    [
      'no checks',
      { checks: [] },
      '`checks` must be a list with at least one `RestoreCheck`, got an array; for example, use `RestoreCheck.dynamoDb()`',
    ],
    [
      'two checks for all of a type',
      { checks: [RestoreCheck.s3(), RestoreCheck.s3()] },
      '`checks` must have at most one check for all of a type, got several for `S3`; set `resources` of the others',
    ],
    [
      'a port from outside a VPC',
      { checks: [RestoreCheck.rds({ level: ValidationLevel.OPENS })] },
      '`subnets` must be set to open the ports of `RDS`; set `subnets` and `securityGroups`, or use `ValidationLevel.RESTORED`',
    ],
    [
      'queries from outside a VPC',
      {
        checks: [
          RestoreCheck.rds({
            secret: { secretRef: { secretId: 'arn:secret' } } as never,
            queries: [{ sql: 'select 1', minimum: 1 }],
          }),
          RestoreCheck.aurora({
            directConnection: true,
            secret: { secretRef: { secretId: 'arn:secret' } } as never,
            queries: [{ sql: 'select 1', minimum: 1 }],
          }),
        ],
      },
      '`subnets` must be set to query `RDS` and `Aurora` over a connection; set `subnets` and `securityGroups` that reach the restored databases, or use a `validator` instead of `queries`',
    ],
    [
      'a lock of a bucket of yours',
      { evidenceBucket: 'own', lockEvidenceFor: Duration.days(1) },
      '`lockEvidenceFor` is for a new bucket, but `evidenceBucket` is set; lock that bucket instead',
    ],
    [
      'subnets alone',
      { subnets: 'own' },
      '`subnets` and `securityGroups` must be set together; set both, or neither',
    ],
    [
      'too much for the environment',
      { checks: [RestoreCheck.ec2({ commands: ['x'.repeat(3_000)] })] },
      '`checks` must fit into the environment of a function, 3000 characters, got 3050; use fewer or shorter queries and ARNs, or a `validator`',
    ],
    [
      'an empty window',
      { validationWindow: Duration.hours(0) },
      '`validationWindow` must be at least 1 hour, otherwise AWS Backup deletes what it restored before it can be validated; for example, use `Duration.hours(8)`',
    ],
    [
      'a window of part of an hour',
      { validationWindow: Duration.minutes(90) },
      '`validationWindow` must be a whole number of hours, got 1 hour 30 minutes; write `Duration.hours(2)`',
    ],
  ])('refuses %s', (_title, more, message) => {
    const own = {
      evidenceBucket: new s3.Bucket(stack, 'Bucket'),
      subnets: [new CfnSubnet(stack, 'Subnet', { vpcId: 'vpc-1' })],
    };
    const given = Object.fromEntries(
      Object.entries(more).map(([key, value]) => [
        key,
        value === 'own' ? own[key as keyof typeof own] : value,
      ]),
    );
    expect(
      refusal(
        () =>
          new RestoreValidation(stack, 'Validation', {
            restoreTestingPlan: testingPlan(),
            checks: [RestoreCheck.dynamoDb()],
            ...given,
          }),
      ),
    ).toContain(message);
  });
});

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:a';
const SECRET = { secretRef: { secretId: SECRET_ARN } } as never;
const ONE = { secret: SECRET, queries: [{ sql: 'select 1', minimum: 1 }] };
const ONE_DOCUMENT = { secret: SECRET, database: 'shop', queries: [{ collection: 'orders', minimum: 1 }] };

describe('checks', () => {
  test.each<[string, () => RestoreCheck, string]>([
    [
      'a level that the type lacks',
      () => RestoreCheck.ebs({ level: ValidationLevel.SAMPLES }),
      '`level` must be a level that checks of EBS have (`RESTORED`, `OPENS`, `COUNTS`), got `samples`',
    ],
    [
      'queries of documents without a database',
      () => RestoreCheck.documentDb({ secret: SECRET, queries: [{ collection: 'orders', minimum: 1 }] }),
      '`database` must be set for `queries`, which name collections; add the name of the database',
    ],
    [
      'queries of documents without a collection',
      () => RestoreCheck.documentDb({ secret: SECRET, queries: [{ minimum: 1 } as never] }),
      '`queries[0]` must be a query with `collection`, got an object',
    ],
    [
      'a filter of an aggregation',
      () =>
        RestoreCheck.documentDb({
          secret: SECRET,
          database: 'shop',
          queries: [{ collection: 'orders', filter: { a: 1 }, pipeline: [{ $limit: 1 }], minimum: 1 }],
        }),
      '`queries[0]` must have `filter` or `pipeline`, got both; move the filter into a `$match` stage',
    ],
    [
      'a filter that is none',
      () =>
        RestoreCheck.documentDb({
          secret: SECRET,
          database: 'shop',
          queries: [{ collection: 'orders', filter: 'open' as never, minimum: 1 }],
        }),
      '`queries[0].filter` must be an object, got `open`',
    ],
    [
      'queries of RDS without a secret',
      () => RestoreCheck.rds({ queries: [{ sql: 'select 1', expected: '1' }] }),
      '`secret` must be set for `queries`, which need a user of the database; pass the secret of the source',
    ],
    [
      'a secret and a new password',
      () => RestoreCheck.rds({ ...ONE, resetPassword: true }),
      '`resetPassword` must not be set with `secret`, which it replaces; remove one of them',
    ],
    [
      'a new password for the Data API',
      () => RestoreCheck.aurora({ queries: ONE.queries, resetPassword: true }),
      '`resetPassword` must be set with `directConnection`, since the Data API reads a secret; set `directConnection`, or use `secret`',
    ],
    [
      'queries of RDS that accept anything',
      () => RestoreCheck.rds({ secret: SECRET, queries: [{ sql: 'select 1' }] }),
      '`queries[0]` must have `expected` or `minimum`, otherwise any result would do; add one of them',
    ],
    [
      'an expected number',
      () => RestoreCheck.rds({ secret: SECRET, queries: [{ sql: 'select 1', expected: 1 as never }] }),
      '`queries[0].expected` must be a string, got 1',
    ],
    [
      'queries of Oracle',
      () =>
        RestoreCheck.rds({
          secret: SECRET,
          queries: [{ sql: 'select 1 from dual', expected: '1' }],
          resources: [new CfnDBInstance(stack, 'Oracle', { engine: 'oracle-ee' })],
        }),
      '`resources[0]` must be PostgreSQL, MySQL or MariaDB for `queries`, got `oracle-ee`; remove `queries`, and use a `validator` of your own',
    ],
    [
      'queries of an old Amazon DocumentDB',
      () =>
        RestoreCheck.documentDb({
          secret: SECRET,
          database: 'shop',
          queries: [{ collection: 'orders', minimum: 1 }],
          resources: [new CfnDocumentDb(stack, 'Documents', { engineVersion: '4.0.0' })],
        }),
      '`resources[0]` must be Amazon DocumentDB 5.0 or later for `queries`, got `4.0.0`; remove `queries`, and use a `validator` of your own',
    ],
    [
      'queries where there are none',
      () => RestoreCheck.neptune({ queries: [] } as never),
      '`queries` is not a property of `RestoreCheckOptions`',
    ],
    [
      'a query that may take an hour',
      () => RestoreCheck.rds({ queryTimeout: Duration.hours(1) }),
      '`queryTimeout` must be a whole number from 1 to 10 minutes, got 60; use 10 minutes or less',
    ],
    [
      'queries without a secret',
      () => RestoreCheck.aurora({ queries: [{ sql: 'select 1', expected: '1' }] }),
      '`secret` must be set for `queries`, which need a user of the database; pass the secret of the source',
    ],
    [
      'a query that accepts anything',
      () =>
        RestoreCheck.aurora({
          queries: [{ sql: 'select 1' }],
          secret: Secret.fromSecretCompleteArn(
            stack,
            'S',
            'arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-123456',
          ),
        }),
      '`queries[0]` must have `expected` or `minimum`, otherwise any result would do; add one of them',
    ],
    [
      'queries at a lower level',
      () => RestoreCheck.ec2({ commands: ['true'], level: ValidationLevel.OPENS }),
      '`level` must be `QUERIES` to run `commands`, got `opens`; omit it',
    ],
    [
      'nothing to run',
      () => RestoreCheck.ec2({ level: ValidationLevel.QUERIES }),
      '`level` is `QUERIES`, but there is nothing to run; set `commands`',
    ],
    [
      'a share above 1',
      () => RestoreCheck.s3({ minimumShare: 90 }),
      '`minimumShare` must be a share: more than 0, up to 1, got 90; for example, use 0.9',
    ],
    [
      'no samples',
      () => RestoreCheck.s3({ samples: 0 }),
      '`samples` must be a whole number from 1 to 1000 samples, got 0; use 1 sample or more',
    ],
    [
      'scans of what has none',
      () => RestoreCheck.dynamoDb({ cleanScan: true }),
      '`cleanScan` is for EBS, EC2, S3, whose recovery points can be scanned, got DynamoDB; remove it',
    ],
    [
      'resources of another type',
      () => RestoreCheck.s3({ resources: [table()] }),
      '`resources[0]` must be a resource of type S3',
    ],
    [
      'unknown options',
      () => RestoreCheck.s3({ sample: 3 } as never),
      '`sample` is not a property of `SamplingCheckOptions`',
    ],
  ])('refuse %s', (_title, make, message) => {
    expect(refusal(make)).toContain(message);
  });

  test('choose the deepest level for which everything is there', () => {
    const secret = Secret.fromSecretCompleteArn(
      stack,
      'S',
      'arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-123456',
    );
    const levels = [
      RestoreCheck.dynamoDb(),
      RestoreCheck.ebs(),
      RestoreCheck.ec2(),
      RestoreCheck.ec2({ commands: ['true'] }),
      RestoreCheck.rds(),
      RestoreCheck.rds(ONE),
      RestoreCheck.documentDb(ONE_DOCUMENT),
      RestoreCheck.aurora(),
      RestoreCheck.aurora({ queries: [{ sql: 'select 1', expected: '1' }], secret }),
    ].map((check) => [check._level(false), check._level(true)]);
    expect(levels).toEqual([
      ['samples', 'samples'],
      ['counts', 'counts'],
      ['opens', 'opens'],
      ['queries', 'queries'],
      ['restored', 'opens'],
      ['queries', 'queries'],
      ['queries', 'queries'],
      ['restored', 'opens'],
      ['queries', 'queries'],
    ]);
  });

  /** What the validators call at each level, as the tests of the handler show. */
  const CALLS: [RestoreCheck, AwsCallName[]][] = [
    [RestoreCheck.dynamoDb({ level: ValidationLevel.RESTORED }), ['dynamodb:DescribeTable']],
    [RestoreCheck.dynamoDb(), ['dynamodb:DescribeTable', 'dynamodb:Scan', 'dynamodb:GetItem']],
    [RestoreCheck.s3(), ['s3:GetObject']],
    [RestoreCheck.ebs(), ['ec2:DescribeVolumes', 'ec2:DescribeVolumeStatus']],
    [
      RestoreCheck.ec2({ commands: ['true'] }),
      ['ec2:DescribeInstanceStatus', 'ssm:SendCommand', 'ssm:GetCommandInvocation'],
    ],
    [RestoreCheck.rds(), ['rds:DescribeDBInstances', 'rds:DescribeDBClusters']],
    [RestoreCheck.fsx(), ['fsx:DescribeFileSystems', 'fsx:DescribeVolumes']],
  ];
  test.each(CALLS.map(([check, calls]) => [check.resourceType.name, check, calls] as const))(
    'of %s may do what they call, and nothing that writes to the source',
    (_name, check, calls) => {
      const statements = checkStatements(check, true, { partition: 'aws', ...HERE }) as {
        Action: string[];
      }[];
      const allowed = statements.flatMap(({ Action }) => Action);
      for (const call of calls) expect(allowed).toContain(call);
      const writes = allowed.filter((action) => !/:(Describe|Get|List|Scan|Head|SendCommand)/.test(action));
      expect(writes).toEqual([]);
    },
  );
});

describe('the function that validates may do exactly what its validator calls:', () => {
  const ARN = 'arn:aws:rds:eu-west-1:111122223333';
  const cluster = (members: object[], more: object = {}) => ({
    DBClusters: [
      {
        DBClusterIdentifier: 'awsbackup-restore-test-1',
        Status: 'available',
        Engine: 'aurora-postgresql',
        Endpoint: 'db.example',
        Port: 5432,
        DBClusterMembers: members,
        HttpEndpointEnabled: false,
        ...more,
      },
    ],
  });
  const available = {
    DBInstanceStatus: 'available',
    Engine: 'postgres',
    Endpoint: { Address: 'db.example', Port: 5432 },
  };
  const databases = {
    'rds:DescribeDBClusters': () => cluster([]),
    'rds:DescribeDBInstances': () => ({ DBInstances: [available] }),
    'rds:EnableHttpEndpoint': () => ({}),
    'rds:DeleteDBInstance': () => ({}),
    'rds:ModifyDBCluster': () => ({}),
    'rds:ModifyDBInstance': () => ({}),
    'rds:CreateDBInstance': () => ({}),
    'rds-data:ExecuteStatement': () => ({ records: [[{ longValue: 1 }]] }),
    'secretsmanager:GetSecretValue': () => ({ SecretString: '{"username":"app","password":"p"}' }),
  };
  const files = {
    'efs:DescribeFileSystems': () => ({
      FileSystems: [{ LifeCycleState: 'available', SizeInBytes: { Value: 10 } }],
    }),
    'fsx:DescribeFileSystems': () => ({ FileSystems: [{ Lifecycle: 'AVAILABLE', StorageCapacity: 10 }] }),
    'fsx:DescribeVolumes': () => ({ Volumes: [{ Lifecycle: 'CREATED' }] }),
  };
  const RESTORED_CLUSTER = `${ARN}:cluster:awsbackup-restore-test-1`;
  const RESTORED_INSTANCE = `${ARN}:db:awsbackup-restore-test-1`;
  test.each<[string, () => RestoreCheck, string[], string[]]>([
    [
      'Aurora with queries',
      () => RestoreCheck.aurora(ONE),
      [RESTORED_CLUSTER],
      ['secretsmanager:GetSecretValue'], // the Data API reads it
    ],
    [
      'Aurora with queries over a connection',
      () => RestoreCheck.aurora({ ...ONE, directConnection: true }),
      [RESTORED_CLUSTER],
      [],
    ],
    ['DocumentDB with queries', () => RestoreCheck.documentDb(ONE_DOCUMENT), [RESTORED_CLUSTER], []],
    [
      'RDS with queries and a new password',
      () => RestoreCheck.rds({ queries: ONE.queries, resetPassword: true }),
      [`${RESTORED_INSTANCE}-new`, `${RESTORED_CLUSTER}-new`],
      [],
    ],
    [
      'DocumentDB with queries and a new password',
      () => RestoreCheck.documentDb({ ...ONE_DOCUMENT, secret: undefined, resetPassword: true }),
      [RESTORED_CLUSTER],
      [],
    ],
    ['RDS with queries', () => RestoreCheck.rds(ONE), [RESTORED_INSTANCE, RESTORED_CLUSTER], []],
    ['DocumentDB', () => RestoreCheck.documentDb(), [RESTORED_CLUSTER], []],
    ['Neptune', () => RestoreCheck.neptune(), [RESTORED_CLUSTER], []],
    ['RDS', () => RestoreCheck.rds(), [RESTORED_INSTANCE, RESTORED_CLUSTER], []],
    [
      'EFS',
      () => RestoreCheck.efs(),
      ['arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1'],
      [],
    ],
    [
      'FSx',
      () => RestoreCheck.fsx(),
      ['file-system/fs-1', 'volume/fs-1/fsvol-1'].map((id) => `arn:aws:fsx:eu-west-1:111122223333:${id}`),
      [],
    ],
  ])('%s', async (_title, make, restored, others) => {
    const check = make();
    const aws = new FakeAws();
    aws.port = 'open';
    aws.openDatabase = async () => ({ ask: async () => '1', close: async () => undefined });
    Object.assign(aws.answers, databases, files);
    // the instance for a cluster doesn't exist at first, and the Data API is off
    if (check.resourceType.name !== 'RDS')
      aws.instead.set('rds:DescribeDBInstances', [() => ({ DBInstances: [] })]);
    else aws.answers['rds:DescribeDBClusters'] = () => cluster([{}]);
    if (check.resourceType.name === 'DocumentDB')
      aws.answers['rds:DescribeDBClusters'] = () => cluster([], { Engine: 'docdb', EngineVersion: '5.0.0' });
    aws.answers['rds:EnableHttpEndpoint'] = () => {
      aws.answers['rds:DescribeDBClusters'] = () => {
        const found = cluster([]);
        return { DBClusters: [{ ...found.DBClusters[0], HttpEndpointEnabled: true }] };
      };
    };
    const type = check.resourceType.name;
    for (const restoredArn of restored)
      await untilDone(() =>
        judgeSubject(
          { jobId: 'job', type, restoredArn, sourceArn: `${restoredArn}-source` },
          [check._render(true) as never],
          aws.tools(),
        ),
      );
    const called = aws.calls.map(({ name }) => name.replace('efs:', 'elasticfilesystem:'));
    const statements = checkStatements(check, true, { partition: 'aws', ...HERE }) as { Action: string[] }[];
    const granted = statements.flatMap(({ Action }) => Action);
    expect([...new Set(granted)].sort()).toEqual([...new Set([...called, ...others])].sort());
  });

  async function untilDone(judge: () => Promise<Verdict>): Promise<void> {
    for (let attempt = 0; attempt < 5; attempt++)
      try {
        expect((await judge()).verdict).toBe('SUCCESSFUL');
        return;
      } catch (error) {
        if (!(error instanceof NotYet)) throw error;
      }
    throw new Error('the validator waits for something that never comes');
  }
});

describe('mounts of restored file systems', () => {
  let made = 0;
  const vpc = () =>
    Vpc.fromVpcAttributes(stack, `Vpc${made++}`, { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'] });
  const files = () => new CfnFileSystem(stack, 'Files');
  const make = (more: Partial<RestoreMountProps> = {}, id = 'Mount') =>
    new RestoreMount(stack, id, {
      vpc: vpc(),
      subnets: [Subnet.fromSubnetId(stack, `Subnet${made++}`, 'subnet-1')],
      ...more,
    });
  const validated = (check: RestoreCheck) => {
    const plan = testingPlan();
    plan.addSelection('Files', {
      resourceType: ResourceType.EFS,
      everything: true,
      validationWindow: Duration.hours(6),
    });
    new RestoreValidation(stack, 'Validation', { restoreTestingPlan: plan, checks: [check] });
    return Template.fromStack(stack);
  };
  interface Granted {
    readonly Action: string | string[];
    readonly Resource: unknown;
    readonly Condition?: unknown;
  }
  const policy = (template: Template, path: RegExp): Granted[] => {
    const found = Object.entries(template.findResources('AWS::IAM::ManagedPolicy')).filter(([id]) =>
      path.test(id),
    );
    return found.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
  };
  const actions = (statements: readonly Granted[]) => statements.flatMap(({ Action }) => Action);

  test('let NFS pass between the task and the mount target, and HTTPS out, and nothing else', () => {
    make();
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ FromPort: 443, ToPort: 443, IpProtocol: 'tcp' })],
    });
    const itself = { 'Fn::GetAtt': [Match.stringLikeRegexp('^MountGroup'), 'GroupId'] };
    const nfs = { FromPort: 2049, ToPort: 2049, GroupId: itself };
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      ...nfs,
      SourceSecurityGroupId: itself,
    });
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      ...nfs,
      DestinationSecurityGroupId: itself,
    });
  });

  test('are let in by a source with one call', () => {
    const source = new FileSystem(stack, 'Source', { vpc: new Vpc(stack, 'Own', { maxAzs: 1 }) });
    source.connections.allowDefaultPortFrom(make({ sources: [source] }));
    const template = Template.fromStack(stack);
    const mountGroup = { Ref: Match.stringLikeRegexp('^MountGroup') };
    const sourceGroup = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Source'), 'GroupId'] };
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: sourceGroup,
      SourceSecurityGroupId: mountGroup,
      FromPort: 2049,
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      GroupId: mountGroup,
      DestinationSecurityGroupId: sourceGroup,
      FromPort: 2049,
    });
  });

  test('read restored file systems and their sources, and write to none', () => {
    make({ sources: [files()] });
    const statements = policy(Template.fromStack(stack), /^MountTask/);
    expect(actions(statements)).toEqual([
      'elasticfilesystem:ClientMount',
      'elasticfilesystem:ClientRootAccess',
      'elasticfilesystem:ClientMount',
      'elasticfilesystem:ClientRootAccess',
    ]);
    expect(statements.map(({ Condition }) => Condition)).toEqual([
      { Null: { 'aws:ResourceTag/awsbackup-restore-test': 'false' } },
      undefined,
    ]);
    expect(statements[1].Resource).toEqual([{ 'Fn::GetAtt': ['Files', 'Arn'] }]);
  });

  test('pull a private image only from its repository', () => {
    const repository = new Repository(stack, 'Repository');
    make({ image: repository.repositoryUriForTag('1'), repository });
    const pull = policy(Template.fromStack(stack), /^MountExecution/).filter(({ Action }) =>
      /ecr:/.test(String(Action)),
    );
    expect(pull.map(({ Resource }) => Resource)).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^Repository/), 'Arn'] },
      '*',
    ]);
  });

  test('are known to the function that validates', () => {
    const mount = make({ sources: [files()], assignPublicIp: true, image: 'alpine:3' });
    const settings = settingsIn(validated(RestoreCheck.efs({ mount, minimumFiles: 5, commands: ['true'] })));
    expect(JSON.parse(settings).checks).toEqual([
      {
        type: 'EFS',
        level: 'queries',
        minimumFiles: 5,
        commands: ['true'],
        mount: {
          cluster: 'TOKEN',
          subnets: ['subnet-1'],
          securityGroup: 'TOKEN',
          publicIp: true,
          image: 'alpine:3',
          taskRole: 'TOKEN',
          executionRole: 'TOKEN',
          logGroup: 'TOKEN',
          region: 'eu-west-1',
          sources: ['TOKEN'],
        },
      },
    ]);
  });

  test('are made only by the function that validates, deleted by all, and only for what a test restored', () => {
    const template = validated(RestoreCheck.efs({ mount: make() }));
    const [validate, close, sweep] = ['Validate', 'Close', 'Sweep'].map((id) =>
      policy(template, new RegExp(`^Validation${id}`)),
    );
    const making = /CreateMountTarget|RegisterTask|RunTask|PassRole|CreateNetworkInterface/;
    const deleting = ['elasticfilesystem:DeleteMountTarget', 'ecs:StopTask', 'ecs:DeregisterTaskDefinition'];
    for (const statements of [close, sweep])
      expect(actions(statements).filter((action) => making.test(action))).toEqual([]);
    for (const statements of [validate, close, sweep]) {
      expect(actions(statements)).toEqual(expect.arrayContaining(deleting));
      for (const { Action, Condition } of statements)
        if (/(Create|Delete)MountTarget/.test(String(Action)))
          expect(Condition).toEqual({ Null: { 'aws:ResourceTag/awsbackup-restore-test': 'false' } });
    }
    const [passing] = validate.filter(({ Action }) => String(Action) === 'iam:PassRole');
    expect(passing).toMatchObject({
      Resource: [
        { 'Fn::GetAtt': [expect.stringMatching(/^MountTaskRole/), 'Arn'] },
        { 'Fn::GetAtt': [expect.stringMatching(/^MountExecutionRole/), 'Arn'] },
      ],
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    });
    const [running] = validate.filter(({ Action }) => String(Action) === 'ecs:RunTask');
    expect(JSON.stringify(running.Resource)).toContain('task-definition/restore-check-*:*');
    expect(JSON.stringify(running.Condition)).toContain('MountCluster');
  });

  test('have permissions that fit what IAM accepts, beside those for every other type', () => {
    const plan = testingPlan();
    const secret = Secret.fromSecretCompleteArn(
      stack,
      'Login',
      'arn:aws:secretsmanager:eu-west-1:111122223333:secret:login-of-the-application-123456',
    );
    new RestoreValidation(stack, 'Validation', {
      restoreTestingPlan: plan,
      removeLeftovers: true,
      subnets: [new CfnSubnet(stack, 'Private', { vpcId: 'vpc-1' })],
      securityGroups: [new CfnSecurityGroup(stack, 'Group', { groupDescription: 'Validation' })],
      checks: [
        RestoreCheck.aurora({ queries: [{ sql: 'select 1', expected: '1' }], secret }),
        RestoreCheck.documentDb(),
        RestoreCheck.dynamoDb(),
        RestoreCheck.ebs(),
        RestoreCheck.ec2({ commands: ['true'] }),
        RestoreCheck.efs({ mount: make({ sources: [files()] }) }),
        RestoreCheck.fsx(),
        RestoreCheck.neptune(),
        RestoreCheck.rds(),
        RestoreCheck.s3({ cleanScan: true }),
      ],
    });
    const LONGEST = 140; // of an ARN or a name that CloudFormation generates
    const sizes = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).map(
      ({ Properties }) =>
        JSON.stringify(Properties.PolicyDocument, (_key, value) =>
          value?.Ref || value?.['Fn::GetAtt'] ? 'x'.repeat(LONGEST) : value,
        ).length,
    );
    expect(sizes.length).toBeGreaterThan(4);
    for (const size of sizes) expect(size).toBeLessThan(6_144);
  });

  test('need the permissions that their calls need, and no others', async () => {
    const mount = make({ sources: [files()] });
    const check = RestoreCheck.efs({ mount });
    const aws = new FakeAws();
    new FakeMounts(aws);
    const job = aws.job('EFS', RESTORED_ARN, SOURCE_ARN);
    await validateJob(job.RestoreJobId as string, settingsOf([check._render(false) as never]), aws.tools());
    const called = aws.calls
      .map(({ name }) => name.replace('efs:', 'elasticfilesystem:'))
      .filter((name) => !/^(backup|s3):/.test(name));
    const granted = actions([
      ...checkStatements(check, false, { partition: 'aws', ...HERE }),
      ...mountStatements([check, check]),
      ...releaseStatements([check, check]),
    ] as Granted[]);
    const others = [
      'ec2:CreateNetworkInterface', // Amazon EFS asks for these
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ecs:StopTask', // of a task that still runs
      'iam:PassRole',
    ];
    expect([...new Set(granted)].sort()).toEqual([...new Set([...called, ...others])].sort());
    expect(granted.filter((action) => action === 'ecs:RunTask')).toHaveLength(1); // each mount once
  });

  test('get the endpoints that the function calls, in an isolated network', () => {
    const mount = make();
    const endpoints = (check: RestoreCheck) => endpointServices([check]);
    expect(endpoints(RestoreCheck.efs())).toEqual(['backup', 'elasticfilesystem', 's3']);
    expect(endpoints(RestoreCheck.efs({ mount, commands: ['true'] }))).toEqual([
      'backup',
      'ecs',
      'elasticfilesystem',
      'logs',
      's3',
    ]);
  });

  test('choose the deepest level for which everything is there', () => {
    const mount = make();
    const comparing = make({ sources: [files()] }, 'Comparing');
    const levels = [
      RestoreCheck.efs(),
      RestoreCheck.efs({ mount }),
      RestoreCheck.efs({ mount: comparing }),
      RestoreCheck.efs({ mount, commands: ['true'] }),
    ].map((check) => check._level(false));
    expect(levels).toEqual(['counts', 'counts', 'samples', 'queries']);
  });

  test.each<[string, () => unknown, string]>([
    [
      'nothing',
      () => new RestoreMount(stack, 'Mount', {} as never),
      '`vpc` must be a VPC, got nothing\n  - `subnets` must be a list with at least one subnet, got nothing; for example, use `vpc.privateSubnets`',
    ],
    [
      'no subnets',
      () => make({ subnets: [] }),
      '`subnets` must be a list with at least one subnet, got an array; for example, use `vpc.privateSubnets`',
    ],
    [
      'sources of another kind',
      () => make({ sources: [table()] as never }),
      '`sources[0]` must be an EFS file system, got',
    ],
    [
      'a private image without its repository',
      () => make({ image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/tools:1' }),
      '`repository` must be set for an image in a private ECR repository, got `111122223333.dkr.ecr.eu-west-1.amazonaws.com/tools:1`; pass the repository, so that the task may pull the image',
    ],
    [
      'a repository without an image',
      () => make({ repository: new Repository(stack, 'Repository') }),
      '`image` must be set with `repository`; set the URI of an image in that repository',
    ],
    [
      'no image',
      () => make({ image: '' }),
      '`image` must be the name of a container image, got an empty string; for example, use `public.ecr.aws/docker/library/busybox:1.37`',
    ],
    [
      'commands without a mount',
      () => RestoreCheck.efs({ commands: ['true'] }),
      '`mount` must be set for `commands`: only a mount shows what is in the file system; pass a `RestoreMount`',
    ],
    [
      'samples without a mount',
      () => RestoreCheck.efs({ samples: 5 }),
      '`mount` must be set for `samples`: only a mount shows what is in the file system; pass a `RestoreMount`',
    ],
    [
      'samples without the source',
      () => RestoreCheck.efs({ mount: make(), minimumEqualShare: 1 }),
      '`mount` must have `sources` to compare samples with, for `minimumEqualShare`; set `sources` of the `RestoreMount`',
    ],
    [
      'the level of samples without the source',
      () => RestoreCheck.efs({ mount: make(), level: ValidationLevel.SAMPLES }),
      '`mount` must have `sources` to compare samples with, for `level`; set `sources` of the `RestoreMount`',
    ],
    [
      'a mount that is not used',
      () => RestoreCheck.efs({ mount: make(), level: ValidationLevel.RESTORED }),
      '`level` must be deeper than `RESTORED` to use `mount`; omit one of them',
    ],
    [
      'nothing to run',
      () => RestoreCheck.efs({ mount: make(), level: ValidationLevel.QUERIES }),
      '`level` is `QUERIES`, but there is nothing to run; set `commands`',
    ],
    [
      'a mount of another kind',
      () => RestoreCheck.efs({ mount: vpc() as never }),
      '`mount` must be a `RestoreMount`, got an instance of `ImportedVpc',
    ],
    [
      'a fraction of a file',
      () => RestoreCheck.efs({ mount: make(), minimumFiles: 0.5 }),
      '`minimumFiles` must be a whole number',
    ],
    [
      'a mount in a runbook',
      () =>
        new RestoreRunbook(stack, 'Runbook', {
          vaults: [vault],
          resources: [{ resource: files() }],
          checks: [RestoreCheck.efs({ mount: make() })],
        }),
      '`checks[0]` must not have a `mount`, which is for restore tests: a runbook hands the file system over; use a check without `mount`, or a `validator`',
    ],
  ])('refuse %s', (_title, refused, message) => {
    expect(refusal(refused)).toContain(message);
  });
});

describe('the whole of it', () => {
  const planOf = (...types: ResourceType[]) => {
    const plan = new BackupPlan(stack, 'Plan', {
      vault,
      rules: [BackupRule.daily({ retention: Retention.days(35) })],
    });
    plan.addSelection('Selection', types.length > 0 ? { resourceTypes: types } : { resources: [table()] });
    return plan;
  };

  test('tests every type of the plan with the default check of the type', () => {
    const testable = ResourceType.all().filter(
      (type) =>
        type.supports(BackupCapability.RESTORE_TESTING) === CapabilitySupport.YES && type.name !== 'FSx',
    );
    new RestoreTesting(stack, 'Tests', { backupPlan: planOf(...testable), schedule });
    const { checks } = JSON.parse(settingsIn(Template.fromStack(stack)));
    expect(checks.map(({ type }: { type: string }) => type).sort()).toEqual(
      testable.map(({ name }) => name).sort(),
    );
  });

  test('keeps your checks, and adds the missing ones', () => {
    new RestoreTesting(stack, 'Tests', {
      backupPlan: planOf(ResourceType.DYNAMODB, ResourceType.S3),
      schedule,
      checks: [RestoreCheck.dynamoDb({ level: ValidationLevel.COUNTS })],
    });
    expect(JSON.parse(settingsIn(Template.fromStack(stack))).checks).toEqual([
      { type: 'DynamoDB', level: 'counts' },
      { type: 'S3', level: 'samples' },
    ]);
  });

  test('restores into a network without a way out', () => {
    new RestoreTesting(stack, 'Tests', {
      backupPlan: planOf(
        ResourceType.EC2,
        ResourceType.RDS,
        ResourceType.AURORA,
        ResourceType.DOCUMENTDB,
        ResourceType.NEPTUNE,
        ResourceType.EFS,
      ),
      schedule,
      network: new IsolatedRestoreNetwork(stack, 'Network'),
    });
    const template = Template.fromStack(stack);
    for (const type of [
      'InternetGateway',
      'NatGateway',
      'Route',
      'VPCPeeringConnection',
      'TransitGatewayAttachment',
    ])
      template.resourceCountIs(`AWS::EC2::${type}`, 0);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
    const overrides = Object.values(template.findResources('AWS::Backup::RestoreTestingSelection')).map(
      ({ Properties }) => [
        Properties.ProtectedResourceType,
        Object.keys(Properties.RestoreMetadataOverrides ?? {}),
      ],
    );
    expect(Object.fromEntries(overrides)).toEqual({
      EC2: ['securityGroupIds', 'subnetId'],
      RDS: ['dbSubnetGroupName', 'vpcSecurityGroupIds'],
      Aurora: ['dbSubnetGroupName', 'vpcSecurityGroupIds'],
      DocumentDB: ['dbSubnetGroupName', 'vpcSecurityGroupIds'],
      Neptune: ['dbSubnetGroupName', 'vpcSecurityGroupIds'],
      EFS: [],
    });
  });

  test('opens ports from subnets of yours', () => {
    new RestoreTesting(stack, 'Tests', {
      backupPlan: planOf(ResourceType.RDS),
      schedule,
      subnets: [new CfnSubnet(stack, 'Subnet', { vpcId: 'vpc-1' })],
      securityGroups: [new CfnSecurityGroup(stack, 'Group', { groupDescription: 'Validation' })],
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'index.validate',
      VpcConfig: Match.anyValue(),
      Environment: { Variables: Match.objectLike({ IN_VPC: 'true' }) },
    });
    expect(JSON.parse(settingsIn(template)).checks[0].level).toBe('opens');
  });

  test('queries databases in a network without a way out', () => {
    const key = new Key(stack, 'Key');
    const secret = new DatabaseSecret(stack, 'Secret', { username: 'app', encryptionKey: key });
    new RestoreTesting(stack, 'Tests', {
      backupPlan: planOf(ResourceType.RDS, ResourceType.DOCUMENTDB, ResourceType.DYNAMODB),
      schedule,
      network: new IsolatedRestoreNetwork(stack, 'Network', { validationAccess: true }),
      checks: [
        RestoreCheck.rds({ secret, queries: ONE.queries, queryTimeout: Duration.minutes(5) }),
        RestoreCheck.documentDb({ ...ONE_DOCUMENT, instanceClass: 'db.r6g.large' }),
      ],
    });
    const template = Template.fromStack(stack);
    expect(JSON.parse(settingsIn(template)).checks.slice(0, 2)).toEqual([
      {
        type: 'RDS',
        level: 'queries',
        queries: [{ sql: 'select 1', atLeast: 1 }],
        querySeconds: 300,
        secretArn: 'TOKEN',
      },
      {
        type: 'DocumentDB',
        level: 'queries',
        queries: [{ collection: 'orders', atLeast: 1 }],
        database: 'shop',
        secretArn: SECRET_ARN,
        instanceClass: 'db.r6g.large',
      },
    ]);
    // the function trusts the certificates of databases, and runs in the network
    const [group] = Object.keys(
      template.findResources('AWS::EC2::SecurityGroup', {
        Properties: { GroupDescription: Match.stringLikeRegexp('^For the function that validates') },
      }),
    );
    template.hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'index.validate',
      VpcConfig: {
        SecurityGroupIds: [{ Ref: group }],
        SubnetIds: [Match.anyValue(), Match.anyValue()],
      },
      Environment: { Variables: Match.objectLike({ NODE_EXTRA_CA_CERTS: '/var/runtime/ca-cert.pem' }) },
    });
    // only the function comes in, and only to databases and endpoints
    const ingress = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress'));
    expect(ingress.map(({ Properties: { FromPort, ToPort } }) => [FromPort, ToPort])).toEqual([
      [0, 65_535],
      [443, 443],
    ]);
    for (const { Properties } of ingress) expect(Properties.SourceSecurityGroupId).toEqual({ Ref: group });
    for (const { Properties } of Object.values(template.findResources('AWS::EC2::SecurityGroupEgress')))
      expect(Properties.GroupId).toEqual({ Ref: group });
    template.resourceCountIs('AWS::EC2::Route', 0);
    const endpoints = Object.values(template.findResources('AWS::EC2::VPCEndpoint')).map(
      ({ Properties }) => `${Properties.ServiceName} ${Properties.VpcEndpointType}`,
    );
    expect(endpoints.sort()).toEqual([
      'com.amazonaws.eu-west-1.backup Interface',
      'com.amazonaws.eu-west-1.dynamodb Gateway',
      'com.amazonaws.eu-west-1.rds Interface',
      'com.amazonaws.eu-west-1.s3 Gateway',
      'com.amazonaws.eu-west-1.secretsmanager Interface',
    ]);
    // least privilege: the secrets, their key through Secrets Manager, and the temporary instances
    const statements = (handler: RegExp) =>
      Object.values(template.findResources('AWS::IAM::ManagedPolicy'))
        .filter(({ Properties }) => handler.test(Properties.Description))
        .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const validating = statements(/^Validates/);
    const byAction = (action: string) =>
      validating.filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource }) => Resource);
    expect(byAction('secretsmanager:GetSecretValue')).toEqual([
      [{ Ref: expect.stringMatching(/^Secret/) }],
      [SECRET_ARN],
    ]);
    expect(validating).toContainEqual({
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [{ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] }],
      Condition: {
        StringEquals: {
          'kms:ViaService': { 'Fn::Join': ['', ['secretsmanager.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] },
        },
      },
    });
    for (const handler of [/^Ends restore tests whose/, /^Ends restore tests that/])
      expect(JSON.stringify(statements(handler))).toContain('rds:DeleteDBInstance');
  });

  test('reads secrets that are imported by name or partial ARN', () => {
    const secret = Secret.fromSecretNameV2(stack, 'Secret', 'ledger');
    const statements = checkStatements(RestoreCheck.rds({ ...ONE, secret }), true, {
      partition: 'aws',
      ...HERE,
    });
    expect(stack.resolve(statements)).toContainEqual({
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:ledger-??????'],
    });
  });

  test('trusts no other authorities where it queries nothing', () => {
    new RestoreTesting(stack, 'Tests', { backupPlan: planOf(ResourceType.RDS), schedule });
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('NODE_EXTRA_CA_CERTS');
  });

  test.each<[string, () => unknown, string]>([
    [
      'endpoints of a network that nothing enters',
      () => new IsolatedRestoreNetwork(stack, 'Network').addEndpoints('backup'),
      '`validationAccess` must be true to add endpoints, which nothing else can reach; set it',
    ],
    [
      'access that is neither true nor false',
      () => new IsolatedRestoreNetwork(stack, 'Network', { validationAccess: 'yes' as never }),
      '`validationAccess` must be true or false, got `yes`',
    ],
    [
      'another plan',
      () => new RestoreTesting(stack, 'Tests', { backupPlan: {} as never, schedule }),
      '`backupPlan` must be a `BackupPlan`, got an object; for other plans, create a `RestoreTestingPlan` and a `RestoreValidation`',
    ],
    [
      'a small network',
      () => new IsolatedRestoreNetwork(stack, 'Network', { cidr: '10.0.0.0/28' }),
      '`cidr` must be an IPv4 address range with a prefix length of 16 to 26, got `10.0.0.0/28`; for example, use `10.255.0.0/24`',
    ],
    [
      'a lock of no days',
      () => new RestoreEvidenceBucket(stack, 'Bucket', { lockFor: Duration.hours(3) }),
      '`lockFor` must be a whole number of days, got 3 hours; write `Duration.days(1)`',
    ],
  ])('refuses %s', (_title, make, message) => {
    expect(refusal(make)).toContain(message);
  });
});

test('the bundle of the functions has the handlers that the template names', () => {
  const bundle = require('../../../assets/handler/restore-validation/index.js');
  expect(['validate', 'close', 'sweepJobs'].map((name) => typeof bundle[name])).toEqual([
    'function',
    'function',
    'function',
  ]);
});
