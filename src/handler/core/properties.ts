import { Failure } from './failure';

/** Properties of a custom resource. CloudFormation sends every number and flag as a string. */
export type Properties = Readonly<Record<string, unknown>>;

/** An optional flag. */
export function flag(properties: Properties, name: string, otherwise: boolean): boolean {
  const value = properties[name];
  return value === undefined ? otherwise : asFlag(name, value);
}

/** A required string. */
export function text(properties: Properties, name: string): string {
  const value = properties[name];
  if (typeof value !== 'string' || value === '') throw new Failure(`the property \`${name}\` is missing`);
  return value;
}

/** An optional map of names to flags. */
export function settings(properties: Properties, name: string): Record<string, boolean> {
  const value = properties[name] ?? {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw new Failure(`the property \`${name}\` must be a map of true and false`);
  return Object.fromEntries(
    Object.entries(value).map(([key, setting]) => [key, asFlag(`${name}.${key}`, setting)]),
  );
}

function asFlag(name: string, value: unknown): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new Failure(`the property \`${name}\` must be true or false`);
}

/** An optional string. */
export function maybeText(properties: Properties, name: string): string | undefined {
  return properties[name] === undefined ? undefined : text(properties, name);
}

/** An optional whole number. */
export function wholeNumber(properties: Properties, name: string): number | undefined {
  const value = properties[name];
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  throw new Failure(`the property \`${name}\` must be a whole number`);
}

/** An optional list of strings. */
export function texts(properties: Properties, name: string): string[] {
  const value = properties[name] ?? [];
  if (Array.isArray(value) && value.every((element) => typeof element === 'string' && element !== ''))
    return value;
  throw new Failure(`the property \`${name}\` must be a list of strings`);
}

/** An optional map of names to strings. */
export function textMap(properties: Properties, name: string): Record<string, string> {
  const value = properties[name] ?? {};
  if (
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.values(value).every((element) => typeof element === 'string')
  )
    return value as Record<string, string>;
  throw new Failure(`the property \`${name}\` must be a map of strings`);
}

/** A map, or the JSON of one. */
export function mapOf(name: string, value: unknown): Properties {
  if (isMap(value)) return value;
  if (typeof value === 'string')
    try {
      const parsed: unknown = JSON.parse(value);
      if (isMap(parsed)) return parsed;
    } catch {
      // reported below
    }
  throw new Failure(`the property \`${name}\` must be a map`);
}

/** Whether a value is an object with keys. */
export function isMap(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
