import type { Duration } from 'aws-cdk-lib';
import { Token } from 'aws-cdk-lib';
import { type Problem, refuse } from './problem';

/** A number or string whose value is known at synthesis. Unresolved tokens pass through every law unjudged. */
export function isKnown(value: unknown): boolean {
  return !Token.isUnresolved(value);
}

/** How a value is quoted in a message: what the user wrote, never `[object Object]` of a token. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `\`${value.length > 120 ? `${value.slice(0, 117)}...` : value}\``;
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}

/** `1 day`, `35 days`. */
export function dayCount(days: number): string {
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}

/** The law of a whole number within bounds. */
export function wholeNumberProblems(
  id: string,
  property: string,
  value: unknown,
  bounds: { min: number; max: number; unit: string; fix?: string },
): Problem[] {
  if (!isKnown(value)) return [];
  if (typeof value === 'number' && Number.isInteger(value) && value >= bounds.min && value <= bounds.max)
    return [];
  const allowed = `${bounds.min} to ${bounds.max} ${bounds.unit}`;
  return [
    {
      id,
      severity: 'error',
      property,
      message: `\`${property}\` must be a whole number from ${allowed}, got ${show(value)}`,
      fix: bounds.fix,
    },
  ];
}

/**
 * A `Duration` in days. A token must have been made with `Duration.days()`, since it cannot be converted.
 *
 * @param name what is said of the property in the error, without backticks
 */
export function toDays(name: string, duration: Duration): number {
  return convert('Backup-WholeDays', name, duration, 'days', (d) => d.toDays({ integral: false }));
}

/** A `Duration` in minutes. A token must have been made with `Duration.minutes()`. */
export function toMinutes(name: string, duration: Duration): number {
  return convert('Backup-WholeMinutes', name, duration, 'minutes', (d) => d.toMinutes({ integral: false }));
}

function convert(
  id: string,
  name: string,
  duration: Duration,
  unit: 'days' | 'minutes',
  to: (duration: Duration) => number,
): number {
  if (typeof duration?.toDays !== 'function' || typeof duration.isUnresolved !== 'function')
    throw refuse(
      id,
      name,
      `\`${name}\` must be a \`Duration\`, got ${show(duration)}`,
      `write \`Duration.${unit}(…)\``,
    );
  if (duration.isUnresolved() && duration.unitLabel() !== unit)
    throw refuse(
      id,
      name,
      `\`${name}\` comes from a token and cannot be converted, got Duration.${duration.unitLabel()}`,
      `write \`Duration.${unit}(…)\``,
    );
  const amount = to(duration);
  if (isKnown(amount) && !Number.isInteger(amount))
    throw refuse(
      id,
      name,
      `\`${name}\` must be a whole number of ${unit}, got ${duration.toHumanString()}`,
      `write \`Duration.${unit}(${Math.ceil(amount)})\``,
    );
  return amount;
}
