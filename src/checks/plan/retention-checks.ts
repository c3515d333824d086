import { shared } from '../../viability/core/find-detections';
import { findRetentionProblems } from '../../viability/plan/retention-problems';
import { type Check, checksOf } from '../engine/check';

/** How long rules and copies keep recovery points, and everything that restricts it, in one answer. */
export const retentionChecks: readonly Check[] = checksOf(
  [
    'Backup-ColdStorageForever',
    'Backup-RetentionGoalConflict',
    'Backup-ColdStorageGap',
    'Backup-ContinuousRetention',
    'Backup-LockRange',
    'Backup-LockRangeForever',
    'Backup-RetentionConflict',
    'Backup-AuditRetention',
    'Backup-RetentionMissing',
    'Backup-CopyRetentionMissing',
    'Backup-ForeverCopy',
  ],
  shared(findRetentionProblems),
);
