import type { IConstruct } from 'constructs';
import type { Problem } from '../../values/core/problem';
import { type TagCondition, tagConditionProblems } from '../../values/core/tag-condition';
import {
  everythingProblem,
  isPositive,
  negativeTagProblems,
  tagQuotaProblems,
} from '../../values/selection/selection-laws';
import { contradictoryTagProblems } from '../../values/selection/selection-tags';
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
    ...tagQuotaProblems(tags.length, 'tags', 'conditionsPerSelection'),
    ...tagQuotaProblems(anyTag.length, 'anyTag', 'tagsPerSelection'),
    ...tags.flatMap((condition) => tagConditionProblems(condition)),
    ...anyTag.flatMap((condition) => tagConditionProblems(condition, 'anyTag')),
    ...contradictoryTagProblems(tags),
    ...anyTagProblems(options, included),
    ...(everything ? everythingProblems(tags) : []),
    ...(everything || anyTag.length > 0 || !included.isEmpty
      ? []
      : negativeTagProblems(
          tags,
          'tags',
          'add a tag that resources must have, or say `everything: true` where that is meant',
        )),
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

function everythingProblems(tags: readonly TagCondition[]): Problem[] {
  const fix = tags.some(isPositive)
    ? 'leave it out: `tags` alone selects the same'
    : 'select by a tag that resources have';
  return [everythingProblem('everything', tags.length > 0 ? 'tags' : undefined, fix)];
}
