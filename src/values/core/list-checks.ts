import { isKnown, show } from './amounts';
import type { Problem } from './problem';

/**
 * The law of a list of texts: each of the form that is allowed, and none twice.
 *
 * @param allowed what the items must be, in words
 */
export function itemProblems(
  id: string,
  property: string,
  items: readonly unknown[],
  allowed: string,
  fits: (item: string) => boolean,
): Problem[] {
  const error = (what: string): Problem => ({
    id,
    severity: 'error',
    property,
    message: `\`${property}\` ${what}`,
  });
  const problems = items
    .filter((item) => isKnown(item) && !(typeof item === 'string' && fits(item)))
    .map((item) => error(`must be ${allowed}, got ${show(item)}`));
  if (problems.length > 0) return problems;
  const twice = items.find((item, i) => isKnown(item) && items.indexOf(item) !== i);
  return twice === undefined ? [] : [error(`must not have an item twice, got ${show(twice)} twice`)];
}
