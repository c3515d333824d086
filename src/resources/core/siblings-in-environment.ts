import { Stack, Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import { takenNameProblem } from '../../values/core/name-conflicts';
import type { Problem } from '../../values/core/problem';
import { appMemory } from './app-memory';

/**
 * The constructs of one kind that the app makes in the same account and Region, in the order in which they were
 * made, this one included. No construct tree is walked for it.
 *
 * Where account or Region are only known at deployment, stages are taken to be different places.
 */
export function neighbours<T extends IConstruct>(construct: T, kind: string): T[] {
  const there = placeOf(construct, kind);
  if (!there.includes(construct)) there.push(construct);
  return there as T[];
}

/** Those that stand where a construct of another kind stands. */
export function standingNeighbours<T extends IConstruct>(construct: IConstruct, kind: string): readonly T[] {
  return placeOf(construct, kind) as T[];
}

function placeOf(construct: IConstruct, kind: string): IConstruct[] {
  const places = appMemory<IConstruct[]>(construct, 'neighbours');
  const key = `${kind}|${placeKey(construct)}`;
  const there = places.get(key) ?? [];
  places.set(key, there);
  return there;
}

/** The account and Region of a construct, to be compared with those of others. */
export function placeKey(construct: IConstruct): string {
  const { account, region } = Stack.of(construct);
  const stage =
    Token.isUnresolved(account) || Token.isUnresolved(region) ? Stage.of(construct)?.node.path : undefined;
  return [account, region, stage].join('|');
}

/** What the law of names says of two constructs of the same name in one account and Region. */
export function duplicateNameProblems<T extends IConstruct>(
  construct: T,
  others: readonly T[],
  nameOf: (other: T) => string,
  property: string,
): Problem[] {
  const name = nameOf(construct);
  const other = others.find((each) => each !== construct && nameOf(each) === name);
  if (!isKnown(name) || !other) return [];
  return [takenNameProblem(name, other.node.path, property)];
}
