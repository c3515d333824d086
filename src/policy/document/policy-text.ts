import { allowedBy, CONTROL, operatorsFor } from '../language/operators';
import { DOCUMENT, type EntriesShape, type FieldsShape, type Shape } from '../language/policy-shape';
import type { Controlled, PolicyDocument } from './policy-document';

/** Any part of the model of a document. */
type Node = Controlled & Readonly<Record<string, unknown>>;

/** Any part of a document as JSON. */
export interface PolicyJson {
  readonly [key: string]: PolicyJson | readonly string[] | string;
}

/**
 * The document as JSON: keys in the order of the AWS documentation, names in alphabetical order, and values as strings,
 * as AWS documents them. The same document gives the same JSON, in whatever order it was built.
 */
export function policyJson(document: PolicyDocument): PolicyJson {
  return render(DOCUMENT, document as unknown as Node);
}

/** The name in the model of a key of the JSON: `tagKey` for `tag_key`. */
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
