import { dayCount, isKnown, show } from '../core/amounts';
import type { Problem, Sentence } from '../core/problem';
import { problem } from '../core/problem';
import {
  type AgeParameter,
  CONTROL_FACTS,
  type ControlParameter,
  type ListParameter,
  type NumberParameter,
} from './control-facts';

const MAX_NAME = 256;

/**
 * The law for the name of a control. An unknown name is a warning, because AWS adds controls.
 *
 * Source: CloudFormation schema of `AWS::Backup::Framework`, 2026-09.
 */
export function controlNameProblems(name: unknown, property = 'name'): Problem[] {
  if (!isKnown(name)) return [];
  if (typeof name !== 'string' || name.length < 1 || name.length > MAX_NAME)
    return [
      problem({
        id: 'Backup-ControlName',
        property,
        message: (label) =>
          `${label(property)} must be the name of a control, 1 to ${MAX_NAME} characters, got ${typeof name === 'string' && name !== '' ? `${name.length} characters` : show(name)}`,
        fix: 'for example, use `BACKUP_RECOVERY_POINT_ENCRYPTED`',
      }),
    ];
  if (Object.hasOwn(CONTROL_FACTS, name)) return [];
  const near = Object.keys(CONTROL_FACTS).find((known) => plain(known) === plain(name));
  return [
    problem({
      id: 'Backup-UnknownControl',
      property,
      message: (label) =>
        `${label(property)} is ${show(name)}, which is not one of the ${Object.keys(CONTROL_FACTS).length} known controls`,
      fix: near ? `use \`${near}\`` : 'acknowledge this warning if AWS supports it',
    }),
  ];
}

/** Removes the most frequent mistake: not all names begin with `BACKUP_`. */
function plain(name: string): string {
  return name.toUpperCase().replace(/^BACKUP_/, '');
}

/**
 * The law for the parameters of a control: their names, units and ranges.
 *
 * @param parameters strings, as AWS expects them; lists also as arrays
 */
export function controlParameterProblems(
  name: unknown,
  parameters: Readonly<Record<string, unknown>>,
): Problem[] {
  if (typeof name !== 'string' || !isKnown(name) || !Object.hasOwn(CONTROL_FACTS, name)) return [];
  const laws = CONTROL_FACTS[name].parameters;
  const problems: Problem[] = [];
  const units = Object.values(laws).flatMap((law) => (law.kind === 'age' ? [law.unitParameter] : []));
  for (const parameter of Object.keys(parameters)) {
    if (Object.hasOwn(laws, parameter) || units.includes(parameter)) continue;
    problems.push(unknownParameterProblem(name, parameter, Object.keys(laws)));
  }
  for (const [parameter, law] of Object.entries(laws))
    problems.push(...parameterProblems(parameter, law, parameters));
  return [...problems, ...orderProblems(parameters)];
}

function unknownParameterProblem(name: string, property: string, known: readonly string[]): Problem {
  return problem({
    id: 'Backup-ControlParameterUnknown',
    property,
    message: (label) => `${label(property)} is not a known parameter of \`${name}\``,
    fix:
      known.length > 0 ? `use ${known.map((k) => `\`${k}\``).join(' or ')}` : 'omit it: it has no parameters',
  });
}

function parameterProblems(
  name: string,
  law: ControlParameter,
  parameters: Readonly<Record<string, unknown>>,
): Problem[] {
  const value = parameters[name];
  const property = name;
  if (law.kind === 'age') return ageProblems(law, value, parameters[law.unitParameter], property);
  if (value === undefined)
    return law.kind === 'number' && law.required
      ? [refusal(property, (label) => `${label(property)} must be set, in ${law.unit}`)]
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
    refusal(
      property,
      (label) => `${label(property)} must be ${allowed}, got ${show(value)}`,
      amount === undefined ? undefined : amount < 1 ? `use 1 or more` : `use ${max} or less`,
    ),
  ];
}

function ageProblems(
  { hours, days, unitParameter, recommendedDays }: AgeParameter,
  value: unknown,
  unit: unknown,
  property: string,
): Problem[] {
  if (value === undefined && unit === undefined) return [];
  if (value === undefined || unit === undefined)
    return [
      refusal(
        unit === undefined ? unitParameter : property,
        (label) =>
          `${label(property)} and ${label(unitParameter)} must be set together, got only one of them`,
      ),
    ];
  if (isKnown(unit) && unit !== 'hours' && unit !== 'days')
    return [
      refusal(
        unitParameter,
        (label) => `${label(unitParameter)} must be \`hours\` or \`days\`, got ${show(unit)}`,
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
      refusal(
        property,
        (label) =>
          `${label(property)} must be ${hours[0]} to ${hours[1]} hours, or ${days[0]} to ${days[1]} days, got ${amount === undefined ? show(value) : count(amount, unit)}`,
        amount === undefined
          ? undefined
          : amount < min
            ? `use ${count(min, unit)} or more`
            : `use ${unit === 'hours' && amount % 24 === 0 && amount / 24 <= days[1] ? dayCount(amount / 24) : `${count(max, unit)} or less`}`,
      ),
    ];
  const inDays = unit === 'days' ? amount : amount / 24;
  if (recommendedDays === undefined || inDays >= recommendedDays) return [];
  return [
    problem({
      id: 'Backup-ControlFrequency',
      property,
      message: (label) =>
        `${label(property)} should be ${dayCount(recommendedDays)} or more, as AWS recommends, got ${count(amount, unit)}: resources show as non-compliant between two copies`,
      fix: `use ${dayCount(recommendedDays)}, or the interval between copies`,
    }),
  ];
}

function listProblems(
  { item, items: what, max }: ListParameter,
  value: unknown,
  property: string,
): Problem[] {
  const items = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(',').map((part) => part.trim())
      : [value];
  const problems: Problem[] = items
    .filter((each) => isKnown(each) && !(typeof each === 'string' && item.test(each)))
    .map((each) => refusal(property, (label) => `${label(property)} must be ${what}, got ${show(each)}`));
  if (items.length === 0)
    problems.push(refusal(property, (label) => `${label(property)} must be ${what}, got none`, 'omit it'));
  if (max !== undefined && items.length > max)
    problems.push(
      refusal(property, (label) => `${label(property)} can be at most ${max}, got ${items.length}`),
    );
  const twice = items.find((each, i) => isKnown(each) && items.indexOf(each) !== i);
  if (twice !== undefined)
    problems.push(
      refusal(
        property,
        (label) => `${label(property)} must not contain duplicates, got ${show(twice)} twice`,
      ),
    );
  return problems;
}

/** Only the control for Vault Lock has both. */
function orderProblems({ minRetentionDays, maxRetentionDays }: Readonly<Record<string, unknown>>): Problem[] {
  const [min, max] = [amountOf(minRetentionDays), amountOf(maxRetentionDays)];
  if (min === undefined || max === undefined || min <= max) return [];
  return [
    refusal(
      'maxRetentionDays',
      (label) =>
        `${label('maxRetentionDays')} must not be shorter than ${label('minRetentionDays')} (${dayCount(min)}), got ${dayCount(max)}`,
      `use ${dayCount(min)} or more`,
    ),
  ];
}

function count(amount: number, unit: unknown): string {
  return unit === 'days' ? dayCount(amount) : `${amount} hour${amount === 1 ? '' : 's'}`;
}

/** The whole number in a parameter, given as a number or as a string. */
function amountOf(value: unknown): number | undefined {
  if (!isKnown(value)) return undefined;
  const amount = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof amount === 'number' && Number.isSafeInteger(amount) ? amount : undefined;
}

function refusal(property: string, message: Sentence, fix?: string): Problem {
  return problem({ id: 'Backup-ControlParameter', property, message, fix });
}

/** The law for a control that checks for copies in other Regions, of which the Region of the framework isn't one. */
export function ownRegionProblems(
  control: string,
  parameters: Readonly<Record<string, unknown>>,
  region: string | undefined,
  property: string,
): Problem[] {
  const list = parameters.crossRegionList;
  if (region === undefined || !isKnown(region) || typeof list !== 'string' || !isKnown(list)) return [];
  if (!list.split(',').includes(region)) return [];
  return [
    problem({
      id: 'Backup-ControlRegion',
      property,
      message: (label) =>
        `${label(property)} of \`${control}\` should not contain the Region of the framework itself, got ${region}`,
      fix: 'remove it',
    }),
  ];
}
