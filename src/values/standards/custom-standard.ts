import { show } from '../core/amounts';
import { enumerateNames } from '../core/enumeration';
import { type Problem, problem } from '../core/problem';
import { unknownPropertyProblems, unknownPropertyProblemsAt } from '../core/unknown-properties';
import { RequirementKey } from './requirement-key';
import { ClauseConfidence, DataClass, type StandardRequirement } from './standard-requirement';
import { thresholdProblems } from './threshold-laws';

/** Options of `ComplianceStandard.custom()`. */
export interface CustomStandardOptions {
  /** The name in the command line: 1 to 64 lowercase letters, digits, `-` and `.`. */
  readonly id: string;

  /** The name that people use. */
  readonly title: string;

  /** The version. */
  readonly version: string;

  /** The clauses, at least one. */
  readonly requirements: StandardRequirement[];

  /**
   * What it is.
   *
   * @default 'A standard of your own.'
   */
  readonly about?: string;
}

const ID = 'Backup-CustomStandard';
const KEYS: readonly unknown[] = Object.values(RequirementKey);

/** The law for a standard of your own. */
export function customStandardProblems(options: unknown): Problem[] {
  if (typeof options !== 'object' || options === null) return [refusal('options', 'an object', options)];
  const { id, title, version, requirements } = options as Partial<CustomStandardOptions>;
  const problems: Problem[] = unknownPropertyProblems(options, 'CustomStandardOptions');
  if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9.-]{0,63}$/.test(id))
    problems.push(refusal('id', '1 to 64 lowercase letters, digits, `-` and `.`', id));
  for (const [property, value] of Object.entries({ title, version }))
    if (!isText(value)) problems.push(refusal(property, 'a text', value));
  if (!Array.isArray(requirements) || requirements.length === 0)
    return [...problems, refusal('requirements', 'a list with at least one clause', requirements)];
  problems.push(...requirements.flatMap((one, index) => requirementProblems(one, `requirements[${index}]`)));
  const clauses = requirements.map((one) => one?.clause);
  const twice = clauses.find((clause, index) => clauses.indexOf(clause) < index);
  if (twice !== undefined)
    problems.push(refusal('requirements', 'clauses with different numbers', twice, `${show(twice)} twice`));
  return problems;
}

function requirementProblems(requirement: unknown, where: string): Problem[] {
  if (typeof requirement !== 'object' || requirement === null)
    return [refusal(where, 'a clause', requirement)];
  const given = requirement as Partial<StandardRequirement>;
  const problems = unknownPropertyProblemsAt(where, requirement, 'StandardRequirement');
  for (const property of ['clause', 'requirement', 'source', 'asOf'] as const)
    if (!isText(given[property])) problems.push(refusal(`${where}.${property}`, 'a text', given[property]));
  if (!Array.isArray(given.keys) || given.keys.length === 0 || !given.keys.every((key) => KEYS.includes(key)))
    problems.push(refusal(`${where}.keys`, `a list of \`RequirementKey\`, at least one`, given.keys));
  for (const [property, allowed, value] of [
    ['confidence', Object.values(ClauseConfidence), given.confidence],
    ['data', Object.values(DataClass), given.data ?? DataClass.EVERYTHING],
  ] as const)
    if (!(allowed as readonly unknown[]).includes(value))
      problems.push(refusal(`${where}.${property}`, `one of ${enumerateNames(allowed)}`, value));
  if (problems.length > 0 || given.thresholds === undefined) return problems;
  // the numbers of a clause have the ranges of those that a user chooses
  const whole = requirement as StandardRequirement;
  return thresholdProblems(
    { id: whole.clause, requirements: [{ ...whole, thresholds: undefined }] },
    whole.thresholds,
  ).map((each) => each.as({ names: (name) => `${where}.thresholds.${name}` }));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function refusal(
  property: string,
  allowed: string,
  value: unknown,
  got = Array.isArray(value) && value.length === 0 ? 'none' : show(value),
): Problem {
  return problem({
    id: ID,
    property,
    message: (label) => `${label(property)} must be ${allowed}, got ${got}`,
  });
}
