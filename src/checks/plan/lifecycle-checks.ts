import { shared } from '../../viability/core/find-detections';
import { findLifecycleProblems } from '../../viability/plan/lifecycle-problems';
import { type Check, checksOf } from '../engine/check';

/** Lifecycles of rules and copies, taken by themselves. */
export const lifecycleChecks: readonly Check[] = checksOf(
  [
    'Backup-RetentionRange',
    'Backup-ColdStorageRange',
    'Backup-ContinuousColdStorage',
    'Backup-ShortWarmStorage',
    'Backup-ArchiveWithoutColdStorage',
    'Backup-ArchiveFrequency',
    'Backup-DeleteAfterEvent',
    'Backup-ShortRetention',
    'Backup-ContinuousCadence',
    'Backup-LongWarmStorage',
  ],
  shared(findLifecycleProblems),
);
