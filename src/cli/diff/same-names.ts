import type { StackSource } from '../../template/input/source';

/** Two template files are two versions of one stack, whatever their names. */
export function sameNames(
  before: readonly StackSource[],
  after: readonly StackSource[],
): readonly StackSource[] {
  if (before.length !== 1 || after.length !== 1) return before;
  const [{ name, stackName }] = after;
  return [{ ...before[0], name, stackName }];
}
