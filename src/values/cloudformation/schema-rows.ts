/**
 * Resource types with their attributes, properties and definitions. Names of required properties end with `!`. What a
 * property accepts is text:
 *
 * - `string`, `number`, `integer`, `boolean`, `json`, `tag`
 * - `=VALUE`: this value
 * - `:Name`: an object, by its definition
 * - `[kind]`: a list, `{kind}`: an object with any keys
 * - `a|b`: one of them
 */
export type SchemaTable = Readonly<Record<string, ResourceRow>>;

export type ResourceRow = Readonly<Record<string, PropertyRow | readonly string[]>> & {
  readonly attributes: readonly string[];
  readonly properties: PropertyRow;
};

export type PropertyRow = Readonly<Record<string, string>>;
