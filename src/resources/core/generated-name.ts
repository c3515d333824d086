import { hash } from 'node:crypto';
import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What a generated name may look like. */
export interface NameShape {
  readonly maxLength: number;
  /** `-`, or `_` for the resources whose names know no hyphen. */
  readonly separator: '-' | '_';
}

const HASH_LENGTH = 8;

/**
 * A name for a resource that needs a literal one: readable, unique in the app, and the same at every synthesis.
 *
 * `Names.uniqueResourceName` begins at the innermost stack, so equal nested stacks of two parents would share
 * names; here the hash covers the whole path, and the name of the stack, which tells two deployments of one app
 * apart.
 */
export function generatedName(scope: Construct, id: string, shape: NameShape): string {
  let stack = Stack.of(scope);
  while (Token.isUnresolved(stack.stackName) && stack.nestedStackParent) stack = stack.nestedStackParent;
  const stackName = Token.isUnresolved(stack.stackName) ? stack.node.id : stack.stackName;
  const path = `${scope.node.path}/${id}`;
  const suffix = hash('sha256', `${stackName}|${path}`).slice(0, HASH_LENGTH);

  const below = path.slice(stack.node.path.length + 1).split('/');
  const readable = [stackName, ...below]
    .filter((part) => part !== 'Default' && part !== 'Resource')
    .join('/')
    .replace(/[^A-Za-z0-9]+/g, shape.separator);
  // the end of the path tells more than its beginning; some names must begin with a letter
  const room = shape.maxLength - HASH_LENGTH - 1;
  const tail = readable.slice(-room).replace(/^[^A-Za-z]+|[^A-Za-z0-9]+$/g, '');
  return `${tail || 'B'}${shape.separator}${suffix}`;
}

/** The generated name of a construct that exists. */
export function generatedNameOf(construct: Construct, shape: NameShape): string {
  const scope = construct.node.scope as Construct;
  return generatedName(scope, construct.node.id, shape);
}
