import { pseudoParameter } from '../../template/evaluation/pseudo';
import { type Items, NOTHING, type Text, Unknown } from '../../template/evaluation/unknown';
import { own } from '../../template/input/files';
import type { StackScope } from '../../template/input/stack';
import type { Context, Found } from './context';
import { Cursor } from './cursor';

/** A tag that a resource will have. */
export interface TagItem {
  readonly key: Text;
  readonly value: Text;
  /**
   * - `resource`: set on the resource
   * - `launch-template`: of the launch template of an instance
   * - `stack`: of the stack or a parent stack, from which CloudFormation propagates it
   * - `cloudformation`: `aws:cloudformation:...`, which CloudFormation adds
   */
  readonly source: 'resource' | 'launch-template' | 'stack' | 'cloudformation';
}

/** The tags of a resource, each key once: the nearest tag wins. */
export type Tags = Items<TagItem>;

/** The value of a tag; undefined if the resource certainly doesn't have the tag. Keys are case-sensitive. */
export function tagValue(tags: Tags, key: string): Text | undefined {
  const found = tags.items.find((tag) => tag.key === key);
  if (found) return found.value;
  const open = tags.items.find((tag) => tag.key instanceof Unknown);
  return open ? (open.key as Unknown) : tags.rest;
}

/** The tags in a property: a list of keys and values, or a map. */
export function tagsOf(cursor: Cursor, property: string, source: TagItem['source'] = 'resource'): Tags {
  const value = cursor.value(property);
  if (value === undefined) return NOTHING;
  if (!Array.isArray(value) && !(value instanceof Unknown)) return mapTags(cursor.object(property), source);
  const list = cursor.list(property);
  const items: TagItem[] = [];
  for (const entry of list.items) {
    const key = entry.text('Key') ?? entry.text('key');
    if (key !== undefined)
      items.push({ key, value: entry.text('Value') ?? entry.text('value') ?? '', source });
  }
  return { items, rest: list.rest };
}

function mapTags(map: Cursor | undefined, source: TagItem['source']): Tags {
  if (!map) return NOTHING;
  const keys = map.keys();
  const items = keys.items.flatMap((key) => {
    const value = map.text(key);
    return value === undefined ? [] : [{ key, value, source }];
  });
  return { items, rest: keys.rest };
}

/** Tags of several sources. For each key, the first tag wins. */
export function mergeTags(...all: readonly Tags[]): Tags {
  const items: TagItem[] = [];
  let seen: Set<unknown> | undefined;
  let rest: Unknown | undefined;
  for (const tags of all) {
    rest ??= tags.rest;
    for (const tag of tags.items) {
      if (typeof tag.key === 'string') {
        if (seen ? seen.has(tag.key) : items.some(({ key }) => key === tag.key)) continue;
        seen?.add(tag.key);
        if (items.length === FEW) seen = new Set([...items.map(({ key }) => key), tag.key]);
      }
      items.push(tag);
    }
  }
  return { items, rest };
}

/** Up to this many tags are searched faster in a list than in a set. */
const FEW = 16;

/** The tags that CloudFormation propagates from stacks, computed once for each stack. */
export class StackTags {
  private readonly byStack = new Map<StackScope, Tags>();
  private readonly added = new Map<StackScope, readonly TagItem[]>();

  constructor(private readonly context: Context) {}

  /** The tags of a stack and its parent stacks. */
  public of(stack: StackScope): Tags {
    const known = this.byStack.get(stack);
    if (known) return known;
    const tags = mergeTags(this.own(stack), stack.parent ? this.of(stack.parent.stack) : NOTHING);
    this.byStack.set(stack, tags);
    return tags;
  }

  /** All tags that a resource will have. */
  public effective(found: Found, explicit: Tags): Tags {
    const { stack, resource } = found;
    const { logicalId } = resource;
    const added: TagItem = {
      key: 'aws:cloudformation:logical-id',
      value: logicalId,
      source: 'cloudformation',
    };
    return mergeTags(explicit, this.of(stack), { items: [...this.system(stack), added] });
  }

  private system(stack: StackScope): readonly TagItem[] {
    const known = this.added.get(stack);
    if (known) return known;
    const tags = (['name', 'id'] as const).map((what): TagItem => {
      const value = pseudoParameter(what === 'name' ? 'AWS::StackName' : 'AWS::StackId', stack) as Text;
      return { key: `aws:cloudformation:stack-${what}`, value, source: 'cloudformation' };
    });
    this.added.set(stack, tags);
    return tags;
  }

  private own(stack: StackScope): Tags {
    const { parent, source } = stack;
    if (!parent)
      return { items: [...(source.tags ?? [])].map(([key, value]) => ({ key, value, source: 'stack' })) };
    const body = parent.stack.resources.get(parent.logicalId)?.body;
    const properties = new Cursor(this.context, parent.stack, own(body, 'Properties') ?? {}, '');
    return tagsOf(properties, 'Tags', 'stack');
  }
}
