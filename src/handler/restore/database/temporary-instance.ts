import type { DBCluster } from '@aws-sdk/client-rds';
import { describeError, NotYet, nameOfError, type Tools } from '../aws-calls';
import { type Check, nameOfArn, type Subject } from '../check';
import { instanceOf } from './databases';

/** What a restored cluster gets for the queries, deleted afterwards. */
const SUFFIX = 'restore-check';
const DEFAULT_CLASS = 'db.t4g.medium';

/** The types whose restored clusters have storage but no instance, so that nothing can connect to them. */
const WITHOUT_INSTANCE: readonly string[] = ['Aurora', 'DocumentDB', 'Neptune'];

/** The name of the instance that a restored cluster gets. */
function temporaryInstance(clusterId: string): string {
  return `${clusterId}-${SUFFIX}`.slice(-63).replace(/^[^a-z]+/i, '');
}

/** Whether a restored cluster needs an instance: it has none, or only the one that it got for the queries. */
export function needsInstance(type: string, cluster: DBCluster | undefined): cluster is DBCluster {
  if (!cluster || !WITHOUT_INSTANCE.includes(type)) return false;
  const own = temporaryInstance(cluster.DBClusterIdentifier ?? '');
  return (cluster.DBClusterMembers ?? []).every(({ DBInstanceIdentifier: id }) => id === own);
}

/** Creates the instance of a restored cluster, unless it exists. Throws `NotYet` until it is available. */
export async function startInstance(
  type: string,
  cluster: DBCluster,
  check: Check,
  tools: Tools,
): Promise<void> {
  const id = temporaryInstance(cluster.DBClusterIdentifier ?? '');
  const existing = await instanceOf(id, tools);
  if (!existing)
    await tools.call('rds:CreateDBInstance', {
      DBInstanceIdentifier: id,
      DBClusterIdentifier: cluster.DBClusterIdentifier,
      Engine: cluster.Engine,
      DBInstanceClass: check.instanceClass ?? DEFAULT_CLASS,
      // the others are never public, and don't have the parameter
      ...(type === 'Aurora' && { PubliclyAccessible: false }),
    });
  if (existing?.status !== 'available')
    throw new NotYet(`the instance of the cluster is ${existing?.status ?? 'creating'}`);
}

/**
 * Deletes the instance that a restored cluster got, if it is there: AWS Backup can't delete a cluster that has an instance.
 * Never throws, because a result must not depend on it: the sweep tries again until the cluster is gone.
 */
export async function removeInstance(
  { type, restoredArn }: Pick<Subject, 'type' | 'restoredArn'>,
  tools: Tools,
): Promise<void> {
  if (!WITHOUT_INSTANCE.includes(type)) return;
  const DBInstanceIdentifier = temporaryInstance(nameOfArn(restoredArn));
  try {
    await tools.call('rds:DeleteDBInstance', {
      DBInstanceIdentifier,
      ...(type !== 'DocumentDB' && { SkipFinalSnapshot: true }), // Amazon DocumentDB doesn't have the parameter
    });
  } catch (error) {
    // it is gone, or on its way
    if (!/^(DBInstanceNotFound|InvalidDBInstanceState)/.test(nameOfError(error)))
      tools.log(`${DBInstanceIdentifier} is not deleted: ${describeError(error)}`);
  }
}
