import type { ResourceForecast } from '../../forecast/outlook/forecast';
import { tagValue } from '../../inventory/core/tags';
import { known } from '../../template/evaluation/unknown';
import type { EffectiveFlags, EffectiveNumber } from '../../values/standards/effective-thresholds';
import { effectiveFlags, effectiveNumber } from '../../values/standards/effective-thresholds';
import type { RequirementKey } from '../../values/standards/requirement-key';
import {
  DATA_CLASS_TAG,
  DataClass,
  type StandardRequirement,
} from '../../values/standards/standard-requirement';
import {
  NUMERIC_THRESHOLDS,
  type NumericThreshold,
  type StandardThresholds,
} from '../../values/standards/standard-thresholds';

/** What a requirement asks, with the numbers that it is measured with. */
export interface Question {
  readonly key: RequirementKey;
  readonly numbers: Readonly<Partial<Record<NumericThreshold, EffectiveNumber>>>;
  readonly flags: EffectiveFlags;
  readonly data: DataClass;
  readonly resourceTypes?: readonly string[];
}

export function questionOf(
  requirement: StandardRequirement,
  key: RequirementKey,
  choices: StandardThresholds,
): Question {
  const numbers = NUMERIC_THRESHOLDS.flatMap((name) => {
    const number = effectiveNumber(requirement, choices, name);
    return number ? [[name, number] as const] : [];
  });
  return {
    key,
    numbers: Object.fromEntries(numbers),
    flags: effectiveFlags(requirement, choices),
    data: requirement.data ?? DataClass.EVERYTHING,
    resourceTypes: requirement.resourceTypes,
  };
}

/** Whether a question is about a resource: its data class and its type. */
export function isAsked(
  { data, resourceTypes }: Question,
  { coverage, resourceType }: ResourceForecast,
): boolean {
  if (resourceTypes && !(resourceType !== undefined && resourceTypes.includes(resourceType))) return false;
  if (data === DataClass.EVERYTHING) return true;
  return known(tagValue(coverage.resource.tags, DATA_CLASS_TAG) ?? '') === data;
}
