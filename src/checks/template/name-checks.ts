import { shared } from '../../viability/core/find-detections';
import { findNameProblems } from '../../viability/plan/name-problems';
import { type Check, checksOf } from '../engine/check';

/** Names that AWS Backup refuses. */
export const nameChecks: readonly Check[] = checksOf(
  [
    'Backup-LongPlanName',
    'Backup-PlanName',
    'Backup-RuleName',
    'Backup-SelectionName',
    'Backup-VaultName',
    'Backup-FrameworkName',
    'Backup-ReportPlanName',
    'Backup-RestoreTestingPlanName',
    'Backup-RestoreTestingSelectionName',
    'Backup-TieringConfigurationName',
  ],
  shared(findNameProblems),
);
