import * as path from 'node:path';
import type { Place } from '../../inventory/core/item';
import type { SourceLine } from '../../template/input/source-lines';

type StackPlace = Pick<Place, 'stack' | 'stackId' | 'file' | 'account' | 'region'>;

/** Names stacks, also if several have the same name, as in two assemblies. */
export class StackLabels {
  private readonly remarks = new Map<string, string>();

  constructor(places: Iterable<StackPlace>) {
    const byName = new Map<string, Map<string, StackPlace>>();
    for (const place of places) {
      const same = byName.get(place.stack) ?? new Map<string, StackPlace>();
      byName.set(place.stack, same.set(place.stackId, place));
    }
    for (const same of byName.values())
      if (same.size > 1)
        for (const [id, remark] of distinguish([...same.values()])) this.remarks.set(id, remark);
  }

  /** The name of the stack; with its environment or its template if another stack has the same name. */
  public of({ stack, stackId }: Pick<Place, 'stack' | 'stackId'>): string {
    const remark = this.remarks.get(stackId);
    return remark === undefined ? stack : `${stack} (${remark})`;
  }

  /** Whether another stack has the same name. */
  public isShared({ stackId }: Pick<Place, 'stackId'>): boolean {
    return this.remarks.has(stackId);
  }

  /** The construct path, or the stack with the logical id. */
  public placeOf(place: Place): string {
    const { stack, stackId, constructPath, logicalId } = place;
    const remark = this.remarks.get(stackId);
    return `${constructPath ?? `${stack}/${logicalId}`}${remark === undefined ? '' : ` (${remark})`}`;
  }
}

/** What differs: the environment if that suffices, otherwise the template. */
function distinguish(places: readonly StackPlace[]): [stackId: string, remark: string][] {
  const environments = places.map(({ account, region }) => [account, region].filter(Boolean).join(', '));
  const distinct = new Set(environments).size === places.length && environments.every((one) => one !== '');
  return places.map(({ stackId, file }, index) => [stackId, distinct ? environments[index] : file]);
}

/** `lib/orders.ts:12:5`, relative to the working directory if it is in there. */
export function showSource({ file, line, column }: SourceLine, cwd: string): string {
  return `${relativeTo(cwd, file)}:${line}${column === undefined ? '' : `:${column}`}`;
}

/** A path relative to the working directory, if it is in there. */
export function relativeTo(cwd: string, file: string): string {
  const relative = path.relative(cwd, path.resolve(cwd, file));
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative.split(path.sep).join('/');
}
