/**
 * Whether an event matches an EventBridge pattern, by the rules of the EventBridge User Guide, written without the code
 * under test: every field of the pattern must be in the event with one of the values or filters listed.
 */
export function eventMatches(pattern: unknown, event: unknown): boolean {
  if (!isObject(pattern)) throw new Error(`not a pattern: ${JSON.stringify(pattern)}`);
  return Object.entries(pattern).every(([field, expected]) => {
    const actual = isObject(event) ? event[field] : undefined;
    if (isObject(expected)) {
      // of a list of objects, one must match
      const candidates = Array.isArray(actual) ? actual : [isObject(actual) ? actual : {}];
      return candidates.some((candidate) => eventMatches(expected, candidate));
    }
    if (!Array.isArray(expected) || expected.length === 0)
      throw new Error(`${field} must be a list that is not empty`);
    return expected.some((filter) => fieldMatches(filter, actual));
  });
}

function fieldMatches(filter: unknown, actual: unknown): boolean {
  const values = Array.isArray(actual) ? actual : actual === undefined ? [] : [actual];
  if (!isObject(filter)) return values.includes(filter);
  const [[operator, operand], ...others] = Object.entries(filter);
  if (others.length > 0) throw new Error(`several operators: ${JSON.stringify(filter)}`);
  if (operator === 'exists') return (actual !== undefined && !isObject(actual)) === operand;
  if (operator === 'anything-but') return values.some((value) => !(operand as unknown[]).includes(value));
  throw new Error(`unknown operator ${operator}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
