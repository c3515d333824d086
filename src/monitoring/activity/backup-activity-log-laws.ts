import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { kindProblems } from '../../resources/core/argument-checks';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import type { BackupActivityLogProps } from './backup-activity-log-props';

const NAME = /^\/aws\/events\/[\w\-/.#]{1,488}$/;

/** Checks the properties of an activity log. */
export function activityLogProblems({
  logGroupName,
  logRetention,
  encryptionKey,
  trailLogGroup,
}: BackupActivityLogProps): Problem[] {
  return [
    ...kindProblems(logGroupName, (name) => !isKnown(name) || (typeof name === 'string' && NAME.test(name)), {
      id: 'Backup-ActivityLogName',
      property: 'logGroupName',
      what: '`/aws/events/` followed by 1 to 488 letters, digits, `_`, `-`, `/`, `.` and `#`',
      fix: 'for example, use `/aws/events/backup`',
    }),
    ...kindProblems(logRetention, (days) => typeof days === 'number' && days in RetentionDays, {
      id: 'Backup-ActivityLogRetention',
      property: 'logRetention',
      what: 'one of `RetentionDays`',
      fix: 'for example, use `RetentionDays.ONE_YEAR`',
    }),
    ...kindProblems(encryptionKey, (key) => typeof key === 'object' && 'keyRef' in key, {
      id: 'Backup-ActivityLogKey',
      property: 'encryptionKey',
      what: 'a key',
      fix: 'pass a `kms.Key`',
    }),
    ...kindProblems(trailLogGroup, (group) => typeof group === 'object' && 'logGroupRef' in group, {
      id: 'Backup-AuditTrail',
      property: 'trailLogGroup',
      what: 'a log group',
      fix: 'pass a `logs.LogGroup`, such as that of a `BackupAuditTrail`',
    }),
  ];
}
