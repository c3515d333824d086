import { Aws, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isKnown, show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { sharedPatternProblems } from '../../values/resource-type/capability-laws';
import type { ResourceType } from '../../values/resource-type/resource-type';
import {
  isListToken,
  selectionArnProblems,
  selectionSizeProblems,
} from '../../values/selection/selection-arns';
import { arnElsewhereProblems, doubleTypeProblems } from '../../values/selection/selection-laws';
import type { BackupSelectionOptions } from './backup-selection-options';
import type { Elsewhere, SelectedResources } from './selected-resources';

const INCLUDING = ['resources', 'arns', 'resourceTypes'] as const;
const EXCLUDING = ['exclude', 'excludeArns', 'excludeTypes'] as const;

/** What AWS Backup accepts as the constructs, ARNs and types of a selection, as far as the constructor can tell. */
export function selectedResourceProblems(
  selection: IConstruct,
  options: BackupSelectionOptions,
  included: SelectedResources,
  excluded: SelectedResources,
): Problem[] {
  const { arns = [], excludeArns = [], resourceTypes = [], excludeTypes = [] } = options;
  return [
    ...selectionArnProblems(arns, 'arns'),
    ...selectionArnProblems(excludeArns, 'excludeArns'),
    ...starProblems(arns),
    ...listTokenProblems(included, 'arns'),
    ...listTokenProblems(excluded, 'excludeArns'),
    ...included.elsewhere.map((found) => elsewhereProblem(found)),
    ...arns.flatMap((arn) => arnElsewhereProblems(arn, Stack.of(selection), 'arns')),
    ...(included.isOpen ? [] : sizeProblems(included, options, INCLUDING)),
    ...(excluded.isOpen ? [] : sizeProblems(excluded, options, EXCLUDING)),
    ...selectedAndExcludedProblems(options, included, excluded),
    ...(resourceTypes.length > 0 ? sharedPatternProblems(resourceTypes, 'resourceTypes') : []),
    ...doubleTypeProblems(resourceTypes, 'resourceTypes'),
    ...patternlessProblems(resourceTypes, 'resourceTypes'),
    ...patternlessProblems(excludeTypes, 'excludeTypes'),
  ];
}

/** The same for scopes, at synthesis, when no more resources are added to them. */
export function openScopeProblems(
  options: BackupSelectionOptions,
  included: SelectedResources,
  excluded: SelectedResources,
): Problem[] {
  return [
    ...included.emptyScopes().map((scope) => emptyScopeProblem(scope, 'resources')),
    ...excluded.emptyScopes().map((scope) => emptyScopeProblem(scope, 'exclude')),
    ...included.collected().elsewhere.map((found) => elsewhereProblem(found)),
    ...(included.isOpen ? sizeProblems(included, options, INCLUDING) : []),
    ...(excluded.isOpen ? sizeProblems(excluded, options, EXCLUDING) : []),
  ];
}

/** An excluded scope may be empty; an empty included scope is a mistake. */
function emptyScopeProblem(scope: IConstruct, property: 'resources' | 'exclude'): Problem {
  return problem({
    id: property === 'resources' ? 'Backup-SelectionEmptyScope' : 'Backup-ExcludedEmptyScope',
    property,
    message: (label) =>
      `${label(property)} contains \`${scope.node.path}\`, which is not a resource that AWS Backup can protect and has none below it`,
    fix: 'remove it, or pass the resource itself',
  });
}

function elsewhereProblem({ construct, place }: Elsewhere): Problem {
  return problem({
    id: 'Backup-SelectionEnvironment',
    property: 'resources',
    message: (label) =>
      `${label('resources')} has \`${construct.node.path}\` in ${place}, but a selection protects only resources in its own account and Region`,
    fix: 'create a plan there',
  });
}

/** Selecting everything has its own property. */
function starProblems(arns: readonly string[]): Problem[] {
  if (!arns.includes('*')) return [];
  return [
    problem({
      id: 'Backup-SelectionArn',
      property: 'arns',
      message: (label) =>
        `${label('arns')} must contain ARNs, got \`*\`, which matches every resource in the Region`,
      fix: 'use `everything: true`, or only `tags` to select by tag',
    }),
  ];
}

function listTokenProblems(selected: SelectedResources, property: string): Problem[] {
  if (!selected.mixesListToken) return [];
  return [
    problem({
      id: 'Backup-SelectionListToken',
      property,
      message: (label) =>
        `${label(property)} contains a list that is known only at deployment, which can't be combined with other ARNs, constructs or types`,
      fix: 'create a separate selection for it',
    }),
  ];
}

function sizeProblems(
  selected: SelectedResources,
  options: BackupSelectionOptions,
  properties: readonly (keyof BackupSelectionOptions)[],
): Problem[] {
  const { labels, property } = nonEmptyLists(options, properties);
  return selectionSizeProblems(selected.arns(), property, labels);
}

/** The lists that are set, as a message names them. */
function nonEmptyLists(
  options: BackupSelectionOptions,
  properties: readonly (keyof BackupSelectionOptions)[],
): { property: string; labels: string } {
  const found = properties.filter((property) => (options[property] as unknown[] | undefined)?.length);
  return {
    property: found[0] ?? properties[0],
    labels: found.map((property) => `\`${property}\``).join(' and '),
  };
}

/** Resources included and excluded by the same ARN are never selected; types can share an ARN pattern. */
function selectedAndExcludedProblems(
  options: BackupSelectionOptions,
  included: SelectedResources,
  excluded: SelectedResources,
): Problem[] {
  if (included.isOpen || excluded.isOpen || excluded.isEmpty) return [];
  const { labels, property } = nonEmptyLists(options, EXCLUDING);
  const exclusions = new Set(excluded.arns());
  return included
    .arns()
    .filter((arn) => exclusions.has(arn) && !isListToken(arn))
    .map((arn) =>
      problem({
        id: 'Backup-SelectedAndExcluded',
        property,
        message: `${labels} must not exclude everything that is selected, but excludes all of ${arnLabel(arn)}`,
        fix: 'remove it from one of the two; for types that share an ARN pattern, select by ARN or tag instead',
      }),
    );
}

/** An ARN in a message; the ARN pattern of a type has a token as its partition. */
function arnLabel(arn: string): string {
  const literal = arn.replaceAll(Aws.PARTITION, 'aws');
  return isKnown(literal) ? show(literal) : 'a resource of this app';
}

/** Types without a known ARN pattern can't be selected as a type. */
function patternlessProblems(types: readonly ResourceType[], property: string): Problem[] {
  return types
    .filter((type) => type.arnPatterns('aws').length === 0)
    .map((type) =>
      problem({
        id: 'Backup-TypeWithoutPattern',
        property,
        message: (label) => `${label(property)} contains \`${type}\`, which has no known ARN pattern`,
        fix: "define one with `ResourceType.of(name, { arnPatterns: ['arn:{partition}:…'] })`",
      }),
    );
}
