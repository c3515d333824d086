import { describeError, NotYet, nameOfError, type Tools } from '../aws-calls';
import { type Check, fail, pass, type Query, type Step, type Subject } from '../check';
import { type DatabaseConnection, type DatabaseTarget, type Protocol, WrongPassword } from './connection';
import type { Database } from './databases';

/** How long a query may take, in seconds, unless the check says otherwise. */
const QUERY_SECONDS = 60;
/** With less time than this, in milliseconds, queries wait for the next invocation. */
const MIN_TIME = 30_000;

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  aurora: 'mysql',
  'aurora-mysql': 'mysql',
  'aurora-postgresql': 'postgres',
  docdb: 'mongodb',
  mariadb: 'mysql',
  mysql: 'mysql',
  postgres: 'postgres',
};

/** The first version of Amazon DocumentDB that the driver of MongoDB can talk to. */
const MIN_DOCUMENTDB = 5;

/** Answers a query: the first value as text, undefined for none. Throws why there is no answer, and `NotYet`. */
type Ask = (query: Query) => Promise<string | undefined>;

/** Asks a restored database the queries of a check, through the Data API of Aurora or over a connection. */
export async function askDatabase(
  database: Database,
  subject: Subject,
  check: Check,
  tools: Tools,
): Promise<Step> {
  if (subject.type === 'Aurora' && !check.direct) {
    const isThere = await turnOnDataApi(database, subject.restoredArn, tools);
    if (isThere) return askAll(check, (query) => askDataApi(query, subject.restoredArn, check, tools));
    if (!tools.openDatabase)
      return fail('queries', 'the cluster has no Data API, and the function is outside a VPC');
  }
  return askOverConnection(database, check, tools);
}

async function askAll({ queries = [] }: Check, ask: Ask): Promise<Step> {
  for (const query of queries) {
    let answer: string | undefined;
    try {
      answer = await ask(query);
    } catch (error) {
      if (error instanceof NotYet) throw error;
      return fail('queries', `${quoted(query)} failed: ${describeError(error)}`);
    }
    const text = answer ?? 'nothing';
    if (query.equals !== undefined && text !== query.equals)
      return fail('queries', `${quoted(query)} returned ${text}, expected ${query.equals}`);
    if (query.atLeast !== undefined && !(Number(text) >= query.atLeast))
      return fail('queries', `${quoted(query)} returned ${text}, expected at least ${query.atLeast}`);
  }
  return pass('queries', `${queries.length} queries returned what they should`);
}

/** Turns on the Data API of a restored cluster, which never has it. Returns false for versions that lack it. */
async function turnOnDataApi({ cluster }: Database, resourceArn: string, tools: Tools): Promise<boolean> {
  if (cluster?.HttpEndpointEnabled) return true;
  try {
    await tools.call('rds:EnableHttpEndpoint', { ResourceArn: resourceArn });
  } catch (error) {
    if (
      /^(InvalidResourceState|InvalidParameter|InvalidRequest|UnsupportedOperation)/.test(nameOfError(error))
    )
      return false;
    throw error;
  }
  throw new NotYet('the Data API is being turned on');
}

async function askDataApi(
  { sql }: Query,
  resourceArn: string,
  { secretArn, database }: Check,
  tools: Tools,
): Promise<string | undefined> {
  const answer = await tools
    .call('rds-data:ExecuteStatement', { resourceArn, secretArn, database, sql })
    .catch((error) => {
      if (/^(DatabaseResuming|DatabaseUnavailable)/.test(nameOfError(error)))
        throw new NotYet(describeError(error));
      throw error;
    });
  const [field] = answer.records?.[0] ?? [];
  const got = field && Object.entries(field).find(([key]) => key !== 'isNull')?.[1];
  return got === undefined ? undefined : String(got);
}

async function askOverConnection(database: Database, check: Check, tools: Tools): Promise<Step> {
  const { engine = 'unknown', engineVersion = '', host, port } = database;
  const protocol = PROTOCOLS[engine];
  if (!protocol)
    return fail('queries', `the engine ${engine} has no built-in queries; use a \`validator\` of your own`);
  if (protocol === 'mongodb' && Number.parseInt(engineVersion, 10) < MIN_DOCUMENTDB)
    return fail(
      'queries',
      `Amazon DocumentDB ${engineVersion} has no built-in queries, only 5.0 and later; use a \`validator\` of your own`,
    );
  if (!tools.openDatabase)
    return fail('queries', 'the function is outside a VPC, from where it can not connect to the database');
  if (!host || !port) return fail('queries', 'the database has no endpoint');
  if (tools.deadline - tools.now() < MIN_TIME)
    throw new NotYet('the queries wait for the next invocation, which has more time');
  const opened = await open({ protocol, host, port, database: check.database }, check, tools);
  if (!('ask' in opened)) return opened;
  try {
    return await askAll(check, (query) => {
      const left = Math.max(1_000, tools.deadline - tools.now());
      return opened.ask(query, Math.min((check.querySeconds ?? QUERY_SECONDS) * 1_000, left));
    });
  } finally {
    await opened.close();
  }
}

/**
 * Connects with the current password of the secret, then with the previous one: the restored database has the password of
 * the day of the backup, and the secret may have rotated since.
 */
async function open(
  where: Omit<DatabaseTarget, 'user' | 'password'>,
  { secretArn = '' }: Check,
  tools: Tools,
): Promise<DatabaseConnection | Step> {
  let refused = '';
  for (const stage of ['AWSCURRENT', 'AWSPREVIOUS'] as const) {
    const secret = await readSecret(secretArn, stage, tools);
    if (!secret) break;
    const { user, password } = secret;
    const database = where.database ?? secret.database;
    try {
      return (await tools.openDatabase?.({ ...where, user, password, database })) as DatabaseConnection;
    } catch (error) {
      if (!(error instanceof WrongPassword))
        return fail('queries', `no connection over TLS to port ${where.port}: ${describeError(error)}`);
      refused = error.message;
    }
  }
  return fail(
    'queries',
    `the database accepts neither the current nor the previous password of the secret, which may have rotated since the backup: ${refused}`,
  );
}

interface Credentials {
  readonly user: string;
  readonly password: string;
  readonly database?: string;
}

/** What the secret holds, as Amazon RDS writes it; undefined if there is no such version. */
async function readSecret(
  SecretId: string,
  VersionStage: 'AWSCURRENT' | 'AWSPREVIOUS',
  tools: Tools,
): Promise<Credentials | undefined> {
  let text: string | undefined;
  try {
    text = (await tools.call('secretsmanager:GetSecretValue', { SecretId, VersionStage })).SecretString;
  } catch (error) {
    if (VersionStage === 'AWSPREVIOUS' && nameOfError(error) === 'ResourceNotFoundException')
      return undefined;
    throw error;
  }
  const { username: user, password, dbname: database } = parse(text);
  if (typeof user !== 'string' || typeof password !== 'string')
    throw new Error('the secret must be a JSON object with `username` and `password`');
  return { user, password, database: typeof database === 'string' ? database : undefined };
}

function parse(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text ?? '') ?? {};
  } catch {
    return {}; // the message must not repeat a secret
  }
}

function quoted({ sql, collection, filter, pipeline }: Query): string {
  const detail = pipeline ?? filter;
  const text = sql ?? `${collection}${detail ? ` ${JSON.stringify(detail)}` : ''}`;
  return `\`${text.length > 80 ? `${text.slice(0, 77)}…` : text}\``;
}
