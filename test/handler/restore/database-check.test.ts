import { NotYet } from '../../../src/handler/restore/aws-calls';
import type { Check, Query } from '../../../src/handler/restore/check';
import { closeFailed, sweep } from '../../../src/handler/restore/closing';
import {
  type DatabaseTarget,
  type Question,
  WrongPassword,
} from '../../../src/handler/restore/database/connection';
import type { RestoreJob } from '../../../src/handler/restore/evidence';
import { judgeSubject, validateJob } from '../../../src/handler/restore/validation';
import { awsError, FakeAws, settingsOf } from './fake-aws';

const ARN = 'arn:aws:rds:eu-west-1:111122223333';
const INSTANCE = `${ARN}:db:awsbackup-restore-test-1`;
const CLUSTER = `${ARN}:cluster:awsbackup-restore-test-2`;
const TEMPORARY = 'awsbackup-restore-test-2-restore-check';
const SOURCE = `${ARN}:db:ledger`;
const HOUR = 3_600_000;

/** A database as the tests see it: what is asked, what it answers, and who may ask. */
class FakeDatabase {
  public password = 'today';
  public refusal?: Error;
  public isOpen = false;
  public readonly targets: DatabaseTarget[] = [];
  public readonly asked: [question: Question, milliseconds: number][] = [];

  constructor(private readonly answers: Record<string, string | undefined | Error>) {}

  public readonly open = async (target: DatabaseTarget) => {
    this.targets.push(target);
    if (this.refusal) throw this.refusal;
    if (target.password !== this.password)
      throw new WrongPassword('password authentication failed for user "app"');
    this.isOpen = true;
    return {
      ask: async (question: Question, milliseconds: number) => {
        this.asked.push([question, milliseconds]);
        const answer = this.answers[question.sql ?? (question.collection as string)];
        if (answer instanceof Error) throw answer;
        return answer;
      },
      close: async () => {
        this.isOpen = false;
      },
    };
  };
}

let aws: FakeAws;
let database: FakeDatabase;
let secrets: Partial<Record<'AWSCURRENT' | 'AWSPREVIOUS', string>>;
beforeEach(() => {
  aws = new FakeAws();
  aws.port = 'open';
  database = new FakeDatabase({
    'select count(*) from bookings': '1000',
    'select version from schema': '42',
  });
  aws.openDatabase = (target) => database.open(target);
  secrets = { AWSCURRENT: secretOf('today') };
  aws.answers['secretsmanager:GetSecretValue'] = ({
    VersionStage: stage,
  }: {
    VersionStage: 'AWSCURRENT' | 'AWSPREVIOUS';
  }) => {
    if (secrets[stage] === undefined) throw awsError('ResourceNotFoundException');
    return { SecretString: secrets[stage] };
  };
  aws.answers['rds:DescribeDBInstances'] = () => ({ DBInstances: [instance('postgres')] });
});

const secretOf = (password: string, more: object = {}) =>
  JSON.stringify({ username: 'app', password, ...more });
const instance = (Engine: string) => ({
  DBInstanceStatus: 'available',
  Engine,
  EngineVersion: '17.5',
  Endpoint: { Address: 'db.example', Port: 5432 },
});

const QUERIES: Query[] = [
  { sql: 'select count(*) from bookings', atLeast: 1_000 },
  { sql: 'select version from schema', equals: '42' },
];
const checkOf = (type: string, more: Partial<Check> = {}): Check => ({
  type,
  level: 'queries',
  queries: QUERIES,
  secretArn: 'arn:secret',
  ...more,
});

/** What the check of a restored RDS instance says. */
const judge = async (more: Partial<Check> = {}, type = 'RDS', restoredArn = INSTANCE) => {
  const subject = { jobId: 'job', type, restoredArn, sourceArn: SOURCE };
  const { verdict, reason } = await judgeSubject(subject, [checkOf(type, more)], aws.tools());
  return `${verdict}: ${reason}`;
};

describe('a restored RDS instance is queried over a connection', () => {
  test('to its endpoint, as the user of the secret, and closes it', async () => {
    expect(await judge()).toBe(
      'SUCCESSFUL: the instance is available; port 5432 of the instance opens; 2 queries returned what they should',
    );
    expect(database.targets).toEqual([
      {
        protocol: 'postgres',
        host: 'db.example',
        port: 5432,
        user: 'app',
        password: 'today',
        database: undefined,
      },
    ]);
    expect(database.isOpen).toBe(false);
  });

  test.each([
    ['postgres', 'postgres'],
    ['mysql', 'mysql'],
    ['mariadb', 'mysql'],
  ])('of the engine %s in the protocol of %s', async (engine, protocol) => {
    aws.answers['rds:DescribeDBInstances'] = () => ({ DBInstances: [instance(engine)] });
    expect(await judge()).toMatch(/^SUCCESSFUL/);
    expect(database.targets[0].protocol).toBe(protocol);
  });

  test.each(['oracle-ee', 'sqlserver-se', 'db2-ae', 'custom-sqlserver-ee'])(
    'unless its engine is %s',
    async (engine) => {
      aws.answers['rds:DescribeDBInstances'] = () => ({ DBInstances: [instance(engine)] });
      expect(await judge()).toBe(
        `FAILED: queries: the engine ${engine} has no built-in queries; use a \`validator\` of your own`,
      );
      expect(database.targets).toEqual([]);
    },
  );

  /** Spoils what was restored. Every mutation passes the levels before its own. */
  const MUTATIONS: Record<string, [level: string, spoil: () => void, reason: string]> = {
    'it does not exist': [
      'restored',
      () => {
        aws.answers['rds:DescribeDBInstances'] = () => {
          throw awsError('DBInstanceNotFoundFault');
        };
      },
      'restored: the instance does not exist',
    ],
    'its storage is full': [
      'restored',
      () => {
        const found = { ...instance('postgres'), DBInstanceStatus: 'storage-full' };
        aws.answers['rds:DescribeDBInstances'] = () => ({ DBInstances: [found] });
      },
      'restored: the instance is storage-full, expected available',
    ],
    'a security group blocks its port': [
      'opens',
      () => {
        aws.port = new Error('no answer within 10 seconds');
      },
      'opens: port 5432 of the instance does not open: no answer within 10 seconds',
    ],
    'it lacks rows': [
      'queries',
      () => {
        database = new FakeDatabase({ 'select count(*) from bookings': '999' });
      },
      'queries: `select count(*) from bookings` returned 999, expected at least 1000',
    ],
    'it has an old schema': [
      'queries',
      () => {
        database = new FakeDatabase({
          'select count(*) from bookings': '1000',
          'select version from schema': '41',
        });
      },
      'queries: `select version from schema` returned 41, expected 42',
    ],
    'it lacks a table': [
      'queries',
      () => {
        const error = new Error('relation "bookings" does not exist');
        database = new FakeDatabase({ 'select count(*) from bookings': error });
      },
      'queries: `select count(*) from bookings` failed: relation "bookings" does not exist',
    ],
    'a query returns nothing': [
      'queries',
      () => {
        database = new FakeDatabase({ 'select count(*) from bookings': '1000' });
      },
      'queries: `select version from schema` returned nothing, expected 42',
    ],
    'it does not speak TLS': [
      'queries',
      () => {
        database.refusal = new Error('The server does not support SSL connections');
      },
      'queries: no connection over TLS to port 5432: The server does not support SSL connections',
    ],
  };
  const LEVELS = ['restored', 'opens', 'queries'] as const;

  test.each(Object.entries(MUTATIONS))('%s: its level notices, and no level before', async (...args) => {
    const [, [caughtAt, spoil, reason]] = args;
    spoil();
    for (const level of LEVELS) {
      const noticed = LEVELS.indexOf(level) >= LEVELS.indexOf(caughtAt as never);
      expect(await judge({ level })).toMatch(noticed ? `FAILED: ${reason}` : /^SUCCESSFUL/);
    }
    expect(database.isOpen).toBe(false);
  });

  test.each<[string, Partial<Check>, object, string | undefined]>([
    ['the check', { database: 'ledger' }, { dbname: 'other' }, 'ledger'],
    ['the secret', {}, { dbname: 'other' }, 'other'],
    ['neither', {}, {}, undefined],
  ])('in the database of %s', async (_title, more, secret, expected) => {
    secrets.AWSCURRENT = secretOf('today', secret);
    await judge(more);
    expect(database.targets[0].database).toBe(expected);
  });

  test('with the time that the check gives each query, but no more than is left', async () => {
    await judge();
    await judge({ querySeconds: 300 });
    await judge({ querySeconds: 6_000 });
    expect(database.asked.map(([, milliseconds]) => milliseconds / 1_000)).toEqual([
      60, 60, 300, 300, 840, 840,
    ]);
  });

  test('in the next invocation, if too little time is left', async () => {
    const tools = { ...aws.tools(), deadline: aws.now + 29_000 };
    const subject = { jobId: 'job', type: 'RDS', restoredArn: INSTANCE };
    await expect(judgeSubject(subject, [checkOf('RDS')], tools)).rejects.toThrow(
      new NotYet('the queries wait for the next invocation, which has more time'),
    );
  });

  test('only from a function inside a VPC', async () => {
    aws.openDatabase = undefined;
    expect(await judge()).toBe(
      'FAILED: queries: the function is outside a VPC, from where it can not connect to the database',
    );
  });
});

describe('the password is that of the day of the backup, so a secret that has rotated since', () => {
  test('opens the database with its previous version', async () => {
    secrets = { AWSCURRENT: secretOf('today'), AWSPREVIOUS: secretOf('last week') };
    database.password = 'last week';
    expect(await judge()).toMatch(/^SUCCESSFUL/);
    expect(database.targets.map(({ password }) => password)).toEqual(['today', 'last week']);
  });

  test.each<[string, typeof secrets]>([
    ['twice', { AWSCURRENT: secretOf('today'), AWSPREVIOUS: secretOf('last week') }],
    ['never', { AWSCURRENT: secretOf('today') }],
  ])('fails with a reason where it rotated %s', async (_title, versions) => {
    secrets = versions;
    database.password = 'last year';
    expect(await judge()).toBe(
      'FAILED: queries: the database accepts neither the current nor the previous password of the secret, which may have rotated since the backup: password authentication failed for user "app"',
    );
  });

  test.each<[string, string | undefined]>([
    ['plain text', 'hunter2'],
    ['binary', undefined],
    ['without a password', JSON.stringify({ username: 'app' })],
    ['null', 'null'],
  ])('fails without repeating the secret where it is %s', async (_title, text) => {
    aws.answers['secretsmanager:GetSecretValue'] = () => ({ SecretString: text });
    expect(await judge()).toBe(
      'FAILED: could not be validated: the secret must be a JSON object with `username` and `password`',
    );
  });
});

describe('instead of the password of a secret, the master user can get a new one', () => {
  /** What changes a password, and the new one that the database then accepts. */
  const resets: [name: string, input: Record<string, unknown>][] = [];
  beforeEach(() => {
    resets.length = 0;
    for (const name of ['rds:ModifyDBInstance', 'rds:ModifyDBCluster'] as const)
      aws.answers[name] = (input: Record<string, unknown>) => {
        resets.push([name, input]);
        database.password = input.MasterUserPassword as string;
      };
    aws.answers['secretsmanager:GetSecretValue'] = () => {
      throw new Error('no secret may be read');
    };
  });
  const own = { ...instance('postgres'), MasterUsername: 'root' };
  let restored = 0;
  /** The function remembers what it has set, so every test restores another database. */
  const newArn = (kind: 'cluster' | 'db') => `${ARN}:${kind}:awsbackup-restore-test-new-${restored++}`;
  const run = async (job: RestoreJob, more: Partial<Check> = {}) => {
    const check = checkOf(job.ResourceType as string, { resetPassword: true, secretArn: undefined, ...more });
    await validateJob(job.RestoreJobId as string, settingsOf([check]), aws.tools());
    return `${job.ValidationStatus}: ${job.ValidationStatusMessage}`;
  };

  test('of an instance, which is used as soon as the database accepts it', async () => {
    aws.answers['rds:DescribeDBInstances'] = () => ({ DBInstances: [own] });
    const job = aws.job('RDS', newArn('db'), SOURCE);
    expect(await run(job)).toMatch(/^SUCCESSFUL/);
    expect(resets).toEqual([
      [
        'rds:ModifyDBInstance',
        {
          DBInstanceIdentifier: expect.stringMatching(/^awsbackup-restore-test-/),
          MasterUserPassword: expect.stringMatching(/^[0-9a-f]{40}$/),
          ApplyImmediately: true,
        },
      ],
    ]);
    expect(database.targets).toEqual([
      expect.objectContaining({ user: 'root', password: database.password }),
    ]);
  });

  test('of a cluster', async () => {
    restoredCluster({ MasterUsername: 'root', DBClusterMembers: [{ DBInstanceIdentifier: 'own' }] });
    const job = aws.job('Aurora', newArn('cluster'), SOURCE);
    expect(await run(job, { direct: true })).toMatch(/^SUCCESSFUL/);
    expect(resets.map(([name]) => name)).toEqual(['rds:ModifyDBCluster']);
    expect(database.targets[0].user).toBe('root');
  });

  test('once more, and the same, where the database still refuses it', async () => {
    aws.answers['rds:DescribeDBInstances'] = () => ({ DBInstances: [own] });
    aws.instead.set('rds:ModifyDBInstance', [
      () => {
        throw awsError('InvalidDBInstanceStateFault', 'not now');
      },
      () => resets.push(['lost', {}]),
    ]);
    expect(await run(aws.job('RDS', newArn('db'), SOURCE))).toMatch(/^SUCCESSFUL/);
    const [first, second] = aws.calls.filter(({ name }) => name === 'rds:ModifyDBInstance').slice(1);
    expect(second.input).toEqual(first.input);
  });

  test('but never of a database without the name of a restore test', async () => {
    aws.answers['rds:DescribeDBInstances'] = () => ({ DBInstances: [own] });
    expect(await run(aws.job('RDS', SOURCE, SOURCE))).toBe(
      'FAILED: could not be validated: ledger keeps its password, since its name is not that of a restore test',
    );
    expect(resets).toEqual([]);
  });
});

/** A restored cluster as Amazon RDS keeps it: without an instance at first; a new one is a member at once. */
function restoredCluster(more: object = {}) {
  const instances = new Map<string, string>();
  aws.answers['rds:DescribeDBClusters'] = () => ({
    DBClusters: [
      {
        DBClusterIdentifier: 'awsbackup-restore-test-2',
        Status: 'available',
        Engine: 'aurora-postgresql',
        EngineVersion: '17.5',
        Endpoint: 'cluster.example',
        Port: 5432,
        HttpEndpointEnabled: false,
        DBClusterMembers: [...instances.keys()].map((DBInstanceIdentifier) => ({ DBInstanceIdentifier })),
        ...more,
      },
    ],
  });
  aws.answers['rds:DescribeDBInstances'] = ({
    DBInstanceIdentifier: id,
  }: {
    DBInstanceIdentifier: string;
  }) => {
    const DBInstanceStatus = instances.get(id);
    if (!DBInstanceStatus) throw awsError('DBInstanceNotFoundFault');
    instances.set(id, 'available'); // the next look finds it available
    return { DBInstances: [{ DBInstanceStatus }] };
  };
  aws.answers['rds:CreateDBInstance'] = ({ DBInstanceIdentifier: id }: { DBInstanceIdentifier: string }) =>
    void instances.set(id, 'creating');
  aws.answers['rds:DeleteDBInstance'] = ({ DBInstanceIdentifier: id }: { DBInstanceIdentifier: string }) => {
    if (!instances.delete(id)) throw awsError('DBInstanceNotFoundFault');
  };
  return instances;
}

describe('a restored cluster has no instance, so it gets one for the queries', () => {
  const DOCUMENTS: Partial<Check> = {
    database: 'shop',
    queries: [{ collection: 'orders', filter: { status: 'open' }, atLeast: 1 }],
  };
  const documentDb = { Engine: 'docdb', EngineVersion: '5.0.0' };
  const CASES: [type: string, cluster: object, check: Partial<Check>][] = [
    ['Aurora', {}, { direct: true }],
    ['DocumentDB', documentDb, DOCUMENTS],
  ];
  /** Runs until the job has a result. */
  async function run(job: RestoreJob, check: Check): Promise<void> {
    await validateJob(job.RestoreJobId as string, settingsOf([check]), aws.tools());
  }
  beforeEach(() => {
    database = new FakeDatabase({
      orders: '7',
      'select count(*) from bookings': '1000',
      'select version from schema': '42',
    });
  });

  test.each(CASES)('%s, and loses it afterwards', async (type, cluster, more) => {
    const instances = restoredCluster(cluster);
    const job = aws.job(type, CLUSTER, SOURCE);
    await run(job, checkOf(type, more));
    expect([job.ValidationStatus, job.ValidationStatusMessage]).toEqual([
      'SUCCESSFUL',
      expect.stringMatching(
        /^the cluster is available; port 5432 of the cluster opens; [12] queries returned what they should$/,
      ),
    ]);
    expect([...instances]).toEqual([]);
    const names = aws.calls.map(({ name }) => name).filter((name) => /Create|Delete/.test(name));
    expect(names).toEqual(['rds:CreateDBInstance', 'rds:DeleteDBInstance']);
  });

  test('with parameters that the engine has', async () => {
    restoredCluster(documentDb);
    await run(aws.job('DocumentDB', CLUSTER, SOURCE), checkOf('DocumentDB', DOCUMENTS));
    restoredCluster();
    const check = checkOf('Aurora', { direct: true, instanceClass: 'db.r7g.large' });
    await run(aws.job('Aurora', CLUSTER, SOURCE), check);
    const inputs = aws.calls.filter(({ name }) => /Create|Delete/.test(name)).map(({ input }) => input);
    expect(inputs).toEqual([
      {
        DBInstanceIdentifier: TEMPORARY,
        DBClusterIdentifier: 'awsbackup-restore-test-2',
        Engine: 'docdb',
        DBInstanceClass: 'db.t4g.medium',
      },
      { DBInstanceIdentifier: TEMPORARY },
      {
        DBInstanceIdentifier: TEMPORARY,
        DBClusterIdentifier: 'awsbackup-restore-test-2',
        Engine: 'aurora-postgresql',
        DBInstanceClass: 'db.r7g.large',
        PubliclyAccessible: false,
      },
      { DBInstanceIdentifier: TEMPORARY, SkipFinalSnapshot: true },
    ]);
  });

  const FAILURES: [string, () => void, RegExp][] = [
    [
      'the content is wrong',
      () => {
        database = new FakeDatabase({ orders: '0', 'select count(*) from bookings': '0' });
      },
      /^queries: .* returned 0, expected at least/,
    ],
    [
      'the port does not open',
      () => {
        aws.port = new Error('ECONNREFUSED');
      },
      /^opens: port 5432/,
    ],
    [
      'the password is wrong',
      () => {
        database.password = 'last year';
      },
      /^queries: the database accepts neither/,
    ],
    [
      'the secret can not be read',
      () => {
        aws.answers['secretsmanager:GetSecretValue'] = () => {
          throw awsError('AccessDeniedException');
        };
      },
      /^could not be validated: AccessDeniedException/,
    ],
    [
      'a query is too slow',
      () => {
        const slow = new Error('no answer within 60 seconds');
        database = new FakeDatabase({ orders: slow, 'select count(*) from bookings': slow });
      },
      /failed: no answer within 60 seconds$/,
    ],
  ];
  test.each(
    CASES.flatMap(([type, cluster, more]) => FAILURES.map((each) => [type, ...each, cluster, more] as const)),
  )('%s, and loses it if %s', async (type, _title, spoil, reason, cluster, more) => {
    const instances = restoredCluster(cluster);
    spoil();
    const job = aws.job(type, CLUSTER, SOURCE);
    await run(job, checkOf(type, more));
    expect([job.ValidationStatus, job.ValidationStatusMessage]).toEqual([
      'FAILED',
      expect.stringMatching(reason),
    ]);
    expect([...instances]).toEqual([]);
  });

  describe('which stays while it is waited for, and goes', () => {
    let instances: Map<string, string>;
    let job: RestoreJob;
    const check = checkOf('Aurora', { direct: true });
    beforeEach(async () => {
      instances = restoredCluster();
      job = aws.job('Aurora', CLUSTER, SOURCE);
      // the instance never becomes available
      aws.answers['rds:DescribeDBInstances'] = ({
        DBInstanceIdentifier: id,
      }: {
        DBInstanceIdentifier: string;
      }) => {
        if (!instances.has(id)) throw awsError('DBInstanceNotFoundFault');
        return { DBInstances: [{ DBInstanceStatus: 'creating' }] };
      };
      await expect(run(job, check)).rejects.toThrow(new NotYet('the instance of the cluster is creating'));
      expect([...instances.keys()]).toEqual([TEMPORARY]);
    });

    test('when the time for a result is over', async () => {
      aws.now = (job.CompletionDate as Date).getTime() + 3.9 * HOUR;
      await run(job, check);
      expect(job.ValidationStatusMessage).toBe(
        'could not be validated in time: the instance of the cluster is creating',
      );
      expect([...instances]).toEqual([]);
    });

    test('when the function crashed or timed out for good', async () => {
      const event = {
        requestContext: { condition: 'RetriesExhausted' },
        requestPayload: { detail: { restoreJobId: job.RestoreJobId } },
      };
      await closeFailed(event, settingsOf([check]), aws.tools());
      expect(job.ValidationStatus).toBe('FAILED');
      expect([...instances]).toEqual([]);
    });

    test('when only the sweep finds the job', async () => {
      aws.now = (job.CompletionDate as Date).getTime() + 3.9 * HOUR;
      await sweep(settingsOf([check]), aws.tools());
      expect(job.ValidationStatus).toBe('FAILED');
      expect([...instances]).toEqual([]);
    });

    test('in the next sweep, if it could not be deleted before the result', async () => {
      aws.now = (job.CompletionDate as Date).getTime() + 3.9 * HOUR;
      aws.instead.set('rds:DeleteDBInstance', [
        () => {
          throw awsError('ThrottlingException', 'slow down');
        },
      ]);
      await run(job, check);
      expect(job.ValidationStatus).toBe('FAILED');
      expect([...instances.keys()]).toEqual([TEMPORARY]);
      expect(aws.logs).toContain(`${TEMPORARY} is not deleted: ThrottlingException: slow down`);
      await sweep(settingsOf([check]), aws.tools());
      expect([...instances]).toEqual([]);
      const before = aws.calls.length;
      Object.assign(job, { DeletionStatus: 'SUCCESSFUL' });
      await sweep(settingsOf([check]), aws.tools());
      expect(aws.calls.slice(before).map(({ name }) => name)).not.toContain('rds:DeleteDBInstance');
    });
  });

  test('unless it has one, which is kept', async () => {
    restoredCluster({ DBClusterMembers: [{ DBInstanceIdentifier: 'own' }] });
    const job = aws.job('Aurora', CLUSTER, SOURCE);
    await run(job, checkOf('Aurora', { direct: true }));
    expect(job.ValidationStatus).toBe('SUCCESSFUL');
    expect(aws.calls.map(({ name }) => name).filter((name) => /Create|Delete/.test(name))).toEqual([]);
  });

  test('unless its version has no built-in queries', async () => {
    const instances = restoredCluster({ Engine: 'docdb', EngineVersion: '4.0.0' });
    const job = aws.job('DocumentDB', CLUSTER, SOURCE);
    await run(job, checkOf('DocumentDB', DOCUMENTS));
    expect(job.ValidationStatusMessage).toBe(
      'queries: Amazon DocumentDB 4.0.0 has no built-in queries, only 5.0 and later; use a `validator` of your own',
    );
    expect([...instances]).toEqual([]);
  });
});

describe('queries of Aurora', () => {
  const noDataApi = () => {
    throw awsError('InvalidResourceStateFault', 'the engine version does not support the HTTP endpoint');
  };
  const dataApi = { HttpEndpointEnabled: true, DBClusterMembers: [{ DBInstanceIdentifier: 'own' }] };
  const judgeCluster = (more: Partial<Check> = {}) => judge(more, 'Aurora', CLUSTER);

  test('go through the Data API, also inside a VPC', async () => {
    restoredCluster(dataApi);
    const rows = [{ longValue: 1_000 }, { stringValue: '42' }];
    aws.answers['rds-data:ExecuteStatement'] = () => ({ records: [[rows.shift()]] });
    expect(await judgeCluster()).toMatch(/^SUCCESSFUL/);
    expect(database.targets).toEqual([]);
  });

  test('go over a connection where the version has no Data API', async () => {
    restoredCluster({ ...dataApi, HttpEndpointEnabled: false, Engine: 'aurora-mysql' });
    aws.answers['rds:EnableHttpEndpoint'] = noDataApi;
    expect(await judgeCluster()).toMatch(/^SUCCESSFUL/);
    expect(database.targets[0]).toMatchObject({ protocol: 'mysql', host: 'cluster.example' });
  });

  test('have no way outside a VPC where the version has no Data API', async () => {
    restoredCluster({ ...dataApi, HttpEndpointEnabled: false });
    aws.answers['rds:EnableHttpEndpoint'] = noDataApi;
    aws.openDatabase = undefined;
    expect(await judgeCluster()).toBe(
      'FAILED: queries: the cluster has no Data API, and the function is outside a VPC',
    );
  });

  test('go over a connection where the check says so, and leave the Data API off', async () => {
    restoredCluster({ ...dataApi, HttpEndpointEnabled: false });
    expect(await judgeCluster({ direct: true })).toMatch(/^SUCCESSFUL/);
    expect(aws.calls.map(({ name }) => name)).not.toContain('rds:EnableHttpEndpoint');
  });

  test('fail with the reason why the Data API is not turned on', async () => {
    restoredCluster({ ...dataApi, HttpEndpointEnabled: false });
    aws.answers['rds:EnableHttpEndpoint'] = () => {
      throw awsError('AccessDeniedException', 'not authorized');
    };
    expect(await judgeCluster()).toBe(
      'FAILED: could not be validated: AccessDeniedException: not authorized',
    );
  });
});
