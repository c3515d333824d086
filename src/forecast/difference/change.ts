import type { Place } from '../../inventory/core/item';
import type { LifecycleItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { showText } from '../../template/evaluation/text';
import { isUnknown, type Text, Unknown } from '../../template/evaluation/unknown';
import type { ResourceForecast } from '../outlook/forecast';

/** What changes are about. */
export const CHANGE_KINDS = [
  'protection',
  'rpo',
  'retention',
  'continuous',
  'cold-storage',
  'copy',
  'lock',
  'access',
  'key',
  'vault',
  'resource',
  'renamed',
  'replaced',
  'role',
  'selection',
  'opt-out',
  'restore-test',
  'monitoring',
  'organization',
  'settings',
  'finding',
  'survivability',
  'cost',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export type Direction = 'weaker' | 'stronger' | 'neutral';

/** What changes for the data between two versions. */
export interface Change {
  readonly kind: ChangeKind;
  readonly direction: Direction;
  readonly stack: string;
  readonly logicalId: string;
  /** What changes, as the reader knows it. */
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
  /** A sentence: lower case, no full stop. */
  readonly message: string;
  /** The accounts that a change of the organization affects. */
  readonly accounts?: readonly string[];
  /** Why it is accepted although it makes something weaker. */
  readonly accepted?: string;
}

/** Collects changes. */
export class Changes {
  public readonly all: Change[] = [];

  public add(
    kind: ChangeKind,
    direction: Direction,
    { stack, logicalId }: Pick<Place, 'stack' | 'logicalId'>,
    change: Pick<Change, 'subject' | 'message'> & Partial<Pick<Change, 'before' | 'after' | 'accounts'>>,
  ): void {
    this.all.push({ kind, direction, stack, logicalId, before: null, after: null, ...change });
  }
}

/** A resource with what the forecast says of it. */
export type ForecastResource = ResourceItem & { readonly forecast: ResourceForecast };

/** The direction of an amount that should be as large as possible; neutral if one isn't known. */
export function moreIsStronger(before: number | undefined, after: number | undefined): Direction {
  if (before === undefined || after === undefined || before === after) return 'neutral';
  return after > before ? 'stronger' : 'weaker';
}

/** `35 days`, `forever`, `not known`. */
export function retentionText(days: number | undefined): string {
  if (days === undefined) return 'not known before deployment';
  return days === Number.POSITIVE_INFINITY ? 'forever' : `${days} day${days === 1 ? '' : 's'}`;
}

export function coldText(lifecycle: LifecycleItem | undefined): string | null {
  const days = lifecycle?.moveToColdStorageAfterDays;
  if (days === undefined || days === -1) return null;
  return isUnknown(days) ? 'not known before deployment' : `at ${retentionText(days)}`;
}

/** Whether a resource outlives its removal from a template, by its policy. */
export function isRetained(policy: Text | undefined): boolean {
  return policy === 'Retain' || policy === 'RetainExceptOnCreate';
}

/** Everything that an item says, without where it stands: equal for items that do the same. */
export function contentOf(value: unknown): string {
  const seen: unknown[] = [];
  const write = (part: unknown): unknown => {
    if (part instanceof Unknown) return part.parts ? showText(part) : `?${part.kind}`;
    if (typeof part === 'function' || part === undefined || part === null) return null;
    if (typeof part !== 'object') return part;
    if (part instanceof Set) return [...part].sort();
    if (seen.includes(part)) return null;
    seen.push(part);
    // what a link leads to, and the tags of the item itself, say nothing about what it does
    const isPlace = (key: string) =>
      PLACES.has(key) || (key === 'to' && 'text' in part) || (key === 'tags' && part === value);
    const written = Array.isArray(part)
      ? part.map(write)
      : Object.fromEntries(
          Object.keys(part)
            .filter((key) => !isPlace(key))
            .sort()
            .map((key) => [key, write((part as Record<string, unknown>)[key])]),
        );
    seen.pop();
    return written;
  };
  return JSON.stringify(write(value));
}

/** Where something stands, and what it is called in the template. */
const PLACES: ReadonlySet<string> = new Set([
  'id',
  'place',
  'pathInTemplate',
  'index',
  'dependsOn',
  'metadata',
  'arn',
  'condition',
]);
