import { isKnown, show, wholeNumberProblems } from '../core/amounts';
import { itemProblems } from '../core/list-checks';
import type { Problem } from '../core/problem';
import { RESTORE_TESTING_QUOTAS } from './restore-testing-quotas';

/** What CloudFormation has of a restore testing plan; what is left out takes AWS's default. */
export interface RestoreTestingPlanValues {
  readonly startWindowHours?: unknown;
  readonly selectionWindowDays?: unknown;
  readonly algorithm: unknown;
  readonly recoveryPointTypes: readonly unknown[];
  readonly includeVaults: readonly unknown[];
  readonly excludeVaults: readonly unknown[];
}

/** How the caller names the properties: a prop of ours, or the path in a template. */
export interface RestoreTestingPlanWords {
  readonly startWindow: string;
  readonly window: string;
  readonly algorithm: string;
  readonly types: string;
  readonly vaults: string;
  readonly excludeVaults: string;
}

export const RESTORE_TESTING_WORDS: RestoreTestingPlanWords = {
  startWindow: 'startWindow',
  window: 'window',
  algorithm: 'algorithm',
  types: 'types',
  vaults: 'vaults',
  excludeVaults: 'excludeVaults',
};

/** What AWS Backup takes where a plan says nothing. */
export const DEFAULT_START_WINDOW_HOURS = 24;
/** What AWS Backup takes where a plan says nothing. */
export const DEFAULT_SELECTION_WINDOW_DAYS = 30;

const ALGORITHMS = ['LATEST_WITHIN_WINDOW', 'RANDOM_WITHIN_WINDOW'];
const RECOVERY_POINT_TYPES = ['SNAPSHOT', 'CONTINUOUS'];

/**
 * The law of a restore testing plan.
 *
 * Sources: AWS's texts in CloudFormation deployments of 2026-09-24; 1 to 168 hours and 1 to 365 days were accepted at
 * their upper ends.
 */
export function restoreTestingPlanProblems(
  plan: RestoreTestingPlanValues,
  words: RestoreTestingPlanWords = RESTORE_TESTING_WORDS,
): Problem[] {
  const { startWindowHours, selectionWindowDays } = plan;
  return [
    ...startWindowHoursProblems(startWindowHours, words.startWindow),
    ...recoveryPointProblems(plan, words),
    ...(selectionWindowDays === undefined
      ? []
      : wholeNumberProblems('Backup-SelectionWindow', words.window, selectionWindowDays, {
          min: 1,
          max: 365,
          unit: 'days',
        })),
  ];
}

/** The law of the hours in which restores may start: 1 to 168. */
export function startWindowHoursProblems(hours: unknown, property = 'startWindow'): Problem[] {
  if (hours === undefined) return [];
  return wholeNumberProblems('Backup-StartWindowHours', property, hours, { min: 1, max: 168, unit: 'hours' });
}

function recoveryPointProblems(plan: RestoreTestingPlanValues, words: RestoreTestingPlanWords): Problem[] {
  const { algorithm, recoveryPointTypes, includeVaults, excludeVaults } = plan;
  const problems: Problem[] = [];
  if (isKnown(algorithm) && !ALGORITHMS.includes(algorithm as string))
    problems.push(
      problem(
        'Backup-RestoreTestingAlgorithm',
        words.algorithm,
        `must be ${ALGORITHMS.map((each) => `\`${each}\``).join(' or ')}, got ${show(algorithm)}`,
      ),
    );
  problems.push(
    ...itemProblems(
      'Backup-RecoveryPointTypes',
      words.types,
      recoveryPointTypes,
      '`SNAPSHOT` or `CONTINUOUS`',
      (type) => RECOVERY_POINT_TYPES.includes(type),
    ),
  );
  if (recoveryPointTypes.length === 0)
    problems.push(
      problem(
        'Backup-RecoveryPointTypes',
        words.types,
        'must have `SNAPSHOT`, `CONTINUOUS` or both, got none',
        'leave it out for both',
      ),
    );
  if (includeVaults.length === 0)
    problems.push(
      problem(
        'Backup-IncludeVaults',
        words.vaults,
        'must have at least one vault, got none',
        'name vaults, or `*` for every vault',
      ),
    );
  return [...problems, ...selectorProblems(includeVaults, excludeVaults, words)];
}

function selectorProblems(
  included: readonly unknown[],
  excluded: readonly unknown[],
  words: RestoreTestingPlanWords,
): Problem[] {
  const id = 'Backup-VaultSelector';
  const allowed = 'ARNs of vaults such as `arn:aws:backup:*:*:backup-vault:gold-*`';
  const problems = [
    ...itemProblems(id, words.vaults, included, `${allowed}, or \`*\` alone`, isSelector),
    ...itemProblems(id, words.excludeVaults, excluded, allowed, (arn) => arn !== '*' && isSelector(arn)),
  ];
  if (included.includes('*') && included.length > 1)
    problems.push(
      problem(id, words.vaults, `has \`*\`, every vault, and others beside it`, 'use one or the other'),
    );
  const { max } = RESTORE_TESTING_QUOTAS.vaultSelectorsPerPlan;
  for (const [property, selectors] of [
    [words.vaults, included],
    [words.excludeVaults, excluded],
  ] as const)
    if (selectors.length > max)
      problems.push(
        problem(id, property, `can be at most ${max}, got ${selectors.length}`, 'use ARNs with a wildcard'),
      );
  // whether the quota counts both lists together isn't said
  const sum = included.length + excluded.length;
  if (sum > max && included.length <= max && excluded.length <= max)
    problems.push({
      ...problem(
        id,
        words.excludeVaults,
        `should be at most ${max} together with \`${words.vaults}\`, got ${sum}`,
        'use ARNs with a wildcard',
      ),
      severity: 'warning',
    });
  return problems;
}

function isSelector(arn: string): boolean {
  return (
    arn === '*' ||
    /^arn:(aws(-[a-z]+)*|\*):backup:([a-z0-9-]+|\*):(\d{12}|\*):backup-vault:[a-zA-Z0-9\-_*]{1,50}$/.test(arn)
  );
}

function problem(id: string, property: string, what: string, fix?: string): Problem {
  return { id, severity: 'error', property, message: `\`${property}\` ${what}`, fix };
}
