import { shared } from '../../viability/core/find-detections';
import { findSelectedArnProblems } from '../../viability/selection/selected-arn-problems';
import { type Check, checksOf } from '../engine/check';

/** The ARNs of selections. */
export const selectedArnChecks: readonly Check[] = checksOf(
  [
    'Backup-SelectionArn',
    'Backup-SelectionWildcard',
    'Backup-SelectionSize',
    'Backup-SelectionElsewhere',
    'Backup-SelectionContradiction',
    'Backup-SharedArnPattern',
    'Backup-DoubleBackup',
    'Backup-SelectionType',
  ],
  shared(findSelectedArnProblems),
);
