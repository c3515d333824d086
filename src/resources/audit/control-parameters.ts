import { type Duration, Token, Tokenization } from 'aws-cdk-lib';
import { readDays, readHours, readMinutes, show } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';

/** A parameter: its value, the property it comes from, and why it can't be read. */
export interface Parameter {
  readonly property: string;
  readonly value?: unknown;
  readonly problems?: readonly Problem[];
}
export type Parameters = Readonly<Record<string, Parameter | undefined>>;

export function days(property: string, duration: Duration | undefined, otherwise?: number): Parameter {
  if (duration === undefined) return { property, value: otherwise };
  const { amount, problems } = readDays(property, duration);
  return { property, value: amount, problems };
}

export function minutes(property: string, duration: Duration): Parameter {
  if (duration === undefined) return { property };
  const { amount, problems } = readMinutes(property, duration);
  return { property, value: amount, problems };
}

/** A time as `…Value` and `…Unit`: in days if it is whole days, otherwise in hours. */
export function age(
  property: string,
  prefix: string,
  duration: Duration | undefined,
  otherwise: number,
): Parameters {
  const both = (value: unknown, unit: unknown, problems?: readonly Problem[]) => ({
    [`${prefix}Unit`]: { property, value: unit },
    [`${prefix}Value`]: { property, value, problems },
  });
  if (duration === undefined) return both(otherwise, 'days');
  const inDays = readDays(property, duration);
  if (inDays.amount !== undefined) return both(inDays.amount, 'days');
  const inHours = readHours(property, duration);
  return both(inHours.amount, 'hours', inHours.problems);
}

export function list(property: string, items: unknown): Parameter {
  if (items === undefined || Array.isArray(items)) return { property, value: items };
  return {
    property,
    problems: [parameterProblem(property, `\`${property}\` must be an array, got ${show(items)}`)],
  };
}

export function text(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  if (typeof value === 'number' && Token.isUnresolved(value)) return Tokenization.stringifyNumber(value);
  return Token.isUnresolved(value) ? Token.asString(value) : String(value);
}

export function parameterProblem(property: string, message: string): Problem {
  return problem({ id: 'Backup-ControlParameter', property, message });
}
