import { enumerate } from '../../values/core/enumeration';
import { nearestOf } from '../../values/core/nearest';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { meetsTagCondition, type TagCondition } from '../../values/core/tag-condition';
import { OPT_OUT_REASON_TAG } from '../../values/selection/opt-out';
import type { AppResource } from '../core/app-resources';
import type { BackupSelectionOptions } from './backup-selection-options';
import type { SelectedResources } from './selected-resources';

/** What a selection by tags alone selects among the resources of the app. */
export class TaggedResources {
  /** All must match. */
  public readonly tags: readonly TagCondition[];
  /** One must match; undefined if there are none. */
  public readonly anyTag?: readonly TagCondition[];

  /** Whether only tags restrict the selection, so that a resource of any kind can match. */
  public readonly isOnlyByTag: boolean;

  private readonly excludedTypes: ReadonlySet<string>;

  constructor(
    { tags = [], anyTag, everything, excludeTypes = [] }: BackupSelectionOptions,
    included: SelectedResources,
    private readonly excluded: SelectedResources,
  ) {
    this.tags = tags;
    this.anyTag = anyTag;
    this.excludedTypes = new Set(excludeTypes.map(String));
    this.isOnlyByTag = included.isEmpty && (tags.length > 0 || anyTag !== undefined || everything === true);
  }

  /** The resources that are certainly selected. */
  public in(resources: readonly AppResource[]): AppResource[] {
    if (!this.isOnlyByTag) return [];
    return this.withoutExcluded(resources.filter((resource) => this.matches(resource) === true));
  }

  /** The resources that the selection doesn't exclude by name or type. */
  public withoutExcluded(resources: readonly AppResource[]): AppResource[] {
    if (resources.length === 0 || this.excluded.isEmpty) return [...resources];
    const arns = new Set(this.excluded.arns());
    return resources.filter(({ arn, type }) => !arns.has(arn) && !this.excludedTypes.has(`${type}`));
  }

  /** Whether a resource has the tags; undefined if that is known only at deployment. */
  public matches({ tags }: Pick<AppResource, 'tags'>): boolean | undefined {
    const all = this.tags.map((condition) => meetsTagCondition(condition, tags));
    const any = this.anyTag?.map((condition) => meetsTagCondition(condition, tags)) ?? [true];
    if (all.includes(false) || any.every((each) => each === false)) return false;
    return all.includes(undefined) || !any.includes(true) ? undefined : true;
  }
}

/**
 * A selection by tag that selects none of the resources that the app has in its account and Region. What it excludes, or is
 * opted out of backups, isn't meant to be selected.
 */
export function selectsNothingProblems(
  tagged: TaggedResources,
  resources: readonly AppResource[],
): Problem[] {
  if (!tagged.isOnlyByTag) return [];
  const candidates = tagged
    .withoutExcluded(resources)
    .filter(({ tags }) => !Object.hasOwn(tags, OPT_OUT_REASON_TAG));
  if (candidates.length === 0 || candidates.some((each) => tagged.matches(each) !== false)) return [];
  const [property, conditions] = tagged.anyTag ? ['anyTag', tagged.anyTag] : ['tags', tagged.tags];
  const near = nearestTag(conditions, candidates);
  return [
    problem({
      id: 'Backup-SelectsNothing',
      property,
      message: (label) =>
        `${label(property)} must match a resource of the app in this account and Region to back it up, got ${enumerate(
          conditions.map((condition) => `\`${condition}\``),
          tagged.anyTag ? 'or' : 'and',
        )}, which none of ${candidates.length} has`,
      fix: near
        ? `compare it with \`${near.key} = ${near.value}\` of \`${near.path}\``
        : 'tag the resources, or acknowledge this if other apps create them',
    }),
  ];
}

/** The tag of a resource that a condition is probably a typo of. */
function nearestTag(conditions: readonly TagCondition[], resources: readonly AppResource[]) {
  const all = resources.flatMap(({ tags, construct }) =>
    Object.entries(tags).map(([key, value]) => ({ key, value, path: construct.node.path })),
  );
  for (const condition of conditions.filter(({ operator }) => operator === 'StringEquals')) {
    const sameKey = all.filter(({ key }) => key === condition.key);
    const value = nearestOf(
      condition.value,
      sameKey.map((tag) => tag.value),
    );
    if (value !== undefined) return sameKey.find((tag) => tag.value === value);
    const sameValue = all.filter((tag) => tag.value === condition.value);
    const key = nearestOf(
      condition.key,
      sameValue.map((tag) => tag.key),
    );
    if (key !== undefined) return sameValue.find((tag) => tag.key === key);
  }
  return undefined;
}
