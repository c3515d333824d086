import type { Context } from '../core/context';
import type { Fault } from './fault';
import { referenceFaults } from './references';
import { shapeFaults } from './shapes';

/** Everything in the templates that CloudFormation refuses before AWS Backup sees it. */
export function readFaults(context: Context): Fault[] {
  return context.stacks.all.flatMap((stack) => [
    ...[...stack.resources.values()].flatMap((resource) =>
      context.mayExist(stack, resource) ? shapeFaults(context, stack, resource) : [],
    ),
    ...referenceFaults(context, stack),
  ]);
}
