import { NotYet } from '../../../../src/handler/restore/aws-calls';
import type { Check, Query } from '../../../../src/handler/restore/check';
import { type DatabaseTarget, WrongPassword } from '../../../../src/handler/restore/database/connection';
import { askDatabase } from '../../../../src/handler/restore/database/database-queries';
import type { Database } from '../../../../src/handler/restore/database/databases';
import { awsError, FakeAws } from '../fake-aws';

const ARN = 'arn:aws:rds:eu-west-1:111122223333';
const fails =
  (name: string, message = 'as AWS says') =>
  () => {
    throw awsError(name, message);
  };
let aws: FakeAws;
beforeEach(() => {
  aws = new FakeAws();
});
const inputsOf = (name: string) => aws.calls.filter((call) => call.name === name).map(({ input }) => input);

/** What a database says to some queries: `true: …` if it passes. */
async function ask(
  database: Partial<Database>,
  type: string,
  check: Partial<Check>,
  tools = aws.tools(),
): Promise<string> {
  const subject = { jobId: 'job', type, restoredArn: `${ARN}:cluster:restored` };
  const { level, ok, says } = await askDatabase(
    { status: 'available', ...database },
    subject,
    { type, level: 'queries', ...check },
    tools,
  );
  expect(level).toBe('queries');
  return `${ok}: ${says}`;
}

describe('the Data API', () => {
  const CLUSTER = { cluster: { HttpEndpointEnabled: true } } as Database;
  const answering = (field: object | undefined, query: Query = { sql: 'select 7', equals: '7' }) => {
    aws.answers['rds-data:ExecuteStatement'] = () => ({ records: field && [[field]] });
    return ask(CLUSTER, 'Aurora', { queries: [query], secretArn: 'arn:secret', database: 'shop' });
  };

  test('gets the query with the secret, the database and the cluster', async () => {
    expect(await answering({ longValue: 7 })).toBe('true: 1 queries returned what they should');
    expect(inputsOf('rds-data:ExecuteStatement')).toEqual([
      { resourceArn: `${ARN}:cluster:restored`, secretArn: 'arn:secret', database: 'shop', sql: 'select 7' },
    ]);
  });

  test.each<[object | undefined, string]>([
    [{ stringValue: '8' }, '8'],
    [{ booleanValue: false }, 'false'],
    [{ isNull: false, doubleValue: 1.5 }, '1.5'],
    [{ isNull: true }, 'nothing'],
    [undefined, 'nothing'],
  ])('answers with the first value as text: %j', async (field, text) => {
    expect(await answering(field)).toBe(`false: \`select 7\` returned ${text}, expected 7`);
  });

  test('answers with nothing where there are no rows', async () => {
    aws.answers['rds-data:ExecuteStatement'] = () => ({ records: [] });
    expect(await ask(CLUSTER, 'Aurora', { queries: [{ sql: 'a', equals: 'nothing' }] })).toBe(
      'true: 1 queries returned what they should',
    );
  });

  test.each(['DatabaseResumingException', 'DatabaseUnavailableException'])(
    'is waited for after %s',
    async (name) => {
      aws.answers['rds-data:ExecuteStatement'] = fails(name);
      await expect(ask(CLUSTER, 'Aurora', { queries: [{ sql: 'a' }] })).rejects.toThrow(
        new NotYet(`${name}: as AWS says`),
      );
    },
  );

  test('fails with other errors', async () => {
    aws.answers['rds-data:ExecuteStatement'] = fails('NoDatabaseUnavailable');
    expect(await ask(CLUSTER, 'Aurora', { queries: [{ sql: 'a' }] })).toBe(
      'false: `a` failed: NoDatabaseUnavailable: as AWS says',
    );
  });

  test('is turned on where it is off, and waited for', async () => {
    aws.answers['rds:EnableHttpEndpoint'] = () => ({});
    for (const cluster of [{ HttpEndpointEnabled: false }, undefined])
      await expect(ask({ cluster } as Database, 'Aurora', {})).rejects.toThrow(
        new NotYet('the Data API is being turned on'),
      );
    expect(inputsOf('rds:EnableHttpEndpoint')[0]).toEqual({ ResourceArn: `${ARN}:cluster:restored` });
  });

  test.each<[string, boolean]>([
    ['InvalidResourceStateFault', true],
    ['InvalidParameterValue', true],
    ['InvalidRequestException', true],
    ['UnsupportedOperationException', true],
    ['AnInvalidRequest', false],
  ])('is missing, or not, after %s', async (name, isMissing) => {
    aws.answers['rds:EnableHttpEndpoint'] = fails(name);
    const asked = ask({}, 'Aurora', {});
    if (isMissing)
      expect(await asked).toBe('false: the cluster has no Data API, and the function is outside a VPC');
    else await expect(asked).rejects.toThrow(awsError(name, 'as AWS says'));
  });
});

describe('a connection', () => {
  const targets: DatabaseTarget[] = [];
  let answers: (string | undefined)[];
  let times: number[];
  beforeEach(() => {
    targets.length = 0;
    times = [];
    answers = [];
    aws.answers['secretsmanager:GetSecretValue'] = () => ({
      SecretString: '{"username":"app","password":"secret","dbname":7}',
    });
    aws.openDatabase = async (target) => {
      targets.push(target);
      return {
        ask: async (_, milliseconds) => {
          times.push(milliseconds);
          return answers.shift();
        },
        close: async () => undefined,
      };
    };
  });
  const HERE = { engine: 'postgres', host: 'db', port: 5_432 };

  test.each<[string, Query[], (string | undefined)[], string]>([
    ['nothing is asked', [], [], 'true: 0 queries returned what they should'],
    ['any answer will do', [{ sql: 'a' }], ['x'], 'true: 1 queries returned what they should'],
    ['there is enough', [{ sql: 'a', atLeast: 0 }], ['0'], 'true: 1 queries returned what they should'],
    ['there is no number', [{ sql: 'a', atLeast: 0 }], ['x'], 'false: `a` returned x, expected at least 0'],
    [
      'there is no answer',
      [{ sql: 'a', atLeast: 0 }],
      [undefined],
      'false: `a` returned nothing, expected at least 0',
    ],
    ['the answer is empty', [{ sql: 'a', equals: '' }], ['x'], 'false: `a` returned x, expected '],
    [
      'a collection is counted',
      [{ collection: 'orders', atLeast: 2 }],
      ['1'],
      'false: `orders` returned 1, expected at least 2',
    ],
    [
      'documents are filtered',
      [{ collection: 'orders', filter: { a: 1 }, atLeast: 2 }],
      ['1'],
      'false: `orders {"a":1}` returned 1, expected at least 2',
    ],
    [
      'documents are aggregated',
      [{ collection: 'orders', filter: { a: 1 }, pipeline: [{ b: 2 }], atLeast: 2 }],
      ['1'],
      'false: `orders [{"b":2}]` returned 1, expected at least 2',
    ],
    [
      'a query is as long as a line',
      [{ sql: 'x'.repeat(80), equals: '1' }],
      ['0'],
      `false: \`${'x'.repeat(80)}\` returned 0, expected 1`,
    ],
    [
      'a query is longer than a line',
      [{ sql: 'x'.repeat(81), equals: '1' }],
      ['0'],
      `false: \`${'x'.repeat(77)}…\` returned 0, expected 1`,
    ],
  ])('answers where %s', async (_, queries, given, said) => {
    answers = given;
    expect(await ask(HERE, 'RDS', { queries })).toBe(said);
  });

  test('is opened with what the secret says, unless that is no name of a database', async () => {
    await ask(HERE, 'RDS', { secretArn: 'arn:secret' });
    expect(targets).toEqual([
      { protocol: 'postgres', host: 'db', port: 5_432, user: 'app', password: 'secret', database: undefined },
    ]);
    expect(inputsOf('secretsmanager:GetSecretValue')).toEqual([
      { SecretId: 'arn:secret', VersionStage: 'AWSCURRENT' },
    ]);
  });

  test('waits for a query no longer than the function has, but for a second at least', async () => {
    const late = { ...aws.tools(), deadline: aws.now + 30_000 };
    await ask(HERE, 'RDS', { queries: [{ sql: 'a' }] }, late);
    let now = aws.now;
    const later = { ...late, now: () => (now += 15_000) };
    await ask(HERE, 'RDS', { queries: [{ sql: 'a' }, { sql: 'b' }] }, { ...later, deadline: now + 45_000 });
    expect(times).toEqual([30_000, 15_000, 1_000]);
  });

  test.each<[Partial<Database>, string]>([
    [
      { ...HERE, engine: undefined },
      'the engine unknown has no built-in queries; use a `validator` of your own',
    ],
    [{ ...HERE, host: undefined }, 'the database has no endpoint'],
    [{ ...HERE, port: undefined }, 'the database has no endpoint'],
    [
      { ...HERE, engine: 'docdb', engineVersion: '4.0.0' },
      'Amazon DocumentDB 4.0.0 has no built-in queries, only 5.0 and later; use a `validator` of your own',
    ],
  ])('can not be opened to %j', async (database, reason) => {
    expect(await ask(database, 'RDS', {})).toBe(`false: ${reason}`);
  });

  test.each([
    ['aurora', 'mysql'],
    ['aurora-mysql', 'mysql'],
    ['aurora-postgresql', 'postgres'],
    ['docdb', 'mongodb'],
  ])('to %s speaks the protocol of %s', async (engine, protocol) => {
    await ask({ ...HERE, engine, engineVersion: '5.0.0' }, 'RDS', {});
    expect(targets[0].protocol).toBe(protocol);
  });

  test('to a database without a version is tried', async () => {
    expect(await ask({ ...HERE, engine: 'docdb' }, 'DocumentDB', { direct: false })).toMatch(/^true/);
  });

  test.each<[string, string, boolean]>([
    ['AWSCURRENT', 'ResourceNotFoundException', true],
    ['AWSPREVIOUS', 'ResourceNotFoundException', false],
    ['AWSPREVIOUS', 'AccessDeniedException', true],
  ])('is not opened if the version %s of the secret can not be read: %s', async (stage, name, isError) => {
    aws.answers['secretsmanager:GetSecretValue'] = (({ VersionStage }: { VersionStage: string }) => {
      if (VersionStage === stage) throw awsError(name, 'as AWS says');
      return { SecretString: '{"username":"app","password":"secret"}' };
    }) as never;
    aws.openDatabase = async () => {
      throw new WrongPassword('not this one');
    };
    const asked = ask(HERE, 'RDS', {});
    if (isError) await expect(asked).rejects.toThrow(awsError(name, 'as AWS says'));
    else
      expect(await asked).toBe(
        'false: the database accepts neither the current nor the previous password of the secret, which may have rotated since the backup: not this one',
      );
  });

  test.each(['{"username":1,"password":"b"}', '{"username":"a","password":2}', 'no JSON', '[]'])(
    'is not opened with the secret %s',
    async (SecretString) => {
      aws.answers['secretsmanager:GetSecretValue'] = () => ({ SecretString });
      await expect(ask(HERE, 'RDS', {})).rejects.toThrow(
        new Error('the secret must be a JSON object with `username` and `password`'),
      );
    },
  );
});
