import type { ResourceType } from './resource-type';

/** Where recovery points are, for their ARNs; tokens are fine. */
export interface RecoveryPointPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** With full AWS Backup management, and parents of composite ones. */
const MANAGED = 'arn:{partition}:backup:{region}:{account}:recovery-point:*';
const SNAPSHOTS = 'arn:{partition}:ec2:{region}::snapshot/*';
const CLUSTER_SNAPSHOTS = 'arn:{partition}:rds:{region}:{account}:cluster-snapshot:awsbackup:*';

/**
 * The ARNs of the recovery points of types that have none of AWS Backup's own.
 *
 * Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html, "Resources and operations",
 * 2026-04.
 */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  Aurora: [CLUSTER_SNAPSHOTS],
  DocumentDB: [CLUSTER_SNAPSHOTS],
  EBS: [SNAPSHOTS],
  EC2: ['arn:{partition}:ec2:{region}::image/*'],
  FSx: ['arn:{partition}:fsx:{region}:{account}:backup/*'],
  Neptune: [CLUSTER_SNAPSHOTS],
  RDS: ['arn:{partition}:rds:{region}:{account}:snapshot:awsbackup:*', CLUSTER_SNAPSHOTS],
  'Storage Gateway': [SNAPSHOTS],
};

/** A stack holds what is in it, each with recovery points of its own type. */
const COMPOSITE: ReadonlySet<string> = new Set(['CloudFormation', 'EKS']);

/**
 * Patterns of the ARNs of recovery points, each once, for policies.
 *
 * @param types undefined: all that can be copied
 */
export function recoveryPointArns(
  types: readonly ResourceType[] | undefined,
  { partition, region, account }: RecoveryPointPlace,
): string[] {
  const all = types === undefined || types.some(({ name }) => COMPOSITE.has(name));
  const patterns = all
    ? [MANAGED, ...Object.values(FOREIGN).flat()]
    : types.flatMap(({ name }) => (Object.hasOwn(FOREIGN, name) ? FOREIGN[name] : [MANAGED]));
  return [...new Set(patterns)].map((pattern) =>
    pattern
      .replace('{partition}', () => partition)
      .replace('{region}', () => region)
      .replace('{account}', () => account),
  );
}
