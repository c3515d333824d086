import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import type { TagConditionValues } from '../core/tag-condition';

/**
 * The law of conditions that must all hold: two of them can exclude each other, and nothing is selected then. So it
 * is with two values for one tag, which elsewhere means "one of these".
 */
export function contradictoryTagProblems(
  conditions: readonly TagConditionValues[],
  property = 'tags',
): Problem[] {
  const known = conditions.filter(({ key, value }) => isKnown(key) && isKnown(value));
  const asked = known.filter(({ operator }) => operator === 'StringEquals');
  return asked.flatMap((one, index) => {
    const equals = asked.slice(index + 1).find(({ key, value }) => key === one.key && value !== one.value);
    const excluded = known.find(
      ({ operator, key, value }) => operator === 'StringNotEquals' && key === one.key && value === one.value,
    );
    const problem = { id: 'Backup-ContradictoryTags', severity: 'warning', property } as const;
    if (equals)
      return [
        {
          ...problem,
          message: `\`${property}\` asks that the tag ${show(one.key)} is ${show(one.value)} and ${show(equals.value)} at once, which no resource fulfils`,
          fix: 'use `anyTag` where one of them is enough',
        },
      ];
    if (excluded)
      return [
        {
          ...problem,
          message: `\`${property}\` asks that the tag ${show(one.key)} is ${show(one.value)} and that it is not, which no resource fulfils`,
          fix: 'leave one of them out',
        },
      ];
    return [];
  });
}
