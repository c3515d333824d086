import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { ALL, allowedBy, type ChildOperator, operatorsFor } from '../language/operators';
import type { Fragment } from '../language/policy-fragment';
import { join } from '../language/policy-problems';
import { PLAN, PLANS, type Shape } from '../language/policy-shape';
import type { Controlled, PolicyDocument, PolicyPlan } from './policy-document';
import { modelKey } from './policy-text';

type Node = Controlled & Readonly<Record<string, unknown>>;

/**
 * The plan, locked against changes by child policies. A child control protects only the level where it is set, so it is
 * added at every level, down to each setting. Narrower controls stay.
 *
 * @param allowed what child policies may still do; nothing by default
 */
export function lockPlan(plan: PolicyPlan, allowed: readonly ChildOperator[] = ['@@none']): PolicyPlan {
  return lock(PLAN, plan as unknown as Node, allowedBy(allowed)) as PolicyPlan;
}

/**
 * The document, locked against changes and additions by child policies.
 *
 * @param allowed what child policies may still do; nothing by default
 */
export function lockDocument(
  document: PolicyDocument,
  allowed: readonly ChildOperator[] = ['@@none'],
): PolicyDocument {
  return {
    ...document,
    plans: lock(PLANS, document.plans as unknown as Node, allowedBy(allowed)),
  } as PolicyDocument;
}

function lock(shape: Shape, node: Node, allowed: number): unknown {
  const before = node.childOperators ? allowedBy(node.childOperators) : ALL;
  const locked: Record<string, unknown> = { ...node, childOperators: operatorsFor(before & allowed) };
  if (shape.kind === 'fields')
    for (const [key, inner] of Object.entries(shape.fields)) {
      const child = node[modelKey(key)];
      if (child !== undefined) locked[modelKey(key)] = lock(inner, child as Node, allowed);
    }
  if (shape.kind === 'entries')
    locked.entries = new Map(
      [...(node.entries as ReadonlyMap<string, Node>)].map(([name, entry]) => [
        name,
        lock(shape.each, entry, allowed),
      ]),
    );
  return locked;
}

/** A place in a locked object that child policies can still change. */
export interface LockHole {
  readonly path: string;
  /** The locked object. */
  readonly lock: string;
  /** What child policies may do here, but not there. */
  readonly operators: readonly ChildOperator[];
}

/** Finds gaps in the locks of a document: parts of an object with a child control that have none as strict. */
export function lockHoles(document: Fragment): LockHole[] {
  const holes: LockHole[] = [];
  const visit = (node: Fragment, path: string, bound: number, lock: string) => {
    const own = node.allowed ?? ALL;
    const more = own & ~bound;
    if (more !== 0) holes.push({ path, lock, operators: operatorsFor(more) });
    const tighter = own & bound;
    for (const child of node.children?.values() ?? [])
      visit(child, join(path, child.name), tighter, tighter === bound ? lock : path);
  };
  visit(document, '', ALL, '');
  return holes;
}

/** Warns about locks with gaps, which AWS accepts. */
export function lockProblems(document: Fragment): Problem[] {
  const byLock = new Map<string, LockHole[]>();
  for (const hole of lockHoles(document)) byLock.set(hole.lock, [...(byLock.get(hole.lock) ?? []), hole]);
  return [...byLock].map(([lock, holes]): Problem => {
    const [shown, more] = [holes.slice(0, 5), holes.length - 5];
    const places = shown.map(({ path }) => `\`${path}\``).join(', ');
    const property = lock === '' ? 'the document' : lock;
    const subject = lock === '' ? property : `\`${lock}\``;
    return problem({
      id: 'Backup-PolicyLockHole',
      property,
      message: `${subject} restricts child policies, but they can still change ${places}${more > 0 ? ` and ${more} more` : ''}`,
      fix: 'add `@@operators_allowed_for_child_policies` there too: it protects only the level where it is set',
    });
  });
}
