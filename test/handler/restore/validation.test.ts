import * as fc from 'fast-check';
import { NotYet } from '../../../src/handler/restore/aws-calls';
import { LEVELS, type Level } from '../../../src/handler/restore/check';
import { closeFailed, sweep } from '../../../src/handler/restore/closing';
import type { RestoreJob } from '../../../src/handler/restore/evidence';
import { validateJob } from '../../../src/handler/restore/validation';
import { awsError, FakeAws, type FakeTable, type Item, settingsOf } from './fake-aws';

const RESTORED_TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/awsbackup-restore-test-1';
const SOURCE_TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
const RESTORED_BUCKET = 'arn:aws:s3:::awsbackup-restore-test-2';
const SOURCE_BUCKET = 'arn:aws:s3:::documents';

let aws: FakeAws;
beforeEach(() => {
  aws = new FakeAws();
});

function items(count: number): Item[] {
  return Array.from({ length: count }, (_, n) => ({
    id: { S: `order-${n}` },
    total: { N: String(n) },
    tags: { SS: ['a', 'b'] },
  }));
}

/** A restored table and its source, which are equal. */
function tables(count = 250): RestoreJob {
  for (const name of ['awsbackup-restore-test-1', 'orders'])
    aws.tables.set(name, { status: 'ACTIVE', keys: [['id', 'S']], items: items(count) });
  return aws.job('DynamoDB', RESTORED_TABLE, SOURCE_TABLE);
}

function buckets(count = 120): RestoreJob {
  const content = Array.from({ length: count }, (_, n): [string, string] => [`key-${n}`, `content ${n}`]);
  for (const name of ['awsbackup-restore-test-2', 'documents']) aws.buckets.set(name, new Map(content));
  return aws.job('S3', RESTORED_BUCKET, SOURCE_BUCKET);
}

const restoredTable = () => aws.tables.get('awsbackup-restore-test-1') as never as FakeTable;
const restoredBucket = () => aws.buckets.get('awsbackup-restore-test-2') as Map<string, string>;

const validate = (job: RestoreJob, level: Level = 'samples', more: object = {}) =>
  validateJob(
    job.RestoreJobId as string,
    settingsOf([{ type: job.ResourceType as string, level, ...more }]),
    aws.tools(),
  );

describe('a level catches what the one before it does not', () => {
  interface Mutation {
    readonly prepare: () => RestoreJob;
    readonly spoil: () => void;
    readonly caughtAt: Level;
    readonly reason: string;
  }
  const MUTATIONS: Record<string, Mutation> = {
    'a table that is archived': {
      prepare: tables,
      spoil: () => {
        restoredTable().status = 'ARCHIVED';
      },
      caughtAt: 'restored',
      reason: 'restored: the table is ARCHIVED, expected ACTIVE',
    },
    'a table with other keys': {
      prepare: tables,
      spoil: () => {
        restoredTable().keys = [['id', 'N']];
      },
      caughtAt: 'opens',
      reason: 'opens: the keys are id HASH N, those of the source are id HASH S',
    },
    'a table without rows': {
      prepare: tables,
      spoil: () => {
        restoredTable().items = [];
      },
      caughtAt: 'counts',
      reason: 'counts: 0 items, expected at least 225, the source has 250',
    },
    'a table that lacks a third of its rows': {
      prepare: tables,
      spoil: () => {
        restoredTable().items = items(160);
      },
      caughtAt: 'counts',
      reason: 'counts: 160 items, expected at least 225, the source has 250',
    },
    'a table whose rows have other values': {
      prepare: tables,
      spoil: () => {
        restoredTable().items = items(250).map((item) => ({ ...item, total: { N: '0' } }));
      },
      caughtAt: 'samples',
      reason: 'samples: 20 items read, 0 of 20 equal to the source, expected at least 16',
    },
    'a table whose rows lack an attribute': {
      prepare: tables,
      spoil: () => {
        restoredTable().items = items(250).map(({ id, total }) => ({ id, total }));
      },
      caughtAt: 'samples',
      reason: 'samples: 20 items read, 0 of 20 equal to the source, expected at least 16',
    },
    'a bucket that does not exist': {
      prepare: buckets,
      spoil: () => aws.buckets.delete('awsbackup-restore-test-2'),
      caughtAt: 'restored',
      reason: 'could not be validated: NoSuchBucket: there is no bucket awsbackup-restore-test-2',
    },
    'a bucket that cannot be listed': {
      prepare: buckets,
      spoil: () => {
        aws.answers['s3:ListObjectsV2'] = () => {
          throw awsError('AccessDenied', 'no');
        };
      },
      caughtAt: 'opens',
      reason: 'could not be validated: AccessDenied: no',
    },
    'an empty bucket': {
      prepare: buckets,
      spoil: () => restoredBucket().clear(),
      caughtAt: 'counts',
      reason: 'counts: 0 objects, expected at least 108, the source has 120',
    },
    'a bucket whose objects have the right names and other content': {
      prepare: buckets,
      spoil: () => {
        for (const key of restoredBucket().keys()) restoredBucket().set(key, 'encrypted by ransom');
      },
      caughtAt: 'samples',
      reason: 'samples: 20 objects read, 0 of 20 equal to the source, expected at least 16',
    },
  };
  const LADDER = LEVELS.slice(0, 4);

  test.each(Object.entries(MUTATIONS))('%s', async (_title, { prepare, spoil, caughtAt, reason }) => {
    for (const level of LADDER) {
      aws = new FakeAws();
      const job = prepare();
      spoil();
      await validate(job, level);
      const isCaught = LADDER.indexOf(level) >= LADDER.indexOf(caughtAt);
      expect([level, job.ValidationStatus]).toEqual([level, isCaught ? 'FAILED' : 'SUCCESSFUL']);
      if (isCaught) expect(job.ValidationStatusMessage).toBe(reason);
    }
  });

  test.each([
    [
      'DynamoDB',
      tables,
      'the table is ACTIVE; the table can be read, with the keys id HASH S; 250 items, the source has 250; 20 items read, 20 of 20 equal to the source',
    ],
    [
      'S3',
      buckets,
      'the bucket exists; the objects can be listed; 120 objects, the source has 120; 20 objects read, 20 of 20 equal to the source',
    ],
  ] as const)('the right content of %s passes all of them', async (_type, prepare, reason) => {
    const job = prepare();
    await validate(job);
    expect([job.ValidationStatus, job.ValidationStatusMessage]).toEqual(['SUCCESSFUL', reason]);
  });

  test('a source that goes on changing does not fail a test', async () => {
    const job = tables();
    const source = aws.tables.get('orders') as FakeTable;
    source.items = source.items
      .filter((_, n) => n % 10 !== 0)
      .map((item, n) => (n < 20 ? { id: item.id } : item));
    await validate(job);
    expect(job.ValidationStatus).toBe('SUCCESSFUL');
  });

  test('objects that changed after the recovery point was made are read, but not compared', async () => {
    const job = aws.job('S3', RESTORED_BUCKET, SOURCE_BUCKET);
    aws.buckets.set(
      'awsbackup-restore-test-2',
      new Map([
        ['new/a', 'old'],
        ['new/empty', ''],
      ]),
    );
    aws.buckets.set(
      'documents',
      new Map([
        ['new/a', 'changed'],
        ['new/empty', 'changed'],
      ]),
    );
    await validate(job);
    expect(job.ValidationStatusMessage).toContain(
      '2 objects read, none compared: the source has none of them',
    );
  });

  test('without its source, a resource is held to the least number', async () => {
    const job = tables();
    aws.tables.delete('orders');
    restoredTable().items = items(3);
    await validate(job, 'samples', { atLeast: 5 });
    expect(job.ValidationStatusMessage).toBe('counts: 3 items, expected at least 5');
  });
});

describe('databases, instances and file systems', () => {
  const CLUSTER = 'arn:aws:rds:eu-west-1:111122223333:cluster:awsbackup-restore-test-3';
  const ANY_SOURCE = 'arn:aws:rds:eu-west-1:111122223333:cluster:orders';
  const cluster = (more: object = {}) => ({
    DBClusters: [
      {
        DBClusterIdentifier: 'awsbackup-restore-test-3',
        Status: 'available',
        Engine: 'aurora-postgresql',
        Endpoint: 'db.example',
        Port: 5432,
        DBClusterMembers: [{}],
        HttpEndpointEnabled: true,
        ...more,
      },
    ],
  });
  const queries = [
    { sql: 'select count(*) from orders', atLeast: 10 },
    { sql: 'select max(version) from migrations', equals: '42' },
  ];
  const rows = (value: object) => ({ records: [[value]] });

  test.each<[string, (() => unknown)[], string, string]>([
    [
      'the expected results',
      [() => rows({ longValue: 10 }), () => rows({ stringValue: '42' })],
      'SUCCESSFUL',
      'the cluster is available; not tried: the function is outside a VPC; 2 queries returned what they should',
    ],
    [
      'too few rows',
      [() => rows({ longValue: 9 })],
      'FAILED',
      'queries: `select count(*) from orders` returned 9, expected at least 10',
    ],
    [
      'another schema version',
      [() => rows({ longValue: 10 }), () => rows({ stringValue: '41' })],
      'FAILED',
      'queries: `select max(version) from migrations` returned 41, expected 42',
    ],
    [
      'no rows',
      [() => ({ records: [] })],
      'FAILED',
      'queries: `select count(*) from orders` returned nothing, expected at least 10',
    ],
    [
      'the wrong schema',
      [
        () => {
          throw awsError('DatabaseErrorException', 'relation "orders" does not exist');
        },
      ],
      'FAILED',
      'queries: `select count(*) from orders` failed: DatabaseErrorException: relation "orders" does not exist',
    ],
  ])('queries of an Aurora cluster with %s', async (_title, answers, verdict, reason) => {
    const job = aws.job('Aurora', CLUSTER, ANY_SOURCE);
    aws.answers['rds:DescribeDBClusters'] = () => cluster();
    aws.instead.set('rds-data:ExecuteStatement', [...answers]);
    await validate(job, 'queries', { queries, secretArn: 'arn:secret' });
    expect([job.ValidationStatus, job.ValidationStatusMessage]).toEqual([verdict, reason]);
  });

  test('a restored cluster gets an instance and the Data API for its queries, and loses the instance afterwards', async () => {
    const job = aws.job('Aurora', CLUSTER, ANY_SOURCE);
    let enabled = false;
    let reader: string | undefined;
    aws.answers['rds:DescribeDBClusters'] = () =>
      cluster({ DBClusterMembers: [], HttpEndpointEnabled: enabled });
    aws.answers['rds:DescribeDBInstances'] = () => ({
      DBInstances: reader === undefined ? [] : [{ DBInstanceStatus: reader }],
    });
    aws.answers['rds:CreateDBInstance'] = () => {
      reader = 'creating';
    };
    aws.answers['rds:EnableHttpEndpoint'] = () => {
      enabled = true;
    };
    aws.answers['rds:DeleteDBInstance'] = () => {
      reader = undefined;
    };
    aws.answers['rds-data:ExecuteStatement'] = () => rows({ longValue: 42 });
    const tools = aws.tools();
    await validateJob(
      job.RestoreJobId as string,
      settingsOf([{ type: 'Aurora', level: 'queries', queries: [queries[0]] }]),
      {
        ...tools,
        sleep: async (time) => {
          await tools.sleep(time);
          reader = 'available';
        },
      },
    );
    expect(job.ValidationStatus).toBe('SUCCESSFUL');
    expect([enabled, reader]).toEqual([true, undefined]);
  });

  test.each<[string, Error | 'open', string]>([
    ['opens', 'open', 'the instance is available; port 5432 of the instance opens'],
    [
      'does not open',
      new Error('ECONNREFUSED'),
      'opens: port 5432 of the instance does not open: ECONNREFUSED',
    ],
  ])('the port of an RDS instance %s', async (_title, port, reason) => {
    const job = aws.job('RDS', 'arn:aws:rds:eu-west-1:111122223333:db:awsbackup-restore-test-4', 'arn:x');
    aws.port = port;
    aws.answers['rds:DescribeDBInstances'] = () => ({
      DBInstances: [{ DBInstanceStatus: 'available', Endpoint: { Address: 'db', Port: 5432 } }],
    });
    await validate(job, 'opens');
    expect(job.ValidationStatusMessage).toBe(reason);
  });

  const status = (state: string, checks: string, system = checks) => ({
    InstanceStatuses: [
      {
        InstanceState: { Name: state },
        InstanceStatus: { Status: checks },
        SystemStatus: { Status: system },
      },
    ],
  });
  test.each<[string, object, object, string]>([
    [
      'runs and passes its commands',
      status('running', 'ok'),
      { Status: 'Success' },
      'the instance is running; both status checks are ok; 1 commands exited with 0',
    ],
    [
      'is stopped',
      status('stopped', 'not-applicable'),
      {},
      'restored: the instance is stopped, expected running',
    ],
    [
      'runs, but is impaired',
      status('running', 'impaired', 'ok'),
      {},
      'opens: the status checks are impaired and ok, expected ok',
    ],
    [
      'passes its status checks, but lacks a file',
      status('running', 'ok'),
      { Status: 'Failed', ResponseCode: 1, StandardErrorContent: 'no such file' },
      'queries: the commands ended with Failed, exit code 1: no such file',
    ],
  ])('an EC2 instance that %s', async (_title, statuses, command, reason) => {
    const job = aws.job('EC2', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1', 'arn:x');
    aws.answers['ec2:DescribeInstanceStatus'] = () => statuses;
    aws.instead.set('ssm:SendCommand', [
      () => {
        throw awsError('InvalidInstanceId');
      },
    ]);
    aws.answers['ssm:SendCommand'] = () => ({ Command: { CommandId: 'c-1' } });
    aws.instead.set('ssm:GetCommandInvocation', [
      () => {
        throw awsError('InvocationDoesNotExist');
      },
      () => ({ Status: 'InProgress' }),
    ]);
    aws.answers['ssm:GetCommandInvocation'] = () => command;
    await validate(job, 'queries', { commands: ['test -f /etc/app.conf'] });
    expect(job.ValidationStatusMessage).toBe(reason);
  });

  test.each<[string, string, string, Partial<FakeAws['answers']>, string]>([
    [
      'EBS',
      'arn:aws:ec2:eu-west-1:1:volume/vol-2',
      'arn:aws:ec2:eu-west-1:1:volume/vol-1',
      {
        'ec2:DescribeVolumes': ({ VolumeIds: [id] }: { VolumeIds: string[] }) => ({
          Volumes: [{ State: 'available', Size: id === 'vol-1' ? 20 : 10 }],
        }),
        'ec2:DescribeVolumeStatus': () => ({ VolumeStatuses: [{ VolumeStatus: { Status: 'ok' } }] }),
      } as never,
      'counts: 10 GiB, the source has 20',
    ],
    [
      'EFS',
      'arn:aws:elasticfilesystem:eu-west-1:1:file-system/fs-2',
      'arn:aws:elasticfilesystem:eu-west-1:1:file-system/fs-1',
      {
        'efs:DescribeFileSystems': ({ FileSystemId }: { FileSystemId: string }) => ({
          FileSystems: [
            {
              LifeCycleState: 'available',
              SizeInBytes: {
                Value: FileSystemId === 'fs-1' ? 1000 : 6,
                Timestamp: new Date(Date.UTC(2026, 10, 29, 5)),
              },
            },
          ],
        }),
      } as never,
      'counts: 6 bytes, expected at least 900, the source has 1000',
    ],
    [
      'FSx',
      'arn:aws:fsx:eu-west-1:1:file-system/fs-2',
      'arn:x',
      { 'fsx:DescribeFileSystems': () => ({ FileSystems: [{ Lifecycle: 'FAILED' }] }) },
      'restored: the file system is FAILED, expected AVAILABLE',
    ],
    [
      'FSx',
      'arn:aws:fsx:eu-west-1:1:volume/fs-1/fsvol-2',
      'arn:x',
      {
        'fsx:DescribeVolumes': () => ({
          Volumes: [{ Lifecycle: 'CREATED', OntapConfiguration: { SizeInMegabytes: 0 } }],
        }),
      },
      'opens: the volume has no capacity',
    ],
  ])('%s by state and size', async (type, restored, source, answers, reason) => {
    const job = aws.job(type, restored, source);
    Object.assign(aws.answers, answers);
    await validate(job, 'counts');
    expect(job.ValidationStatusMessage).toBe(reason);
  });

  test('what is on its way is waited for, within the invocation and then in the next', async () => {
    const job = tables();
    restoredTable().status = 'CREATING';
    await expect(validate(job)).rejects.toThrow(new NotYet('the table is CREATING'));
    expect(job.ValidationStatus).toBeUndefined();
    expect(aws.slept).toBeGreaterThan(10 * 60_000);
    restoredTable().status = 'ACTIVE';
    await validate(job);
    expect(job.ValidationStatus).toBe('SUCCESSFUL');
  });

  test('what never comes fails before the validation window ends', async () => {
    const job = tables();
    restoredTable().status = 'CREATING';
    aws.now = (job.CompletionDate as Date).getTime() + 3.6 * 3_600_000;
    await validate(job);
    expect([job.ValidationStatus, job.ValidationStatusMessage]).toEqual([
      'FAILED',
      'could not be validated in time: the table is CREATING',
    ]);
  });
});

describe('conditions besides the content', () => {
  test.each([
    ['clean', 'SUCCESSFUL', 'a malware scan of the recovery point found nothing; the table is ACTIVE'],
    ['threats', 'FAILED', 'scan: a malware scan of the recovery point found threats'],
    ['running', 'FAILED', 'scan: no malware scan of the recovery point is complete'],
    [undefined, 'FAILED', 'scan: no malware scan of the recovery point is complete'],
  ] as const)('a malware scan that is %s', async (scan, verdict, reason) => {
    const job = tables();
    aws.scan = scan;
    await validate(job, 'restored', { cleanScan: true });
    expect([job.ValidationStatus, job.ValidationStatusMessage]).toEqual([verdict, reason]);
  });

  const answer = (value: unknown) => ({ Payload: Buffer.from(JSON.stringify(value)) });
  test.each<[string, object, string, string]>([
    [
      'accepts',
      answer({ valid: true, reason: 'ledger balances' }),
      'SUCCESSFUL',
      'the table is ACTIVE; ledger balances',
    ],
    [
      'rejects',
      answer({ valid: false, reason: 'ledger is off by 3' }),
      'FAILED',
      'function: ledger is off by 3',
    ],
    [
      'crashes',
      { FunctionError: 'Unhandled', ...answer({ errorMessage: 'boom' }) },
      'FAILED',
      'function: the function failed: {"errorMessage":"boom"}',
    ],
    [
      'answers something else',
      answer('fine'),
      'FAILED',
      'function: the function must return `{ valid, reason }`, got "fine"',
    ],
  ])('the function of the user %s', async (_title, invoked, verdict, reason) => {
    const job = tables();
    aws.answers['lambda:Invoke'] = () => invoked;
    await validate(job, 'restored', { functionArn: 'arn:function' });
    expect([job.ValidationStatus, job.ValidationStatusMessage]).toEqual([verdict, reason]);
    expect(aws.calls.find(({ name }) => name === 'lambda:Invoke')?.input.Payload).toContain(RESTORED_TABLE);
  });

  test('a check that names the source wins over the one for its type', async () => {
    const job = tables();
    const settings = settingsOf([
      { type: 'DynamoDB', level: 'samples', atLeast: 1_000 },
      { type: 'DynamoDB', level: 'restored', sources: [SOURCE_TABLE] },
    ]);
    await validateJob(job.RestoreJobId as string, settings, aws.tools());
    expect(job.ValidationStatus).toBe('SUCCESSFUL');
  });
});

describe('every job of the plan gets one result, and no other job does', () => {
  test('a type without a check fails', async () => {
    const job = tables();
    await validateJob(job.RestoreJobId as string, settingsOf([]), aws.tools());
    expect(job.ValidationStatusMessage).toBe(`no check is configured for DynamoDB ${SOURCE_TABLE}`);
  });

  test('an exception fails with its reason', async () => {
    const job = tables();
    aws.instead.set('dynamodb:DescribeTable', [
      () => {
        throw awsError('AccessDeniedException', 'not authorized');
      },
    ]);
    await validate(job);
    expect([job.ValidationStatus, job.ValidationStatusMessage]).toEqual([
      'FAILED',
      'could not be validated: AccessDeniedException: not authorized',
    ]);
  });

  test('an event that arrives twice changes nothing', async () => {
    const job = tables();
    await validate(job);
    const before = { ...job };
    restoredTable().items = [];
    expect(await validate(job)).toMatch(/^SUCCESSFUL already: /);
    expect(job).toEqual(before);
    expect(aws.kept.size).toBe(1);
  });

  test('of two invocations at the same time, the first result stands', async () => {
    const job = tables();
    aws.instead.set('backup:PutRestoreValidationResult', [
      () => {
        Object.assign(job, { ValidationStatus: 'FAILED', ValidationStatusMessage: 'by the other' });
        throw awsError('InvalidRequestException');
      },
    ]);
    expect(await validate(job)).toBe('FAILED already: by the other');
    expect([...aws.kept.values()][0]).toMatchObject({ verdict: 'FAILED', reason: 'by the other' });
  });

  test.each<[string, Partial<RestoreJob>]>([
    ['of another plan', { CreatedBy: { RestoreTestingPlanArn: 'arn:other' } }],
    ['of no plan', { CreatedBy: undefined }],
    ['that still runs', { Status: 'RUNNING' }],
  ])('a job %s is left alone', async (_title, more) => {
    const job = Object.assign(tables(), more);
    await validate(job);
    expect(aws.calls.map(({ name }) => name)).toEqual(['backup:DescribeRestoreJob']);
  });

  test('a validation that crashed or timed out is closed with the reason', async () => {
    const job = tables();
    const event = (restoreJobId?: string) => ({
      requestContext: { condition: 'RetriesExhausted' },
      requestPayload: { detail: { restoreJobId } },
      responsePayload: { errorMessage: 'Task timed out after 900.00 seconds' },
    });
    const settings = settingsOf([]);
    await closeFailed(event(job.RestoreJobId), settings, aws.tools());
    expect([job.ValidationStatus, job.ValidationStatusMessage]).toEqual([
      'FAILED',
      'could not be validated: Task timed out after 900.00 seconds',
    ]);
    expect(await closeFailed(event(job.RestoreJobId), settings, aws.tools())).toMatch(/^FAILED already/);
    expect(await closeFailed(event(), settings, aws.tools())).toBe('no restore job in the event');
    const foreign = aws.job('DynamoDB', RESTORED_TABLE, SOURCE_TABLE, { CreatedBy: undefined });
    expect(await closeFailed(event(foreign.RestoreJobId), settings, aws.tools())).toBe(
      'not a test of this plan',
    );
    expect(foreign.ValidationStatus).toBeUndefined();
  });

  test('the sweep decides what nobody decided, and reports what does not finish or is not deleted', async () => {
    const undecided = tables();
    const running = aws.job('DynamoDB', RESTORED_TABLE, SOURCE_TABLE, {
      Status: 'RUNNING',
      CompletionDate: undefined,
    });
    const timedOut = aws.job('DynamoDB', RESTORED_TABLE, SOURCE_TABLE, { ValidationStatus: 'TIMED_OUT' });
    const failed = aws.job('DynamoDB', RESTORED_TABLE, SOURCE_TABLE, {
      Status: 'FAILED',
      StatusMessage: 'no role',
    });
    const left = aws.job('DynamoDB', RESTORED_TABLE, SOURCE_TABLE, {
      ValidationStatus: 'SUCCESSFUL',
      DeletionStatus: 'FAILED',
      DeletionStatusMessage: 'access denied',
    });
    const settings = settingsOf([]);
    expect(await sweep(settings, aws.tools())).toEqual({
      decided: 0,
      recorded: 3,
      unfinished: 0,
      leftovers: 1,
    });
    expect(undecided.ValidationStatus).toBeUndefined(); // its window isn't over

    aws.now += 30 * 3_600_000;
    await sweep(settings, aws.tools());
    expect([undecided.ValidationStatus, undecided.ValidationStatusMessage]).toEqual([
      'FAILED',
      'no validation result before the end of the validation window',
    ]);
    const kept = Object.fromEntries(
      [...aws.kept].map(([key, value]) => [key.split('/').at(-1), [value.verdict, value.reason]]),
    );
    expect(kept).toEqual({
      [`${undecided.RestoreJobId}.json`]: [
        'FAILED',
        'no validation result before the end of the validation window',
      ],
      [`not-finished-${running.RestoreJobId}.json`]: [
        'NOT_FINISHED',
        'the restore is RUNNING after 32 hours',
      ],
      [`${timedOut.RestoreJobId}.json`]: ['TIMED_OUT', 'decided before'],
      [`${failed.RestoreJobId}.json`]: ['RESTORE_FAILED', 'the restore ended with FAILED: no role'],
      [`${left.RestoreJobId}.json`]: ['SUCCESSFUL', 'decided before'],
      [`not-deleted-${left.RestoreJobId}.json`]: [
        'NOT_DELETED',
        `AWS Backup failed to delete ${RESTORED_TABLE}: access denied; not configured to delete it`,
      ],
    });
  });

  test('whatever arrives, in whichever order, the first result of a job of the plan stands, and other jobs have none', async () => {
    const own = fc.nat({ max: 2 });
    const steps = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constantFrom('validate', 'close'), job: fc.nat({ max: 3 }) }),
        fc.record({ kind: fc.constant('sweep'), job: own }),
        fc.record({ kind: fc.constantFrom('later', 'spoil'), job: own }),
      ),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        aws = new FakeAws();
        const jobs = [tables(5), tables(5), tables(5)];
        // made by another plan, whose events must not matter
        jobs.push(
          aws.job('DynamoDB', RESTORED_TABLE, SOURCE_TABLE, {
            CreatedBy: { RestoreTestingPlanArn: 'arn:aws:backup:eu-west-1:1:restore-testing-plan:other' },
          }),
        );
        const first = new Map<string, string>();
        for (const { kind, job } of given) {
          const { RestoreJobId: restoreJobId } = jobs[job];
          const settings = settingsOf([{ type: 'DynamoDB', level: 'counts' }]);
          if (kind === 'validate') await validate(jobs[job], 'counts');
          else if (kind === 'close')
            await closeFailed({ requestPayload: { detail: { restoreJobId } } }, settings, aws.tools());
          else if (kind === 'sweep') await sweep(settings, aws.tools());
          else if (kind === 'later') aws.now += 2 * 3_600_000;
          else restoredTable().items = [];
          for (const { RestoreJobId: id, ValidationStatus, ValidationStatusMessage } of jobs) {
            const result = `${ValidationStatus}: ${ValidationStatusMessage}`;
            if (ValidationStatus && !first.has(id as string)) first.set(id as string, result);
            if (first.has(id as string)) expect(result).toBe(first.get(id as string));
          }
        }
        expect(jobs[3].ValidationStatus).toBeUndefined();
        const touched = given.flatMap(({ kind, job }) =>
          (kind === 'validate' || kind === 'close') && job < 3 ? [jobs[job].RestoreJobId as string] : [],
        );
        for (const id of touched) expect(first.get(id)).toMatch(/^(SUCCESSFUL|FAILED): ./);
        // once its window is over, the sweep has decided every job of the plan
        aws.now += 30 * 3_600_000;
        await sweep(settingsOf([]), aws.tools());
        expect(jobs.slice(0, 3).map(({ ValidationStatus }) => ValidationStatus)).not.toContain(undefined);
        expect(jobs[3].ValidationStatus).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  test('one job that cannot be swept does not keep the others from it', async () => {
    const [broken, other] = [tables(), tables()];
    aws.now += 30 * 3_600_000;
    aws.instead.set('backup:PutRestoreValidationResult', [
      () => {
        throw awsError('ThrottlingException', 'slow down');
      },
    ]);
    await expect(sweep(settingsOf([]), aws.tools())).rejects.toThrow(`${broken.RestoreJobId}: slow down`);
    expect(other.ValidationStatus).toBe('FAILED');
  });
});

describe('what AWS Backup failed to delete', () => {
  const sweepLeft = async (type: string, restored: string, source: string | undefined) => {
    aws.job(type, restored, source as string, { ValidationStatus: 'SUCCESSFUL', DeletionStatus: 'FAILED' });
    for (const name of [
      'dynamodb:DeleteTable',
      'ec2:TerminateInstances',
      'rds:DeleteDBCluster',
      'rds:DeleteDBInstance',
    ] as const)
      aws.answers[name] = () => ({});
    await sweep(settingsOf([], { removesLeftovers: true }), aws.tools());
    return aws.calls
      .filter(({ name }) => /Delete|Terminate/.test(name))
      .map(({ name, input }) => [name, input]);
  };

  test.each<[string, string, string | undefined, unknown[]]>([
    [
      'DynamoDB',
      RESTORED_TABLE,
      SOURCE_TABLE,
      [['dynamodb:DeleteTable', { TableName: 'awsbackup-restore-test-1' }]],
    ],
    ['DynamoDB', SOURCE_TABLE, SOURCE_TABLE, []],
    ['DynamoDB', RESTORED_TABLE, undefined, []],
    ['DynamoDB', 'arn:aws:dynamodb:eu-west-1:111122223333:table/customers', SOURCE_TABLE, []],
    [
      'EC2',
      'arn:aws:ec2:eu-west-1:1:instance/i-2',
      'arn:aws:ec2:eu-west-1:1:instance/i-1',
      [['ec2:TerminateInstances', { InstanceIds: ['i-2'] }]],
    ],
    [
      'RDS',
      'arn:aws:rds:eu-west-1:1:cluster:awsbackup-restore-test-9',
      'arn:aws:rds:eu-west-1:1:cluster:a',
      [['rds:DeleteDBCluster', { DBClusterIdentifier: 'awsbackup-restore-test-9', SkipFinalSnapshot: true }]],
    ],
    ['S3', RESTORED_BUCKET, SOURCE_BUCKET, []],
  ])(
    '%s %s, restored from %s, is deleted only if it is certainly not the source',
    async (type, restored, source, calls) => {
      expect(await sweepLeft(type, restored, source)).toEqual(calls);
    },
  );
});

describe('the evidence of a test', () => {
  test('says what an auditor asks for, and measures the recovery against its targets', async () => {
    const job = tables();
    await validateJob(
      job.RestoreJobId as string,
      settingsOf([{ type: 'DynamoDB', level: 'opens' }], { restoreMinutes: 30, ageMinutes: 24 * 60 }),
      aws.tools(),
    );
    expect([...aws.kept]).toEqual([
      [
        `weekly/2026/11/29/${job.RestoreJobId}.json`,
        {
          version: 1,
          restoreTestingPlan: 'weekly',
          restoreJobId: job.RestoreJobId,
          account: '111122223333',
          resourceType: 'DynamoDB',
          sourceArn: SOURCE_TABLE,
          recoveryPointArn: job.RecoveryPointArn,
          backupVaultArn: job.BackupVaultArn,
          recoveryPointCreated: '2026-11-28T05:00:00.000Z',
          restoredArn: RESTORED_TABLE,
          restoreStarted: '2026-11-29T03:00:00.000Z',
          restoreCompleted: '2026-11-29T04:00:00.000Z',
          verdict: 'SUCCESSFUL',
          reason: 'the table is ACTIVE; the table can be read, with the keys id HASH S',
          steps: [
            { level: 'restored', ok: true, says: 'the table is ACTIVE' },
            { level: 'opens', ok: true, says: 'the table can be read, with the keys id HASH S' },
          ],
          recoveryTime: { seconds: 3_600, targetSeconds: 1_800, isMet: false },
          recoveryPointAge: { seconds: 79_200, targetSeconds: 86_400, isMet: true },
          decidedAt: '2026-11-29T05:00:00.000Z',
        },
      ],
    ]);
    const metrics = JSON.parse(aws.logs.at(-1) as string);
    expect(metrics).toMatchObject({
      Failed: 0,
      TargetMissed: 1,
      RecoveryTime: 3_600,
      RecoveryPointAge: 79_200,
    });
    expect(metrics._aws.CloudWatchMetrics[0]).toMatchObject({
      Namespace: 'CdkBackupConstructs/RestoreTests',
      Dimensions: [['RestoreTestingPlan'], ['RestoreTestingPlan', 'ResourceType']],
    });
  });

  test('is kept by the retry if the first attempt could not', async () => {
    const job = tables();
    aws.instead.set('s3:PutObject', [
      () => {
        throw awsError('SlowDown', 'slow down');
      },
    ]);
    await expect(validate(job)).rejects.toThrow('slow down');
    expect(job.ValidationStatus).toBe('SUCCESSFUL');
    await validate(job);
    expect([...aws.kept.values()][0]).toMatchObject({ verdict: 'SUCCESSFUL' });
  });

  test('of a restore that failed has the reason', async () => {
    const job = Object.assign(tables(), { Status: 'FAILED', StatusMessage: 'no default VPC' });
    await validate(job);
    expect([...aws.kept.values()][0]).toMatchObject({
      verdict: 'RESTORE_FAILED',
      reason: 'the restore ended with FAILED: no default VPC',
    });
    expect(job.ValidationStatus).toBeUndefined();
  });
});
