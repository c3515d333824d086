import type { RequirementKey } from '../requirement-key';
import { ClauseConfidence, type StandardRequirement } from '../standard-requirement';

/** When the clauses were collected. */
export const AS_OF = '2026-11-28';

const CONFIDENCE = {
  H: ClauseConfidence.HIGH,
  M: ClauseConfidence.MEDIUM,
  L: ClauseConfidence.LOW,
} as const;

/** What a row may have besides. */
type Extra = Partial<
  Omit<StandardRequirement, 'clause' | 'requirement' | 'keys' | 'confidence' | 'source' | 'asOf'>
>;

/** Makes the rows of one standard that were read in the same place. */
export function clauses(source: string) {
  return (
    clause: string,
    requirement: string,
    keys: readonly RequirementKey[],
    confidence: keyof typeof CONFIDENCE,
    extra: Extra & { readonly source?: string } = {},
  ): StandardRequirement => ({
    clause,
    requirement,
    keys: [...keys],
    confidence: CONFIDENCE[confidence],
    source,
    asOf: AS_OF,
    ...extra,
  });
}
