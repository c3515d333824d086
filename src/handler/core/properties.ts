import { Failure } from './failure';

/** Properties of a custom resource. CloudFormation sends every number and every flag as text. */
export type Properties = Readonly<Record<string, unknown>>;

/** A flag that may be left out. */
export function flag(properties: Properties, name: string, otherwise: boolean): boolean {
  const value = properties[name];
  return value === undefined ? otherwise : asFlag(name, value);
}

/** A text that must be there. */
export function text(properties: Properties, name: string): string {
  const value = properties[name];
  if (typeof value !== 'string' || value === '') throw new Failure(`the property \`${name}\` is missing`);
  return value;
}

/** Names with flags; may be left out. */
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

/** A text that may be left out. */
export function maybeText(properties: Properties, name: string): string | undefined {
  return properties[name] === undefined ? undefined : text(properties, name);
}

/** A whole number that may be left out. */
export function wholeNumber(properties: Properties, name: string): number | undefined {
  const value = properties[name];
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  throw new Failure(`the property \`${name}\` must be a whole number`);
}

/** Texts; may be left out. */
export function texts(properties: Properties, name: string): string[] {
  const value = properties[name] ?? [];
  if (Array.isArray(value) && value.every((element) => typeof element === 'string' && element !== ''))
    return value;
  throw new Failure(`the property \`${name}\` must be a list of texts`);
}

/** Names with texts; may be left out. */
export function textMap(properties: Properties, name: string): Record<string, string> {
  const value = properties[name] ?? {};
  if (
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.values(value).every((element) => typeof element === 'string')
  )
    return value as Record<string, string>;
  throw new Failure(`the property \`${name}\` must be a map of texts`);
}
