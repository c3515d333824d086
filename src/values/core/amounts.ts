import type { Duration } from 'aws-cdk-lib';
import { Token } from 'aws-cdk-lib';
import type { FindingId } from '../findings/registry';
import { BackupError, type Label, type Problem, problem } from './problem';

/** Longer than any ARN of AWS Backup. */
const MAX_SHOWN = 160;

/** Whether a value is known at synthesis. Laws accept unresolved tokens without checking them. */
export function isKnown(value: unknown): boolean {
  return !Token.isUnresolved(value);
}

/**
 * Quotes a value in a message: what the user wrote, on one line, shortened if needed, never `[object Object]`. What is left
 * out is `nothing`, in all languages that use this library.
 */
export function show(value: unknown): string {
  if (!isKnown(value)) return 'a token';
  switch (typeof value) {
    case 'string':
      return value === '' ? 'an empty string' : quoted(value);
    case 'bigint':
      return `${value}n`;
    case 'undefined':
      return 'nothing';
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

/** The law for a whole number within bounds. */
export function wholeNumberProblems(
  id: FindingId,
  property: string,
  value: unknown,
  bounds: WholeNumberBounds,
): Problem[] {
  if (!isKnown(value) || isWhole(value, bounds)) return [];
  const allowed = `${bounds.min} to ${bounds.max} ${bounds.unit}`;
  return [
    problem({
      id,
      property,
      message: (label) =>
        `${label(property)} must be a whole number from ${allowed}, got ${showNumber(value)}`,
      fix: wholeNumberFix(value, bounds),
    }),
  ];
}

/** The bounds of a whole number. */
export interface WholeNumberBounds {
  readonly min: number;
  readonly max: number;
  /** The unit in the plural. */
  readonly unit: string;
  /** The fix for a number that is too small, too large, or missing; the nearest bound by default. */
  readonly fix?: string;
  /** The fix for a positive number that isn't whole; the next whole number by default. */
  readonly fractionFix?: (amount: number) => string;
}

/** A duration read as a number: the number, or the problems. */
export interface Reading {
  readonly amount?: number;
  readonly problems: readonly Problem[];
}

/**
 * Reads a `Duration` in days. A token must come from `Duration.days()`, because tokens can't be converted.
 *
 * @param name the property that the error names, without backticks
 */
export function readDays(name: string, duration: Duration | undefined): Reading {
  return read('Backup-WholeDays', name, duration, 'days', (d) => d.toDays({ integral: false }));
}

/** Reads a `Duration` in hours; a token must come from `Duration.hours()`. */
export function readHours(name: string, duration: Duration): Reading {
  return read('Backup-WholeHours', name, duration, 'hours', (d) => d.toHours({ integral: false }));
}

/** Reads a `Duration` in minutes; a token must come from `Duration.minutes()`. */
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
  id: FindingId,
  name: string,
  duration: Duration | undefined,
  unit: 'days' | 'hours' | 'minutes',
  to: (duration: Duration) => number,
): Reading {
  const wrong = (must: string, amount: number | string = '…'): Reading => ({
    problems: [
      problem({
        id,
        property: name,
        message: (label: Label) => `${label(name)} must be ${must}`,
        fix: `write \`Duration.${unit}(${amount})\``,
      }),
    ],
  });
  // not `instanceof`: an app may contain a second copy of aws-cdk-lib
  if (typeof duration?.toDays !== 'function' || typeof duration.isUnresolved !== 'function') {
    const intended = numberIn(duration);
    const hint = Number.isSafeInteger(intended) && (intended as number) > 0 ? intended : undefined;
    return wrong(`a \`Duration\`, got ${showNumber(duration)}`, hint);
  }
  if (duration.isUnresolved() && duration.unitLabel() !== unit)
    return wrong(
      `given in ${unit} when it is a token, because tokens can't be converted, got \`Duration.${duration.unitLabel()}\` of a token`,
    );
  const amount = to(duration);
  if (!isKnown(amount) || Number.isInteger(amount)) return { amount, problems: [] };
  return Number.isFinite(amount)
    ? wrong(`a whole number of ${unit}, got ${duration.toHumanString()}`, Math.ceil(amount))
    : wrong(`a whole number of ${unit}, got ${amount}`);
}

function count(amount: number, unit: string): string {
  return `${amount} ${amount === 1 ? unit.replace(/s$/, '') : unit}`;
}

function isWhole(value: unknown, { min, max }: WholeNumberBounds): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}

function wholeNumberFix(value: unknown, bounds: WholeNumberBounds): string | undefined {
  const { min, max, unit, fix } = bounds;
  const intended = numberIn(value);
  const { fractionFix } = bounds;
  if (fractionFix && intended !== undefined && intended > 0 && intended < max && !Number.isInteger(intended))
    return fractionFix(intended);
  if (intended === undefined) return value === undefined || value === null ? fix : undefined;
  if (intended < min) return fix ?? `use ${count(min, unit)} or more`;
  if (intended > max) return fix ?? `use ${count(max, unit)} or less`;
  return typeof value === 'number' ? `use ${Math.ceil(intended)}` : `write the number ${Math.ceil(intended)}`;
}

/** The number that an untyped caller passed, possibly as a string. */
function numberIn(value: unknown): number | undefined {
  if (!isKnown(value) || (typeof value === 'string' && value.trim() === '')) return undefined;
  if (!['number', 'string', 'bigint'].includes(typeof value)) return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

/** Like `show`, but says that a string is a string, where a number is expected. */
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

/** In backticks; with invisible characters, escaped in double quotes. */
function quoted(text: string): string {
  const short = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  if (!/[`\p{C}\p{Zl}\p{Zp}]|[^\S ]/u.test(short)) return `\`${short}\``;
  return JSON.stringify(short).replace(/[\p{C}\p{Z}]/gu, (c) => (c === ' ' ? c : escaped(c)));
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) as number).toString(16);
  return `\\u${code.length > 4 ? `{${code}}` : code.padStart(4, '0')}`;
}
