import * as library from '../../../src';
import { BackupError } from '../../../src/values/core/problem';
import { testStack } from '../../support/synthesis';

/** What TypeScript keeps private, although JavaScript lists it. */
const PRIVATE = ['BackupSchedule.make'];

/** The static factories of the public classes, with what their positional arguments may be. */
const FACTORIES = Object.entries(library).flatMap(([name, exported]) =>
  typeof exported !== 'function'
    ? []
    : Object.getOwnPropertyNames(exported)
        .filter((key) => !key.startsWith('_') && !['length', 'name', 'prototype'].includes(key))
        .map((key) => [`${name}.${key}`, Reflect.get(exported, key), exported] as const)
        .filter(([path, member]) => typeof member === 'function' && !PRIVATE.includes(path)),
);

test('the public classes have factories', () => {
  expect(FACTORIES.length).toBeGreaterThan(140);
});

test.each(FACTORIES)(
  '%s without an argument says so in words',
  (_, factory: (...args: unknown[]) => unknown, owner) => {
    const stack = testStack();
    for (const first of [[], ['a'], [7], [{}], [stack], [stack, 'Id'], [stack, 'Id', 'a']])
      for (const rest of [[], [undefined], [undefined, undefined, undefined], [null], [{}]]) {
        const message = messageOf(() => factory.apply(owner, [...first, ...rest]));
        for (const child of stack.node.children) stack.node.tryRemoveChild(child.node.id);
        expect(message).not.toMatch(/\bgot undefined|undefined\)|`undefined`|of undefined|of null/);
      }
  },
);

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return `${error instanceof BackupError ? '' : `${error}`}${(error as Error).message}`;
  }
  return '';
}
