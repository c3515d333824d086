import type { Context } from '../core/context';
import type { Fault } from './fault';
import { referenceFaults } from './references';
import { shapeFaults } from './shapes';

/** The references of each stack that lead nowhere, by its id. They are the same whatever the conditions are. */
export type ReferenceFaults = ReadonlyMap<string, readonly Fault[]>;

export function readReferenceFaults(context: Context): ReferenceFaults {
  return new Map(context.stacks.all.map((stack) => [stack.id, referenceFaults(context, stack)]));
}

/** Everything in the templates that CloudFormation refuses before AWS Backup sees it. */
export function readFaults(context: Context, references: ReferenceFaults): Fault[] {
  return context.stacks.all.flatMap((stack) => [
    ...[...stack.resources.values()].flatMap((resource) =>
      context.mayExist(stack, resource) ? shapeFaults(context, stack, resource) : [],
    ),
    ...(references.get(stack.id) ?? []),
  ]);
}
