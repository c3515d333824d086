import type { Problem } from '../../src/values/core/problem';

/** Problems in the names of a reader; other properties keep theirs. */
export function inNames(problems: readonly Problem[], names: Readonly<Record<string, string>>): Problem[] {
  return problems.map((problem) => problem.as({ names: (property) => names[property] }));
}
