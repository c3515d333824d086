import { ALL, APPEND, ASSIGN, REMOVE } from '../language/operators';
import type { Fragment } from '../language/policy-fragment';

/** What one policy sets at a node. */
export interface Contribution {
  readonly policy: string;
  readonly fragment: Fragment;
}

/** A value of the merged policy. */
export type EffectiveValue = string | readonly string[];

/** A node of the merged policy. Immutable: accounts share nodes that their own policies don't change. */
export class EffectiveNode {
  constructor(
    /** What policies further down may do, as bits. */
    public readonly allowed: number,
    /** Undefined for objects, and for settings that are not set. */
    public readonly value: EffectiveValue | undefined,
    /** The policies that contributed to the value, in order. */
    public readonly policies: readonly string[],
    /** By lowercase key, as AWS Organizations prints them. */
    public readonly children: ReadonlyMap<string, EffectiveNode>,
  ) {}
}

/** Observes a merge. AWS reports neither of these. */
export interface MergeObserver {
  /** Several policies of one entity assign the same setting: the first attached one wins. */
  conflict(path: readonly string[], winner: Contribution, losers: readonly Contribution[]): void;
  /** A policy does something that policies above don't allow, and is ignored there. */
  ignored(path: readonly string[], policy: string, operator: string): void;
}

const NO_CHILDREN: ReadonlyMap<string, EffectiveNode> = new Map();
const NO_POLICIES: readonly string[] = [];

/** Before any policy. */
export const NOTHING = new EffectiveNode(ALL, undefined, NO_POLICIES, NO_CHILDREN);

/**
 * Merges the policies of one level, which are attached to one entity, into the result of the levels above.
 *
 * The rules of AWS Organizations, as observed: the first attached `@@assign` wins; then all `@@append` add values that are
 * not in the list; then all `@@remove` remove values. Child controls of one level intersect, and apply only to the levels
 * below. An operator that isn't allowed is ignored.
 *
 * An object whose control allows neither `@@assign` nor `@@append` accepts no new keys: documented, not observed.
 *
 * @param contributions in the order of attachment
 */
export function mergeLevel(
  node: EffectiveNode,
  contributions: readonly Contribution[],
  observer: MergeObserver,
): EffectiveNode {
  return new LevelMerge(observer).merge(node, contributions, true);
}

class LevelMerge {
  private readonly path: string[] = [];

  constructor(private readonly observer: MergeObserver) {}

  public merge(node: EffectiveNode, contributions: readonly Contribution[], existed: boolean): EffectiveNode {
    const { value, policies } = this.value(node, contributions);
    const children = this.children(node, contributions, existed);
    let { allowed } = node;
    for (const { fragment } of contributions) allowed &= fragment.allowed ?? ALL;
    if (value === node.value && children === node.children && allowed === node.allowed) return node;
    return new EffectiveNode(allowed, value, policies, children);
  }

  private value(
    { allowed, value, policies }: EffectiveNode,
    contributions: readonly Contribution[],
  ): Pick<EffectiveNode, 'value' | 'policies'> {
    const assigning = contributions.filter(({ fragment }) => fragment.assign !== undefined);
    if (assigning.length > 0)
      if (allowed & ASSIGN) {
        const [winner, ...losers] = assigning;
        value = winner.fragment.assign;
        policies = [winner.policy];
        if (losers.length > 0) this.observer.conflict([...this.path], winner, losers);
      } else this.ignored(assigning, '@@assign');

    const appending = contributions.filter(({ fragment }) => fragment.append !== undefined);
    if (appending.length > 0)
      if (allowed & APPEND)
        for (const { policy, fragment } of appending) {
          const list: readonly string[] = typeof value === 'string' || value === undefined ? [] : value;
          const added = [...new Set(fragment.append)].filter((element) => !list.includes(element));
          if (added.length === 0 && value !== undefined) continue;
          value = [...list, ...added];
          policies = [...policies.filter((name) => name !== policy), policy];
        }
      else this.ignored(appending, '@@append');

    const removing = contributions.filter(({ fragment }) => fragment.remove !== undefined);
    if (removing.length > 0)
      if (allowed & REMOVE)
        for (const { policy, fragment } of removing) {
          if (typeof value === 'string' || value === undefined) continue;
          const left: readonly string[] = value.filter((element) => !fragment.remove?.includes(element));
          if (left.length === value.length) continue;
          value = left;
          policies = [...policies.filter((name) => name !== policy), policy];
        }
      else this.ignored(removing, '@@remove');
    return { value, policies };
  }

  private children(
    node: EffectiveNode,
    contributions: readonly Contribution[],
    existed: boolean,
  ): ReadonlyMap<string, EffectiveNode> {
    let changed: Map<string, EffectiveNode> | undefined;
    for (const [key, below] of byKey(contributions)) {
      this.path.push(key);
      const child = node.children.get(key);
      if (child === undefined && existed && (node.allowed & (ASSIGN | APPEND)) === 0)
        this.ignored(below, 'a new key');
      else {
        const merged = this.merge(child ?? NOTHING, below, child !== undefined);
        if (merged !== child) {
          changed ??= new Map(node.children);
          changed.set(key, merged);
        }
      }
      this.path.pop();
    }
    return changed ?? node.children;
  }

  private ignored(contributions: readonly Contribution[], operator: string): void {
    for (const { policy } of contributions) this.observer.ignored([...this.path], policy, operator);
  }
}

/** The contributions to the children, by key, in order of appearance. */
function byKey(contributions: readonly Contribution[]): Map<string, Contribution[]> {
  const all = new Map<string, Contribution[]>();
  for (const { policy, fragment } of contributions) {
    if (!fragment.children) continue;
    for (const [key, child] of fragment.children) {
      const known = all.get(key);
      if (known) known.push({ policy, fragment: child });
      else all.set(key, [{ policy, fragment: child }]);
    }
  }
  return all;
}
