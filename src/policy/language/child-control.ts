import { isKnown, show } from '../../values/core/amounts';
import { ALL, allowedBy, type ChildOperator, isChildOperator } from './operators';
import type { PolicyProblems } from './policy-problems';

/**
 * Reads a list of operators that child policies may use: bits. AWS Organizations takes `@@all` beside others and any
 * case, and refuses an operator that stands twice, and anything beside `@@none`.
 */
export function readChildControl(id: string, value: unknown, path: string, problems: PolicyProblems): number {
  if (!isKnown(value)) return ALL;
  if (!Array.isArray(value) || value.length === 0) {
    const got = Array.isArray(value) ? 'an empty list' : show(value);
    problems.refuse(id, path, `must be a list with at least one operator, got ${got}`);
    return ALL;
  }
  const known: ChildOperator[] = [];
  for (const operator of value) {
    const folded = typeof operator === 'string' ? operator.toLowerCase() : '';
    if (isChildOperator(folded)) known.push(folded);
    else if (isKnown(operator))
      problems.refuse(
        id,
        path,
        `must be \`@@all\`, \`@@none\`, or some of \`@@assign\`, \`@@append\` and \`@@remove\`, got ${show(operator)}`,
      );
  }
  if (new Set(value).size < value.length)
    problems.refuse(id, path, 'must not have an operator twice', 'remove one of them');
  if (known.includes('@@none') && value.length > 1)
    problems.refuse(id, path, 'must have nothing beside `@@none`', 'leave out one or the other');
  return known.length === 0 ? ALL : allowedBy(known);
}
