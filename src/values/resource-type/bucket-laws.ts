import { show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';

/** The storage classes that AWS Backup doesn't back up. */
const NOT_BACKED_UP: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/**
 * The law for the versioning of a bucket that is backed up.
 *
 * Source of all laws in this file: Developer Guide "Amazon S3 backups", 2026-09.
 *
 * @param who such as "plan `gold`"
 */
export function bucketVersioningProblems(versioned: boolean, who: string): Problem[] {
  if (versioned) return [];
  return [
    problem({
      id: 'Backup-BucketVersioning',
      property: 'VersioningConfiguration',
      message: (label) =>
        `${label('VersioningConfiguration')} must be \`Enabled\` for a bucket that ${who} protects`,
      fix: (label) =>
        `turn versioning on with ${label('VersioningConfiguration')}, and let a lifecycle rule expire noncurrent versions`,
    }),
  ];
}

/**
 * The law for the events of a bucket that is backed up continuously.
 *
 * @param rule such as "rule `continuous` of plan `gold`"
 */
export function bucketEventProblems(sendsToEventBridge: boolean, rule: string): Problem[] {
  if (sendsToEventBridge) return [];
  return [
    problem({
      id: 'Backup-BucketEventBridge',
      property: 'NotificationConfiguration',
      message: (label) =>
        `${label('NotificationConfiguration')} should have \`EventBridgeConfiguration\` for a bucket that ${rule} protects continuously`,
      fix: (label) =>
        `turn on EventBridge events with ${label('NotificationConfiguration')} and its \`EventBridgeConfiguration\``,
    }),
  ];
}

/**
 * The law for the storage classes to which lifecycle rules of a bucket move objects.
 *
 * @param who such as "plan `gold`"
 */
export function bucketArchiveProblems(storageClasses: Iterable<string>, who: string): Problem[] {
  const archived = new Set([...storageClasses].filter((name) => NOT_BACKED_UP.has(name)));
  if (archived.size === 0) return [];
  return [
    problem({
      id: 'Backup-BucketArchive',
      property: 'LifecycleConfiguration',
      message: (label) =>
        `${label('LifecycleConfiguration')} moves objects to ${[...archived].map(show).join(' and ')}, where ${who} doesn't back them up`,
      fix: 'keep objects in a storage class that is backed up, such as S3 Glacier Instant Retrieval, or accept that old objects are in the bucket alone',
    }),
  ];
}
