import type { FindingId } from '../findings/registry';
import { isKnown, show } from './amounts';
import type { Problem } from './problem';
import { problem } from './problem';

/**
 * The law for a list of strings: each must have the allowed form, without duplicates.
 *
 * @param allowed describes what the items must be
 */
export function itemProblems(
  id: FindingId,
  property: string,
  items: readonly unknown[],
  allowed: string,
  fits: (item: string) => boolean,
): Problem[] {
  const error = (what: string): Problem =>
    problem({
      id,
      property,
      message: (label) => `${label(property)} ${what}`,
    });
  const problems = items
    .filter((item) => isKnown(item) && !(typeof item === 'string' && fits(item)))
    .map((item) => error(`must be ${allowed}, got ${show(item)}`));
  if (problems.length > 0) return problems;
  const twice = items.find((item, i) => isKnown(item) && items.indexOf(item) !== i);
  return twice === undefined ? [] : [error(`must not contain duplicates, got ${show(twice)} twice`)];
}
