import { isKnown, show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { readChildControl } from '../language/child-control';
import { NumberText } from '../language/json-text';
import { CONTROL, isValueOperator, type ValueOperator } from '../language/operators';
import { type Fragment, type MutableFragment, scalarText, TOKEN } from '../language/policy-fragment';
import { join, PolicyProblems } from '../language/policy-problems';
import { ScheduleLaw } from '../language/policy-schedule';
import {
  DOCUMENT,
  type EntriesShape,
  type FieldsShape,
  fieldOf,
  type ListShape,
  type ScalarShape,
  type Shape,
} from '../language/policy-shape';
import {
  COPY_ARN_ALLOWED,
  copyArnFix,
  isCopyArn,
  isPolicyName,
  NAME_ALLOWED,
} from '../language/policy-values';
import { unknownKeyFix } from '../language/unknown-keys';
import { dependencyProblems } from './admission-dependencies';

const STRUCTURE = 'Backup-PolicyStructure';
const OPERATOR = 'Backup-PolicyOperator';
const VALUE = 'Backup-PolicyValue';

const ASCII = /^[\x20-\x7e]*$/;
const FIELD = { '@@assign': 'assign', '@@append': 'append', '@@remove': 'remove' } as const;

/** A document as AWS Organizations reads it, with the problems it would report. */
export interface PolicyReading {
  readonly fragment: Fragment;
  /** Errors: AWS refuses the document. */
  readonly problems: readonly Problem[];
}

/**
 * Reads a document of the type BACKUP_POLICY, and reports what AWS Organizations would. The document may be a fragment that
 * others complete. The property of a problem is the path inside the document. Never throws.
 *
 * @param content the document as an object; unresolved tokens are not checked
 * @param schedules defines when AWS evaluates the schedules; any time by default
 */
export function readPolicy(content: unknown, schedules = new ScheduleLaw()): PolicyReading {
  const reader = new PolicyReader(schedules);
  const fragment = reader.read(DOCUMENT, content, '', '') ?? { name: '' };
  return { fragment, problems: [...reader.problems.all, ...dependencyProblems(fragment, schedules)] };
}

class PolicyReader {
  public readonly problems = new PolicyProblems();

  constructor(private readonly schedules: ScheduleLaw) {}

  /** Reads one node; undefined if it can't be read. */
  public read(shape: Shape, value: unknown, name: string, path: string): Fragment | undefined {
    if (!isKnown(value)) return undefined;
    if (!isObject(value)) {
      const setting = shape.kind === 'scalar' || shape.kind === 'list';
      const message = `must be an object${setting ? ' with an operator' : ''}, got ${show(value)}`;
      this.problems.add(STRUCTURE, path, message, setting ? settingFix(shape) : undefined);
      return undefined;
    }
    const fragment: MutableFragment = { name };
    const keys = Object.keys(value);
    const read = keys.length > 1 ? new Map<string, string>() : undefined;
    for (const key of keys) {
      const inner = value[key];
      if (inner === undefined) continue; // JSON has no undefined
      const folded = key.toLowerCase();
      const twin = read?.get(folded);
      read?.set(folded, key);
      if (twin !== undefined) this.twin(join(path, key), twin);
      else if (folded.startsWith('@@')) this.operator(shape, fragment, key, inner, path);
      else this.child(shape, fragment, key, inner, path);
    }
    this.required(shape, fragment, path);
    return fragment;
  }

  private twin(place: string, twin: string): void {
    this.problems.add(
      STRUCTURE,
      place,
      `must occur once in its object, got ${show(twin)} too: AWS Organizations ignores the case of keys`,
      'remove one of them',
    );
  }

  private child(shape: Shape, parent: MutableFragment, key: string, value: unknown, path: string): void {
    const place = join(path, key);
    const folded = key.toLowerCase();
    let field: { name: string; shape: Shape } | undefined;
    if (shape.kind === 'fields') {
      // a non-ASCII letter whose lowercase form is ASCII is not part of any key
      field = ASCII.test(key) ? fieldOf(shape, folded) : undefined;
      if (!field) {
        const message = `is not an allowed key of a backup policy here, expected one of ${keysOf(shape)}`;
        this.problems.add(STRUCTURE, place, message, unknownKeyFix(shape, key));
        return;
      }
    } else if (shape.kind === 'entries') {
      this.entryKey(shape, key, place);
      field = { name: key, shape: shape.each };
    } else {
      this.problems.add(
        STRUCTURE,
        place,
        'is not an operator, and a setting contains only operators',
        settingFix(shape),
      );
      return;
    }
    const fragment = this.read(field.shape, value, field.name, place);
    if (fragment === undefined) return;
    parent.children ??= new Map();
    parent.children.set(folded, fragment);
  }

  private entryKey({ keys }: EntriesShape, key: string, place: string): void {
    if (!isKnown(key))
      this.problems.add(
        STRUCTURE,
        place,
        "must be known at synthesis, got a token, which can't be a JSON key",
      );
    else if (keys === 'name' && !isPolicyName(key))
      this.problems.add('Backup-PolicyName', place, `must be a name of ${NAME_ALLOWED}, got ${show(key)}`);
    else if (keys === 'vaultArn' && !isCopyArn(key))
      this.problems.add(VALUE, place, `must be ${COPY_ARN_ALLOWED}, got ${show(key)}`, copyArnFix(key));
  }

  private required(shape: Shape, fragment: Fragment, path: string): void {
    for (const key of (shape.kind === 'fields' ? shape.required : undefined) ?? []) {
      if (fragment.children?.has(key)) continue;
      const id = 'Backup-PolicyIncomplete';
      if (shape === DOCUMENT)
        this.problems.add(
          id,
          key,
          'is missing, but every backup policy requires it',
          'wrap the document in `{"plans": {…}}`',
        );
      else
        this.problems.add(
          id,
          join(path, key),
          'is missing, but a policy must set it here even if it is inherited',
          `repeat \`${key}\``,
        );
    }
  }

  private operator(shape: Shape, fragment: MutableFragment, key: string, value: unknown, path: string): void {
    const operator = key.toLowerCase();
    const place = join(path, key);
    if (operator !== CONTROL && !isValueOperator(operator)) {
      const known = `\`@@assign\`, \`@@append\`, \`@@remove\`, \`${CONTROL}\``;
      this.problems.add(OPERATOR, place, `is not an operator, expected one of ${known}`);
      return;
    }
    if (key !== operator)
      this.problems.add(
        'Backup-PolicyOperatorIgnored',
        place,
        `should be lowercase, as AWS documents it, got ${show(key)}`,
        `write \`${operator}\``,
      );
    if (operator === CONTROL) fragment.allowed = readChildControl(OPERATOR, value, place, this.problems);
    else if (shape.kind === 'scalar') this.scalar(shape, fragment, operator, value, place);
    else if (shape.kind === 'list') this.list(shape, fragment, operator, value, place);
    else if (shape === DOCUMENT && !isObject(value))
      // observed to be accepted, whatever the value
      this.problems.add(
        'Backup-PolicyOperatorIgnored',
        place,
        'is ignored by AWS Organizations beside `plans`',
        'omit it',
      );
    else
      this.problems.add(
        OPERATOR,
        place,
        "can't be used on an object, which has no value of its own",
        'set the individual settings inside it',
      );
  }

  private scalar(
    { law }: ScalarShape,
    fragment: MutableFragment,
    operator: ValueOperator,
    value: unknown,
    place: string,
  ): void {
    if (operator === '@@assign') fragment.assign = this.text(law, value, place);
    else
      this.problems.add(OPERATOR, place, "can't be used on a setting with a single value", 'use `@@assign`');
  }

  private list(
    { law, mayBeEmpty }: ListShape,
    fragment: MutableFragment,
    operator: ValueOperator,
    value: unknown,
    place: string,
  ): void {
    if (!isKnown(value)) return;
    if (!Array.isArray(value)) {
      this.problems.add(OPERATOR, place, `must be a list, got ${show(value)}`, 'wrap it in `[…]`');
      return;
    }
    if (value.length === 0 && !mayBeEmpty)
      this.problems.add(VALUE, place, 'must have at least one element, got an empty list');
    fragment[FIELD[operator]] = Array.from(value).flatMap(
      (element, index) => this.text(law, element, join(place, index)) ?? [],
    );
  }

  private text(law: ScalarShape['law'], value: unknown, place: string): string | undefined {
    if (!isKnown(value)) return TOKEN;
    const text = scalarText(value);
    if (text === undefined)
      this.problems.add(VALUE, place, `must be a string, a number, true or false, got ${show(value)}`);
    else this.problems.all.push(...law(text, place, this.schedules));
    return text;
  }
}

function settingFix(shape: Shape): string {
  return `write \`{"@@assign": ${shape.kind === 'list' ? '[…]' : '…'}}\``;
}

function keysOf(shape: FieldsShape): string {
  return Object.keys(shape.fields)
    .map((key) => `\`${key}\``)
    .join(', ');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]' && !(value instanceof NumberText);
}
