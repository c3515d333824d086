import type { IConstruct } from 'constructs';

/**
 * What is remembered for one app: a map that hangs on the root of its tree, so that it goes with the app and no
 * state lives in a module.
 *
 * @param topic what is remembered
 */
export function appMemory<T>(construct: IConstruct, topic: string): Map<string, T> {
  const key = Symbol.for(`cdk-backup-constructs.${topic}`);
  const root = construct.node.root as IConstruct & { [topic: symbol]: Map<string, T> | undefined };
  const memory = root[key] ?? new Map<string, T>();
  if (!root[key]) Object.defineProperty(root, key, { value: memory });
  return memory;
}
