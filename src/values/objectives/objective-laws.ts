import { isKnown, readDays, readMinutes, show } from '../core/amounts';
import { type Problem, problem, type Sentence } from '../core/problem';
import { unknownPropertyProblemsAt } from '../core/unknown-properties';
import type { FindingId } from '../findings/registry';
import { ResourceType } from '../resource-type/resource-type';
import { standardListProblems } from '../standards/standard-list-laws';
import { BackupLoss } from './backup-loss';
import type { BackupObjective } from './backup-objective';

/** The ids of findings about objectives, which are checked only where there are objectives. */
export const OBJECTIVE_FINDINGS = [
  'Backup-Objective',
  'Backup-ObjectiveUnknown',
  'Backup-ObjectiveUnused',
] as const satisfies readonly FindingId[];

const DEMANDS = ['maxRpo', 'minRetention', 'survives', 'tested', 'maxTestInterval', 'standards'] as const;

/** The law of a list of objectives. */
export function objectivesProblems(objectives: unknown): Problem[] {
  if (objectives === undefined) return [];
  if (!Array.isArray(objectives))
    return [
      wrong('objectives', `must be a list, each element a \`BackupObjective\`, got ${show(objectives)}`),
    ];
  return objectives.flatMap((objective: unknown, index) => {
    const at = `objectives[${index}]`;
    if (typeof objective !== 'object' || objective === null || Array.isArray(objective))
      return [wrong(at, `must be a \`BackupObjective\`, got ${show(objective)}`)];
    return objectiveProblems(objective, at);
  });
}

function objectiveProblems(objective: BackupObjective, at: string): Problem[] {
  const {
    name,
    tags,
    resourceTypes,
    stacks,
    maxRpo,
    minRetention,
    survives,
    tested,
    maxTestInterval,
    standards,
  } = objective;
  return [
    ...unknownPropertyProblemsAt(at, objective, 'BackupObjective'),
    ...(DEMANDS.every((demand) => objective[demand] === undefined)
      ? [
          wrong(
            at,
            'must demand something, got none of `maxRpo`, `minRetention`, `survives`, `tested`, `maxTestInterval` and `standards`',
          ),
        ]
      : []),
    ...textProblems(name, `${at}.name`),
    ...tagProblems(tags, `${at}.tags`),
    ...listProblems(stacks, `${at}.stacks`, 'the name of a stack', isText),
    ...listProblems(
      resourceTypes,
      `${at}.resourceTypes`,
      'a `ResourceType`',
      (type) => type instanceof ResourceType,
    ),
    ...listProblems(survives, `${at}.survives`, 'a `BackupLoss`', (loss) =>
      Object.values(BackupLoss).includes(loss as BackupLoss),
    ),
    ...(standards === undefined
      ? []
      : standardListProblems(standards, `${at}.standards`, 'Backup-Objectives')),
    ...durationProblems(maxRpo, `${at}.maxRpo`, readMinutes),
    ...durationProblems(minRetention, `${at}.minRetention`, readDays),
    ...durationProblems(maxTestInterval, `${at}.maxTestInterval`, readMinutes),
    ...(tested === undefined || typeof tested === 'boolean'
      ? []
      : [wrong(`${at}.tested`, `must be true or false, got ${show(tested)}`)]),
  ];
}

function textProblems(value: unknown, at: string): Problem[] {
  return value === undefined || isText(value) ? [] : [wrong(at, `must be a text, got ${show(value)}`)];
}

function tagProblems(tags: unknown, at: string): Problem[] {
  if (tags === undefined) return [];
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags))
    return [wrong(at, `must be an object with tag keys and values, got ${show(tags)}`)];
  return Object.entries(tags).flatMap(([key, value]) =>
    typeof value === 'string' && isKnown(value)
      ? []
      : [wrong(`${at}.${key}`, `must be a text that is known at synthesis, got ${show(value)}`)],
  );
}

function listProblems(value: unknown, at: string, what: string, fits: (item: unknown) => boolean): Problem[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [wrong(at, `must be a list, each element ${what}, got ${show(value)}`)];
  if (value.length === 0) return [wrong(at, 'must not be empty', 'remove it')];
  return value.flatMap((item: unknown, index) =>
    fits(item) ? [] : [wrong(`${at}[${index}]`, `must be ${what}, got ${show(item)}`)],
  );
}

function durationProblems(value: unknown, at: string, read: typeof readMinutes): Problem[] {
  if (value === undefined) return [];
  const { amount, problems } = read(at, value as never);
  if (problems.length > 0) return [...problems];
  return isKnown(amount) && (amount as number) > 0
    ? []
    : [wrong(at, `must be a positive duration that is known at synthesis, got ${show(amount)}`)];
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && isKnown(value);
}

function wrong(property: string, rest: string, fix?: string): Problem {
  const message: Sentence = (label) => `${label(property)} ${rest}`;
  return problem({ id: 'Backup-Objectives', property, message, fix });
}
