import { Stack } from 'aws-cdk-lib';
import type { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { appMemory } from '../../resources/core/app-memory';

/**
 * Deploys the policies of a stack one after the other: the order of attachment decides which of two backup policies wins,
 * and AWS Organizations refuses concurrent changes (`ConcurrentModificationException`).
 */
export function afterOtherPolicies(policy: CfnPolicy): void {
  const last = appMemory<CfnPolicy>(policy, 'organizationPolicies');
  const stack = Stack.of(policy).node.addr;
  const before = last.get(stack);
  if (before) policy.addResourceDependency(before);
  last.set(stack, policy);
}
