import type { Duration } from 'aws-cdk-lib';
import { Token } from 'aws-cdk-lib';
import { BackupError, type Problem } from './problem';

/** Longer than any ARN of AWS Backup. */
const MAX_SHOWN = 160;

/** Whether a value is known at synthesis. Unresolved tokens pass through every law unjudged. */
export function isKnown(value: unknown): boolean {
  return !Token.isUnresolved(value);
}

/** How a value is quoted in a message: what the user wrote as far as it fits, on one line, never `[object Object]`. */
export function show(value: unknown): string {
  if (!isKnown(value)) return 'a token';
  switch (typeof value) {
    case 'string':
      return value === '' ? 'an empty string' : quoted(value);
    case 'bigint':
      return `${value}n`;
    case 'object':
      return value === null ? 'null' : showObject(value);
    case 'symbol':
    case 'function':
      return `a ${typeof value}`;
    default:
      return String(value);
  }
}

/** `1 day`, `35 days`. */
export function dayCount(days: number): string {
  return count(days, 'days');
}

/** The law of a whole number within bounds. */
export function wholeNumberProblems(
  id: string,
  property: string,
  value: unknown,
  bounds: WholeNumberBounds,
): Problem[] {
  if (!isKnown(value) || isWhole(value, bounds)) return [];
  const allowed = `${bounds.min} to ${bounds.max} ${bounds.unit}`;
  return [
    {
      id,
      severity: 'error',
      property,
      message: `\`${property}\` must be a whole number from ${allowed}, got ${showNumber(value)}`,
      fix: wholeNumberFix(value, bounds),
    },
  ];
}

/** What a whole number may be. */
export interface WholeNumberBounds {
  readonly min: number;
  readonly max: number;
  /** The unit in the plural. */
  readonly unit: string;
  /** The way out where the number is too small, too large, or missing; the nearest bound when left out. */
  readonly fix?: string;
}

/** A duration read as a number: the number, or what is wrong. */
export interface Reading {
  readonly amount?: number;
  readonly problems: readonly Problem[];
}

/**
 * Reads a `Duration` in days. A token must have been made with `Duration.days()`, since it can't be converted.
 *
 * @param name what is said of the property in the error, without backticks
 */
export function readDays(name: string, duration: Duration | undefined): Reading {
  return read('Backup-WholeDays', name, duration, 'days', (d) => d.toDays({ integral: false }));
}

/** Reads a `Duration` in hours; a token must have been made with `Duration.hours()`. */
export function readHours(name: string, duration: Duration): Reading {
  return read('Backup-WholeHours', name, duration, 'hours', (d) => d.toHours({ integral: false }));
}

/** Reads a `Duration` in minutes; a token must have been made with `Duration.minutes()`. */
export function readMinutes(name: string, duration: Duration): Reading {
  return read('Backup-WholeMinutes', name, duration, 'minutes', (d) => d.toMinutes({ integral: false }));
}

/** A `Duration` in days, or an error; see `readDays`. */
export function toDays(name: string, duration: Duration): number {
  return orThrow(readDays(name, duration));
}

/** A `Duration` in minutes, or an error; see `readMinutes`. */
export function toMinutes(name: string, duration: Duration): number {
  return orThrow(readMinutes(name, duration));
}

function orThrow(reading: Reading): number {
  if (reading.amount === undefined) throw new BackupError(reading.problems);
  return reading.amount;
}

function read(
  id: string,
  name: string,
  duration: Duration | undefined,
  unit: 'days' | 'hours' | 'minutes',
  to: (duration: Duration) => number,
): Reading {
  const wrong = (message: string, amount: number | string = '…'): Reading => ({
    problems: [
      { id, severity: 'error', property: name, message, fix: `write \`Duration.${unit}(${amount})\`` },
    ],
  });
  // not `instanceof`: an app may hold a second copy of aws-cdk-lib
  if (typeof duration?.toDays !== 'function' || typeof duration.isUnresolved !== 'function') {
    const meant = numberIn(duration);
    const hint = Number.isSafeInteger(meant) && (meant as number) > 0 ? meant : undefined;
    return wrong(`\`${name}\` must be a \`Duration\`, got ${showNumber(duration)}`, hint);
  }
  if (duration.isUnresolved() && duration.unitLabel() !== unit)
    return wrong(
      `\`${name}\` must be given in ${unit} when it is a token, which can't be converted, got \`Duration.${duration.unitLabel()}\` of a token`,
    );
  const amount = to(duration);
  if (!isKnown(amount) || Number.isInteger(amount)) return { amount, problems: [] };
  return Number.isFinite(amount)
    ? wrong(
        `\`${name}\` must be a whole number of ${unit}, got ${duration.toHumanString()}`,
        Math.ceil(amount),
      )
    : wrong(`\`${name}\` must be a whole number of ${unit}, got ${amount}`);
}

function count(amount: number, unit: string): string {
  return `${amount} ${amount === 1 ? unit.replace(/s$/, '') : unit}`;
}

function isWhole(value: unknown, { min, max }: WholeNumberBounds): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}

function wholeNumberFix(value: unknown, bounds: WholeNumberBounds): string | undefined {
  const { min, max, unit, fix } = bounds;
  const meant = numberIn(value);
  if (meant === undefined) return value === undefined || value === null ? fix : undefined;
  if (meant < min) return fix ?? `use ${count(min, unit)} or more`;
  if (meant > max) return fix ?? `use ${count(max, unit)} or less`;
  return typeof value === 'number' ? `use ${Math.ceil(meant)}` : `write the number ${Math.ceil(meant)}`;
}

/** The number that a caller without types wrote, perhaps in quotes. */
function numberIn(value: unknown): number | undefined {
  if (!isKnown(value) || (typeof value === 'string' && value.trim() === '')) return undefined;
  if (!['number', 'string', 'bigint'].includes(typeof value)) return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

/** As `show`; where a number is expected, a string is called one. */
function showNumber(value: unknown): string {
  return typeof value === 'string' && value !== '' && isKnown(value)
    ? `the string ${show(value)}`
    : show(value);
}

function showObject(value: object): string {
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid date' : value.toISOString();
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === 'string' && !['', 'Object'].includes(name)
    ? `an instance of \`${name}\``
    : 'an object';
}

/** In backticks; where there is something that the eye would miss, escaped in double quotes. */
function quoted(text: string): string {
  const short = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  if (!/[`\p{C}\p{Zl}\p{Zp}]|[^\S ]/u.test(short)) return `\`${short}\``;
  return JSON.stringify(short).replace(/[\p{C}\p{Z}]/gu, (c) => (c === ' ' ? c : escaped(c)));
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) as number).toString(16);
  return `\\u${code.length > 4 ? `{${code}}` : code.padStart(4, '0')}`;
}
