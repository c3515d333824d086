import { type ArnFields, arnFields, matches, sameText } from '../template/evaluation/match';
import { concat, holesOf, partsOf, textKey } from '../template/evaluation/text';
import { type Hole, isUnknown, type Part, type Text, Unknown } from '../template/evaluation/unknown';
import { and, type Verdict } from '../template/evaluation/verdict';

/** The ARN of a resource or of a selection, split once. */
export interface Arn {
  /** Undefined if it can't be split. */
  readonly fields?: ArnFields;
  /** The part after the account; the whole text if it can't be split. */
  readonly resource: Text;
  /** The identity of the resource part. */
  readonly key?: string;
  /** Whether it has no holes. */
  readonly whole: boolean;
  /** Whether all its holes are names and ids that CloudFormation generates, each of them unique. */
  readonly closed: boolean;
  /** What the first hole starts with, if it is known. */
  readonly beginning?: string;
}

export function readArn(text: Text, fields: ArnFields | undefined = arnFields(text)): Arn {
  const resource = fields ? fields.resource : text;
  const holes = holesOf(resource);
  return {
    fields,
    resource,
    key: textKey(resource),
    whole: holes.length === 0,
    closed: holes.every(isGenerated),
  };
}

/** An element of `Resources` or `NotResources`. */
export type ArnTest =
  | { readonly kind: 'everything' }
  /** One resource. */
  | { readonly kind: 'exact'; readonly arn: Arn }
  /** All resources with the prefix, without the `*` at the end. */
  | { readonly kind: 'prefix'; readonly arn: Arn }
  /** A `*` where AWS Backup isn't known to accept it. */
  | { readonly kind: 'pattern'; readonly arn: Arn }
  /** Nothing is known. */
  | { readonly kind: 'open' };

/** Undefined for text that isn't an ARN, which matches nothing. */
export function readArnTest(text: Text): ArnTest | undefined {
  if (text === '*') return { kind: 'everything' };
  const fields = arnFields(text) ?? paddedFields(text);
  if (!fields) {
    if (!isUnknown(text)) return undefined;
    const arn = readArn(text, undefined);
    return arn.closed ? { kind: 'exact', arn } : { kind: 'open' };
  }
  const parts = partsOf(fields.resource);
  const stars = parts.join('').split('*').length - 1;
  if (isUnknown(fields.service) || fields.service.includes('*') || stars > 1)
    return { kind: 'pattern', arn: readArn(text, fields) };
  if (stars === 0) return { kind: 'exact', arn: readArn(text, fields) };
  const last = parts[parts.length - 1];
  if (typeof last !== 'string' || !last.endsWith('*')) return { kind: 'pattern', arn: readArn(text, fields) };
  const resource = withoutLast(fields.resource, last.length);
  return { kind: 'prefix', arn: readArn(text, { ...fields, resource }) };
}

/** `arn:aws:ec2:*`: all of a service. */
function paddedFields(text: Text): ArnFields | undefined {
  if (typeof text !== 'string' || !text.endsWith('*')) return undefined;
  const missing = 6 - text.split(':').length;
  return missing > 0 ? arnFields(text + ':*'.repeat(missing)) : undefined;
}

/** A text without the star at its end. */
function withoutLast(text: Text, lastLength: number): Text {
  if (typeof text === 'string') return text.slice(0, -1);
  const parts = text.parts ?? [];
  const last = parts[parts.length - 1] as string;
  const rest = lastLength > 1 ? [last.slice(0, -1)] : [];
  return new Unknown(text.kind, text.reason, [...parts.slice(0, -1), ...rest]);
}

/** Whether a hole is a name or an id that CloudFormation generates, which is unique. */
function isGenerated(hole: Hole): boolean {
  return hole.resource !== undefined && hole.key !== undefined;
}

/** Whether an ARN passes a test. */
export function passes(test: ArnTest, subject: Arn): Verdict {
  switch (test.kind) {
    case 'everything':
      return true;
    case 'open':
      return undefined;
    default:
      return and(resourcePasses(test.kind, test.arn, subject), samePlace(test.arn, subject));
  }
}

/** Whether an ARN has the service, partition, Region and account of a test. */
export function samePlace({ fields: wanted }: Arn, { fields: got }: Arn): Verdict {
  if (!wanted || !got) return wanted === got;
  let verdict = fieldMatches(wanted.service, got.service);
  if (verdict === false) return false;
  verdict = and(verdict, fieldMatches(wanted.region, got.region));
  if (verdict === false) return false;
  verdict = and(verdict, fieldMatches(wanted.account, got.account));
  // an unknown partition counts as the one of the pattern, which the template is meant for
  if (typeof wanted.partition === 'string' && typeof got.partition === 'string')
    verdict = and(verdict, fieldMatches(wanted.partition, got.partition));
  return verdict;
}

function fieldMatches(wanted: Text, got: Text): Verdict {
  if (wanted === '*' || wanted === got) return true;
  return matches(wanted, got);
}

/** Whether an ARN has the resource part of a test. */
export function resourcePasses(kind: 'exact' | 'prefix' | 'pattern', wanted: Arn, subject: Arn): Verdict {
  if (kind === 'pattern') return mayFit(wanted.resource, subject.resource) ? undefined : false;
  if (wanted.key !== undefined && subject.key !== undefined) {
    if (wanted.key === subject.key) return true;
    if (kind === 'prefix' && subject.key.startsWith(wanted.key)) return true;
  }
  return compare(kind === 'prefix', wanted.resource, subject.resource);
}

/** Whether a pattern may match. It is never certain, because AWS Backup isn't known to accept such patterns. */
function mayFit(pattern: Text, text: Text): boolean {
  return matches(pattern, text) !== false;
}

/**
 * Compares two different texts, which may be equal at deployment if one has holes.
 *
 * A generated name never equals a name in a template or another generated name, but it may start with anything.
 */
function compare(prefix: boolean, wanted: Text, got: Text): Verdict {
  if (!prefix && endDifferently(partsOf(wanted), partsOf(got))) return false;
  const [a, b] = atDifference(partsOf(wanted), partsOf(got));
  if (a === undefined && (prefix || b === undefined)) return true;
  if (a === undefined) return isLiteral(b) ? false : undefined;
  if (b === undefined) return isLiteral(a) ? false : undefined;
  if (typeof a === 'string' && typeof b === 'string') return false;
  if (isLiteral(a) && isLiteral(b)) return prefix && typeof a === 'string' ? undefined : false;
  const verdict = prefix ? matches(concat([wanted, '*']), got) : sameText(wanted, got);
  return verdict === false ? false : undefined;
}

/** Whether a part is literal text or a generated name. */
function isLiteral(part: Part | undefined): boolean {
  return typeof part === 'string' || (part !== undefined && isGenerated(part));
}

/** Whether the ends of two texts contradict each other. */
function endDifferently(a: readonly Part[], b: readonly Part[]): boolean {
  const [x, y] = [a[a.length - 1], b[b.length - 1]];
  return typeof x === 'string' && typeof y === 'string' && !x.endsWith(y) && !y.endsWith(x);
}

/** The first parts in which two texts differ, without their common prefix. */
function atDifference(a: readonly Part[], b: readonly Part[]): [Part | undefined, Part | undefined] {
  const [left, right] = [[...a], [...b]];
  while (left.length > 0 && right.length > 0) {
    const [x, y] = [left[0], right[0]];
    if (typeof x === 'string' && typeof y === 'string') {
      const length = commonLength(x, y);
      if (length < x.length && length < y.length) break;
      consume(left, x, length);
      consume(right, y, length);
    } else if (typeof x !== 'string' && typeof y !== 'string' && x.key !== undefined && x.key === y.key) {
      left.shift();
      right.shift();
    } else break;
  }
  return [left[0], right[0]];
}

function commonLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
}

function consume(parts: Part[], first: string, length: number): void {
  if (length === first.length) parts.shift();
  else parts[0] = first.slice(length);
}
