import { Stack, Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import { duplicateNameProblem } from '../../values/core/name-conflicts';
import type { Problem } from '../../values/core/problem';
import { appMemory } from './app-memory';

/**
 * Registers a construct and returns all constructs of its kind in the same account and Region, including itself, in the
 * order of creation. Those that left the tree are not among them. No construct tree is walked.
 *
 * If account or Region are known only at deployment, different stages count as different environments.
 */
export function siblingsInEnvironment<T extends IConstruct>(construct: T, kind: string): T[] {
  const constructs = registeredConstructs(construct, kind);
  if (!constructs.includes(construct)) constructs.push(construct);
  return constructs.filter((each) => each === construct || isInTree(each)) as T[];
}

/** Finds the constructs of a kind in the account and Region of a construct of another kind. */
export function findInEnvironment<T extends IConstruct>(construct: IConstruct, kind: string): readonly T[] {
  return registeredConstructs(construct, kind).filter(isInTree) as T[];
}

function registeredConstructs(construct: IConstruct, kind: string): IConstruct[] {
  const environments = appMemory<IConstruct[]>(construct, 'constructsInEnvironment');
  const key = `${kind}|${environmentKey(construct)}`;
  const constructs = environments.get(key) ?? [];
  environments.set(key, constructs);
  return constructs;
}

/** A key for the account and Region of a construct, to compare environments. */
export function environmentKey(construct: IConstruct): string {
  const { account, region } = Stack.of(construct);
  const stage =
    Token.isUnresolved(account) || Token.isUnresolved(region) ? Stage.of(construct)?.node.path : undefined;
  return [account, region, stage].join('|');
}

/** Finds another construct with the same name. */
export function duplicateNameProblems<T extends IConstruct>(
  construct: T,
  others: readonly T[],
  nameOf: (other: T) => string,
  property: string,
): Problem[] {
  const name = nameOf(construct);
  const other = others.find((each) => each !== construct && nameOf(each) === name && isInTree(each));
  if (!isKnown(name) || !other) return [];
  return [withCertainty(construct, other, duplicateNameProblem(name, other.node.path, property))];
}

/** The problem of two constructs with the same name, or a possible one if they may be in different environments. */
export function withCertainty(one: IConstruct, other: IConstruct, problem: Problem): Problem {
  return isCertainlyShared(one, other) ? problem : problem.with({ id: 'Backup-PossibleDuplicateName' });
}

/** Whether two constructs with equal environments are certainly in one: environment-agnostic stacks may not be. */
export function isCertainlyShared(one: IConstruct, other: IConstruct): boolean {
  const [here, there] = [Stack.of(one), Stack.of(other)];
  return here === there || (isKnown(here.account) && isKnown(here.region));
}

/** Whether a construct is still part of its construct tree: `node.tryRemoveChild()` removes one. */
export function isInTree(construct: IConstruct): boolean {
  const { scope, id } = construct.node;
  return scope === undefined || (scope.node.tryFindChild(id) === construct && isInTree(scope));
}
