import type { BackupSelection, Conditions } from '@aws-sdk/client-backup';

/** A tag filter of the Resource Groups Tagging API. Several filters must all match. */
export interface TagFilter {
  readonly Key: string;
  /** One of them; none: any value. */
  readonly Values?: readonly string[];
}

/** The tags of a resource. */
export type Tags = ReadonlyMap<string, string>;

/** What a selection selects, as far as the tagging API can list it. */
export interface Criteria {
  /** The ARNs that are selected whatever tags they have. */
  readonly named: readonly string[];
  /** What to ask for; each search is one more way to be selected. */
  readonly searches: readonly (readonly TagFilter[])[];
  /** Whether a resource that was found is selected. */
  readonly selects: (arn: string, tags: Tags) => boolean;
}

const PREFIX = 'aws:ResourceTag/';

/**
 * Reads a selection: the listed resources and those with one of the listed tags, of these the ones that meet all conditions,
 * without the excluded ones. Wildcards without a tag can't be listed, and find nothing here.
 *
 * Source: AWS Backup Developer Guide, Assigning resources, 2026-10.
 */
export function criteriaOf(selection: BackupSelection): Criteria {
  const { Resources = [], NotResources = [], ListOfTags = [], Conditions = {} } = selection;
  const conditions = conditionsOf(Conditions);
  const excluded = patternOf(NotResources);
  const exact = Resources.filter((arn) => !arn.includes('*'));
  const listed = patternOf(Resources);
  const choices = ListOfTags.flatMap(({ ConditionKey: key, ConditionValue: value }) =>
    key === undefined || value === undefined ? [] : [{ key, value }],
  );
  const all = conditions.flatMap(({ filters }) => filters);
  const searches =
    conditions.length > 0
      ? all.length > 0
        ? [all]
        : []
      : choices.map(({ key, value }) => [{ Key: key, Values: [value] }]);
  return {
    named: conditions.length > 0 ? [] : exact.filter((arn) => !excluded(arn)),
    searches,
    selects: (arn, tags) =>
      !excluded(arn) &&
      conditions.every(({ key, holds }) => holds(tags.get(key))) &&
      (listed(arn) || choices.some(({ key, value }) => tags.get(key) === value)),
  };
}

interface Condition {
  /** What the tagging API can look for, if anything. */
  readonly filters: readonly TagFilter[];
  readonly key: string;
  readonly holds: (tag: string | undefined) => boolean;
}

function conditionsOf({ StringEquals, StringLike, StringNotEquals, StringNotLike }: Conditions): Condition[] {
  const read = (
    list: Conditions['StringEquals'],
    filtersOf: (key: string, value: string) => readonly TagFilter[],
    holds: (value: string, tag: string | undefined) => boolean,
  ) =>
    (list ?? []).map(({ ConditionKey = '', ConditionValue: value = '' }): Condition => {
      const key = ConditionKey.startsWith(PREFIX) ? ConditionKey.slice(PREFIX.length) : ConditionKey;
      return { filters: filtersOf(key, value), key, holds: (tag) => holds(value, tag) };
    });
  const isLike = (value: string, tag: string | undefined) => tag !== undefined && matches(value, tag);
  return [
    ...read(
      StringEquals,
      (Key, value) => [{ Key, Values: [value] }],
      (value, tag) => tag === value,
    ),
    ...read(StringLike, (Key) => [{ Key }], isLike),
    ...read(
      StringNotEquals,
      () => [],
      (value, tag) => tag !== value,
    ),
    ...read(
      StringNotLike,
      () => [],
      (value, tag) => !isLike(value, tag),
    ),
  ];
}

/** Whether an ARN is one of a list, in which `*` stands for anything. */
function patternOf(arns: readonly string[]): (arn: string) => boolean {
  const exact = new Set(arns.filter((arn) => !arn.includes('*')));
  const wild = arns.filter((arn) => !exact.has(arn));
  return (arn) => exact.has(arn) || wild.some((pattern) => matches(pattern, arn));
}

/** Compares a text with a pattern part by part, in linear time. */
function matches(pattern: string, text: string): boolean {
  const [first, ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === text;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  const middle = text.slice(first.length, text.length - last.length);
  let at = 0;
  for (const part of rest) {
    const found = middle.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return true;
}
