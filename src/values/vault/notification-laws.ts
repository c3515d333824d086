import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';

/**
 * The events that a vault sends. Source: Developer Guide "Notification options with AWS Backup", and the model of the
 * API for those of access points, 2026-08.
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
  'ACCESS_POINT_AVAILABLE',
  'ACCESS_POINT_CREATION_FAILED',
  'ACCESS_POINT_DELETED',
  'ACCESS_POINT_DELETION_FAILED',
  'ACCESS_POINT_EXPIRED',
  'ACCESS_POINT_DISASSOCIATED',
];

/**
 * Events that the API accepts and that never fire: they are missing in the table of supported events.
 * Source: Developer Guide "Notification options with AWS Backup", 2026-08.
 */
const DEAD_EVENTS: Readonly<Record<string, string>> = {
  BACKUP_JOB_SUCCESSFUL: 'BACKUP_JOB_COMPLETED, filtered on the message attribute `State` = COMPLETED',
  BACKUP_JOB_FAILED: 'BACKUP_JOB_COMPLETED, filtered on the message attribute `State` = FAILED',
  BACKUP_JOB_EXPIRED: 'BACKUP_JOB_COMPLETED, filtered on the message attribute `State` = EXPIRED',
  RESTORE_JOB_SUCCESSFUL: 'RESTORE_JOB_COMPLETED, filtered on the message attribute `State` = COMPLETED',
  RESTORE_JOB_FAILED: 'RESTORE_JOB_COMPLETED, filtered on the message attribute `State` = FAILED',
  BACKUP_PLAN_CREATED: 'the EventBridge event `Backup Plan State Change`',
  BACKUP_PLAN_MODIFIED: 'the EventBridge event `Backup Plan State Change`',
};

/** The law of notification events. */
export function vaultEventProblems(events: readonly unknown[], property = 'events'): Problem[] {
  if (events.length === 0)
    return [
      {
        id: 'Backup-NotificationEvents',
        severity: 'error',
        property,
        message: `\`${property}\` must name at least one event, got none`,
        fix: 'leave it out to be told of failures',
      },
    ];
  return events.flatMap((event): Problem[] => {
    if (!isKnown(event) || VAULT_EVENTS.includes(event as string)) return [];
    if (typeof event === 'string' && Object.hasOwn(DEAD_EVENTS, event))
      return [
        {
          id: 'Backup-DeadNotificationEvent',
          severity: 'warning',
          property,
          message: `\`${property}\` asks for \`${event}\`, which AWS Backup accepts and never sends`,
          fix: `use ${DEAD_EVENTS[event]}`,
        },
      ];
    return [
      {
        id: 'Backup-UnknownNotificationEvent',
        severity: 'warning',
        property,
        message: `\`${property}\` asks for ${show(event)}, which this release doesn't know`,
        fix: 'acknowledge this warning if AWS Backup has added it since',
      },
    ];
  });
}

/** A topic as the laws see it. */
export interface TopicValues {
  readonly isFifo: boolean;
  /** Where the topic is known to be elsewhere than the vault: what differs, here and there. */
  readonly elsewhere?: { readonly what: string; readonly here: string; readonly there: string };
}

/**
 * The law of the topic of a vault: a standard topic beside it.
 *
 * Source: Developer Guide "Notification options with AWS Backup", 2026-08.
 */
export function notificationTopicProblems({ isFifo, elsewhere }: TopicValues, property = 'topic'): Problem[] {
  const problems: Problem[] = [];
  if (isFifo)
    problems.push({
      id: 'Backup-NotificationTopicFifo',
      severity: 'error',
      property,
      message: `\`${property}\` must be a standard topic, got a FIFO topic, to which AWS Backup can't publish`,
      fix: 'use a topic without `fifo`',
    });
  if (elsewhere)
    problems.push({
      id: 'Backup-NotificationTopicEnvironment',
      severity: 'error',
      property,
      message: `\`${property}\` must be in the ${elsewhere.what} of the vault (${elsewhere.here}), got ${elsewhere.there}`,
      fix: 'make a topic beside the vault, or forward the EventBridge events of AWS Backup',
    });
  return problems;
}
