import { isKnown, show } from '../../values/core/amounts';
import type { FindingId } from '../../values/findings/registry';
import { ALL, allowedBy, type ChildOperator, isChildOperator } from './operators';
import type { PolicyProblems } from './policy-problems';

/**
 * Reads a list of operators that child policies may use, as bits. AWS Organizations accepts `@@all` next to others, and any
 * case. It refuses duplicates, and anything next to `@@none`.
 */
export function readChildControl(
  id: FindingId,
  value: unknown,
  path: string,
  problems: PolicyProblems,
): number {
  if (!isKnown(value)) return ALL;
  if (!Array.isArray(value) || value.length === 0) {
    const got = Array.isArray(value) ? 'an empty list' : show(value);
    problems.add(id, path, `must be a list of at least one operator, got ${got}`);
    return ALL;
  }
  const known: ChildOperator[] = [];
  for (const operator of value) {
    const folded = typeof operator === 'string' ? operator.toLowerCase() : '';
    if (isChildOperator(folded)) known.push(folded);
    else if (isKnown(operator))
      problems.add(
        id,
        path,
        `must be \`@@all\`, \`@@none\`, or some of \`@@assign\`, \`@@append\` and \`@@remove\`, got ${show(operator)}`,
      );
  }
  if (new Set(value).size < value.length)
    problems.add(id, path, 'must list each operator once', 'remove one of them');
  if (known.includes('@@none') && value.length > 1)
    problems.add(id, path, 'must not combine `@@none` with other operators', 'remove `@@none` or the others');
  return known.length === 0 ? ALL : allowedBy(known);
}
