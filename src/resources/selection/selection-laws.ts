import type { IConstruct } from 'constructs';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
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

/** What AWS Backup accepts for a selection, as far as the constructor can tell. */
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
          'add a tag that resources must have, or set `everything: true` to select everything else',
        )),
  ];
}

/** A selection must select something, without conflicting criteria. */
function scopeProblems(options: BackupSelectionOptions, included: SelectedResources): Problem[] {
  const { tags = [], anyTag = [], everything } = options;
  if (everything) {
    if (included.isEmpty && anyTag.length === 0) return [];
    return [
      problem({
        id: 'Backup-SelectionConflict',
        property: 'everything',
        message: (label) =>
          `${label('everything')} must not be combined with \`resources\`, \`arns\`, \`resourceTypes\` or \`anyTag\`, which select less`,
        fix: 'set only one of them',
      }),
    ];
  }
  const id = 'Backup-EmptySelection';
  if (included.isEmpty && tags.length === 0 && anyTag.length === 0)
    return [
      problem({
        id,
        property: 'tags',
        message: (label) =>
          `${label('tags')}, \`anyTag\`, \`resources\`, \`arns\` or \`resourceTypes\` must be set, got none of them`,
        fix: 'set one of them, or use `everything: true` to select every resource in the Region',
      }),
    ];
  // an empty list differs from none: "one of these, with this tag" must not become "everything with this tag"
  return (['resources', 'arns', 'resourceTypes', 'anyTag'] as const)
    .filter((property) => options[property]?.length === 0)
    .map((property) =>
      problem({
        id,
        property,
        message: (label) =>
          `${label(property)} must contain at least one element, got an empty list, which selects nothing`,
        fix: 'omit it to leave the selection unrestricted',
      }),
    );
}

/** `ListOfTags` supports only equality, and AWS Backup adds its matches to those of `Resources`. */
function anyTagProblems(options: BackupSelectionOptions, included: SelectedResources): Problem[] {
  const { anyTag = [] } = options;
  if (anyTag.length === 0) return [];
  const problems: Problem[] = anyTag
    .filter((condition) => condition.operator !== 'StringEquals')
    .map((condition) =>
      problem({
        id: 'Backup-AnyTagOperator',
        property: 'anyTag',
        message: (label) =>
          `${label('anyTag')} must contain only \`TagCondition.stringEquals\` conditions, got \`${condition}\``,
        fix: 'move it to `tags`, or create a separate selection for it',
      }),
    );
  if (!included.isEmpty)
    problems.push(
      problem({
        id: 'Backup-AnyTagWithResources',
        property: 'anyTag',
        message: (label) =>
          `${label('anyTag')} must not be combined with \`resources\`, \`arns\` or \`resourceTypes\`, since AWS Backup would select both these and everything with one of the tags`,
        fix: 'create one selection per tag with `tags`, or remove the resources',
      }),
    );
  return problems;
}

function everythingProblems(tags: readonly TagCondition[]): Problem[] {
  const fix = tags.some(isPositive)
    ? 'omit it, since `tags` alone selects the same'
    : 'select by a tag that resources have';
  return [everythingProblem('everything', tags.length > 0 ? 'tags' : undefined, fix)];
}
