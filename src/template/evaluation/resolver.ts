import { own } from '../input/files';
import type { StackScope, Stacks } from '../input/stack';
import { conditionOf } from './conditions';
import type { Evaluator, Naming } from './evaluator';
import { Exports } from './exports';
import { functionOf } from './functions';
import { Identities } from './identities';
import { comparisonCost, sameText } from './match';
import { pseudoParameter } from './pseudo';
import { concat, MAX_TEXT, textKey } from './text';
import { type Maybe, type Part, type Text, Unknown } from './unknown';

/** Functions in functions, conditions in conditions, references to references. */
const MAX_DEPTH = 150;
/** The total work on elements, functions and parts of text: this much, and more for each resource. */
const WORK = 3_000_000;
const WORK_PER_RESOURCE = 100;

/**
 * Evaluates the intrinsic functions of templates, as far as the stacks of the input allow.
 *
 * Evaluation is lazy and goes one level deep: `{"Ref": "X"}` evaluates to the value of X, an object to itself. Functions
 * return text and lists of text, never objects with functions in them, so that nothing is evaluated twice, in another
 * stack, or endlessly.
 */
export class Resolver implements Evaluator {
  public readonly identities: Identities;
  public readonly exports: Exports;
  /** The conditions that aren't known and that values depend on, by the key of the condition. */
  public readonly openConditions = new Map<string, OpenCondition>();
  private readonly memo = new Map<string, unknown>();
  private depth = 0;
  private work: number;

  constructor(
    public readonly stacks: Stacks,
    public readonly naming: Naming = 'literal',
    private readonly assumed: Assumptions = NO_ASSUMPTIONS,
  ) {
    this.work = stacks.all.reduce((sum, stack) => sum + stack.resources.size * WORK_PER_RESOURCE, WORK);
    this.identities = new Identities(this);
    this.exports = new Exports(this);
  }

  /**
   * The value of an expression in a template: text, a number, a Boolean, `Unknown`, undefined for `AWS::NoValue`, or an
   * array or object whose members aren't evaluated yet.
   */
  public evaluate(raw: unknown, stack: StackScope): unknown {
    if (typeof raw === 'string') return this.literalText(raw);
    if (raw === null || raw === undefined) return undefined;
    if (typeof raw !== 'object' || raw instanceof Unknown || Array.isArray(raw)) return raw;
    const name = intrinsicName(raw);
    if (name === undefined) return raw;
    const fn = functionOf(name);
    if (!fn) return new Unknown('function', `\`${name}\` is not evaluated`);
    const value = this.deeper(() => fn(this, (raw as Record<string, unknown>)[name], stack));
    return this.spend(sizeOf(value)) ? value : TOO_MUCH;
  }

  private literalText(raw: string): Text {
    if (raw.length > MAX_TEXT) return new Unknown('limit', 'the text is too long to be read');
    return raw.includes('{{resolve:') ? dynamicReferences(raw) : raw;
  }

  /** A value as text; undefined for `AWS::NoValue`. */
  public text(raw: unknown, stack: StackScope): Text | undefined {
    const value = this.evaluate(raw, stack);
    if (value === undefined || typeof value === 'string' || value instanceof Unknown) return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return new Unknown('shape', `expected text, got ${Array.isArray(value) ? 'a list' : 'an object'}`);
  }

  /** A value as a list of texts. A single text counts as a list, as in CloudFormation. */
  public texts(raw: unknown, stack: StackScope): Maybe<readonly Text[]> {
    const value = this.evaluate(raw, stack);
    if (value instanceof Unknown) return value;
    if (value === undefined) return [];
    const elements: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (!this.spend(elements.length)) return TOO_MUCH;
    const texts: Text[] = [];
    for (const element of elements) {
      const text = this.text(element, stack);
      if (text !== undefined) texts.push(text);
    }
    return texts;
  }

  /** Whether a condition is true. */
  public condition(name: string, stack: StackScope): Maybe<boolean> {
    return this.once(`condition|${stack.id}|${name}`, `the condition \`${name}\``, () => {
      const raw = stack.entry('Conditions', name);
      if (raw === undefined) return new Unknown('reference', `there is no condition \`${name}\``);
      const holds = conditionOf(this, raw, stack);
      return holds instanceof Unknown ? (this.assumed.get(conditionKey(name, stack)) ?? holds) : holds;
    });
  }

  public leaveOpen(name: string, stack: StackScope): void {
    this.openConditions.set(conditionKey(name, stack), { name, stack });
  }

  /** What `Ref` of a parameter, pseudo parameter or resource returns. */
  public ref(name: string, stack: StackScope): unknown {
    if (name.startsWith('AWS::')) return pseudoParameter(name, stack);
    if (stack.resources.has(name)) return this.identities.ref(stack, name);
    return this.once(`parameter|${stack.id}|${name}`, `the parameter \`${name}\``, () =>
      parameterValue(this, name, stack),
    );
  }

  /** What `Fn::GetAtt` returns, including outputs of nested stacks and CDK's cross-Region exports. */
  public attribute(logicalId: string, attribute: string, stack: StackScope): unknown {
    const resource = stack.resources.get(logicalId);
    if (!resource) return new Unknown('reference', `there is no resource \`${logicalId}\``);
    const nested = stack.nested.get(logicalId);
    if (nested && attribute.startsWith('Outputs.'))
      return this.exports.nestedOutput(nested, attribute.slice('Outputs.'.length));
    if (resource.type === 'Custom::CrossRegionExportReader')
      return this.exports.crossRegion(attribute, stack);
    return this.identities.attribute(stack, logicalId, attribute);
  }

  /** Evaluates something once. What refers to itself isn't known. */
  public once<T>(key: string, what: string, evaluate: () => T): T | Unknown {
    if (this.memo.has(key)) return this.memo.get(key) as T;
    this.memo.set(key, new Unknown('cycle', `${what} refers to itself`));
    const value = this.deeper(evaluate);
    this.memo.set(key, value);
    return value;
  }

  /** Evaluates something inside something else, unless it is nested too deeply. */
  public deeper<T>(evaluate: () => T): T | Unknown {
    if (this.depth >= MAX_DEPTH) return TOO_DEEP;
    this.depth++;
    const value = evaluate();
    this.depth--;
    return value;
  }

  /** Whether two texts are equal; undefined if that isn't known, or too expensive to find out. */
  public same(a: Text, b: Text): boolean | undefined {
    if (typeof a === 'string' && typeof b === 'string') return a === b;
    const key = textKey(a);
    if (key !== undefined && key === textKey(b)) return true;
    return this.spend(comparisonCost(a, b)) ? sameText(a, b) : undefined;
  }

  /** Whether the remaining budget allows the work: huge files would take minutes and fill the memory. */
  public spend(work: number): boolean {
    this.work -= work;
    return this.work >= 0;
  }
}

/** A condition of a template. */
export interface OpenCondition {
  readonly name: string;
  readonly stack: StackScope;
}

/** What conditions that aren't known are taken to be, by the key of the condition. */
export type Assumptions = ReadonlyMap<string, boolean>;

const NO_ASSUMPTIONS: Assumptions = new Map();

function conditionKey(name: string, stack: StackScope): string {
  return `${stack.id}|${name}`;
}

const TOO_DEEP = new Unknown('limit', `it is nested more than ${MAX_DEPTH} levels deep`);
const TOO_MUCH = new Unknown('limit', 'the input is larger than can be read');

/** The work that a value adds. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 1 + (value.length >> 7);
  return (
    1 + (value instanceof Unknown ? (value.parts?.length ?? 0) : Array.isArray(value) ? value.length : 0)
  );
}

/** The only key of `{"Ref": ...}` and `{"Fn::...": ...}`, or `Fn::Transform` among others. */
function intrinsicName(raw: object): string | undefined {
  let first: string | undefined;
  let count = 0;
  for (const key in raw) {
    if (++count === 1) first = key;
    else if (first !== 'Fn::Transform' && Object.hasOwn(raw, 'Fn::Transform')) return 'Fn::Transform';
    else return first === 'Fn::Transform' ? first : undefined;
  }
  return first === 'Ref' || first?.startsWith('Fn::') ? first : undefined;
}

/** The value from the parent stack or the assembly, or the default. */
function parameterValue(resolver: Resolver, name: string, stack: StackScope): unknown {
  const declared = stack.entry('Parameters', name);
  if (declared === undefined)
    return new Unknown('reference', `there is no parameter or resource \`${name}\``);
  const type = own(declared, 'Type');
  const isList = typeof type === 'string' && (type === 'CommaDelimitedList' || type.startsWith('List<'));
  const { parent } = stack;
  if (parent) {
    const parameters = resolver.once(`parameters|${stack.id}`, 'the list of parameters', () => {
      const body = parent.stack.resources.get(parent.logicalId)?.body;
      const values = own(resolver.evaluate(own(body, 'Properties'), parent.stack), 'Parameters');
      return resolver.evaluate(values, parent.stack);
    });
    if (parameters instanceof Unknown) return parameters;
    const value = own(parameters, name);
    if (value !== undefined) return parameterText(resolver, value, parent.stack, isList);
  }
  if (stack.source.parameters?.has(name))
    return parameterText(resolver, stack.source.parameters.get(name), stack, isList);
  const fallback = own(declared, 'Default');
  const open = new Unknown('parameter', `the parameter \`${name}\` has no default`, [
    { kind: 'parameter', name, key: `${stack.id}|${name}`, minLength: minLengthOf(declared) },
  ]);
  // the default of an SSM parameter is its name, not its value
  if (fallback === undefined || (typeof type === 'string' && type.startsWith('AWS::SSM::Parameter::Value<')))
    return isList ? new Unknown('parameter', open.reason) : open;
  return parameterText(resolver, typeof fallback === 'object' ? undefined : fallback, stack, isList);
}

/** The fewest characters of a parameter that has allowed values or a minimum. */
function minLengthOf(declared: unknown): number | undefined {
  const allowed = own(declared, 'AllowedValues');
  if (Array.isArray(allowed) && allowed.length > 0)
    return Math.min(...allowed.map((value) => (isText(value) ? String(value).length : 0)));
  const least = own(declared, 'MinLength');
  return isText(least) && Number(least) > 0 ? Number(least) : undefined;
}

/** What a file says as text: an object can't be asked, since it may have a `toString` of its own that is no function. */
function isText(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** The value of a parameter. Lists are text with commas. */
function parameterText(resolver: Resolver, raw: unknown, stack: StackScope, isList: boolean): unknown {
  if (!isList) return resolver.text(raw, stack);
  const value = resolver.texts(raw, stack);
  if (value instanceof Unknown || value.some((text) => text instanceof Unknown)) return value;
  return value.flatMap((text) => String(text).split(',')).map((text) => text.trim());
}

/** A text with `{{resolve:...}}` in it. */
function dynamicReferences(raw: string): Text {
  const pieces: Text[] = [];
  let at = 0;
  for (;;) {
    const start = raw.indexOf('{{resolve:', at);
    const end = start < 0 ? -1 : raw.indexOf('}}', start);
    if (end < 0) break;
    const name = raw.slice(start, end + 2);
    const hole: Part = { kind: 'dynamic', name, key: name };
    pieces.push(
      raw.slice(at, start),
      new Unknown('dynamic', `\`${name}\` is resolved at deployment`, [hole]),
    );
    at = end + 2;
  }
  pieces.push(raw.slice(at));
  return concat(pieces);
}
