import { show } from '../values/core/amounts';
import { nearestName, nearestOf } from '../values/core/nearest';

/** The part of JSON Schema (draft 7) that describes our files. It is published, and checks what is read. */
export type JsonSchema = { readonly title?: string; readonly description?: string } & (
  | { readonly type: 'string'; readonly pattern?: string; readonly format?: 'date' }
  | { readonly enum: readonly string[] }
  | { readonly type: 'boolean' }
  | { readonly type: 'number' | 'integer'; readonly minimum: number; readonly maximum?: number }
  | { readonly type: 'array'; readonly items: JsonSchema; readonly minItems?: number }
  | ObjectSchema
);

interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  /** What other properties have; false if there are none. */
  readonly additionalProperties: false | JsonSchema;
  readonly propertyNames?: { readonly title: string; readonly enum?: readonly string[] };
}

/** A problem in a file. */
export interface JsonProblem {
  /** The keys and indexes that lead to it, with `/` between them; empty for the whole file. */
  readonly path: string;
  /** Lower case, no full stop. */
  readonly reason: string;
  readonly fix?: string;
}

/** What a value has that its schema doesn't allow. */
export function jsonProblems(value: unknown, schema: JsonSchema, path = ''): JsonProblem[] {
  if ('enum' in schema) return enumProblems(value, schema.enum, schema.title, path);
  switch (schema.type) {
    case 'string':
      return stringProblems(value, schema, path);
    case 'boolean':
      return typeof value === 'boolean' ? [] : [wrong(path, 'true or false', value)];
    case 'number':
    case 'integer':
      return numberProblems(value, schema, path);
    case 'array':
      if (!Array.isArray(value)) return [wrong(path, schema.title ?? 'an array', value)];
      if (value.length < (schema.minItems ?? 0)) return [{ path, reason: 'must not be empty' }];
      return value.flatMap((item, index) => jsonProblems(item, schema.items, join(path, String(index))));
    default:
      return objectProblems(value, schema, path);
  }
}

type StringSchema = Extract<JsonSchema, { type: 'string' }>;

function stringProblems(
  value: unknown,
  { pattern, format, title }: StringSchema,
  path: string,
): JsonProblem[] {
  const valid =
    typeof value === 'string' &&
    (pattern === undefined || new RegExp(pattern, 'u').test(value)) &&
    (format !== 'date' || isDay(value));
  return valid ? [] : [wrong(path, title ?? 'a string', value)];
}

/** Whether text is a day of the calendar. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

type NumberSchema = Extract<JsonSchema, { minimum: number }>;

function numberProblems(value: unknown, schema: NumberSchema, path: string): JsonProblem[] {
  const { type, minimum, maximum, title } = schema;
  const valid =
    typeof value === 'number' &&
    value >= minimum &&
    value <= (maximum ?? Number.POSITIVE_INFINITY) &&
    (type === 'number' || Number.isInteger(value));
  return valid ? [] : [wrong(path, title ?? 'a number', value)];
}

function enumProblems(
  value: unknown,
  allowed: readonly string[],
  title: string | undefined,
  path: string,
): JsonProblem[] {
  if (typeof value === 'string' && allowed.includes(value)) return [];
  return [{ ...wrong(path, title ?? oneOf(allowed), value), fix: nearestFix(value, allowed) }];
}

function objectProblems(value: unknown, schema: ObjectSchema, path: string): JsonProblem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [wrong(path, 'an object', value)];
  const { properties, required = [], additionalProperties, propertyNames } = schema;
  const missing = required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => ({ path, reason: `must have \`${name}\`` }));
  const others = Object.entries(value).flatMap(([name, own]): JsonProblem[] => {
    const at = join(path, name);
    if (Object.hasOwn(properties, name)) return jsonProblems(own, properties[name], at);
    if (additionalProperties === false)
      return [
        { path: at, reason: 'is not a known property', fix: propertyFix(name, Object.keys(properties)) },
      ];
    const names = propertyNames?.enum;
    if (names && !names.includes(name))
      return [{ path: at, reason: `is not ${propertyNames.title}`, fix: nearestFix(name, names) }];
    return jsonProblems(own, additionalProperties, at);
  });
  return [...missing, ...others];
}

function propertyFix(name: string, known: readonly string[]): string {
  const near = nearestOf(name, known, 3);
  return near === undefined ? `use ${oneOf(known)}` : `use \`${near}\``;
}

function nearestFix(value: unknown, allowed: readonly string[]): string | undefined {
  const near = typeof value === 'string' ? nearestName(value, allowed) : undefined;
  return near === undefined ? undefined : `use \`${near}\``;
}

function oneOf(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function wrong(path: string, allowed: string, value: unknown): JsonProblem {
  return { path, reason: `must be ${allowed}, got ${show(value)}` };
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}
