import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BackupSchedule,
  BackupVault,
  CopyAction,
  CopyOnDemand,
  LogicallyAirGappedVault,
  ResourceType,
  RestoreCheck,
  RestoreMetadata,
  RestoreRunbook,
  type RestoreRunbookProps,
  Retention,
} from '../../../src';
import { planRun } from '../../../src/handler/restore/runbook-plan';
import { awsError } from '../../handler/restore/fake-aws';
import { testApp } from '../../support/app';
import { Killed, TaskError } from '../../support/asl';
import { refusal } from '../../support/refusal';
import { structureProblems } from '../../support/state-machine';
import { BUCKET, CENTRAL, definition, pointsOf, SERVER, TABLE, World } from './runbook-world';

let world: World;
beforeEach(() => {
  world = new World();
});

describe('the state machine', () => {
  test('has no state that leads nowhere, or that nothing leads to', () => {
    for (const more of [{}, { approval: true, topic: true, vaults: [CENTRAL] }]) {
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
    // AWS copies no tags to restored tables
    expect(world.requests.map((request) => request.CopySourceTagsToRestoredResource)).toEqual([
      false,
      true,
      true,
    ]);
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

  test('metadata of yours, spelled as in the recovery point', async () => {
    expect(
      await plan({
        resources: [TABLE],
        metadata: { [TABLE]: { ENCRYPTIONTYPE: 'KMS', kmsMasterKeyArn: 'arn' } },
      }),
    ).toMatchObject([{ metadata: { encryptionType: 'KMS', kmsMasterKeyArn: 'arn' } }]);
    const [{ metadata }] = (await plan({
      resources: [TABLE],
      metadata: { [TABLE]: { ENCRYPTIONTYPE: 'KMS' } },
    })) as { metadata: object }[];
    expect(Object.keys(metadata).filter((key) => /encryption/i.test(key))).toEqual(['encryptionType']);
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
          encryptionType: 'SSE-S3',
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
    expect(cause).toBe(
      "problem: App/DynamoDB: its recovery points in gold can't be read: AccessDeniedException: no",
    );
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
      'App/DynamoDB: RestoreEnded: the restore ended with FAILED: as AWS says',
    ],
    [
      'a restore that is aborted',
      (now) => {
        now.jobStatus = (arn) => (arn.startsWith(TABLE) ? 'ABORTED' : 'COMPLETED');
      },
      'App/DynamoDB: RestoreEnded: the restore ended with ABORTED: as AWS says',
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
        now.aws.instead.set('backup:DescribeRestoreJob', [
          () => {
            throw awsError('ResourceNotFoundException', 'gone');
          },
        ]);
      },
      'App/DynamoDB: ResourceNotFoundException: gone',
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
    world.aws.instead.set('backup:DescribeRestoreJob', [
      () => {
        throw awsError('ThrottlingException', 'slow down');
      },
    ]);
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
    const put = world.aws.answers['s3:PutObject'] as (given: { Key: string }) => unknown;
    world.aws.answers['s3:PutObject'] = ((given: { Key: string }) => {
      if (given.Key.endsWith('/report.json')) throw awsError('AccessDenied', 'no bucket');
      return put(given);
    }) as never;
    const unreported = await world.run({ everything: true });
    expect([unreported.states.at(-1), unreported.status, unreported.error]).toEqual([
      'Reporting failed',
      'FAILED',
      'AccessDenied',
    ]);
    expect(unreported.cause).toContain('no bucket');
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

describe('recovery points elsewhere', () => {
  beforeEach(() => {
    world.vaults = [{ name: 'gold' }, CENTRAL];
    world.points.central = { [TABLE]: pointsOf(TABLE, 4, 8) };
  });
  const tableOnly = { resources: [TABLE] };
  const copyCalls = () => world.aws.calls.filter(({ name }) => name === 'sfn:StartExecution');

  test('are copied back before they are restored, and restored with the metadata of the copy', async () => {
    expect((await world.run(tableOnly, { name: 'run-1' })).status).toBe('SUCCEEDED');
    const [{ input, elsewhere }, ...others] = copyCalls();
    expect([others, JSON.parse(input.input as string), elsewhere]).toEqual([
      [],
      { recoveryPointArn: `${TABLE}#8` },
      { roleArn: 'arn:aws:iam::444455556666:role/copy-back', region: 'eu-central-1' },
    ]);
    expect(world.starts()).toEqual([`${input.name}-copy`]);
    expect(world.metadata).toMatchObject([
      { vault: 'landing', targetTableName: expect.stringMatching(/^restored-/) },
    ]);
  });

  test.each<[string, () => void, string]>([
    [
      'the one here is at most a day older',
      () => (world.points.central[TABLE] = pointsOf(TABLE, 4)),
      `${TABLE}#3`,
    ],
    [
      'the one elsewhere is in cold storage',
      () =>
        Object.assign(world.points.central[TABLE][1], {
          CalculatedLifecycle: { MoveToColdStorageAt: new Date(0) },
        }),
      `${TABLE}#3`,
    ],
    [
      'the one elsewhere is continuous',
      () =>
        Object.assign(world.points.central[TABLE][1], {
          RecoveryPointArn: 'arn:aws:backup:r:1:recovery-point:continuous:1',
        }),
      `${TABLE}#3`,
    ],
    [
      'the vault elsewhere cannot be read',
      () => {
        const list = world.aws.answers['backup:ListRecoveryPointsByBackupVault'] as (given: object) => object;
        world.aws.answers['backup:ListRecoveryPointsByBackupVault'] = ((
          given: object,
          elsewhere?: object,
        ) => {
          if (elsewhere) throw awsError('AccessDenied', 'not you');
          return list(given);
        }) as never;
      },
      `${TABLE}#3`,
    ],
  ])('are not copied if %s', async (_title, change, restored) => {
    change();
    expect((await world.run(tableOnly)).status).toBe('SUCCEEDED');
    expect([world.starts(), copyCalls()]).toEqual([[restored], []]);
  });

  test('say in a dry run that they are copied back first, and copy nothing', async () => {
    const { output } = await world.run({ ...tableOnly, dryRun: true });
    expect((output as { plan: { summary: string } }).plan.summary).toContain(
      'in central of account 444455556666 in eu-central-1, copied back first, with ',
    );
    expect(copyCalls()).toEqual([]);
  });

  test('fail a dry run if one of the vaults cannot be read, though another has a recovery point', async () => {
    world.aws.instead.set('backup:ListRecoveryPointsByBackupVault', [
      () => ({ RecoveryPoints: pointsOf(TABLE, 1) }),
      () => {
        throw awsError('AccessDenied', 'not you');
      },
    ]);
    const { status, cause } = await world.run({ ...tableOnly, dryRun: true });
    expect([status, cause?.split('\n')[0]]).toEqual([
      'FAILED',
      "problem: App/DynamoDB: its recovery points in central of account 444455556666 in eu-central-1 can't be read: AccessDenied: not you",
    ]);
  });

  test('can be limited to one vault', async () => {
    expect(
      (await world.run({ ...tableOnly, vault: 'central', newestBefore: '2026-11-05T00:00:00Z' })).status,
    ).toBe('SUCCEEDED');
    expect(JSON.parse(copyCalls()[0].input.input as string)).toEqual({ recoveryPointArn: `${TABLE}#4` });
    expect((await world.run({ ...tableOnly, vault: 'silver' })).cause).toBe(
      'problem: `silver` is not a vault of this runbook (gold, central)',
    );
  });

  test('that fail to copy end the run with the cause; going on copies again', async () => {
    world.copyStatus = () => 'FAILED';
    const failed = await world.run(tableOnly, { name: 'run-1', startTime: '2026-11-29T05:00:00Z' });
    expect([failed.status, world.aws.kept.get('runs/run-1/report.json')]).toEqual([
      'FAILED',
      expect.objectContaining({
        cause:
          'App/DynamoDB: CopyFailed: the copy from central of account 444455556666 in eu-central-1 ended with FAILED: as the copy says',
        left: ['App/DynamoDB'],
      }),
    ]);
    world.copyStatus = () => 'SUCCEEDED';
    const next = await world.run({ runId: 'run-1' }, { name: 'run-2', startTime: '2026-11-29T07:00:00Z' });
    expect([next.status, copyCalls().length, world.starts().length]).toEqual(['SUCCEEDED', 2, 1]);
  });

  test('are copied once, after whichever state a run was killed', async () => {
    const whole = new World();
    Object.assign(whole, { vaults: world.vaults });
    Object.assign(whole.points, { central: world.points.central });
    const total = (await whole.run(tableOnly)).states.length;
    for (let killAfter = 2; killAfter < total; killAfter++) {
      const interrupted = new World();
      interrupted.vaults = world.vaults;
      interrupted.points.central = world.points.central;
      await expect(interrupted.run(tableOnly, { name: 'run-1', killAfter })).rejects.toThrow(Killed);
      const { status } = await interrupted.run({ runId: 'run-1' }, { name: 'run-2' });
      expect([killAfter, status, interrupted.copies.size, interrupted.started.size]).toEqual([
        killAfter,
        'SUCCEEDED',
        1,
        1,
      ]);
    }
  });

  test('in a shared air-gapped vault are restored directly', async () => {
    world.vaults = [{ name: 'vaulted', sharedBy: '444455556666' }];
    world.points.vaulted = { [TABLE]: pointsOf(TABLE, 8) };
    expect((await world.run(tableOnly)).status).toBe('SUCCEEDED');
    expect([world.starts(), copyCalls()]).toEqual([[`${TABLE}#8`], []]);
    for (const { name, input } of world.aws.calls)
      if (/ListRecoveryPoints|RestoreMetadata/.test(name))
        expect(input.BackupVaultAccountId).toBe('444455556666');
  });
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
  const machineOf = (template: Template) => {
    const [{ Properties }] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
    const { 'Fn::Join': join } = Properties.DefinitionString;
    return JSON.parse(join[1].map((part: unknown) => (typeof part === 'string' ? part : 'TOKEN')).join(''));
  };
  const settingsOf = (template: Template) => {
    const { States: states } = machineOf(template);
    const inner = states['Restore in order'].ItemProcessor.States['Restore together'].ItemProcessor.States;
    return { ...states.Plan.Parameters.Payload, checks: inner.Validate.Parameters.Payload.checks };
  };

  test('tells the function what can be restored, in which order, and as what it comes back into code', () => {
    const { targets, checks: made } = settingsOf(
      make((stack) => ({
        resources: [
          {
            resource: new s3.CfnBucket(stack, 'Bucket'),
            order: 5,
            metadata: RestoreMetadata.s3({ restoreAcls: true }),
          },
          { resource: new ec2.CfnInstance(stack, 'Server') },
        ],
      })),
    );
    expect(targets).toMatchObject([
      {
        type: 'S3',
        label: 'Stack/Bucket',
        order: 5,
        overrides: { RestoreACLs: 'true' },
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

  test('writes typed metadata as `StartRestoreJob` spells it, and lets AWS Backup pass the roles in it', () => {
    const template = make((stack) => {
      const role = new iam.Role(stack, 'Profile', {
        assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      });
      const subnet = new ec2.CfnSubnet(stack, 'Subnet', { vpcId: 'vpc-1', cidrBlock: '10.0.0.0/24' });
      const metadata = RestoreMetadata.ec2({ subnet, requireImdsV2: true, instanceProfileRoles: [role] });
      return { resources: [{ resource: new ec2.CfnInstance(stack, 'Server'), metadata }] };
    });
    expect(settingsOf(template).targets[0].overrides).toEqual({ SubnetId: 'TOKEN', RequireIMDSv2: 'true' });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Action: 'iam:PassRole',
            Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
          }),
        ],
      },
    });
  });

  test('gives a restore of EFS what the API requires and the recovery point lacks', async () => {
    const [efsTarget] = settingsOf(
      make((stack) => ({ resources: [{ resource: new efs.CfnFileSystem(stack, 'Files') }] })),
    ).targets;
    const metadataOf = async (RestoreMetadata: object) => {
      world.aws.answers['backup:GetRecoveryPointRestoreMetadata'] = () => ({ RestoreMetadata });
      world.aws.answers['backup:ListRecoveryPointsByBackupVault'] = () => ({
        RecoveryPoints: pointsOf('files', 1),
      });
      const { waves } = await planRun(
        {
          input: { everything: true, dryRun: true },
          execution: 'a',
          targets: [efsTarget],
          vaults: world.vaults,
        },
        world.settings,
        world.aws.tools(),
      );
      return waves[0][0].metadata;
    };
    const name = expect.stringMatching(/^restored-stack-files-/);
    expect(await metadataOf({ 'file-system-id': 'fs-1' })).toEqual({
      'file-system-id': 'fs-1',
      newFileSystem: 'true',
      CreationToken: name,
      Encrypted: 'true',
      PerformanceMode: 'generalPurpose',
    });
    expect(await metadataOf({ encrypted: 'false', PerformanceMode: 'maxIO' })).toEqual({
      encrypted: 'false',
      PerformanceMode: 'maxIO',
      newFileSystem: 'true',
      CreationToken: name,
    });
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

  test('reports runs and drills that fail, do not end in time or are stopped', () => {
    const template = make((stack) => ({
      drillSchedule: BackupSchedule.monthly(),
      topic: new sns.Topic(stack, 'Results'),
    }));
    const [machine] = Object.keys(template.findResources('AWS::StepFunctions::StateMachine'));
    const [rule] = Object.values(template.findResources('AWS::Events::Rule')).map(
      ({ Properties }) => Properties,
    );
    expect(rule.Targets.map(({ Arn }: { Arn: unknown }) => Arn)).toEqual([{ Ref: machine }]);
    const [alarm, ...others] = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties,
    );
    expect(others).toEqual([]);
    const metrics = alarm.Metrics.flatMap(
      ({ MetricStat }: { MetricStat?: { Metric: { MetricName: string; Dimensions: object[] } } }) =>
        MetricStat ? [[MetricStat.Metric.MetricName, MetricStat.Metric.Dimensions]] : [],
    );
    const dimensions = [{ Name: 'StateMachineArn', Value: { Ref: machine } }];
    expect(metrics).toEqual([
      ['ExecutionsFailed', dimensions],
      ['ExecutionsTimedOut', dimensions],
      ['ExecutionsAborted', dimensions],
    ]);
    const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
    expect(alarm).toMatchObject({
      AlarmActions: [{ Ref: topic }],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
    });
  });

  describe('with a vault in another account', () => {
    const source = { backupVaultName: 'central', account: '444455556666', accessName: 'copy-back' };
    const statementsOf = (template: Template) =>
      Object.values(template.findResources('AWS::IAM::ManagedPolicy')).flatMap(
        ({ Properties }) =>
          Properties.PolicyDocument.Statement as { Action: string | string[]; Resource: never }[],
      );

    test('assumes only the role of its `CopyOnDemand`, which may do what the functions call there, and nothing else', async () => {
      const template = make(() => ({ vaults: [], copySources: [{ ...source, region: 'eu-central-1' }] }));
      const assumed = statementsOf(template).filter(({ Action }) => Action.includes('sts:AssumeRole'));
      const access = {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::444455556666:role/copy-back']],
      };
      expect(assumed.map(({ Resource }) => Resource)).toEqual([[access], [access]]);
      const [{ copy }] = settingsOf(template).vaults;

      const there = new Stack(testApp(), 'Backup', {
        env: { account: '444455556666', region: 'eu-central-1' },
      });
      new CopyOnDemand(there, 'CopyBack', {
        vault: BackupVault.fromBackupVaultName(there, 'Central', 'central'),
        copy: CopyAction.toVaultArn('arn:aws:backup:eu-west-1:111122223333:backup-vault:landing', {
          retention: Retention.days(30),
        }),
        resourceTypes: [ResourceType.DYNAMODB],
        restoreAccounts: ['111122223333'],
        restoreAccessName: 'copy-back',
        alarmTopic: new sns.Topic(there, 'Alarms'),
      });
      const backup = Template.fromStack(there);
      backup.hasResourceProperties('AWS::StepFunctions::StateMachine', { StateMachineName: 'copy-back' });
      expect(copy).toMatchObject({
        region: 'eu-central-1',
        stateMachineArn: 'arn:TOKEN:states:eu-central-1:444455556666:stateMachine:copy-back',
      });
      const trusted = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:root']] };
      backup.hasResourceProperties('AWS::IAM::Role', {
        RoleName: 'copy-back',
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { AWS: trusted }, Action: 'sts:AssumeRole' }],
        },
      });

      // what the functions call with the role, in a run that uses every kind of wish
      world.vaults = [CENTRAL];
      world.points.central = { [TABLE]: pointsOf(TABLE, 8) };
      world.aws.scan = 'clean';
      const wished = { tag: { key: 'app', value: 'shop' }, newestClean: true };
      expect((await world.run(wished)).status).toBe('SUCCEEDED');
      const called = new Set(
        world.aws.calls
          .filter(({ elsewhere }) => elsewhere)
          .map(({ name }) => name.replace('sfn:', 'states:')),
      );
      const policies = Object.values(backup.findResources('AWS::IAM::ManagedPolicy'));
      const granting = policies.find(({ Properties }) =>
        /restore runbooks/.test(Properties.Description),
      )?.Properties;
      const granted = granting?.PolicyDocument.Statement.flatMap(({ Action }: { Action: unknown }) => Action);
      expect([...called].sort()).toEqual([...granted].sort());
      expect(JSON.stringify(granting?.PolicyDocument)).not.toContain('"Resource":"*"');
    });

    test('has functions that may do exactly what they call', async () => {
      world.vaults = [{ name: 'gold' }, CENTRAL];
      world.points.central = { [TABLE]: pointsOf(TABLE, 8) };
      world.aws.scan = 'clean';
      const wished = { tag: { key: 'app', value: 'shop' }, newestClean: true };
      expect((await world.run(wished, { name: 'run-1' })).status).toBe('SUCCEEDED');
      await world.run({ ...wished, vault: 'gold' }, { name: 'run-4' });
      await world.run({ runId: 'run-1' }, { name: 'run-2' });
      await world.run({ resources: [TABLE], vault: 'gold' }, { name: 'run-3' });
      const template = make(() => ({ copySources: [source] }));
      const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy'));
      const functions: [string, RegExp, string[]][] = [
        ['plan', /^Decides what is restored/, []],
        ['copy', /^Copies recovery points back/, []],
        ['watch', /^Looks at restore jobs/, []],
        ['judge', /^Remembers what/, []],
        ['report', /^Reports what/, []],
      ];
      for (const [name, description, others] of functions) {
        const { Properties } = policies.find((policy) => description.test(policy.Properties.Description)) as {
          Properties: { PolicyDocument: { Statement: { Action: string | string[] }[] } };
        };
        const granted = Properties.PolicyDocument.Statement.flatMap(({ Action }) => Action).filter(
          // logs, the key of the bucket, and what tells a missing document from a forbidden one
          (action) => !/^(logs|kms):|^s3:ListBucket$/.test(action),
        );
        const called = [...(world.called.get(name) ?? [])];
        expect([name, [...new Set(granted)].sort()]).toEqual([
          name,
          [...new Set([...called, ...others])].sort(),
        ]);
      }
    });

    test('has no function and no state for copies without one', () => {
      const template = make();
      template.resourcePropertiesCountIs('AWS::Lambda::Function', { Handler: 'index.copy' }, 0);
      expect(JSON.stringify(machineOf(template))).not.toContain('Copy back');
      expect(statementsOf(template).filter(({ Action }) => Action.includes('sts:AssumeRole'))).toEqual([]);
    });

    test('that is shared may restore its recovery points, too', () => {
      const template = make(() => ({
        vaults: [],
        sharedVaults: [{ backupVaultName: 'vaulted', account: '444455556666' }],
      }));
      const start = statementsOf(template).find(({ Action }) => Action.includes('backup:StartRestoreJob'));
      expect(JSON.stringify(start?.Resource)).toContain(':backup:eu-west-1:444455556666:recovery-point:*');
      expect(settingsOf(template).vaults).toEqual([{ name: 'vaulted', sharedBy: '444455556666' }]);
    });
  });

  test.each<[string, Partial<RestoreRunbookProps>, string]>([
    [
      'no vault at all',
      { vaults: [] },
      '`vaults` must be a list of at least one vault, unless `sharedVaults` or `copySources` has one, got an array',
    ],
    [
      'an account that is none',
      { sharedVaults: [{ backupVaultName: 'vaulted', account: 'backup' }] },
      '`sharedVaults[0].account` must be an account ID of 12 digits, got `backup`',
    ],
    [
      'a Region that is none, and a name that no role has',
      {
        copySources: [
          { backupVaultName: 'central', account: '444455556666', region: 'Ireland', accessName: 'copy back' },
        ],
      },
      '`copySources[0].region` must be a Region, got `Ireland`\n  - `copySources[0].accessName` must be the `restoreAccessName` of a `CopyOnDemand`: 1 to 64 letters, digits, hyphens and underscores, got `copy back`',
    ],
    [
      'a vault twice',
      {
        copySources: [1, 2].map(() => ({
          backupVaultName: 'central',
          account: '444455556666',
          accessName: 'copy-back',
        })),
      },
      '`copySources[1]` is the vault `central` again; remove it',
    ],
    [
      'a property that does not exist',
      {
        copySources: [
          { backupVaultName: 'central', account: '444455556666', accessName: 'a', acount: '1' } as never,
        ],
      },
      '`acount` is not a property of `RunbookCopySourceOptions`; did you mean `account`?',
    ],
  ])('refuses %s elsewhere', (_title, props, message) => {
    expect(refusal(() => make(() => props))).toContain(message);
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
      'queries over a connection',
      () => ({
        checks: [
          RestoreCheck.documentDb({
            database: 'shop',
            queries: [{ collection: 'orders', minimum: 1 }],
            secret: { secretRef: { secretId: 'arn:secret' } } as never,
          }),
        ],
      }),
      '`checks[0]` queries DocumentDB over a connection, but the functions of a runbook are outside of VPCs; use a `validator` instead of `queries`',
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
      'metadata of another type',
      (stack) => ({
        resources: [
          { resource: new s3.Bucket(stack, 'Bucket'), metadata: RestoreMetadata.ebs({ iops: 3_000 }) },
        ],
      }),
      '`resources[0].metadata` must be for S3, got metadata for EBS; use `RestoreMetadata.s3()`',
    ],
    [
      'metadata that is none',
      (stack) => ({
        resources: [{ resource: new s3.Bucket(stack, 'Bucket'), metadata: { a: 'b' } as never }],
      }),
      '`resources[0].metadata` must be a `RestoreMetadata`, got an object; use the factory of `RestoreMetadata` for the type',
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
    expect(settingsOf(template).vaults).toHaveLength(1);
  });
});
