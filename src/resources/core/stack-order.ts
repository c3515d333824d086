import { Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Deploys the stack of one construct before the stack of another, even without a reference between them: a copy
 * destination before the plan. If that is impossible, as for two stacks that copy into each other, the order is undefined.
 */
export function deployBefore(first: IConstruct, then: IConstruct): void {
  const [one, other] = [topLevelStack(first), topLevelStack(then)];
  if (one === other || Stage.of(one) !== Stage.of(other) || dependsOn(one, other, new Set())) return;
  other.addStackDependency(one);
}

function topLevelStack(construct: IConstruct): Stack {
  const stack = Stack.of(construct);
  return stack.nestedStackParent ? topLevelStack(stack.nestedStackParent) : stack;
}

function dependsOn(stack: Stack, other: Stack, seen: Set<Stack>): boolean {
  if (stack === other) return true;
  if (seen.has(stack)) return false;
  seen.add(stack);
  return stack.dependencies.some((next) => dependsOn(next, other, seen));
}
