import type { IConstruct } from 'constructs';

/**
 * A map that belongs to one app: it is stored on the root of the construct tree, so that modules hold no state.
 *
 * @param topic the name of the map
 */
export function appMemory<T>(construct: IConstruct, topic: string): Map<string, T> {
  const key = Symbol.for(`cdk-backup-constructs.${topic}`);
  const root = construct.node.root as IConstruct & { [topic: symbol]: Map<string, T> | undefined };
  const memory = root[key] ?? new Map<string, T>();
  if (!root[key]) Object.defineProperty(root, key, { value: memory });
  return memory;
}
