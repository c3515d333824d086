import { Fn, type Stack } from 'aws-cdk-lib';

/** The unique part of the id of a stack. */
export function stackUniqueId(stack: Stack): string {
  return Fn.select(2, Fn.split('/', stack.stackId));
}
