import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BackupSchedule,
  BackupVault,
  LogicallyAirGappedVault,
  RestoreRunbook,
  type RestoreRunbookProps,
} from '../../../src';
import type { Check } from '../../../src/handler/restore/check';
import { planRun, type RunbookSettings, type RunbookTarget } from '../../../src/handler/restore/runbook-plan';
import { judgeWave, reportRun } from '../../../src/handler/restore/runbook-report';
import { judgeSubject } from '../../../src/handler/restore/validation';
import { runbookWorkflow } from '../../../src/restore/runbook/runbook-workflow';
import { awsError, FakeAws } from '../../handler/restore/fake-aws';
import { testApp } from '../../support/app';
import { interpret, Killed, TaskError } from '../../support/asl';
import { refusal } from '../../support/refusal';
import { structureProblems } from '../../support/state-machine';

const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
const BUCKET = 'arn:aws:s3:::documents';
const SERVER = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1';

const target = (
  arn: string,
  type: string,
  order: number,
  more: Partial<RunbookTarget> = {},
): RunbookTarget => ({
  arn,
  type,
  label: `App/${type}`,
  order,
  vaults: ['gold'],
  changes: {},
  overrides: {},
  takesItems: type === 'S3',
  takesTime: type === 'S3',
  requires: [],
  ...more,
});
const TARGETS = [
  target(SERVER, 'EC2', 2),
  target(TABLE, 'DynamoDB', 1, {
    changes: { targetTableName: '{name}' },
    requires: ['targetTableName'],
    imports: { type: 'AWS::DynamoDB::Table', identifier: 'TableName', logicalId: 'Orders123' },
  }),
  target(BUCKET, 'S3', 1, { changes: { NewBucket: 'true', DestinationBucketName: '{name}' } }),
];
const checks: Check[] = ['DynamoDB', 'S3', 'EC2'].map((type) => ({ type, level: 'restored' }));

/** AWS Backup and the functions, behind the state machine. */
class World {
  public readonly aws = new FakeAws();
  public readonly settings: RunbookSettings = { bucket: 'runs', targets: TARGETS };
  /** The jobs by their token: the same token starts no second job. */
  public readonly started = new Map<string, string>();
  public readonly published: Record<string, unknown>[] = [];
  public readonly tagged: string[] = [];
  public jobStatus: (arn: string) => string = () => 'COMPLETED';
  public approve = true;
  public fail: Partial<Record<string, (() => Error)[]>> = {};

  constructor() {
    const { aws } = this;
    const points: Record<string, object[]> = {};
    for (const arn of [TABLE, BUCKET, SERVER])
      points[arn] = [1, 2, 3].map((day) => ({
        RecoveryPointArn: `${arn}#${day}`,
        CreationDate: new Date(Date.UTC(2026, 10, day)),
        Status: 'COMPLETED',
      }));
    aws.answers['backup:ListRecoveryPointsByBackupVault'] = (({
      ByResourceArn,
      ByCreatedBefore,
    }: {
      ByResourceArn: string;
      ByCreatedBefore?: Date;
    }) => ({
      RecoveryPoints: points[ByResourceArn].filter(
        (point) => !ByCreatedBefore || (point as { CreationDate: Date }).CreationDate < ByCreatedBefore,
      ),
    })) as never;
    aws.answers['backup:GetRecoveryPointRestoreMetadata'] = () => ({
      RestoreMetadata: { encryptionType: 'Default' },
    });
    aws.answers['backup:ListTags'] = (({ ResourceArn }: { ResourceArn: string }) => ({
      Tags: ResourceArn.startsWith(TABLE) ? { app: 'shop' } : {},
    })) as never;
    aws.answers['s3:PutObject'] = (({ Key, Body }: { Key: string; Body: string }) =>
      void aws.kept.set(Key, JSON.parse(Body))) as never;
    aws.answers['s3:GetObject'] = (({ Key }: { Key: string }) => {
      const found = aws.kept.get(Key);
      if (!found) throw awsError('NoSuchKey');
      return { Body: { transformToByteArray: async () => Buffer.from(JSON.stringify(found)) } };
    }) as never;
    aws.answers['backup:DescribeRestoreJob'] = () => ({
      CreationDate: new Date(0),
      CompletionDate: new Date(90_000),
    });
    aws.answers['dynamodb:DescribeTable'] = () => ({ Table: { TableStatus: 'ACTIVE' } });
    aws.answers['s3:HeadBucket'] = () => ({});
    aws.answers['ec2:DescribeInstanceStatus'] = () => ({
      InstanceStatuses: [{ InstanceState: { Name: 'running' } }],
    });
  }

  public run(
    input: Record<string, unknown>,
    more: { name?: string; killAfter?: number; approval?: boolean; topic?: boolean } = {},
  ) {
    return interpret(
      definition(more),
      input,
      (resource, parameters) => this.task(resource, parameters),
      more,
    );
  }

  public starts(): string[] {
    return [...this.started.values()];
  }

  private async task(resource: string, parameters: Record<string, unknown>): Promise<unknown> {
    const error = this.fail[resource]?.shift();
    if (error) throw error();
    const tools = this.aws.tools();
    const payload = parameters.Payload as never;
    switch (resource) {
      case 'lambda:invoke': {
        const functions: Record<string, () => Promise<unknown>> = {
          plan: () => planRun(payload, this.settings, tools),
          validate: () => judgeSubject(payload, checks, tools),
          judge: () => judgeWave(payload, this.settings, tools),
          report: () => reportRun(payload, this.settings, tools),
        };
        try {
          const answer = await functions[parameters.FunctionName as string]();
          return { Payload: JSON.parse(JSON.stringify(answer)) };
        } catch (thrown) {
          throw new TaskError((thrown as Error).name, (thrown as Error).message);
        }
      }
      case 'aws-sdk:backup:startRestoreJob': {
        const token = parameters.IdempotencyToken as string;
        if (!this.started.has(token)) this.started.set(token, String(parameters.RecoveryPointArn));
        return { RestoreJobId: `job-of-${parameters.RecoveryPointArn}` };
      }
      case 'aws-sdk:backup:describeRestoreJob': {
        const arn = String(parameters.RestoreJobId).slice('job-of-'.length);
        return {
          Status: this.jobStatus(arn),
          StatusMessage: 'as AWS says',
          CreatedResourceArn: `${arn.split('#')[0]}-restored`,
        };
      }
      case 'aws-sdk:s3:putObject':
        this.aws.kept.set(parameters.Key as string, parameters.Body as Record<string, unknown>);
        return {};
      case 'aws-sdk:resourcegroupstaggingapi:tagResources':
        this.tagged.push(...(parameters.ResourceARNList as string[]));
        return {};
      case 'sns:publish':
        this.published.push(parameters);
        return {};
      case 'sns:publish.waitForTaskToken':
        this.published.push(parameters);
        if (!this.approve) throw new TaskError('Denied', 'no');
        return true;
      default:
        throw new Error(`unknown task ${resource}`);
    }
  }
}

function definition({ approval = false, topic = false } = {}) {
  return runbookWorkflow({
    partition: 'aws',
    planFunction: 'plan',
    validateFunction: 'validate',
    judgeFunction: 'judge',
    reportFunction: 'report',
    restoreRoleArn: 'arn:aws:iam::111122223333:role/Restore',
    bucket: 'runs',
    maxParallel: 10,
    timeoutSeconds: 604_800,
    approvalTopicArn: approval ? 'approvals' : undefined,
    approvalTimeoutSeconds: 3_600,
    topicArn: topic ? 'results' : undefined,
  }) as Record<string, unknown>;
}

let world: World;
beforeEach(() => {
  world = new World();
});

describe('the state machine', () => {
  test('has no state that leads nowhere, or that nothing leads to', () => {
    for (const more of [{}, { approval: true, topic: true }]) {
      const outer = definition(more);
      const waves = (
        (outer.States as never)['Restore in order'] as { ItemProcessor: Record<string, unknown> }
      ).ItemProcessor;
      const steps = (
        (waves.States as never)['Restore together'] as { ItemProcessor: Record<string, unknown> }
      ).ItemProcessor;
      const problems = [outer, waves, steps].flatMap((machine) => structureProblems(machine));
      // the states that end an iteration have `End`
      expect(
        problems.filter(
          (problem) =>
            !/^(Judge wave|Restored before|Restore failed|Not valid|Restored|Call failed) must go on$/.test(
              problem,
            ),
        ),
      ).toEqual([]);
    }
  });

  test('restores the newest recovery points in the declared order, validates, tags, and says how to get back into code', async () => {
    const execution = await world.run({ everything: true }, { name: 'run-1', topic: true });
    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.starts()).toEqual([`${TABLE}#3`, `${BUCKET}#3`, `${SERVER}#3`]);
    expect(world.tagged).toEqual([`${TABLE}-restored`, `${BUCKET}-restored`, `${SERVER}-restored`]);
    const report = world.aws.kept.get('runs/run-1/report.json');
    expect(report).toMatchObject({
      status: 'SUCCEEDED',
      restored: [{ label: 'App/DynamoDB', seconds: 90 }, { label: 'App/S3' }, { label: 'App/EC2' }],
      left: [],
      importMap: { Orders123: { TableName: 'orders-restored' } },
    });
    expect((report as { next: string[] }).next.at(-1)).toBe(
      'save `importMap` as import.json, then run: cdk import --resource-mapping import.json',
    );
    expect(world.published.map(({ Subject }) => Subject)).toEqual(['A restore is complete']);
  });

  test('says in a dry run what would happen, and starts nothing', async () => {
    const execution = await world.run({ everything: true, dryRun: true });
    expect(execution.states).toEqual(['Plan', 'Possible?', 'Dry run']);
    const { plan } = execution.output as { plan: { summary: string } };
    expect(plan.summary.split('\n')).toEqual([
      expect.stringMatching(
        /^1\. App\/DynamoDB \(DynamoDB\) from .*#3 of 2026-11-03T00:00:00\.000Z in gold, with .*"targetTableName":"restored-app-dynamodb-[0-9a-f]{8}"/,
      ),
      expect.stringMatching(/^1\. App\/S3 /),
      expect.stringMatching(/^2\. App\/EC2 /),
    ]);
    expect([world.starts(), [...world.aws.kept.keys()]]).toEqual([[], []]);
  });

  test('asks for approval before it restores', async () => {
    world.approve = false;
    const denied = await world.run({ everything: true }, { approval: true });
    expect([denied.status, denied.error, world.starts()]).toEqual(['FAILED', 'NotApproved', []]);
    expect(world.published[0].Message).toContain('--task-token token');
    world.approve = true;
    expect((await world.run({ everything: true }, { approval: true })).status).toBe('SUCCEEDED');
  });
});

test('a drill reports what it would restore, or what is missing', async () => {
  await world.run({ everything: true, dryRun: true }, { topic: true });
  await world.run({ resources: ['App/Nothing'], dryRun: true }, { topic: true });
  expect(world.published.map(({ Subject, Message }) => [Subject, (Message as string).slice(0, 22)])).toEqual([
    ['A restore drill is complete', '1. App/DynamoDB (Dynam'],
    ['A restore is not possible', 'problem: `App/Nothing`'],
  ]);
  expect(world.starts()).toEqual([]);
});

describe('what is restored', () => {
  const plan = async (input: Record<string, unknown>) => {
    const { output, cause } = await world.run({ ...input, dryRun: true });
    return (
      (
        output as
          | { plan: { waves: { arn: string; recoveryPointArn: string; metadata: object }[][] } }
          | undefined
      )?.plan.waves.flat() ?? cause
    );
  };

  test.each<[string, Record<string, unknown>, string[]]>([
    ['resources by name or ARN', { resources: ['App/S3', SERVER] }, [`${BUCKET}#3`, `${SERVER}#3`]],
    ['what has a tag', { tag: { key: 'app', value: 'shop' } }, [`${TABLE}#3`]],
    [
      'the newest before a time',
      { resources: [TABLE], newestBefore: '2026-11-02T12:00:00Z' },
      [`${TABLE}#2`],
    ],
  ])('%s', async (_title, input, points) => {
    expect((await plan(input)) as object[]).toMatchObject(
      points.map((recoveryPointArn) => ({ recoveryPointArn })),
    );
  });

  test('the newest that a scan found clean', async () => {
    world.aws.answers['backup:DescribeRecoveryPoint'] = (({
      RecoveryPointArn,
    }: {
      RecoveryPointArn: string;
    }) => ({
      ScanResults: [
        { ScanJobState: 'COMPLETED', Findings: RecoveryPointArn.endsWith('#3') ? ['MALWARE'] : [] },
      ],
    })) as never;
    expect(await plan({ resources: [TABLE], newestClean: true })).toMatchObject([
      { recoveryPointArn: `${TABLE}#2` },
    ]);
  });

  test('items, a point in time, and metadata of yours', async () => {
    world.aws.answers['backup:ListRecoveryPointsByBackupVault'] = () => ({
      RecoveryPoints: [
        {
          RecoveryPointArn: 'arn:aws:backup:eu-west-1:1:recovery-point:continuous:1',
          CreationDate: new Date(0),
          Status: 'AVAILABLE',
        },
      ],
    });
    const steps = await plan({
      resources: ['App/S3'],
      pointInTime: '2026-11-02T12:00:00Z',
      items: { 'App/S3': ['invoices/'] },
      metadata: { [BUCKET]: { EncryptionType: 'SSE-S3' } },
    });
    expect(steps).toMatchObject([
      {
        metadata: {
          RestoreTime: '2026-11-02T12:00:00.000Z',
          ItemsToRestore: '["invoices/"]',
          EncryptionType: 'SSE-S3',
          NewBucket: 'true',
        },
      },
    ]);
  });
});

describe('before anything starts, it reports', () => {
  test.each<[string, Record<string, unknown>, string]>([
    [
      'an unknown resource',
      { resources: ['App/Nothing'] },
      'problem: `App/Nothing` is not a resource of this runbook (App/EC2, App/DynamoDB, App/S3)',
    ],
    ['no choice', {}, 'problem: set exactly one of `resources`, `tag` and `everything`'],
    [
      'an unknown input',
      { everything: true, dryrun: true },
      'problem: `dryrun` is not an input of this runbook',
    ],
    [
      'a time that is none',
      { everything: true, newestBefore: 'yesterday' },
      'problem: `newestBefore` must be a time such as `2026-11-29T05:00:00Z`, got `yesterday`',
    ],
    [
      'no recovery point in range',
      { resources: [TABLE], newestBefore: '2026-10-01T00:00:00Z' },
      'problem: App/DynamoDB: there is no recovery point before 2026-10-01T00:00:00.000Z in gold',
    ],
    [
      'items of a type without them',
      { resources: [TABLE], items: { [TABLE]: ['a'] } },
      "problem: App/DynamoDB: DynamoDB can't be restored in part",
    ],
    [
      'a point in time of a type without it',
      { resources: [TABLE], pointInTime: '2026-11-02T00:00:00Z' },
      "problem: App/DynamoDB: DynamoDB can't be restored to a point in time",
    ],
    [
      'missing metadata',
      { resources: [TABLE], metadata: { [TABLE]: { targetTableName: '' } } },
      'problem: App/DynamoDB: the restore needs the metadata `targetTableName`',
    ],
    [
      'no clean recovery point',
      { resources: [TABLE], newestClean: true },
      'problem: App/DynamoDB: none of its 3 recovery points has a malware scan that found nothing',
    ],
    ['a run that does not exist', { runId: 'nowhere' }, 'problem: there is no run `nowhere` to go on with'],
    [
      'a tag that nothing has',
      { tag: { key: 'app', value: 'other' } },
      'problem: nothing is chosen to restore',
    ],
  ])('%s', async (_title, input, cause) => {
    const execution = await world.run(input);
    expect([execution.status, execution.error, execution.cause, world.starts()]).toEqual([
      'FAILED',
      'NotPossible',
      cause,
      [],
    ]);
  });

  test('a vault that cannot be read', async () => {
    world.aws.answers['backup:ListRecoveryPointsByBackupVault'] = () => {
      throw awsError('AccessDeniedException', 'no');
    };
    const { cause } = await world.run({ resources: [TABLE] });
    expect(cause).toBe("problem: App/DynamoDB: its recovery points can't be read: AccessDeniedException: no");
  });
});

describe('a failure ends with a cause and with what is left, after the others of its wave', () => {
  const throttled = () => new TaskError('Backup.ThrottlingException', 'slow down');
  test.each<[string, (now: World) => void, string]>([
    [
      'a restore that fails',
      (now) => {
        now.jobStatus = (arn) => (arn.startsWith(TABLE) ? 'FAILED' : 'COMPLETED');
      },
      'App/DynamoDB: {"Status":"FAILED","StatusMessage":"as AWS says"',
    ],
    [
      'a restore that is aborted',
      (now) => {
        now.jobStatus = (arn) => (arn.startsWith(TABLE) ? 'ABORTED' : 'COMPLETED');
      },
      'App/DynamoDB: {"Status":"ABORTED"',
    ],
    [
      'a restore that cannot start',
      (now) => {
        now.fail['aws-sdk:backup:startRestoreJob'] = [
          () => new TaskError('Backup.AccessDeniedException', 'not allowed'),
        ];
      },
      'App/DynamoDB: Backup.AccessDeniedException: not allowed',
    ],
    [
      'throttling that does not end',
      (now) => {
        now.fail['aws-sdk:backup:startRestoreJob'] = Array.from({ length: 9 }, () => throttled);
      },
      'App/DynamoDB: Backup.ThrottlingException: slow down',
    ],
    [
      'a job that cannot be described',
      (now) => {
        now.fail['aws-sdk:backup:describeRestoreJob'] = [
          () => new TaskError('Backup.ResourceNotFoundException', 'gone'),
        ];
      },
      'App/DynamoDB: Backup.ResourceNotFoundException: gone',
    ],
    [
      'content that is not valid',
      (now) => {
        now.aws.answers['dynamodb:DescribeTable'] = () => ({ Table: { TableStatus: 'ARCHIVED' } });
      },
      `App/DynamoDB: restored as ${TABLE}-restored, but not valid: restored: the table is ARCHIVED, expected ACTIVE`,
    ],
    [
      'content that never comes',
      (now) => {
        now.aws.answers['dynamodb:DescribeTable'] = () => ({ Table: { TableStatus: 'CREATING' } });
      },
      'App/DynamoDB: NotYet: the table is CREATING',
    ],
  ])('%s', async (_title, spoil, cause) => {
    spoil(world);
    const execution = await world.run({ everything: true }, { name: 'run-1', topic: true });
    const report = world.aws.kept.get('runs/run-1/report.json') as {
      cause: string;
      left: string[];
      next: string[];
    };
    expect([execution.status, execution.error]).toEqual(['FAILED', 'RestoreFailed']);
    expect(report.cause).toContain(cause);
    expect(report.left).toEqual(['App/DynamoDB', 'App/EC2']);
    expect(report.next.at(-1)).toBe(
      'go on with the input {"runId":"run-1"}: what is restored is not restored again',
    );
    expect(world.starts()).not.toContain(`${SERVER}#3`);
    expect(world.published.map(({ Subject }) => Subject)).toEqual(['A restore failed']);
  });

  test('what passes is tried again: throttled starts, throttled polls, and jobs that run', async () => {
    world.fail['aws-sdk:backup:startRestoreJob'] = [throttled, throttled];
    world.fail['aws-sdk:backup:describeRestoreJob'] = [throttled];
    const looks = new Map<string, number>();
    world.jobStatus = (arn) => {
      looks.set(arn, (looks.get(arn) ?? 0) + 1);
      return (looks.get(arn) as number) < 3 ? 'RUNNING' : 'COMPLETED';
    };
    expect((await world.run({ everything: true })).status).toBe('SUCCEEDED');
  });

  test('a tag, a note or a message that fails loses no restore', async () => {
    const denied = () => new TaskError('AccessDenied', 'no');
    for (const resource of [
      'aws-sdk:s3:putObject',
      'aws-sdk:resourcegroupstaggingapi:tagResources',
      'sns:publish',
    ])
      world.fail[resource] = [denied, denied, denied];
    expect((await world.run({ everything: true }, { topic: true })).status).toBe('SUCCEEDED');
  });

  test('planning and reporting that fail say so', async () => {
    world.fail['lambda:invoke'] = [() => new TaskError('Lambda.Unknown', 'crashed')];
    expect(await world.run({ everything: true })).toMatchObject({
      status: 'FAILED',
      error: 'Lambda.Unknown',
      cause: 'crashed',
    });
    world.aws.instead.set('s3:PutObject', [
      ...Array.from({ length: 4 }, () => () => ({})),
      () => {
        throw awsError('AccessDenied', 'no bucket');
      },
    ]);
    expect((await world.run({ everything: true })).status).toBe('FAILED');
  });
});

test('a run that is killed after any of its states goes on, and restores nothing twice', async () => {
  const total = (await new World().run({ everything: true })).states.length;
  for (let killAfter = 2; killAfter < total; killAfter++) {
    const interrupted = new World();
    await expect(interrupted.run({ everything: true }, { name: 'run-1', killAfter })).rejects.toThrow(Killed);
    // newer recovery points don't change the plan of the run
    const execution = await interrupted.run({ runId: 'run-1' }, { name: 'run-2' });
    expect([killAfter, execution.status]).toEqual([killAfter, 'SUCCEEDED']);
    expect(interrupted.starts().sort()).toEqual([`${TABLE}#3`, `${BUCKET}#3`, `${SERVER}#3`].sort());
  }
});

describe('the construct', () => {
  const HERE = { account: '111122223333', region: 'eu-west-1' };
  const make = (props: (stack: Stack) => Partial<RestoreRunbookProps> = () => ({})) => {
    const stack = new Stack(testApp(), 'Stack', { env: HERE });
    const vault = new BackupVault(stack, 'Vault');
    const table = new dynamodb.Table(stack, 'Orders', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });
    new RestoreRunbook(stack, 'Runbook', {
      resources: [{ resource: table }],
      vaults: [vault],
      ...props(stack),
    });
    return Template.fromStack(stack);
  };
  const settingsOf = (template: Template) => {
    const [{ Properties }] = Object.values(
      template.findResources('AWS::Lambda::Function', { Properties: { Handler: 'index.plan' } }),
    );
    const { 'Fn::Join': join } = Properties.Environment.Variables.SETTINGS;
    return JSON.parse(join[1].map((part: unknown) => (typeof part === 'string' ? part : 'TOKEN')).join(''));
  };

  test('tells the function what can be restored, in which order, and as what it comes back into code', () => {
    const { targets, checks: made } = settingsOf(
      make((stack) => ({
        resources: [
          { resource: new s3.CfnBucket(stack, 'Bucket'), order: 5, metadata: { EncryptionType: 'SSE-S3' } },
          { resource: new ec2.CfnInstance(stack, 'Server') },
        ],
      })),
    );
    expect(targets).toMatchObject([
      {
        type: 'S3',
        label: 'Stack/Bucket',
        order: 5,
        overrides: { EncryptionType: 'SSE-S3' },
        takesItems: true,
        takesTime: true,
        requires: ['DestinationBucketName'],
        imports: { type: 'AWS::S3::Bucket', identifier: 'BucketName', logicalId: 'Bucket' },
      },
      { type: 'EC2', order: 2, requires: [] },
    ]);
    expect(made).toEqual([
      { type: 'S3', level: 'restored' },
      { type: 'EC2', level: 'restored' },
    ]);
  });

  test('may restore only the types of its resources, and pass only its restore role', () => {
    const template = make();
    const statements = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    );
    const of = (action: string) => statements.find(({ Action }) => Action.includes(action));
    expect(JSON.stringify(of('backup:StartRestoreJob').Resource)).not.toContain('rds');
    expect(of('iam:PassRole').Condition).toEqual({
      StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' },
    });
    expect(
      statements.filter(
        ({ Action }) =>
          JSON.stringify(Action).includes('Delete') && !JSON.stringify(Action).includes('logs:'),
      ),
    ).toEqual([]);
  });

  test('runs drills, which restore nothing', () => {
    make(() => ({ drillSchedule: BackupSchedule.monthly() })).hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: BackupSchedule.monthly().expressionString,
      Targets: [Match.objectLike({ Input: '{"everything":true,"dryRun":true}' })],
    });
  });

  test.each<[string, (stack: Stack) => Partial<RestoreRunbookProps>, string]>([
    [
      'no resources',
      () => ({ resources: [] }),
      '`resources` must be a list of at least one resource, got an array',
    ],
    [
      'a type that is restored by hand',
      (stack) => ({
        resources: [
          {
            resource: new eks.CfnCluster(stack, 'Cluster', {
              resourcesVpcConfig: { subnetIds: [] },
              roleArn: 'arn:aws:iam::111122223333:role/a',
            }),
          },
        ],
      }),
      '`resources[0]` must be of a type that a runbook restores, got EKS: the cluster, its node groups and its storage classes must be chosen; restore it by hand; `cdk-backup runbook` prints how',
    ],
    [
      'what AWS Backup cannot protect',
      (stack) => ({ resources: [{ resource: new sns.Topic(stack, 'Topic') }] }),
      '`resources[0]` must have a `resource` that AWS Backup can protect; pass the construct of the resource',
    ],
    [
      'a resource twice',
      (stack) => {
        const bucket = new s3.Bucket(stack, 'Bucket');
        return { resources: [{ resource: bucket }, { resource: bucket }] };
      },
      '`resources[1]` is `Stack/Bucket` again; remove it',
    ],
    [
      'metadata that is no string',
      (stack) => ({
        resources: [{ resource: new s3.Bucket(stack, 'Bucket'), metadata: { a: ['b'] as never } }],
      }),
      '`resources[0]` has the metadata `a`, which must be a string; write lists and objects as JSON',
    ],
    [
      'a timeout without approval',
      () => ({ approvalTimeout: Duration.hours(1) }),
      '`approvalTimeout` is for `approvalTopic`, which is not set; set `approvalTopic`, or remove it',
    ],
    [
      'a drill in a time zone',
      () => ({ drillSchedule: BackupSchedule.daily({ timeZone: TimeZone.EUROPE_BERLIN }) }),
      '`drillSchedule` must be in UTC, the only time zone of EventBridge rules, got Europe/Berlin; remove `timeZone`',
    ],
    [
      'too much at a time',
      () => ({ maxParallel: 41 }),
      '`maxParallel` must be a whole number from 1 to 40 restores, got 41',
    ],
  ])('refuses %s', (_title, props, message) => {
    expect(refusal(() => make(props))).toContain(message);
  });

  test('looks into logically air-gapped vaults of this library too', () => {
    const template = make((stack) => ({
      vaults: [
        new LogicallyAirGappedVault(stack, 'AirGapped', {
          minRetention: Duration.days(7),
          maxRetention: Duration.days(90),
          generation: '7to90',
          acknowledgeIrreversible: true,
        }),
      ],
    }));
    expect(settingsOf(template).targets[0].vaults).toHaveLength(1);
  });
});
