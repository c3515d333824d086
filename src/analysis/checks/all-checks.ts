import { capabilityChecks } from './capabilities';
import type { Check } from './check';
import { continuousChecks } from './continuous';
import { duplicateChecks } from './duplicates';
import { lifecycleChecks } from './lifecycles';
import { nameChecks } from './names';
import { readingChecks } from './reading';
import { retentionChecks } from './retentions';
import { roleChecks } from './roles';
import { scheduleChecks } from './schedules';
import { selectedArnChecks } from './selected-arns';
import { selectionMatchChecks } from './selection-matches';
import { selectionChecks } from './selections';

/** Every check, by subject. Their ids are public API: a test pins the list. */
export const ALL_CHECKS: readonly Check[] = [
  ...capabilityChecks,
  ...continuousChecks,
  ...duplicateChecks,
  ...lifecycleChecks,
  ...nameChecks,
  ...readingChecks,
  ...retentionChecks,
  ...roleChecks,
  ...scheduleChecks,
  ...selectedArnChecks,
  ...selectionMatchChecks,
  ...selectionChecks,
];
