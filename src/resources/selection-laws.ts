import type { IConstruct } from 'constructs';
import type { Problem } from '../values/problem';
import { QUOTAS } from '../values/quotas';
import { contradictoryTagProblems } from '../values/selection-tags';
import { type TagCondition, tagConditionProblems } from '../values/tag-condition';
import type { BackupSelectionOptions } from './backup-selection-options';
import { selectedResourceProblems } from './selected-resource-laws';
import type { SelectedResources } from './selected-resources';

/** What can be told as soon as a selection is made. */
export function selectionProblems(
  selection: IConstruct,
  options: BackupSelectionOptions,
  included: SelectedResources,
  excluded: SelectedResources,
): Problem[] {
  const { tags = [], anyTag = [], everything = false } = options;
  return [
    ...selectedResourceProblems(selection, options, included, excluded),
    ...scopeProblems(options, included),
    ...quotaProblems(tags.length, anyTag.length),
    ...tags.flatMap((condition) => tagConditionProblems(condition)),
    ...anyTag.flatMap((condition) => tagConditionProblems(condition, 'anyTag')),
    ...contradictoryTagProblems(tags),
    ...anyTagProblems(options, included),
    ...(everything ? [everythingProblem(tags)] : []),
    ...(everything || anyTag.length > 0 || !included.isEmpty ? [] : negativeTagProblems(tags)),
  ];
}

/** A selection says what it selects, and says it once. */
function scopeProblems(options: BackupSelectionOptions, included: SelectedResources): Problem[] {
  const { tags = [], anyTag = [], everything } = options;
  if (everything) {
    if (included.isEmpty && anyTag.length === 0) return [];
    return [
      {
        id: 'Backup-SelectionContradiction',
        severity: 'error',
        property: 'everything',
        message:
          "`everything` can't be combined with `resources`, `arns`, `resourceTypes` or `anyTag`, which select less",
        fix: 'say one of them',
      },
    ];
  }
  const id = 'Backup-EmptySelection';
  if (included.isEmpty && tags.length === 0 && anyTag.length === 0)
    return [
      {
        id,
        severity: 'error',
        property: 'tags',
        message:
          'a selection must say what it selects with `tags`, `anyTag`, `resources`, `arns` or `resourceTypes`, got none of them',
        fix: 'use `everything: true` where every resource of the Region is meant',
      },
    ];
  // an empty list is not the same as none: "one of these, and this tag" must not become "this tag"
  return (['resources', 'arns', 'resourceTypes', 'anyTag'] as const)
    .filter((property) => options[property]?.length === 0)
    .map((property) => ({
      id,
      severity: 'error',
      property,
      message: `\`${property}\` must have at least one element, got an empty list, of which nothing can be selected`,
      fix: 'leave it out where it shall not limit the selection',
    }));
}

function quotaProblems(conditions: number, anyTags: number): Problem[] {
  const problems: Problem[] = [];
  for (const [property, count, quota] of [
    ['tags', conditions, QUOTAS.conditionsPerSelection],
    ['anyTag', anyTags, QUOTAS.tagsPerSelection],
  ] as const)
    if (count > quota.max)
      problems.push({
        id: 'Backup-ConditionsPerSelection',
        severity: quota.severity,
        property,
        message: `\`${property}\` can be at most ${quota.max} in a selection, got ${count}`,
        fix: 'make several selections',
      });
  return problems;
}
/** `ListOfTags` knows only equality, and forms a union with `Resources`. */
function anyTagProblems(options: BackupSelectionOptions, included: SelectedResources): Problem[] {
  const { anyTag = [] } = options;
  if (anyTag.length === 0) return [];
  const problems: Problem[] = anyTag
    .filter((condition) => condition.operator !== 'StringEquals')
    .map((condition) => ({
      id: 'Backup-AnyTagOperator',
      severity: 'error',
      property: 'anyTag',
      message: `\`anyTag\` takes \`TagCondition.stringEquals\` only, got \`${condition}\``,
      fix: 'put it into `tags`, or make a selection for it',
    }));
  if (!included.isEmpty)
    problems.push({
      id: 'Backup-AnyTagUnion',
      severity: 'error',
      property: 'anyTag',
      message:
        "`anyTag` can't be limited to `resources`, `arns` or `resourceTypes`: AWS Backup would select these and, besides, everything with one of the tags",
      fix: 'make one selection for each tag with `tags`, or leave the resources out',
    });
  return problems;
}

function everythingProblem(tags: readonly TagCondition[]): Problem {
  const filtered = tags.length > 0;
  return {
    id: 'Backup-SelectsEverything',
    severity: 'warning',
    property: 'everything',
    message: `\`everything\` selects every resource${filtered ? ' that fulfils `tags`' : ''} of every type that the Region has opted in to, also those that are made later, at a cost that isn't known here`,
    fix: tags.some(isPositive)
      ? 'leave it out: `tags` alone selects the same'
      : 'select by a tag that resources have',
  };
}

/** Whether a resource must have the tag; those without it fulfil the other conditions. */
function isPositive({ operator }: TagCondition): boolean {
  return operator === 'StringEquals' || operator === 'StringLike';
}

function negativeTagProblems(tags: readonly TagCondition[]): Problem[] {
  if (tags.length === 0 || tags.some(isPositive)) return [];
  return [
    {
      id: 'Backup-SelectsEverything',
      severity: 'warning',
      property: 'tags',
      message:
        '`tags` asks only for what tags are not, which every resource without these tags fulfils too: the selection takes nearly everything in the Region, at a cost that is not known here',
      fix: 'add a tag that resources must have, or say `everything: true` where that is meant',
    },
  ];
}
