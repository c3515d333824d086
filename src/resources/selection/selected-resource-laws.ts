import { Aws, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isKnown, show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
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

/** What can be told of constructs, ARNs and types as soon as a selection is made. */
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
    ...takenAwayProblems(options, included, excluded),
    ...(resourceTypes.length > 0 ? sharedPatternProblems(resourceTypes, 'resourceTypes') : []),
    ...doubleTypeProblems(resourceTypes, 'resourceTypes'),
    ...patternlessProblems(resourceTypes, 'resourceTypes'),
    ...patternlessProblems(excludeTypes, 'excludeTypes'),
  ];
}

/** What can be told of scopes when nothing is added to them any more. */
export function openScopeProblems(
  options: BackupSelectionOptions,
  included: SelectedResources,
  excluded: SelectedResources,
): Problem[] {
  return [
    ...included.emptyScopes().map((scope) => emptyScopeProblem(scope, 'resources', 'error')),
    ...excluded.emptyScopes().map((scope) => emptyScopeProblem(scope, 'exclude', 'warning')),
    ...included.collected().elsewhere.map((found) => elsewhereProblem(found)),
    ...(included.isOpen ? sizeProblems(included, options, INCLUDING) : []),
    ...(excluded.isOpen ? sizeProblems(excluded, options, EXCLUDING) : []),
  ];
}

/** An excluded scope may well be empty, an included one is a mistake. */
function emptyScopeProblem(scope: IConstruct, property: string, severity: 'error' | 'warning'): Problem {
  return {
    id: 'Backup-SelectionEmptyScope',
    severity,
    property,
    message: `\`${property}\` has \`${scope.node.path}\`, which is no resource that AWS Backup protects, and has none below it`,
    fix: 'leave it out, or name the resource itself',
  };
}

function elsewhereProblem({ construct, place }: Elsewhere): Problem {
  return {
    id: 'Backup-SelectionElsewhere',
    severity: 'error',
    property: 'resources',
    message: `\`resources\` has \`${construct.node.path}\` in ${place}, but a selection protects what lies in its own account and Region`,
    fix: 'make a plan there for it',
  };
}

/** That everything is meant has its own word. */
function starProblems(arns: readonly string[]): Problem[] {
  if (!arns.includes('*')) return [];
  return [
    {
      id: 'Backup-SelectionArn',
      severity: 'error',
      property: 'arns',
      message: '`arns` must be ARNs, got `*`, which stands for every resource of the Region',
      fix: 'say `everything: true`, or `tags` alone to select by tag',
    },
  ];
}

function listTokenProblems(selected: SelectedResources, property: string): Problem[] {
  if (!selected.mixesListToken) return [];
  return [
    {
      id: 'Backup-SelectionListToken',
      severity: 'error',
      property,
      message: `\`${property}\` has a list that is known at deployment only, which can't be joined with other ARNs, constructs or types`,
      fix: 'make a selection of its own for it',
    },
  ];
}

function sizeProblems(
  selected: SelectedResources,
  options: BackupSelectionOptions,
  properties: readonly (keyof BackupSelectionOptions)[],
): Problem[] {
  const { words, property } = said(options, properties);
  return selectionSizeProblems(selected.arns(), property, words);
}

/** Which of some lists were said, as a message names them. */
function said(
  options: BackupSelectionOptions,
  properties: readonly (keyof BackupSelectionOptions)[],
): { property: string; words: string } {
  const found = properties.filter((property) => (options[property] as unknown[] | undefined)?.length);
  return {
    property: found[0] ?? properties[0],
    words: found.map((property) => `\`${property}\``).join(' and '),
  };
}

/** What is included and excluded by the same ARN is never selected; types can share one. */
function takenAwayProblems(
  options: BackupSelectionOptions,
  included: SelectedResources,
  excluded: SelectedResources,
): Problem[] {
  if (included.isOpen || excluded.isOpen || excluded.isEmpty) return [];
  const { words, property } = said(options, EXCLUDING);
  const exclusions = new Set(excluded.arns());
  return included
    .arns()
    .filter((arn) => exclusions.has(arn) && !isListToken(arn))
    .map((arn) => ({
      id: 'Backup-SelectionContradiction',
      severity: 'error',
      property,
      message: `${words} must leave something of what is selected, but takes away all of ${arnWords(arn)}`,
      fix: 'leave it out on one of the two sides; types that share a pattern can be told apart by ARN or tag only',
    }));
}

/** An ARN as the user knows it: that of a type has the partition as a token. */
function arnWords(arn: string): string {
  const literal = arn.replaceAll(Aws.PARTITION, 'aws');
  return isKnown(literal) ? show(literal) : 'a resource of this app';
}

/** Types of which no ARN pattern is known can't be selected as a whole. */
function patternlessProblems(types: readonly ResourceType[], property: string): Problem[] {
  return types
    .filter((type) => type.arnPatterns('aws').length === 0)
    .map((type) => ({
      id: 'Backup-TypeWithoutPattern',
      severity: 'error',
      property,
      message: `\`${property}\` has \`${type}\`, of which no ARN pattern is known`,
      fix: "say it with `ResourceType.of(name, { arnPatterns: ['arn:{partition}:…'] })`",
    }));
}
