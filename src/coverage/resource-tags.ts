import type { Tags } from '../inventory/core/tags';
import { isUnknown, type Text } from '../template/evaluation/unknown';

/** The tags of one resource, ready to be asked for by key. */
export class ResourceTags {
  /** Keys and values that are both known. */
  public readonly known = new Map<string, string>();
  /** Keys of which the value isn't known, with as much of it as is. */
  public readonly open = new Map<string, Text>();
  /** Whether there may be tags of which not even the key is known. */
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

  /** The value; `absent` where the resource certainly hasn't the tag, undefined where that isn't known. */
  public get(key: string): { readonly value: Text } | 'absent' | undefined {
    const value = this.known.get(key) ?? this.open.get(key);
    if (value !== undefined) return { value };
    return this.unbounded ? undefined : 'absent';
  }
}
