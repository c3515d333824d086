import { shared } from '../../viability/core/find-detections';
import { findSelectionProblems } from '../../viability/selection/selection-problems';
import { type Check, checksOf } from '../engine/check';

/** The tags and conditions of selections, and how much they select. */
export const selectionChecks: readonly Check[] = checksOf(
  [
    'Backup-ConditionPrefixTwice',
    'Backup-EmptySelection',
    'Backup-PlanId',
    'Backup-PlanWithoutSelection',
    'Backup-ConditionPrefix',
    'Backup-AnyTagKeys',
    'Backup-AnyTagOperator',
    'Backup-AnyTagPrefix',
    'Backup-AnyTagUnion',
    'Backup-ConditionsPerSelection',
    'Backup-SelectionsPerPlan',
    'Backup-WildcardInEquals',
    'Backup-ContradictoryTags',
    'Backup-SelectsEverything',
  ],
  shared(findSelectionProblems),
);
