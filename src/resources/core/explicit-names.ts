import type { IConstruct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import { takenNameProblem, takenPlanNameProblem } from '../../values/core/name-conflicts';
import type { Problem } from '../../values/core/problem';
import { appMemory } from './app-memory';
import { placeKey } from './siblings-in-environment';

/**
 * Whether the name of a plan, said by the user, is taken already in the same account and Region by another plan of
 * the app. The names are kept at the root of the app, so that no construct tree is walked.
 */
export function duplicatePlanProblems(plan: IConstruct, name: unknown): Problem[] {
  return taken(plan, 'planNames', name, (text, other) => takenPlanNameProblem(text, other, 'backupPlanName'));
}

/** The same for the name of a vault; standard and logically air-gapped ones share their names. */
export function duplicateVaultProblems(vault: IConstruct, name: unknown): Problem[] {
  return taken(vault, 'vaultNames', name, (text, other) => takenNameProblem(text, other, 'backupVaultName'));
}

function taken(
  construct: IConstruct,
  topic: string,
  name: unknown,
  law: (name: string, other: string) => Problem,
): Problem[] {
  if (typeof name !== 'string' || !isKnown(name)) return [];
  const names = appMemory<string>(construct, topic);
  const key = `${placeKey(construct)}|${name}`;
  const other = names.get(key);
  names.set(key, construct.node.path);
  return other === undefined || other === construct.node.path ? [] : [law(name, other)];
}
