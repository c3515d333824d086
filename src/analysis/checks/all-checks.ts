import type { Check } from './check';
import { duplicateChecks } from './duplicates';
import { nameChecks } from './names';
import { readingChecks } from './reading';
import { scheduleChecks } from './schedules';
import { selectedArnChecks } from './selected-arns';
import { selectionMatchChecks } from './selection-matches';
import { selectionChecks } from './selections';

/** Every check, by subject. Their ids are public API: a test pins the list. */
export const ALL_CHECKS: readonly Check[] = [
  ...duplicateChecks,
  ...nameChecks,
  ...readingChecks,
  ...scheduleChecks,
  ...selectedArnChecks,
  ...selectionMatchChecks,
  ...selectionChecks,
];
