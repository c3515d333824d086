import { shared } from '../../viability/core/find-detections';
import { findPlanSettingProblems } from '../../viability/plan/plan-setting-problems';
import { type Check, checksOf } from '../engine/check';

/** The size of plans, and their advanced settings and tags. */
export const planSettingChecks: readonly Check[] = checksOf(
  [
    'Backup-PlanWithoutRule',
    'Backup-RulesPerPlan',
    'Backup-TagSelectionsPerPlan',
    'Backup-CopiesPerRule',
    'Backup-TagsPerRule',
    'Backup-TagKey',
    'Backup-TagValue',
    'Backup-AdvancedSetting',
  ],
  shared(findPlanSettingProblems),
);
