import type { IConstruct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import { duplicateNameProblem, duplicatePlanNameProblem } from '../../values/core/name-conflicts';
import type { Problem } from '../../values/core/problem';
import { appMemory } from './app-memory';
import { environmentKey, isInTree, withCertainty } from './siblings-in-environment';

/**
 * Finds another plan of the app with the same explicit name in the same account and Region. The names are stored at the
 * root of the app, so that no construct tree is walked.
 */
export function duplicatePlanProblems(plan: IConstruct, name: unknown): Problem[] {
  return findNameConflict(plan, 'planNames', name, (other) =>
    withCertainty(plan, other, duplicatePlanNameProblem(`${name}`, other.node.path, 'backupPlanName')),
  );
}

/** The same for vaults; standard and logically air-gapped vaults share a namespace. */
export function duplicateVaultProblems(vault: IConstruct, name: unknown): Problem[] {
  return findNameConflict(vault, 'vaultNames', name, (other) =>
    withCertainty(vault, other, duplicateNameProblem(`${name}`, other.node.path, 'backupVaultName')),
  );
}

/**
 * Registers a name, and finds what is wrong if another construct has it in the same account and Region. Constructs that
 * left the tree have no names.
 *
 * @param topic what has the names
 */
export function findNameConflict(
  construct: IConstruct,
  topic: string,
  name: unknown,
  conflict: (other: IConstruct) => Problem,
): Problem[] {
  if (typeof name !== 'string' || !isKnown(name)) return [];
  const names = appMemory<IConstruct>(construct, topic);
  const key = `${environmentKey(construct)}|${name}`;
  const other = names.get(key);
  names.set(key, construct);
  return other === undefined || other === construct || !isInTree(other) ? [] : [conflict(other)];
}
