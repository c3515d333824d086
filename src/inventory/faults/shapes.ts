import { showText } from '../../template/evaluation/text';
import { isUnknown, Unknown } from '../../template/evaluation/unknown';
import { own } from '../../template/input/files';
import type { RawResource, StackScope } from '../../template/input/stack';
import {
  type ObjectSchema,
  type ResourceSchema,
  SCHEMA_TYPES,
  schemaOf,
  type ValueSchema,
} from '../../values/cloudformation/schema';
import {
  disputedProperty,
  isValue,
  missingProperty,
  patternProblem,
  possiblyMissingProperty,
  unknownProperty,
  unknownType,
  wrongType,
  wrongValue,
} from '../../values/cloudformation/schema-laws';
import type { Problem } from '../../values/core/problem';
import type { Context } from '../core/context';
import type { Fault } from './fault';

/** More faults of one resource would not help. */
const MAX_FAULTS = 50;
const MAX_DEPTH = 20;

/** The properties that CloudFormation's schema of a resource refuses. */
export function shapeFaults(context: Context, stack: StackScope, resource: RawResource): Fault[] {
  const schema = schemaOf(resource.type);
  if (schema) return new ShapeReader(context, stack, resource).read(schema);
  return isUnknownType(resource.type) ? [unknownTypeFault(context, stack, resource)] : [];
}

/** Whether a type is meant to be one of AWS Backup, and isn't. Modules have types of their own. */
function isUnknownType(type: string): boolean {
  return /^aws::backup(gateway)?::(?!.*::module$)/i.test(type);
}

function unknownTypeFault(context: Context, stack: StackScope, { logicalId, type }: RawResource): Fault {
  const { id, message, fix } = unknownType(
    type,
    SCHEMA_TYPES.filter((each) => each.startsWith('AWS::Backup')),
  );
  const place = context.place(stack, logicalId, `Resources/${logicalId}/Type`);
  return { id, item: stack.idOf(logicalId), refuses: 'template', place, message, fix };
}

class ShapeReader {
  private readonly faults: Fault[] = [];

  constructor(
    private readonly context: Context,
    private readonly stack: StackScope,
    private readonly resource: RawResource,
  ) {}

  public read(schema: ResourceSchema): Fault[] {
    const { body, logicalId, type } = this.resource;
    const raw = own(body, 'Properties') ?? {};
    this.value(raw, { kind: 'object', object: schema }, `Resources/${logicalId}/Properties`, type, 0);
    return this.faults;
  }

  /**
   * @param raw the value in the template
   * @param path where it is in the template
   * @param owner what messages call the object that has it
   */
  private value(raw: unknown, schema: ValueSchema, path: string, owner: string, depth: number): void {
    if (depth > MAX_DEPTH || this.faults.length >= MAX_FAULTS) return;
    const branches = own(raw, 'Fn::If');
    if (Array.isArray(branches) && branches.length === 3 && Object.keys(raw as object).length === 1) {
      const holds =
        typeof branches[0] === 'string' ? this.context.literal.condition(branches[0], this.stack) : undefined;
      for (const [branch, index] of [
        [true, 1],
        [false, 2],
      ] as const)
        if (holds === branch || holds === undefined || isUnknown(holds))
          this.value(branches[index], schema, `${path}/Fn::If/${index}`, owner, depth + 1);
      return;
    }
    const value = this.context.literal.evaluate(raw, this.stack);
    if (value === undefined) return;
    const got = schema.kind === 'list' && value instanceof Unknown ? textIn(raw, value) : undefined;
    if (got !== undefined) this.add(wrongType(nameIn(path), owner, schema, value, got), path);
    this.known(value, schema, path, owner, depth);
  }

  private known(value: unknown, schema: ValueSchema, path: string, owner: string, depth: number): void {
    if (value instanceof Unknown) return;
    switch (schema.kind) {
      case 'either':
        if (!isValue(value, schema)) this.add(wrongType(nameIn(path), owner, schema, value), path);
        return;
      case 'object':
      case 'list':
      case 'map':
        if (!isValue(value, schema)) this.add(wrongType(nameIn(path), owner, schema, value), path);
        else if (schema.kind === 'object') this.object(value as object, schema.object, path, owner, depth);
        else this.elements(value as object, schema.element, path, owner, depth);
        return;
      case 'values':
        if (typeof value === 'object') this.add(wrongType(nameIn(path), owner, schema, value), path);
        else if (!isValue(value, schema))
          this.add(wrongValue(nameIn(path), owner, schema.values, value), path);
        return;
      default:
        if (!isValue(value, schema)) this.add(wrongType(nameIn(path), owner, schema, value), path);
        else if (schema.kind === 'string') this.text(String(value), path);
    }
  }

  private text(value: string, path: string): void {
    const problem = patternProblem(this.resource.type, nameIn(path), value);
    if (problem) this.add(problem, path);
  }

  private object(value: object, schema: ObjectSchema, path: string, owner: string, depth: number): void {
    const keys = Object.keys(value);
    if (keys.includes('Fn::Transform') || keys.some((key) => key.startsWith('Fn::ForEach'))) return;
    const present = new Set(keys.filter((name) => this.isSet(own(value, name))));
    const isSet = (name: string) => present.has(name);
    const missing = schema.required.filter((name) => !isSet(name));
    const free = [...schema.properties.keys()].filter((name) => !isSet(name));
    const set = [...schema.properties.keys()].filter(isSet);
    const under = new Map(
      [...schema.properties].flatMap(([name, inner]): [string, ReadonlySet<string>][] =>
        inner.kind === 'object' && !isSet(name) ? [[name, new Set(inner.object.properties.keys())]] : [],
      ),
    );
    const around = { free, missing, set, inside: under };
    const meant = new Set<string>();
    const inside = depth === 0 ? owner : ownerAt(path);
    for (const key of keys) {
      if (schema.properties.has(key) || !isSet(key)) continue;
      const disputed = disputedProperty(key, inside);
      if (disputed) {
        this.add(disputed, `${path}/${key}`, undefined, 'nothing');
        continue;
      }
      const { problem, meant: name } = unknownProperty(key, inside, around);
      if (name !== undefined) meant.add(name);
      this.add(problem, `${path}/${key}`, name && `${path}/${name}`);
    }
    for (const name of missing)
      if (!meant.has(name)) this.add(missingProperty(name, inside), path, `${path}/${name}`);
    for (const name of schema.required) {
      const open = isSet(name) ? this.omission(own(value, name)) : undefined;
      if (open)
        this.add(
          possiblyMissingProperty(name, inside, open.condition, open.holds),
          `${path}/${name}`,
          undefined,
          'nothing',
        );
    }
    for (const key of keys) {
      const inner = schema.properties.get(key);
      if (inner) this.value(own(value, key), inner, `${path}/${key}`, inside, depth + 1);
    }
  }

  /** The condition that isn't known, and whose value leaves a property out. */
  private omission(raw: unknown): { readonly condition: string; readonly holds: boolean } | undefined {
    const branches = own(raw, 'Fn::If');
    if (!Array.isArray(branches) || branches.length !== 3 || typeof branches[0] !== 'string')
      return undefined;
    const [condition, yes, no] = branches;
    if (!isUnknown(this.context.literal.condition(condition, this.stack))) return undefined;
    if (!this.isSet(yes)) return { condition, holds: true };
    return this.isSet(no) ? (this.omission(yes) ?? this.omission(no)) : { condition, holds: false };
  }

  /** Whether a property has a value, or perhaps has one. */
  private isSet(raw: unknown): boolean {
    return raw !== undefined && this.context.literal.evaluate(raw, this.stack) !== undefined;
  }

  private elements(value: object, element: ValueSchema, path: string, owner: string, depth: number): void {
    for (const [key, raw] of Object.entries(value))
      this.value(raw, element, `${path}/${key}`, owner, depth + 1);
  }

  private add(
    { id, message, fix }: Problem,
    path: string,
    missing?: string,
    refuses: Fault['refuses'] = 'resource',
  ): void {
    const { stack, resource } = this;
    this.faults.push({
      id,
      item: stack.idOf(resource.logicalId),
      refuses,
      place: this.context.place(stack, resource.logicalId, path),
      missing,
      message,
      fix,
    });
  }
}

/** A text in place of a list, as messages call it: what joins texts, and references to a name, an id or an ARN. */
function textIn(raw: unknown, { parts }: Unknown): string | undefined {
  const [name] = Object.keys(raw as object);
  if (name === 'Fn::Sub' || name === 'Fn::Join')
    return parts && `\`${showText(new Unknown('shape', '', parts))}\``;
  const [only, ...others] = parts ?? [];
  const isHole = typeof only === 'object' && others.length === 0;
  if (parts && !isHole) return `\`${showText(new Unknown('shape', '', parts))}\``;
  if (!isHole || only.kind !== 'resource') return undefined;
  return name === 'Ref' || /\.\w*(Arn|ARN|Id|Name)$/.test(only.name) ? `\`${only.name}\`` : undefined;
}

/** The property that a path leads to, without positions in lists and branches of `Fn::If`. */
function nameIn(path: string): string {
  return namesIn(path).at(-1) ?? 'Properties';
}

function namesIn(path: string): string[] {
  return path
    .replace(/\/Fn::If\/\d/g, '')
    .split('/')
    .filter((name) => !/^\d+$/.test(name));
}

/** What messages call the object at a path. */
function ownerAt(path: string): string {
  const name = `\`${nameIn(path)}\``;
  return /\/\d+$/.test(path.replace(/\/Fn::If\/\d/g, '')) ? `an entry of ${name}` : name;
}
