import type { SelectionItem, TagChoice, TagTest } from '../inventory/plan/selections';
import { globMatches } from '../template/evaluation/glob';
import { matches, sameText } from '../template/evaluation/match';
import { isUnknown, type Text } from '../template/evaluation/unknown';
import { and, not, type Verdict } from '../template/evaluation/verdict';
import { TAG_KEY_PREFIX } from '../values/core/tag-condition';
import type { ResourceTags } from './resource-tags';

/** A tag with a known key and value. */
export interface TagPair {
  readonly key: string;
  readonly value: string;
}

/** Tests the tags of resources, for `Conditions` or for `ListOfTags`. */
export type TagTester = (tags: ResourceTags) => Verdict;

const OPEN: TagTester = () => undefined;

/** Whether AWS refuses the tags of a selection, which is never created then. */
export function hasRefusedTags({ conditions, listOfTags }: SelectionItem): boolean {
  return (
    conditions.items.some(
      ({ key, value }) =>
        key === undefined ||
        value === undefined ||
        (typeof key === 'string' && !key.startsWith(TAG_KEY_PREFIX)),
    ) ||
    listOfTags.items.some(
      ({ type, key, value }) =>
        key === undefined || value === undefined || (typeof type === 'string' && type !== 'STRINGEQUALS'),
    )
  );
}

/** Whether all conditions of a selection match. */
export function conditionsTester({ conditions }: SelectionItem): TagTester {
  const tests = conditions.items.map(conditionTester);
  if (conditions.rest) tests.push(OPEN);
  if (tests.length === 1) return tests[0];
  return (tags) => {
    let verdict: Verdict = true;
    for (const test of tests) {
      verdict = and(verdict, test(tags));
      if (verdict === false) break;
    }
    return verdict;
  };
}

function conditionTester({ operator, key, value }: TagTest): TagTester {
  if (isUnknown(key) || key === undefined || value === undefined) return OPEN;
  const bare = key.slice(TAG_KEY_PREFIX.length);
  const negated = operator.startsWith('StringNot');
  const test = operator.endsWith('Like') ? likeTest(value) : (got: Text) => sameText(value, got);
  return (tags) => {
    const tag = tags.get(bare);
    if (tag === undefined) return undefined;
    // a resource without the tag differs from every value, as in conditions of IAM
    const holds = tag === 'absent' ? false : test(tag.value);
    return negated ? not(holds) : holds;
  };
}

function likeTest(pattern: Text): (got: Text) => Verdict {
  return (got) =>
    typeof pattern === 'string' && typeof got === 'string'
      ? isLike(pattern, got)
      : // the wildcards here also match spaces, so only `false` is certain
        matches(pattern, got) === false
        ? false
        : undefined;
}

/**
 * Whether a tag value matches a pattern, in which `*` stands for any characters except spaces.
 *
 * Source: Developer Guide "Troubleshooting" (2026-09): a wildcard doesn't match values with spaces.
 */
function isLike(pattern: string, value: string): boolean {
  return globMatches(pattern, value, ' ');
}

/** The elements of `ListOfTags` with a known key and value, and a test of the others. */
export function choices({ listOfTags }: SelectionItem): {
  readonly pairs: readonly TagPair[];
  readonly other?: TagTester;
} {
  const pairs: TagPair[] = [];
  const open: TagChoice[] = [];
  for (const choice of listOfTags.items) {
    const { type, key, value } = choice;
    if (typeof key === 'string' && typeof value === 'string' && !isUnknown(type)) pairs.push({ key, value });
    else open.push(choice);
  }
  if (open.length === 0 && !listOfTags.rest) return { pairs };
  return { pairs, other: listOfTags.rest ? OPEN : openChoices(open) };
}

function openChoices(open: readonly TagChoice[]): TagTester {
  return (tags) =>
    open.every(({ key, value }) => {
      if (typeof key !== 'string') return false;
      const tag = tags.get(key);
      return tag === 'absent' || (tag !== undefined && sameText(value as Text, tag.value) === false);
    })
      ? false
      : sureChoice(open, tags);
}

/** Whether one of the tags certainly matches: two references to one parameter are equal, whatever its value. */
function sureChoice(open: readonly TagChoice[], tags: ResourceTags): Verdict {
  const sure = open.some(({ type, key, value }) => {
    const tag = typeof key === 'string' && !isUnknown(type) ? tags.get(key) : undefined;
    return typeof tag === 'object' && sameText(value as Text, tag.value) === true;
  });
  return sure || undefined;
}

/** The tags that every selected resource must have. */
export function requiredTags({ conditions }: SelectionItem): TagPair[] {
  return conditions.items.flatMap(({ operator, key, value }) =>
    operator === 'StringEquals' && typeof key === 'string' && typeof value === 'string'
      ? [{ key: key.slice(TAG_KEY_PREFIX.length), value }]
      : [],
  );
}
