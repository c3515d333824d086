import type { Controlled, PolicyDocument } from '../../src/policy/document/policy-document';
import { modelKey } from '../../src/policy/document/policy-text';
import { type ChildOperator, operatorsFor } from '../../src/policy/language/operators';
import type { Fragment } from '../../src/policy/language/policy-fragment';
import { DOCUMENT, fieldOf, type Shape } from '../../src/policy/language/policy-shape';

type Node = Controlled & Readonly<Record<string, unknown>>;

/** The model of a document that was read: the inverse of `policyJson`. */
export function policyModel(fragment: Fragment): PolicyDocument {
  return { plans: { entries: new Map() }, ...model(DOCUMENT, fragment) } as PolicyDocument;
}

function model(shape: Shape, fragment: Fragment): Node {
  const node: Record<string, unknown> = {};
  if (fragment.allowed !== undefined) node.childOperators = operatorsFor(fragment.allowed) as ChildOperator[];
  if (shape.kind === 'fields')
    for (const [key, child] of fragment.children ?? []) {
      const field = fieldOf(shape, key);
      if (field) node[modelKey(field.name)] = model(field.shape, child);
    }
  else if (shape.kind === 'entries')
    node.entries = new Map(
      [...(fragment.children ?? [])].map(([, child]) => [child.name, model(shape.each, child)]),
    );
  else {
    if (fragment.assign !== undefined) node.assign = typed(shape, fragment.assign);
    if (fragment.append) node.append = fragment.append;
    if (fragment.remove) node.remove = fragment.remove;
  }
  return node;
}

function typed(shape: Shape, value: string | readonly string[]): unknown {
  if (shape.kind !== 'scalar' || shape.type === 'text') return value;
  return shape.type === 'number' ? Number(value) : value === 'true';
}
