import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isKnown } from '../values/amounts';
import type { Problem } from '../values/problem';
import { takenPlanNameProblem } from '../values/taken-names';
import { appMemory } from './app-memory';

/**
 * Whether the name of a plan, said by the user, is taken already in the same account and Region by another plan of
 * the app. The names are kept at the root of the app, so that no construct tree is walked.
 */
export function duplicatePlanProblems(plan: IConstruct, name: unknown): Problem[] {
  if (typeof name !== 'string' || !isKnown(name)) return [];
  const names = appMemory<string>(plan, 'planNames');
  const { account, region } = Stack.of(plan);
  const key = `${account}|${region}|${name}`;
  const other = names.get(key);
  names.set(key, plan.node.path);
  if (other === undefined || other === plan.node.path) return [];
  return [takenPlanNameProblem(name, other, 'backupPlanName')];
}
