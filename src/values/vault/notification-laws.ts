import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';

/**
 * The events that a vault sends. Source: Developer Guide "Notification options with AWS Backup", and the model of the
 * API for those of access points, 2026-08, and for the modifications of EKS restores, 2026-11-16.
 */
export const VAULT_EVENTS: readonly string[] = [
  'BACKUP_JOB_STARTED',
  'BACKUP_JOB_COMPLETED',
  'CONTINUOUS_BACKUP_INTERRUPTED',
  'COPY_JOB_STARTED',
  'COPY_JOB_SUCCESSFUL',
  'COPY_JOB_FAILED',
  'RESTORE_JOB_STARTED',
  'RESTORE_JOB_COMPLETED',
  'RECOVERY_POINT_MODIFIED',
  'RECOVERY_POINT_INDEX_COMPLETED',
  'RECOVERY_POINT_INDEX_DELETED',
  'RECOVERY_POINT_INDEXING_FAILED',
  'S3_BACKUP_OBJECT_FAILED',
  'S3_RESTORE_OBJECT_FAILED',
  'EKS_BACKUP_OBJECT_FAILED',
  'EKS_RESTORE_OBJECT_FAILED',
  'EKS_RESTORE_OBJECT_SKIPPED',
  'EKS_RESTORE_MODIFICATION_SUCCESS',
  'EKS_RESTORE_MODIFICATION_FAILED',
  'ACCESS_POINT_AVAILABLE',
  'ACCESS_POINT_CREATION_FAILED',
  'ACCESS_POINT_DELETED',
  'ACCESS_POINT_DELETION_FAILED',
  'ACCESS_POINT_EXPIRED',
  'ACCESS_POINT_DISASSOCIATED',
];

/**
 * Events on which AWS contradicts itself: the table of supported events has them again, and the API reference calls them
 * deprecated.
 * Source: Developer Guide "Notification options with AWS Backup", 2026-08; API reference PutBackupVaultNotifications.
 */
const DISPUTED_EVENTS: Readonly<Record<string, string>> = {
  BACKUP_JOB_SUCCESSFUL: 'BACKUP_JOB_COMPLETED, filtered on the message attribute `State` = COMPLETED',
  BACKUP_JOB_FAILED: 'BACKUP_JOB_COMPLETED, filtered on the message attribute `State` = FAILED',
  BACKUP_JOB_EXPIRED: 'BACKUP_JOB_COMPLETED, filtered on the message attribute `State` = EXPIRED',
  RESTORE_JOB_SUCCESSFUL: 'RESTORE_JOB_COMPLETED, filtered on the message attribute `State` = COMPLETED',
  RESTORE_JOB_FAILED: 'RESTORE_JOB_COMPLETED, filtered on the message attribute `State` = FAILED',
};

/**
 * Events that the API accepts but that never fire: no list of supported events has them.
 * Source: Developer Guide "Notification options with AWS Backup", 2026-08.
 */
const DEAD_EVENTS: Readonly<Record<string, string>> = {
  BACKUP_PLAN_CREATED: 'the EventBridge event `Backup Plan State Change`',
  BACKUP_PLAN_MODIFIED: 'the EventBridge event `Backup Plan State Change`',
};

/** The law for notification events. */
export function vaultEventProblems(events: readonly unknown[], property = 'events'): Problem[] {
  if (events.length === 0)
    return [
      problem({
        id: 'Backup-NotificationEvents',
        property,
        message: (label) => `${label(property)} must name at least one event, got none`,
        fix: 'omit it to be notified of failures',
      }),
    ];
  return events.flatMap((event): Problem[] => {
    if (!isKnown(event) || VAULT_EVENTS.includes(event as string)) return [];
    if (typeof event === 'string' && Object.hasOwn(DEAD_EVENTS, event))
      return [
        problem({
          id: 'Backup-DeadNotificationEvent',
          property,
          message: (label) =>
            `${label(property)} asks for \`${event}\`, which AWS Backup accepts but never sends`,
          fix: `use ${DEAD_EVENTS[event]}`,
        }),
      ];
    if (typeof event === 'string' && Object.hasOwn(DISPUTED_EVENTS, event))
      return [
        problem({
          id: 'Backup-DisputedNotificationEvent',
          property,
          message: (label) =>
            `${label(property)} asks for \`${event}\`, which the guide lists as supported and the API reference as deprecated`,
          fix: `use ${DISPUTED_EVENTS[event]}`,
        }),
      ];
    return [
      problem({
        id: 'Backup-UnknownNotificationEvent',
        property,
        message: (label) => `${label(property)} asks for ${show(event)}, which this release doesn't know`,
        fix: 'acknowledge this warning if AWS Backup has added it since',
      }),
    ];
  });
}

/** The checked parts of a topic. */
export interface TopicValues {
  readonly isFifo: boolean;
  /** A known difference between the environments of the vault and the topic. */
  readonly elsewhere?: { readonly what: string; readonly here: string; readonly there: string };
}

/**
 * The law for the topic of a vault: a standard topic in the same account and Region.
 *
 * Source: Developer Guide "Notification options with AWS Backup", 2026-08.
 */
export function notificationTopicProblems({ isFifo, elsewhere }: TopicValues, property = 'topic'): Problem[] {
  const problems: Problem[] = [];
  if (isFifo)
    problems.push(
      problem({
        id: 'Backup-NotificationTopicFifo',
        property,
        message: (label) =>
          `${label(property)} must be a standard topic, got a FIFO topic, to which AWS Backup can't publish`,
        fix: 'use a topic without `fifo`',
      }),
    );
  if (elsewhere)
    problems.push(
      problem({
        // AWS documents only the account
        id:
          elsewhere.what === 'Region'
            ? 'Backup-NotificationTopicRegion'
            : 'Backup-NotificationTopicEnvironment',
        property,
        message: (label) =>
          `${label(property)} ${elsewhere.what === 'Region' ? 'should' : 'must'} be in the ${elsewhere.what} of the vault (${elsewhere.here}), got ${elsewhere.there}`,
        fix: 'create a topic in the account and Region of the vault, or forward the EventBridge events of AWS Backup',
      }),
    );
  return problems;
}
