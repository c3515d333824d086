import type { Assumptions, OpenCondition } from '../template/evaluation/resolver';
import type { Context } from './core/context';

/** What is read if conditions that aren't known are taken to be true or false. */
export interface Case<T> {
  /** Such as "`IsProd` is true and `HasKey` is false". */
  readonly where: string;
  readonly inventory: T;
}

/** Each condition doubles the number of cases. */
const MAX_CONDITIONS = 3;
/** Resources to read in all cases together. */
const MAX_RESOURCES = 10_000;

/** The cases of an input, read when they are first asked for. */
export function casesOf<T>(context: Context, read: (assumed: Assumptions) => T): () => readonly Case<T>[] {
  let cases: readonly Case<T>[] | undefined;
  return () => {
    cases ??= combinations(context).map((assumed) => ({
      where: describe(assumed, context.literal.openConditions),
      inventory: read(assumed),
    }));
    return cases;
  };
}

function combinations({ literal, stacks }: Context): Assumptions[] {
  const keys = [...literal.openConditions.keys()];
  const count = 2 ** keys.length;
  const resources = stacks.all.reduce((sum, stack) => sum + stack.resources.size, 0);
  if (keys.length === 0 || keys.length > MAX_CONDITIONS || resources * count > MAX_RESOURCES) return [];
  return Array.from(
    { length: count },
    (_, bits) => new Map(keys.map((key, i) => [key, (bits & (1 << i)) === 0])),
  );
}

function describe(assumed: Assumptions, conditions: ReadonlyMap<string, OpenCondition>): string {
  return [...assumed].map(([key, holds]) => `\`${conditions.get(key)?.name}\` is ${holds}`).join(' and ');
}
