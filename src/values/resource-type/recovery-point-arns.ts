import type { ResourceType } from './resource-type';

/** The environment of recovery points, for their ARNs; may contain tokens. */
export interface RecoveryPointPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Recovery points with full AWS Backup management, and composite ones. */
const MANAGED = 'arn:{partition}:backup:{region}:{account}:recovery-point:*';
const SNAPSHOTS = 'arn:{partition}:ec2:{region}::snapshot/*';
const CLUSTER_SNAPSHOTS = 'arn:{partition}:rds:{region}:{account}:cluster-snapshot:awsbackup:*';

/**
 * The ARNs of the recovery points of types without full AWS Backup management.
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

/** Types with nested recovery points of other types. */
const COMPOSITE: ReadonlySet<string> = new Set(['CloudFormation', 'EKS']);

/**
 * The ARN patterns of recovery points for policies, without duplicates.
 *
 * @param types undefined: all types that can be copied
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
