import { dayCount, isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import {
  type AgeParameter,
  CONTROL_FACTS,
  type ControlParameter,
  type ListParameter,
  type NumberParameter,
} from './control-facts';

/** How the caller names what a control has: a prop of ours, or the path in a template. */
export interface ControlWords {
  readonly name: string;
  /** How a parameter of AWS is called. */
  readonly parameter: (name: string) => string;
}

const WORDS: ControlWords = { name: 'name', parameter: (name) => name };
const MAX_NAME = 256;

/**
 * The law of the name of a control. A name that isn't known is a warning, since AWS adds controls.
 *
 * Source: CloudFormation schema of `AWS::Backup::Framework`, 2026-09.
 */
export function controlNameProblems(name: unknown, property = WORDS.name): Problem[] {
  if (!isKnown(name)) return [];
  if (typeof name !== 'string' || name.length < 1 || name.length > MAX_NAME)
    return [
      {
        id: 'Backup-ControlName',
        severity: 'error',
        property,
        message: `\`${property}\` must be the name of a control, 1 to ${MAX_NAME} characters, got ${typeof name === 'string' && name !== '' ? `${name.length} characters` : show(name)}`,
        fix: 'use for example `BACKUP_RECOVERY_POINT_ENCRYPTED`',
      },
    ];
  if (Object.hasOwn(CONTROL_FACTS, name)) return [];
  const near = Object.keys(CONTROL_FACTS).find((known) => plain(known) === plain(name));
  return [
    {
      id: 'Backup-UnknownControl',
      severity: 'warning',
      property,
      message: `\`${property}\` is ${show(name)}, which is none of the ${Object.keys(CONTROL_FACTS).length} controls that are known here`,
      fix: near ? `use \`${near}\`` : 'acknowledge this warning where AWS has it',
    },
  ];
}

/** The difference that is most often got wrong: not all names begin with `BACKUP_`. */
function plain(name: string): string {
  return name.toUpperCase().replace(/^BACKUP_/, '');
}

/**
 * The law of the parameters of a control: their names, units and ranges.
 *
 * @param parameters as AWS takes them, in text; lists also as arrays
 */
export function controlParameterProblems(
  name: unknown,
  parameters: Readonly<Record<string, unknown>>,
  words: ControlWords = WORDS,
): Problem[] {
  if (typeof name !== 'string' || !isKnown(name) || !Object.hasOwn(CONTROL_FACTS, name)) return [];
  const laws = CONTROL_FACTS[name].parameters;
  const problems: Problem[] = [];
  const units = Object.values(laws).flatMap((law) => (law.kind === 'age' ? [law.unitParameter] : []));
  for (const parameter of Object.keys(parameters)) {
    if (Object.hasOwn(laws, parameter) || units.includes(parameter)) continue;
    problems.push(unknownParameterProblem(name, words.parameter(parameter), Object.keys(laws)));
  }
  for (const [parameter, law] of Object.entries(laws))
    problems.push(...parameterProblems(parameter, law, parameters, words));
  return [...problems, ...orderProblems(parameters, words)];
}

function unknownParameterProblem(name: string, property: string, known: readonly string[]): Problem {
  return {
    id: 'Backup-ControlParameter',
    severity: 'warning',
    property,
    message: `\`${property}\` isn't known to be a parameter of \`${name}\``,
    fix:
      known.length > 0
        ? `use ${known.map((k) => `\`${k}\``).join(' or ')}`
        : 'leave it out: it has no parameters',
  };
}

function parameterProblems(
  name: string,
  law: ControlParameter,
  parameters: Readonly<Record<string, unknown>>,
  words: ControlWords,
): Problem[] {
  const value = parameters[name];
  const property = words.parameter(name);
  if (law.kind === 'age') return ageProblems(law, value, parameters[law.unitParameter], property, words);
  if (value === undefined)
    return law.kind === 'number' && law.required
      ? [problem(property, `\`${property}\` must be given, in ${law.unit}`)]
      : [];
  if (!isKnown(value)) return [];
  return law.kind === 'number' ? numberProblems(law, value, property) : listProblems(law, value, property);
}

function numberProblems({ unit, max }: NumberParameter, value: unknown, property: string): Problem[] {
  const amount = amountOf(value);
  if (amount !== undefined && amount >= 1 && amount <= (max ?? Number.POSITIVE_INFINITY)) return [];
  const allowed =
    max === undefined ? `a whole number of ${unit}, 1 or more` : `a whole number from 1 to ${max} ${unit}`;
  return [
    problem(
      property,
      `\`${property}\` must be ${allowed}, got ${show(value)}`,
      amount === undefined ? undefined : amount < 1 ? `use 1 or more` : `use ${max} or less`,
    ),
  ];
}

function ageProblems(
  { hours, days, unitParameter, recommendedDays }: AgeParameter,
  value: unknown,
  unit: unknown,
  property: string,
  words: ControlWords,
): Problem[] {
  if (value === undefined && unit === undefined) return [];
  const unitProperty = words.parameter(unitParameter);
  if (value === undefined || unit === undefined)
    return [
      problem(
        unit === undefined ? unitProperty : property,
        `\`${property}\` and \`${unitProperty}\` must be given together, got only one of them`,
      ),
    ];
  if (isKnown(unit) && unit !== 'hours' && unit !== 'days')
    return [
      problem(
        unitProperty,
        `\`${unitProperty}\` must be \`hours\` or \`days\`, got ${show(unit)}`,
        typeof unit === 'string' && /^(hour|day)s?$/i.test(unit)
          ? `use \`${unit.toLowerCase().replace(/s?$/, 's')}\``
          : undefined,
      ),
    ];
  if (!isKnown(value) || !isKnown(unit)) return [];
  const [min, max] = unit === 'days' ? days : hours;
  const amount = amountOf(value);
  if (amount === undefined || amount < min || amount > max)
    return [
      problem(
        property,
        `\`${property}\` must be ${hours[0]} to ${hours[1]} hours, or ${days[0]} to ${days[1]} days, got ${amount === undefined ? show(value) : count(amount, unit)}`,
        amount === undefined
          ? undefined
          : amount < min
            ? `use ${count(min, unit)} or more`
            : `use ${unit === 'hours' && amount % 24 === 0 && amount / 24 <= days[1] ? dayCount(amount / 24) : `${count(max, unit)} or less`}`,
      ),
    ];
  const given = unit === 'days' ? amount : amount / 24;
  if (recommendedDays === undefined || given >= recommendedDays) return [];
  return [
    {
      id: 'Backup-ControlFrequency',
      severity: 'warning',
      property,
      message: `\`${property}\` should be ${dayCount(recommendedDays)} or more, as AWS recommends, got ${count(amount, unit)}: it shows resources as non-compliant between two copies`,
      fix: `use ${dayCount(recommendedDays)}, or how often copies are made`,
    },
  ];
}

function listProblems({ item, words, max }: ListParameter, value: unknown, property: string): Problem[] {
  const items = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(',').map((part) => part.trim())
      : [value];
  const problems: Problem[] = items
    .filter((each) => isKnown(each) && !(typeof each === 'string' && item.test(each)))
    .map((each) => problem(property, `\`${property}\` must be ${words}, got ${show(each)}`));
  if (items.length === 0)
    problems.push(problem(property, `\`${property}\` must be ${words}, got none`, 'leave it out'));
  if (max !== undefined && items.length > max)
    problems.push(problem(property, `\`${property}\` can be at most ${max}, got ${items.length}`));
  const twice = items.find((each, i) => isKnown(each) && items.indexOf(each) !== i);
  if (twice !== undefined)
    problems.push(problem(property, `\`${property}\` must not have an item twice, got ${show(twice)} twice`));
  return problems;
}

/** Only the control of Vault Lock has both. */
function orderProblems(
  { minRetentionDays, maxRetentionDays }: Readonly<Record<string, unknown>>,
  words: ControlWords,
): Problem[] {
  const [min, max] = [amountOf(minRetentionDays), amountOf(maxRetentionDays)];
  if (min === undefined || max === undefined || min <= max) return [];
  const [minWord, maxWord] = [words.parameter('minRetentionDays'), words.parameter('maxRetentionDays')];
  return [
    problem(
      maxWord,
      `\`${maxWord}\` must not be shorter than \`${minWord}\` (${dayCount(min)}), got ${dayCount(max)}`,
      `use ${dayCount(min)} or more`,
    ),
  ];
}

function count(amount: number, unit: unknown): string {
  return unit === 'days' ? dayCount(amount) : `${amount} hour${amount === 1 ? '' : 's'}`;
}

/** The whole number that a parameter holds, as a number or in text. */
function amountOf(value: unknown): number | undefined {
  if (!isKnown(value)) return undefined;
  const amount = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof amount === 'number' && Number.isSafeInteger(amount) ? amount : undefined;
}

function problem(property: string, message: string, fix?: string): Problem {
  return { id: 'Backup-ControlParameter', severity: 'error', property, message, fix };
}
