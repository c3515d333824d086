import { hash } from 'node:crypto';
import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { trimmed } from '../../values/core/plain-text';

/** The format of a generated name. */
export interface NameShape {
  readonly maxLength: number;
  /** `-`, or `_` for resources whose names can't contain hyphens. */
  readonly separator: '-' | '_';
}

const HASH_LENGTH = 8;

/**
 * Generates a name for a resource that needs a literal one: readable, unique in the app, and stable.
 *
 * `Names.uniqueResourceName` starts at the innermost stack, so equal nested stacks of two parents would get the same
 * names. Here, the hash covers the whole path, and the name of the stack, which distinguishes two deployments of an app.
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
  // the end of the path is more specific than its beginning; some names must start with a letter
  const room = shape.maxLength - HASH_LENGTH - 1;
  const tail = trimmed(lastWords(readable, room, shape.separator), /[^A-Za-z]/, /[^A-Za-z0-9]/);
  return `${tail || 'B'}${shape.separator}${suffix}`;
}

/** The last whole words that fit, or the end of the last word if it doesn't fit: `Shop-OrdersBackup` has three words. */
function lastWords(text: string, room: number, separator: string): string {
  const isStart = (index: number) =>
    index === 0 || text[index - 1] === separator || /^[a-z0-9][A-Z]/.test(text.slice(index - 1, index + 1));
  const first = Math.max(0, text.length - room);
  for (let index = first; index < text.length; index++) if (isStart(index)) return text.slice(index);
  return text.slice(first);
}

/** Shortens a text to its first whole words and a hash of the whole, if it is too long. */
export function shortened(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const start = text.slice(0, maxLength - HASH_LENGTH - 1);
  const words = start.slice(0, Math.max(0, start.lastIndexOf('-'))) || start;
  return `${words}-${hash('sha256', text).slice(0, HASH_LENGTH)}`;
}
