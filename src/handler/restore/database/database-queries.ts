import { describeError, NotYet, nameOfError, type Tools } from '../aws-calls';
import { type Check, fail, pass, type Query, type Step, type Subject } from '../check';
import { type DatabaseConnection, type DatabaseTarget, type Protocol, WrongPassword } from './connection';
import { type Credentials, readSecret } from './credentials';
import type { Database } from './databases';
import { newCredentials, setNewPassword } from './new-password';

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
  return askOverConnection(database, subject, check, tools);
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

async function askOverConnection(
  database: Database,
  { restoredArn }: Subject,
  check: Check,
  tools: Tools,
): Promise<Step> {
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
  const where = { protocol, host, port, database: check.database };
  const opened = check.resetPassword
    ? await openWithNewPassword(where, database, restoredArn, tools)
    : await openWithSecret(where, check, tools);
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

type Where = Omit<DatabaseTarget, 'user' | 'password'>;

/**
 * Connects with the current password of the secret, then with the previous one: the restored database has the password of
 * the day of the backup, and the secret may have rotated since.
 */
async function openWithSecret(where: Where, { secretArn = '' }: Check, tools: Tools): Promise<Opened> {
  let refused = '';
  for (const stage of ['AWSCURRENT', 'AWSPREVIOUS'] as const) {
    const secret = await readSecret(secretArn, stage, tools);
    if (!secret) break;
    const opened = await tryToOpen(where, secret, tools);
    if (!(opened instanceof WrongPassword)) return opened;
    refused = opened.message;
  }
  return fail(
    'queries',
    `the database accepts neither the current nor the previous password of the secret, which may have rotated since the backup: ${refused}`,
  );
}

/** Connects as the master user with a new password. Throws `NotYet` until the database accepts it. */
async function openWithNewPassword(
  where: Where,
  database: Database,
  restoredArn: string,
  tools: Tools,
): Promise<Opened> {
  const credentials = newCredentials(database, restoredArn);
  const opened = credentials && (await tryToOpen(where, credentials, tools));
  if (opened && !(opened instanceof WrongPassword)) return opened;
  await setNewPassword(database, restoredArn, tools);
  throw new NotYet('the password of the restored database is being reset');
}

type Opened = DatabaseConnection | Step;

async function tryToOpen(
  where: Where,
  { user, password, database }: Credentials,
  tools: Tools,
): Promise<Opened | WrongPassword> {
  try {
    const target = { ...where, user, password, database: where.database ?? database };
    return (await tools.openDatabase?.(target)) as DatabaseConnection;
  } catch (error) {
    if (error instanceof WrongPassword) return error;
    return fail('queries', `no connection over TLS to port ${where.port}: ${describeError(error)}`);
  }
}

function quoted({ sql, collection, filter, pipeline }: Query): string {
  const detail = pipeline ?? filter;
  const text = sql ?? `${collection}${detail ? ` ${JSON.stringify(detail)}` : ''}`;
  return `\`${text.length > 80 ? `${text.slice(0, 77)}…` : text}\``;
}
