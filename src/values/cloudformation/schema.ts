import type { PropertyRow, ResourceRow } from './schema-rows';
import { ATTRIBUTE_TABLE, SCHEMA_TABLE } from './schema-table';

/** What a value must be. */
export type ValueSchema =
  | { readonly kind: 'string' | 'number' | 'integer' | 'boolean' | 'json' }
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'list' | 'map'; readonly element: ValueSchema }
  | { readonly kind: 'object'; readonly object: ObjectSchema }
  | { readonly kind: 'either'; readonly types: readonly ValueSchema[] };

/** What an object must have, and may have. */
export interface ObjectSchema {
  readonly properties: ReadonlyMap<string, ValueSchema>;
  readonly required: readonly string[];
}

/** A resource type. */
export interface ResourceSchema extends ObjectSchema {
  readonly attributes: ReadonlySet<string>;
}

const SCHEMAS = new Map<string, ResourceSchema | undefined>();
const TAG: ObjectSchema = {
  properties: new Map([
    ['Key', { kind: 'string' }],
    ['Value', { kind: 'string' }],
  ]),
  required: [],
};

/** The types that the table has. */
export const SCHEMA_TYPES: readonly string[] = Object.keys(SCHEMA_TABLE);

/** The schema of a resource type; undefined if the table doesn't have it. */
export function schemaOf(type: string): ResourceSchema | undefined {
  if (!SCHEMAS.has(type)) {
    const row = Object.hasOwn(SCHEMA_TABLE, type) ? SCHEMA_TABLE[type] : undefined;
    SCHEMAS.set(
      type,
      row && { ...objectOf(row.properties, row, new Map()), attributes: new Set(row.attributes) },
    );
  }
  return SCHEMAS.get(type);
}

/** The attributes of a type that isn't in the table of schemas, if they are known. */
export function attributesOf(type: string): ReadonlySet<string> | undefined {
  return Object.hasOwn(ATTRIBUTE_TABLE, type) ? new Set(ATTRIBUTE_TABLE[type]) : undefined;
}

function objectOf(
  properties: PropertyRow,
  row: ResourceRow,
  definitions: Map<string, ObjectSchema>,
): ObjectSchema {
  const entries = Object.entries(properties).map(([marked, kind]) => {
    const isRequired = marked.endsWith('!');
    return { name: isRequired ? marked.slice(0, -1) : marked, isRequired, kind };
  });
  return {
    properties: new Map(entries.map(({ name, kind }) => [name, schemaOfKind(kind, row, definitions)])),
    required: entries.filter(({ isRequired }) => isRequired).map(({ name }) => name),
  };
}

function schemaOfKind(kind: string, row: ResourceRow, definitions: Map<string, ObjectSchema>): ValueSchema {
  const of = (inner: string) => schemaOfKind(inner, row, definitions);
  const element = () => of(kind.slice(1, -1));
  if (kind.startsWith('[')) return { kind: 'list', element: element() };
  if (kind.startsWith('{')) return { kind: 'map', element: element() };
  const choices = kind.split('|');
  if (choices.every((choice) => choice.startsWith('=')))
    return { kind: 'values', values: choices.map((choice) => choice.slice(1)) };
  if (choices.length > 1) return { kind: 'either', types: choices.map(of) };
  if (kind === 'tag') return { kind: 'object', object: TAG };
  if (!kind.startsWith(':')) return { kind: kind as 'string' | 'number' | 'integer' | 'boolean' | 'json' };
  const name = kind.slice(1);
  const object = definitions.get(name) ?? objectOf(row[name] as PropertyRow, row, definitions);
  definitions.set(name, object);
  return { kind: 'object', object };
}
