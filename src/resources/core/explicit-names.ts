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
  return findConflict(plan, 'planNames', name, (text, other) =>
    duplicatePlanNameProblem(text, other, 'backupPlanName'),
  );
}

/** The same for vaults; standard and logically air-gapped vaults share a namespace. */
export function duplicateVaultProblems(vault: IConstruct, name: unknown): Problem[] {
  return findConflict(vault, 'vaultNames', name, (text, other) =>
    duplicateNameProblem(text, other, 'backupVaultName'),
  );
}

function findConflict(
  construct: IConstruct,
  topic: string,
  name: unknown,
  conflict: (name: string, other: string) => Problem,
): Problem[] {
  if (typeof name !== 'string' || !isKnown(name)) return [];
  const names = appMemory<IConstruct>(construct, topic);
  const key = `${environmentKey(construct)}|${name}`;
  const other = names.get(key);
  names.set(key, construct);
  return other === undefined || other === construct || !isInTree(other)
    ? []
    : [withCertainty(construct, other, conflict(name, other.node.path))];
}
