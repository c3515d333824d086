import { isObject, own } from '../input/files';
import type { StackScope } from '../input/stack';
import type { Evaluator } from './evaluator';
import { type Maybe, Unknown } from './unknown';

/** Whether a condition of a template is true, or unknown if it depends on unknown values. */
export function conditionOf(resolver: Evaluator, raw: unknown, stack: StackScope): Maybe<boolean> {
  if (raw === true || raw === 'true') return true;
  if (raw === false || raw === 'false') return false;
  const keys = isObject(raw) ? Object.keys(raw) : [];
  const operands = own(raw, keys[0]);
  const listed: readonly unknown[] = Array.isArray(operands) ? operands : [operands];
  const sub = (operand: unknown) => resolver.deeper(() => conditionOf(resolver, operand, stack));
  switch (keys.length === 1 ? keys[0] : undefined) {
    case 'Condition':
      return typeof operands === 'string' ? resolver.condition(operands, stack) : malformed();
    case 'Fn::Equals':
      return listed.length === 2 ? equal(resolver, listed, stack) : malformed();
    case 'Fn::Not': {
      const [negated] = listed;
      const holds = sub(negated);
      return holds instanceof Unknown ? holds : !holds;
    }
    case 'Fn::And':
      return every(listed, sub, false);
    case 'Fn::Or':
      return every(listed, sub, true);
    default:
      return malformed();
  }
}

function malformed(): Unknown {
  return new Unknown('shape', 'this is not a condition');
}

/** One operand with the deciding value decides, even if others aren't known. */
function every(
  operands: readonly unknown[],
  sub: (operand: unknown) => Maybe<boolean>,
  deciding: boolean,
): Maybe<boolean> {
  let why: Unknown | undefined;
  for (const operand of operands) {
    const holds = sub(operand);
    if (holds === deciding) return deciding;
    if (holds instanceof Unknown) why ??= holds;
  }
  return why ?? !deciding;
}

function equal(resolver: Evaluator, operands: readonly unknown[], stack: StackScope): Maybe<boolean> {
  const [a, b] = operands.map((operand) => resolver.text(operand, stack));
  if (a === undefined || b === undefined) return a === b;
  const same = resolver.same(a, b);
  if (same !== undefined) return same;
  return a instanceof Unknown ? a : (b as Unknown);
}
