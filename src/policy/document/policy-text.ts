import { allowedBy, type ChildOperator, CONTROL, operatorsFor } from '../language/operators';
import type { Fragment } from '../language/policy-fragment';
import { DOCUMENT, type EntriesShape, type FieldsShape, fieldOf, type Shape } from '../language/policy-shape';
import type { Controlled, PolicyDocument } from './policy-document';

/** A part of the model of a document, seen by its shape. */
type Node = Controlled & Readonly<Record<string, unknown>>;

/** Any part of a document in JSON. */
export interface PolicyJson {
  readonly [key: string]: PolicyJson | readonly string[] | string;
}

/**
 * The document as an object of JSON: keys in the order of the documentation, names in alphabetical order, values as
 * texts, which is how AWS documents them. The same document gives the same JSON, in whatever order it was made.
 */
export function policyJson(document: PolicyDocument): PolicyJson {
  return render(DOCUMENT, document as unknown as Node);
}

/** The document as AWS Organizations counts its characters: without blanks. */
export function policyText(document: PolicyDocument): string {
  return JSON.stringify(policyJson(document));
}

/** The model of a document that was read. What isn't as AWS takes it is left out. */
export function policyModel(fragment: Fragment): PolicyDocument {
  return { plans: { entries: new Map() }, ...model(DOCUMENT, fragment) } as PolicyDocument;
}

/** How a key of JSON is called in the model: `tag_key` is `tagKey`. */
export function modelKey(key: string): string {
  return key.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function render(shape: Shape, node: Node): PolicyJson {
  const entries: [string, PolicyJson[string]][] = [];
  if (node.childOperators) entries.push([CONTROL, operatorsFor(allowedBy(node.childOperators))]);
  if (shape.kind === 'fields') entries.push(...renderFields(shape, node));
  else if (shape.kind === 'entries') entries.push(...renderEntries(shape, node));
  else
    for (const operator of ['assign', 'append', 'remove']) {
      const value = node[operator];
      if (value === undefined) continue;
      entries.push([`@@${operator}`, Array.isArray(value) ? value.map(String) : String(value)]);
    }
  return Object.fromEntries(entries);
}

function renderFields({ fields }: FieldsShape, node: Node): [string, PolicyJson][] {
  return Object.entries(fields).flatMap(([key, shape]) => {
    const value = node[modelKey(key)];
    return value === undefined ? [] : [[key, render(shape, value as Node)]];
  });
}

function renderEntries({ each }: EntriesShape, node: Node): [string, PolicyJson][] {
  const entries = [...((node.entries as ReadonlyMap<string, Node> | undefined) ?? [])];
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, entry]) => [name, render(each, entry)]);
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
