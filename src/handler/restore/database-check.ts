import type { DBCluster, DBInstance } from '@aws-sdk/client-rds';
import { describeError, NotYet, nameOfError, type Tools } from './aws-calls';
import { type Check, fail, nameOfArn, pass, type Query, type Step, type Subject } from './check';

/** What a database is on its way to be available. */
const ON_THE_WAY =
  /^(backing-up|configuring-.*|creating|migrating|modifying|rebooting|renaming|starting|upgrading|resetting-master-credentials)$/;

/** What a restored cluster gets for the queries, deleted afterwards. */
const READER = 'restore-check';
const DEFAULT_CLASS = 'db.t4g.medium';

/** A restored instance or cluster, its port, and queries through the Data API. */
export async function* checkDatabase(subject: Subject, check: Check, tools: Tools): AsyncGenerator<Step> {
  const { restoredArn } = subject;
  const isCluster = restoredArn.split(':')[5] === 'cluster';
  const id = nameOfArn(restoredArn);
  const found = isCluster ? await clusterOf(id, tools) : await instanceOf(id, tools);
  const what = isCluster ? 'cluster' : 'instance';
  if (!found) return yield fail('restored', `the ${what} does not exist`);
  if (ON_THE_WAY.test(found.status)) throw new NotYet(`the ${what} is ${found.status}`);
  if (found.status !== 'available')
    return yield fail('restored', `the ${what} is ${found.status}, expected available`);
  yield pass('restored', `the ${what} is available`);

  const reader =
    found.cluster && !found.hasInstance ? await startReader(found.cluster, check, tools) : undefined;
  const port = await tryPort(found, what, tools);
  if (!port.ok || check.level !== 'queries') {
    await removeReader(reader, tools);
    return yield port;
  }
  yield port;
  const answers = await askAll(restoredArn, found.cluster, check, tools);
  await removeReader(reader, tools);
  yield answers;
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

/** AWS Backup deletes the restored cluster, which must have no instance of ours then. */
async function removeReader(reader: string | undefined, tools: Tools): Promise<void> {
  if (reader)
    await tools.call('rds:DeleteDBInstance', { DBInstanceIdentifier: reader, SkipFinalSnapshot: true });
}

interface Database {
  readonly status: string;
  readonly host?: string;
  readonly port?: number;
  readonly cluster?: DBCluster;
  readonly hasInstance: boolean;
}

async function instanceOf(id: string, tools: Tools): Promise<Database | undefined> {
  const found = await orNothing(tools.call('rds:DescribeDBInstances', { DBInstanceIdentifier: id }));
  const [instance]: (DBInstance | undefined)[] = found?.DBInstances ?? [];
  if (!instance) return undefined;
  const { Address: host, Port: port } = instance.Endpoint ?? {};
  return { status: instance.DBInstanceStatus ?? 'unknown', host, port, hasInstance: true };
}

async function clusterOf(id: string, tools: Tools): Promise<Database | undefined> {
  const found = await orNothing(tools.call('rds:DescribeDBClusters', { DBClusterIdentifier: id }));
  const [cluster]: (DBCluster | undefined)[] = found?.DBClusters ?? [];
  if (!cluster) return undefined;
  return {
    status: cluster.Status ?? 'unknown',
    host: cluster.Endpoint,
    port: cluster.Port,
    cluster,
    hasInstance: (cluster.DBClusterMembers ?? []).length > 0,
  };
}

async function orNothing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (/^(DBInstanceNotFound|DBClusterNotFound)/.test(nameOfError(error))) return undefined;
    throw error;
  }
}

/** A restored cluster has storage but no instance, so nothing can connect to it. Returns once the instance is available. */
async function startReader(cluster: DBCluster, check: Check, tools: Tools): Promise<string> {
  const id = `${cluster.DBClusterIdentifier}-${READER}`.slice(-63).replace(/^[^a-z]+/i, '');
  const existing = await instanceOf(id, tools);
  if (!existing)
    await tools.call('rds:CreateDBInstance', {
      DBInstanceIdentifier: id,
      DBClusterIdentifier: cluster.DBClusterIdentifier,
      Engine: cluster.Engine,
      DBInstanceClass: check.instanceClass ?? DEFAULT_CLASS,
      PubliclyAccessible: false,
    });
  if (existing?.status !== 'available')
    throw new NotYet(`the instance of the cluster is ${existing?.status ?? 'creating'}`);
  return id;
}

async function askAll(
  resourceArn: string,
  cluster: DBCluster | undefined,
  { queries = [], secretArn, database }: Check,
  tools: Tools,
): Promise<Step> {
  if (cluster && !cluster.HttpEndpointEnabled) {
    await tools.call('rds:EnableHttpEndpoint', { ResourceArn: resourceArn });
    throw new NotYet('the Data API is being turned on');
  }
  for (const query of queries) {
    const answer = await tools
      .call('rds-data:ExecuteStatement', { resourceArn, secretArn, database, sql: query.sql })
      .catch((error) => {
        if (/^(DatabaseResuming|DatabaseUnavailable)/.test(nameOfError(error)))
          throw new NotYet(describeError(error));
        return { failure: describeError(error) };
      });
    if ('failure' in answer) return fail('queries', `${quoted(query)} failed: ${answer.failure}`);
    const [field] = answer.records?.[0] ?? [];
    const got = field && Object.entries(field).find(([key]) => key !== 'isNull')?.[1];
    const text = got === undefined ? 'nothing' : String(got);
    if (query.equals !== undefined && text !== query.equals)
      return fail('queries', `${quoted(query)} returned ${text}, expected ${query.equals}`);
    if (query.atLeast !== undefined && !(Number(text) >= query.atLeast))
      return fail('queries', `${quoted(query)} returned ${text}, expected at least ${query.atLeast}`);
  }
  return pass('queries', `${queries.length} queries returned what they should`);
}

function quoted({ sql }: Query): string {
  return `\`${sql.length > 80 ? `${sql.slice(0, 77)}…` : sql}\``;
}
