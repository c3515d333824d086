import { Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Deploys the stack of one construct before that of another, where no reference says so: the vault of a copy before the
 * plan. Where that isn't possible, as between two stacks that copy into each other, the order stays open.
 */
export function deployBefore(first: IConstruct, then: IConstruct): void {
  const [one, other] = [outermost(first), outermost(then)];
  if (one === other || Stage.of(one) !== Stage.of(other) || dependsOn(one, other, new Set())) return;
  other.addDependency(one);
}

function outermost(construct: IConstruct): Stack {
  const stack = Stack.of(construct);
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}

function dependsOn(stack: Stack, other: Stack, seen: Set<Stack>): boolean {
  if (stack === other) return true;
  if (seen.has(stack)) return false;
  seen.add(stack);
  return stack.dependencies.some((next) => dependsOn(next, other, seen));
}
