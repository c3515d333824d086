import { sharedPatternProblems } from '../values/capability-laws';
import type { Problem } from '../values/problem';
import { QUOTAS } from '../values/quotas';
import type { ResourceType } from '../values/resource-type';
import { selectionArnProblems, selectionSizeProblems } from '../values/selection-arns';
import { tagConditionProblems } from '../values/tag-condition';
import type { BackupSelectionOptions } from './backup-selection-options';
import type { SelectedResources } from './selected-resources';

/** What can be told as soon as a selection is made. */
export function selectionProblems(
  options: BackupSelectionOptions,
  included: SelectedResources,
  excluded: SelectedResources,
): Problem[] {
  const { tags = [], anyTag = [], everything = false } = options;
  return [
    ...selectionArnProblems(options.arns ?? [], 'arns'),
    ...selectionArnProblems(options.excludeArns ?? [], 'excludeArns'),
    ...(included.isOpen ? [] : selectionSizeProblems(included.arns(), 'resources')),
    ...(excluded.isOpen ? [] : selectionSizeProblems(excluded.arns(), 'exclude')),
    ...scopeProblems(options, included),
    ...quotaProblems(tags.length, anyTag.length),
    ...tags.flatMap((condition) => tagConditionProblems(condition)),
    ...anyTagProblems(options, included),
    ...typeProblems(options.resourceTypes ?? []),
    ...patternlessProblems(options),
    ...(everything ? [everythingProblem(tags.length > 0)] : []),
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
          '`everything` can’t be combined with `resources`, `arns`, `resourceTypes` or `anyTag`, which select less',
        fix: 'say one of them',
      },
    ];
  }
  if (!included.isEmpty || tags.length > 0 || anyTag.length > 0) return [];
  return [
    {
      id: 'Backup-EmptySelection',
      severity: 'error',
      property: 'tags',
      message:
        'a selection must say what it selects with `tags`, `anyTag`, `resources`, `arns` or `resourceTypes`, got none of them',
      fix: 'use `everything: true` where every resource of the Region is meant',
    },
  ];
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
        '`anyTag` can’t be limited to `resources`, `arns` or `resourceTypes`: AWS Backup would select these and, besides, everything with one of the tags',
      fix: 'make one selection for each tag with `tags`, or leave the resources out',
    });
  return problems;
}

function typeProblems(types: readonly ResourceType[]): Problem[] {
  if (types.length === 0) return [];
  const names = types.map((type) => type.name);
  const problems = sharedPatternProblems(types, 'resourceTypes');
  if (names.includes('EC2') && names.includes('EBS'))
    problems.push({
      id: 'Backup-DoubleBackup',
      severity: 'warning',
      property: 'resourceTypes',
      message:
        '`resourceTypes` has EC2 and EBS: the backup of an instance holds its volumes already, so they are backed up twice',
      fix: 'leave EBS out, or tag the volumes that belong to no instance',
    });
  return problems;
}

/** Types of which no ARN pattern is known can't be selected as a whole. */
function patternlessProblems(options: BackupSelectionOptions): Problem[] {
  return (['resourceTypes', 'excludeTypes'] as const).flatMap((property) =>
    (options[property] ?? [])
      .filter((type) => type.arnPatterns('aws').length === 0)
      .map((type) => ({
        id: 'Backup-TypeWithoutPattern',
        severity: 'error' as const,
        property,
        message: `\`${property}\` has \`${type}\`, of which no ARN pattern is known`,
        fix: "say it with `ResourceType.of(name, { arnPatterns: ['arn:{partition}:…'] })`",
      })),
  );
}

function everythingProblem(filtered: boolean): Problem {
  return {
    id: 'Backup-SelectsEverything',
    severity: 'warning',
    property: 'everything',
    message: `\`everything\` selects every resource${filtered ? ' that fulfils `tags`' : ''} of every type that the Region has opted in to, also those that are made later, at a cost that isn't known here`,
    fix: filtered ? 'leave it out: `tags` alone selects the same' : 'select by tag',
  };
}
