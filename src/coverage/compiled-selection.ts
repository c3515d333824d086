import type { SelectionItem } from '../inventory/plan/selections';
import { sameText } from '../template/evaluation/match';
import { isUnknown, type Text } from '../template/evaluation/unknown';
import type { Verdict } from '../template/evaluation/verdict';
import { ArnIndex } from './arn-index';
import { type Arn, readArnTest } from './arns';
import type { ResourceTags } from './resource-tags';
import { conditionsTester, hasRefusedTags, requiredTags, type TagPair, type TagTester } from './tag-tests';

/** A selection, prepared for matching. */
export interface CompiledSelection {
  readonly selection: SelectionItem;
  /** A tag that every selected resource must have, used as index. */
  readonly gate?: TagPair;
  readonly conditions: TagTester;
  readonly excludes: (subject: Arn) => Verdict;
  /** Whether the selection is created. */
  readonly exists: Verdict;
  /** Used by the matcher for the current resource. */
  asked: number;
  included: true | undefined;
}

/**
 * Prepares selections. Of several required tags, the one that is rarest among all selections becomes the gate, so that a
 * resource is compared with few selections that don't select it.
 */
export function compile(selections: readonly SelectionItem[]): CompiledSelection[] {
  const gates = selections.map(requiredTags);
  const counts = new Map<string, number>();
  for (const tags of gates) for (const tag of tags) counts.set(id(tag), (counts.get(id(tag)) ?? 0) + 1);
  const rank = (tag: TagPair) => counts.get(id(tag)) as number;
  return selections.map((selection, i) => ({
    selection,
    gate: gates[i].reduce<TagPair | undefined>(
      (best, tag) => (best && rank(best) <= rank(tag) ? best : tag),
      undefined,
    ),
    conditions: conditionsTester(selection),
    excludes: exclusions(selection),
    exists: selection.condition && isUnknown(selection.condition.holds) ? undefined : true,
    asked: -1,
    included: undefined,
  }));
}

function id({ key, value }: TagPair): string {
  return `${key}\0${value}`;
}

function exclusions({ notResources }: SelectionItem): (subject: Arn) => Verdict {
  if (notResources.items.length === 0) return () => (notResources.rest ? undefined : false);
  const index = new ArnIndex<true>(() => true);
  for (const text of notResources.items) {
    const test = readArnTest(text);
    if (test) index.at(test);
  }
  return (subject) => {
    let verdict: Verdict = notResources.rest ? undefined : false;
    index.visit(subject, (_, passed) => {
      verdict = passed === true || verdict === true ? true : undefined;
    });
    return verdict;
  };
}

/** Whether AWS refuses the selection because of its criteria, so that it selects nothing. */
export function isRefused(selection: SelectionItem): boolean {
  const { resources, listOfTags } = selection;
  const hasItems = (list: { items: readonly unknown[]; rest?: unknown }) =>
    list.items.length > 0 || list.rest !== undefined;
  return hasRefusedTags(selection) || !(hasItems(resources) || hasItems(listOfTags));
}

/** Selections, indexed by a tag that they require. */
export class Gated {
  private readonly free: CompiledSelection[] = [];
  private readonly byTag = new Map<string, Map<string, CompiledSelection[]>>();

  public add(compiled: CompiledSelection, gate = compiled.gate): void {
    if (!gate) {
      this.free.push(compiled);
      return;
    }
    const values = this.byTag.get(gate.key) ?? new Map<string, CompiledSelection[]>();
    this.byTag.set(gate.key, values);
    const selections = values.get(gate.value);
    if (selections) selections.push(compiled);
    else values.set(gate.value, [compiled]);
  }

  /** Calls back for each selection whose tag the resource has or may have. */
  public visit(tags: ResourceTags, meet: (compiled: CompiledSelection, has: true | undefined) => void): void {
    for (const compiled of this.free) meet(compiled, true);
    if (this.byTag.size === 0) return;
    const exactly = (key: string, value: string) => {
      for (const compiled of this.byTag.get(key)?.get(value) ?? []) meet(compiled, true);
    };
    if (this.byTag.size < tags.known.size)
      for (const key of this.byTag.keys()) exactly(key, tags.known.get(key) ?? NONE);
    else for (const [key, value] of tags.known) exactly(key, value);
    for (const [key, value] of tags.open) this.perhaps(key, value, meet);
    if (tags.unbounded)
      for (const key of this.byTag.keys())
        if (!tags.known.has(key) && !tags.open.has(key)) this.perhaps(key, undefined, meet);
  }

  private perhaps(
    key: string,
    value: Text | undefined,
    meet: (compiled: CompiledSelection, has: undefined) => void,
  ) {
    for (const [wanted, selections] of this.byTag.get(key) ?? [])
      if (value === undefined || sameText(wanted, value) !== false)
        for (const compiled of selections) meet(compiled, undefined);
  }
}

/** Longer than any value of a tag. */
const NONE = '\0'.repeat(257);
