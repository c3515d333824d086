import type { DBCluster, DBInstance } from '@aws-sdk/client-rds';
import { nameOfError, type Tools } from '../aws-calls';

/** What is known of a database: an instance, or a cluster. */
export interface Database {
  readonly status: string;
  readonly host?: string;
  readonly port?: number;
  /** Such as `postgres` or `aurora-mysql`. */
  readonly engine?: string;
  readonly engineVersion?: string;
  readonly masterUser?: string;
  readonly cluster?: DBCluster;
}

/** An instance; undefined if it doesn't exist. */
export async function instanceOf(id: string, tools: Tools): Promise<Database | undefined> {
  const found = await orNothing(tools.call('rds:DescribeDBInstances', { DBInstanceIdentifier: id }));
  const [instance]: (DBInstance | undefined)[] = found?.DBInstances ?? [];
  if (!instance) return undefined;
  const { Address: host, Port: port } = instance.Endpoint ?? {};
  return {
    status: instance.DBInstanceStatus ?? 'unknown',
    host,
    port,
    engine: instance.Engine,
    engineVersion: instance.EngineVersion,
    masterUser: instance.MasterUsername,
  };
}

/** A cluster; undefined if it doesn't exist. */
export async function clusterOf(id: string, tools: Tools): Promise<Database | undefined> {
  const found = await orNothing(tools.call('rds:DescribeDBClusters', { DBClusterIdentifier: id }));
  const [cluster]: (DBCluster | undefined)[] = found?.DBClusters ?? [];
  if (!cluster) return undefined;
  return {
    status: cluster.Status ?? 'unknown',
    host: cluster.Endpoint,
    port: cluster.Port,
    engine: cluster.Engine,
    engineVersion: cluster.EngineVersion,
    masterUser: cluster.MasterUsername,
    cluster,
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
