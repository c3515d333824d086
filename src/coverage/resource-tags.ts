import type { Tags } from '../inventory/core/tags';
import { isUnknown, type Text } from '../template/evaluation/unknown';

/** The tags of one resource, by key. */
export class ResourceTags {
  /** Known keys with known values. */
  public readonly known = new Map<string, string>();
  /** Known keys with values that aren't fully known. */
  public readonly open = new Map<string, Text>();
  /** Whether there may be tags with unknown keys. */
  public readonly unbounded: boolean;

  constructor(tags: Tags) {
    let unbounded = tags.rest !== undefined;
    for (const { key, value } of tags.items) {
      if (isUnknown(key)) unbounded = true;
      else if (isUnknown(value)) this.open.set(key, value);
      else this.known.set(key, value);
    }
    this.unbounded = unbounded;
  }

  /** The value; `absent` if the resource certainly doesn't have the tag, undefined if that isn't known. */
  public get(key: string): { readonly value: Text } | 'absent' | undefined {
    const value = this.known.get(key) ?? this.open.get(key);
    if (value !== undefined) return { value };
    return this.unbounded ? undefined : 'absent';
  }
}
