import { show } from '../core/amounts';
import type { Problem } from '../core/problem';

/** The storage classes that AWS Backup leaves out. */
const NOT_BACKED_UP: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/**
 * The law of the versioning of a bucket that is backed up.
 *
 * Source, of the laws below too: Developer Guide "Amazon S3 backups", 2026-09.
 *
 * @param who such as "plan `gold`"
 */
export function bucketVersioningProblems(versioned: boolean, who: string): Problem[] {
  if (versioned) return [];
  return [
    {
      id: 'Backup-BucketVersioning',
      severity: 'error',
      property: 'VersioningConfiguration',
      message: `\`VersioningConfiguration\` must be \`Enabled\` for a bucket that ${who} protects`,
      fix: 'turn versioning on with `VersioningConfiguration`, and let a lifecycle rule expire noncurrent versions',
    },
  ];
}

/**
 * The law of the events of a bucket that is backed up continuously.
 *
 * @param rule such as "rule `continuous` of plan `gold`"
 */
export function bucketEventProblems(sendsToEventBridge: boolean, rule: string): Problem[] {
  if (sendsToEventBridge) return [];
  return [
    {
      id: 'Backup-BucketEventBridge',
      severity: 'warning',
      property: 'NotificationConfiguration',
      message: `\`NotificationConfiguration\` should have \`EventBridgeConfiguration\` for a bucket that ${rule} protects continuously`,
      fix: 'turn them on with `NotificationConfiguration` and its `EventBridgeConfiguration`',
    },
  ];
}

/**
 * The law of the storage classes that lifecycle rules of a bucket move objects to.
 *
 * @param who such as "plan `gold`"
 */
export function bucketArchiveProblems(storageClasses: Iterable<string>, who: string): Problem[] {
  const archived = new Set([...storageClasses].filter((name) => NOT_BACKED_UP.has(name)));
  if (archived.size === 0) return [];
  return [
    {
      id: 'Backup-BucketArchive',
      severity: 'warning',
      property: 'LifecycleConfiguration',
      message: `\`LifecycleConfiguration\` moves objects to ${[...archived].map(show).join(' and ')}, where ${who} doesn't back them up`,
      fix: 'keep objects in a storage class that is backed up, such as S3 Glacier Instant Retrieval, or accept that old objects are in the bucket alone',
    },
  ];
}
