import { type ArnFields, arnFields, matches, sameText } from '../template/evaluation/match';
import { concat, holesOf, partsOf, textKey } from '../template/evaluation/text';
import { type Hole, isUnknown, type Part, type Text, Unknown } from '../template/evaluation/unknown';
import { globMatches } from '../template/evaluation/glob';
import { and, type Verdict } from '../template/evaluation/verdict';

/** An ARN of a resource, or one that a selection names, taken apart once. */
export interface Arn {
  /** Undefined where it can't be split. */
  readonly fields?: ArnFields;
  /** What stands behind the account; the whole text where it can't be split. */
  readonly resource: Text;
  /** The identity of that. */
  readonly key?: string;
  /** Whether it has no gap. */
  readonly whole: boolean;
  /** Whether all of its gaps are names and ids that CloudFormation makes up, each of its own. */
  readonly closed: boolean;
  /** What the first gap begins with, where that is known. */
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
    closed: holes.every(isMadeUp),
  };
}

/** What a selection may say in `Resources` and `NotResources`. */
export type ArnTest =
  | { readonly kind: 'everything' }
  /** One resource. */
  | { readonly kind: 'exact'; readonly arn: Arn }
  /** All that begins so: the last character is a `*`, which is no part of the ARN here. */
  | { readonly kind: 'prefix'; readonly arn: Arn }
  /** Has a `*` where AWS Backup isn't known to take it. */
  | { readonly kind: 'pattern'; readonly arn: Arn }
  /** Nothing is known. */
  | { readonly kind: 'open' };

/** Undefined for what is no ARN, which matches nothing. */
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

/** A name or an id that CloudFormation makes up for a resource or a stack: no two have the same. */
function isMadeUp(hole: Hole): boolean {
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

/** Whether service, partition, Region and account of an ARN are those that a test names. */
export function samePlace({ fields: wanted }: Arn, { fields: got }: Arn): Verdict {
  if (!wanted || !got) return wanted === got;
  let verdict = fieldMatches(wanted.service, got.service);
  if (verdict === false) return false;
  verdict = and(verdict, fieldMatches(wanted.region, got.region));
  if (verdict === false) return false;
  verdict = and(verdict, fieldMatches(wanted.account, got.account));
  // a partition that the assembly leaves open is taken for the one that is named: the template is meant for it
  if (typeof wanted.partition === 'string' && typeof got.partition === 'string')
    verdict = and(verdict, fieldMatches(wanted.partition, got.partition));
  return verdict;
}

function fieldMatches(wanted: Text, got: Text): Verdict {
  if (wanted === '*' || wanted === got) return true;
  return matches(wanted, got);
}

/** The same, of what stands behind the account. */
export function resourcePasses(kind: 'exact' | 'prefix' | 'pattern', wanted: Arn, subject: Arn): Verdict {
  if (kind === 'pattern') return mayFit(wanted.resource, subject.resource) ? undefined : false;
  if (wanted.key !== undefined && subject.key !== undefined) {
    if (wanted.key === subject.key) return true;
    if (kind === 'prefix' && subject.key.startsWith(wanted.key)) return true;
  }
  return compare(kind === 'prefix', wanted.resource, subject.resource);
}

/** Whether a pattern matches as far as can be told. AWS isn't known to take it, so that more is never certain. */
function mayFit(pattern: Text, text: Text): boolean {
  if (typeof pattern === 'string' && typeof text === 'string') return globMatches(pattern, text);
  return matches(pattern, text) !== false;
}

/**
 * Compares two texts that differ: what isn't known of one may be what the other has.
 *
 * A name that CloudFormation makes up is no name that a template says, and no two of them are equal. It may begin
 * with anything, though.
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

/** A piece that is certainly there, and certainly another than all others of its kind. */
function isLiteral(part: Part | undefined): boolean {
  return typeof part === 'string' || (part !== undefined && isMadeUp(part));
}

/** Whether the ends of two texts contradict each other. */
function endDifferently(a: readonly Part[], b: readonly Part[]): boolean {
  const [x, y] = [a[a.length - 1], b[b.length - 1]];
  return typeof x === 'string' && typeof y === 'string' && !x.endsWith(y) && !y.endsWith(x);
}

/** The first pieces in which two texts differ, without what they have in common. */
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
