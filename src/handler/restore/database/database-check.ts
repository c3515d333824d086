import { describeError, NotYet, type Tools } from '../aws-calls';
import { type Check, fail, nameOfArn, pass, type Step, type Subject } from '../check';
import { askDatabase } from './database-queries';
import { clusterOf, type Database, instanceOf } from './databases';
import { needsInstance, removeInstance, startInstance } from './temporary-instance';

/** What a database is on its way to be available. */
const ON_THE_WAY =
  /^(backing-up|configuring-.*|creating|migrating|modifying|rebooting|renaming|starting|upgrading|resetting-master-credentials)$/;

/** A restored instance or cluster, its port, and queries: over a connection, or through the Data API. */
export async function* checkDatabase(subject: Subject, check: Check, tools: Tools): AsyncGenerator<Step> {
  const { restoredArn, type } = subject;
  const isCluster = restoredArn.split(':')[5] === 'cluster';
  const what = isCluster ? 'cluster' : 'instance';
  const id = nameOfArn(restoredArn);
  const found = isCluster ? await clusterOf(id, tools) : await instanceOf(id, tools);
  if (!found) return yield fail('restored', `the ${what} does not exist`);
  if (ON_THE_WAY.test(found.status)) throw new NotYet(`the ${what} is ${found.status}`);
  if (found.status !== 'available')
    return yield fail('restored', `the ${what} is ${found.status}, expected available`);
  yield pass('restored', `the ${what} is available`);

  if (!needsInstance(type, found.cluster)) return yield* stepsOf(found, subject, check, tools);
  let isWaiting = false;
  try {
    await startInstance(type, found.cluster, check, tools);
    yield* stepsOf(found, subject, check, tools);
  } catch (error) {
    isWaiting = error instanceof NotYet;
    throw error;
  } finally {
    // also if a level fails, or is the last
    if (!isWaiting) await removeInstance(subject, tools);
  }
}

async function* stepsOf(
  database: Database,
  subject: Subject,
  check: Check,
  tools: Tools,
): AsyncGenerator<Step> {
  const what = database.cluster ? 'cluster' : 'instance';
  const port = await tryPort(database, what, tools);
  yield port;
  if (port.ok && check.level === 'queries') yield await askDatabase(database, subject, check, tools);
}

async function tryPort({ host, port }: Database, what: string, tools: Tools): Promise<Step> {
  if (!tools.connect) return pass('opens', 'not tried: the function is outside a VPC');
  if (!host || !port) return fail('opens', `the ${what} has no endpoint`);
  try {
    await tools.connect(host, port);
    return pass('opens', `port ${port} of the ${what} opens`);
  } catch (error) {
    return fail('opens', `port ${port} of the ${what} does not open: ${describeError(error)}`);
  }
}
