import { concat, partsOf, textKey } from './text';
import { type Hole, type Text, Unknown } from './unknown';

/** So many steps of a comparison count as one, as a power of two. */
const COST_SHIFT = 6;

/** Any characters, or none. */
const STAR = Symbol('*');
type Token = string | Hole | typeof STAR;

/**
 * Whether a text matches a pattern, in which `*` stands for any characters. Undefined if it depends on holes.
 */
export function matches(pattern: Text, subject: Text): boolean | undefined {
  if (pattern === '*') return true;
  if (typeof pattern === 'string' && typeof subject === 'string' && !pattern.includes('*'))
    return pattern === subject;
  if (comparisonCost(pattern, subject) > MAX_COST) return undefined;
  const wanted = tokens(pattern, true);
  const got = tokens(subject, false);
  if (!couldMeet(wanted.map(loosen), got.map(loosen))) return false;
  if (typeof pattern === 'string' && typeof subject === 'string') return true;
  return couldMeet(wanted, got) ? true : undefined;
}

/** Whether two texts are equal. Undefined if it depends on holes. */
export function sameText(a: Text, b: Text): boolean | undefined {
  if (typeof a === 'string' && typeof b === 'string') return a === b;
  const key = textKey(a);
  if (key !== undefined && key === textKey(b)) return true;
  if (comparisonCost(a, b) > MAX_COST) return undefined;
  return couldMeet(tokens(a, false).map(loosen), tokens(b, false).map(loosen)) ? undefined : false;
}

/** The cost for two ARNs, which have at most 2,048 characters. */
const MAX_COST = (2_048 * 2_048) >> COST_SHIFT;

/** The maximum cost of comparing two texts. */
export function comparisonCost(a: Text, b: Text): number {
  return (lengthOf(a) * lengthOf(b)) / (1 << COST_SHIFT);
}

function lengthOf(text: Text): number {
  return partsOf(text).reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);
}

function tokens(text: Text, wildcards: boolean): Token[] {
  const all: Token[] = [];
  for (const part of partsOf(text)) {
    if (typeof part !== 'string') all.push(part);
    else for (const char of part) all.push(wildcards && char === '*' ? STAR : char);
  }
  return all;
}

/** A hole may have any value. */
function loosen(token: Token): Token {
  return typeof token === 'object' ? STAR : token;
}

/** A hole is equal only to itself. */
function equal(a: Token, b: Token): boolean {
  if (typeof a === 'object' && typeof b === 'object') return a.key !== undefined && a.key === b.key;
  return a === b;
}

/**
 * Whether some text matches both patterns. Computes the table of prefixes row by row, and nothing if the literal prefixes
 * differ, as those of nearly all pairs of ARNs do.
 */
function couldMeet(a: readonly Token[], b: readonly Token[]): boolean {
  let start = 0;
  while (start < a.length && start < b.length && a[start] !== STAR && b[start] !== STAR) {
    if (!equal(a[start], b[start])) return false;
    start++;
  }
  let row = new Uint8Array(b.length - start + 1);
  for (let i = start; i <= a.length; i++) {
    const next = new Uint8Array(row.length);
    for (let j = start; j <= b.length; j++) {
      const at = j - start;
      const left = at > 0 && next[at - 1];
      if (i === start && at === 0) next[at] = 1;
      else if (i > start && a[i - 1] === STAR) next[at] = row[at] || left ? 1 : 0;
      else if (at > 0 && b[j - 1] === STAR) next[at] = left || (i > start && row[at]) ? 1 : 0;
      else if (i > start && at > 0) next[at] = row[at - 1] && equal(a[i - 1], b[j - 1]) ? 1 : 0;
    }
    row = next;
  }
  return row[row.length - 1] === 1;
}

/** The position of the resource among the fields of an ARN. */
const RESOURCE = 5;

/** The fields of an ARN, each as far as it is known. */
export interface ArnFields {
  readonly partition: Text;
  readonly service: Text;
  readonly region: Text;
  readonly account: Text;
  readonly resource: Text;
}

/** References to a resource share the text of its ARN, which thousands of selections may contain. */
const FIELDS = new WeakMap<Unknown, { readonly fields?: ArnFields }>();

/** The fields of an ARN; undefined if the text isn't an ARN, or a hole may contain a colon. */
export function arnFields(text: Text): ArnFields | undefined {
  if (typeof text === 'string') return wholeFields(text);
  let known = FIELDS.get(text);
  if (!known) {
    known = { fields: partialFields(text) };
    FIELDS.set(text, known);
  }
  return known.fields;
}

function wholeFields(text: string): ArnFields | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const [, partition, service, region, account, ...resource] = text.split(':');
  return resource.length > 0
    ? { partition, service, region, account, resource: resource.join(':') }
    : undefined;
}

function partialFields(text: Unknown): ArnFields | undefined {
  const fields: Text[][] = [[]];
  for (const part of partsOf(text)) {
    const last = fields.length - 1;
    if (typeof part !== 'string') {
      if (last < RESOURCE && !part.plain) return undefined;
      fields[last].push(new Unknown(part.kind, `\`${part.name}\` is not known`, [part]));
      continue;
    }
    let rest = part;
    while (fields.length <= RESOURCE) {
      const colon = rest.indexOf(':');
      if (colon < 0) break;
      fields[fields.length - 1].push(rest.slice(0, colon));
      fields.push([]);
      rest = rest.slice(colon + 1);
    }
    fields[fields.length - 1].push(rest);
  }
  if (fields.length <= RESOURCE) return undefined;
  const [arn, partition, service, region, account, resource] = fields.map(concat);
  return arn === 'arn' ? { partition, service, region, account, resource } : undefined;
}

/**
 * Whether the ARN of a resource matches a pattern such as `arn:aws:ec2:*:*:volume/*`, field by field. An unknown
 * partition counts as that of the pattern, which the template is meant for.
 */
export function arnMatches(pattern: ArnFields, arn: ArnFields): boolean | undefined {
  const fields: [Text, Text][] = [
    [pattern.service, arn.service],
    [pattern.resource, arn.resource],
    [pattern.region, arn.region],
    [pattern.account, arn.account],
  ];
  if (typeof arn.partition === 'string' && typeof pattern.partition === 'string')
    fields.push([pattern.partition, arn.partition]);
  let open = false;
  for (const [wanted, got] of fields) {
    const verdict = matches(wanted, got);
    if (verdict === false) return false;
    open ||= verdict === undefined;
  }
  return open ? undefined : true;
}
