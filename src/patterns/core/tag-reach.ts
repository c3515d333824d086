import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { appMemory } from '../../resources/core/app-memory';
import type { AppResource } from '../../resources/core/app-resources';
import { environmentKey, isInTree } from '../../resources/core/siblings-in-environment';
import { isKnown } from '../../values/core/amounts';
import { firstNames } from '../../values/core/enumeration';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';

/** A pattern that backs up everything with one of several values of a tag, whichever app created it. */
export interface TagReach {
  readonly pattern: IConstruct;
  readonly key: string;
  readonly values: readonly string[];
  /** The Regions of an organization; undefined for the account and Region of the pattern. */
  readonly regions?: readonly string[];
}

/** Registers a pattern, so that others of the app find what both back up. */
export function registerReach(reach: TagReach): void {
  const all = appMemory<TagReach[]>(reach.pattern, 'tagReaches');
  all.set('', [...(all.get('') ?? []), reach]);
}

/** The resources that another pattern backs up too, as warnings that name them. */
export function doubleBackupProblems(
  pattern: IConstruct,
  property: string,
  resources: readonly AppResource[],
): Problem[] {
  const others = (appMemory<TagReach[]>(pattern, 'tagReaches').get('') ?? []).filter(
    (reach) => reach.pattern !== pattern && isInTree(reach.pattern) && reaches(reach, pattern),
  );
  return others.flatMap((reach) => {
    const both = resources.filter(({ tags }) => reach.values.includes(tags[reach.key]));
    if (both.length === 0) return [];
    const names = firstNames(both.map(({ construct }) => construct.node.path));
    return [
      problem({
        id: 'Backup-ProtectedTwice',
        property,
        message: (label) =>
          `${label(property)} has ${names}, which \`${reach.pattern.node.path}\` also backs up, by the tag \`${reach.key}\``,
        fix: `remove the tag \`${reach.key}\`, or leave it to \`${reach.pattern.node.path}\``,
      }),
    ];
  });
}

/** Whether a pattern backs up resources in the account and Region of another. Accounts of organizations are unknown. */
function reaches({ pattern, regions }: TagReach, other: IConstruct): boolean {
  if (!regions) return environmentKey(pattern) === environmentKey(other);
  const { region } = Stack.of(other);
  return !isKnown(region) || regions.includes(region);
}
