import type { StackItem } from '../../inventory/core/stack-item';
import type { SourceLine } from '../../template/input/source-lines';
import type { Finding } from './check';

/** A finding with the line of the user's code that creates the construct, if it is known. */
export interface LocatedFinding extends Finding {
  readonly source?: SourceLine;
}

/**
 * Adds the lines of code, as far as assemblies have them. Where no line of the user's code creates a construct by itself, as in
 * a construct of a library that doesn't record it, the line of the nearest construct above it counts.
 */
export function locateFindings<T extends Finding>(
  findings: readonly T[],
  stacks: readonly StackItem[],
): (T & LocatedFinding)[] {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  return findings.map((finding) => {
    const { stackId, constructPath } = finding.place;
    const stack = byId.get(stackId);
    const source = stack && constructPath !== undefined ? nearest(stack.sources(), constructPath) : undefined;
    return source ? { ...finding, source } : finding;
  });
}

function nearest(sources: ReadonlyMap<string, SourceLine>, constructPath: string): SourceLine | undefined {
  if (sources.size === 0) return undefined;
  for (let path = constructPath; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
    const source = sources.get(path);
    if (source) return source;
  }
  return undefined;
}
