import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import type { TagConditionValues } from '../core/tag-condition';

/**
 * The law for conditions that must all match: two of them can exclude each other, so that nothing is selected. For
 * example two values for one tag, which elsewhere mean "one of these".
 */
export function contradictoryTagProblems(
  conditions: readonly TagConditionValues[],
  property = 'tags',
): Problem[] {
  const known = conditions.filter(({ key, value }) => isKnown(key) && isKnown(value));
  const required = known.filter(({ operator }) => operator === 'StringEquals');
  return required.flatMap((one, index) => {
    const equals = required.slice(index + 1).find(({ key, value }) => key === one.key && value !== one.value);
    const excluded = known.find(
      ({ operator, key, value }) => operator === 'StringNotEquals' && key === one.key && value === one.value,
    );
    const base = { id: 'Backup-ContradictoryTags', property } as const;
    if (equals)
      return [
        problem({
          ...base,
          message: (label) =>
            `${label(property)} requires the tag ${show(one.key)} to be both ${show(one.value)} and ${show(equals.value)}, which no resource satisfies`,
          fix: 'use `anyTag` if one of them is enough',
        }),
      ];
    if (excluded)
      return [
        problem({
          ...base,
          message: (label) =>
            `${label(property)} requires the tag ${show(one.key)} to be ${show(one.value)} and not to be ${show(one.value)}, which no resource satisfies`,
          fix: 'omit one of them',
        }),
      ];
    return [];
  });
}
