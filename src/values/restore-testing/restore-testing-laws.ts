import { isKnown, show, wholeNumberProblems } from '../core/amounts';
import { itemProblems } from '../core/list-checks';
import type { Problem, Sentence } from '../core/problem';
import { problem } from '../core/problem';
import type { FindingId } from '../findings/registry';
import { RESTORE_TESTING_QUOTAS } from './restore-testing-quotas';

/** A restore testing plan in CloudFormation; AWS's defaults apply to what is not set. */
export interface RestoreTestingPlanValues {
  readonly startWindowHours?: unknown;
  readonly selectionWindowDays?: unknown;
  readonly algorithm: unknown;
  readonly recoveryPointTypes: readonly unknown[];
  readonly includeVaults: readonly unknown[];
  readonly excludeVaults: readonly unknown[];
}

/** AWS Backup's default. */
export const DEFAULT_SELECTION_WINDOW_DAYS = 30;

const ALGORITHMS = ['LATEST_WITHIN_WINDOW', 'RANDOM_WITHIN_WINDOW'];
const RECOVERY_POINT_TYPES = ['SNAPSHOT', 'CONTINUOUS'];

/**
 * The law for a restore testing plan.
 *
 * Source: CloudFormation deployments of 2026-09-24, which accepted the upper ends of 1 to 168 hours and 1 to 365 days.
 */
export function restoreTestingPlanProblems(plan: RestoreTestingPlanValues): Problem[] {
  const { startWindowHours, selectionWindowDays } = plan;
  return [
    ...startWindowHoursProblems(startWindowHours, 'startWindow'),
    ...recoveryPointProblems(plan),
    ...(selectionWindowDays === undefined
      ? []
      : wholeNumberProblems('Backup-SelectionWindow', 'window', selectionWindowDays, {
          min: 1,
          max: 365,
          unit: 'days',
        })),
  ];
}

/** The law for the start window of restores: 1 to 168 hours. */
export function startWindowHoursProblems(hours: unknown, property = 'startWindow'): Problem[] {
  if (hours === undefined) return [];
  return wholeNumberProblems('Backup-StartWindowHours', property, hours, { min: 1, max: 168, unit: 'hours' });
}

function recoveryPointProblems(plan: RestoreTestingPlanValues): Problem[] {
  const { algorithm, recoveryPointTypes, includeVaults, excludeVaults } = plan;
  const problems: Problem[] = [];
  if (isKnown(algorithm) && !ALGORITHMS.includes(algorithm as string))
    problems.push(
      refusal(
        'Backup-RestoreTestingAlgorithm',
        'algorithm',
        `must be ${ALGORITHMS.map((each) => `\`${each}\``).join(' or ')}, got ${show(algorithm)}`,
      ),
    );
  problems.push(
    ...itemProblems(
      'Backup-RecoveryPointTypes',
      'types',
      recoveryPointTypes,
      '`SNAPSHOT` or `CONTINUOUS`',
      (type) => RECOVERY_POINT_TYPES.includes(type),
    ),
  );
  if (recoveryPointTypes.length === 0)
    problems.push(
      refusal(
        'Backup-RecoveryPointTypes',
        'types',
        'must have `SNAPSHOT`, `CONTINUOUS` or both, got none',
        'omit it for both',
      ),
    );
  if (includeVaults.length === 0)
    problems.push(
      refusal(
        'Backup-IncludeVaults',
        'vaults',
        'must contain at least one vault, got none',
        'name vaults, or `*` for every vault',
      ),
    );
  return [...problems, ...selectorProblems(includeVaults, excludeVaults)];
}

function selectorProblems(included: readonly unknown[], excluded: readonly unknown[]): Problem[] {
  const id = 'Backup-VaultSelector';
  const allowed = 'ARNs of vaults such as `arn:aws:backup:*:*:backup-vault:gold-*`';
  const problems = [
    ...itemProblems(id, 'vaults', included, `${allowed}, or \`*\` alone`, isSelector),
    ...itemProblems(id, 'excludeVaults', excluded, allowed, (arn) => arn !== '*' && isSelector(arn)),
  ];
  if (included.includes('*') && included.length > 1)
    problems.push(
      refusal(id, 'vaults', `has \`*\`, every vault, along with other items`, 'use one or the other'),
    );
  const { max } = RESTORE_TESTING_QUOTAS.vaultSelectorsPerPlan;
  for (const [property, selectors] of [
    ['vaults', included],
    ['excludeVaults', excluded],
  ] as const)
    if (selectors.length > max)
      problems.push(
        refusal(id, property, `can be at most ${max}, got ${selectors.length}`, 'use ARNs with a wildcard'),
      );
  // AWS doesn't document whether the quota counts both lists together
  const sum = included.length + excluded.length;
  if (sum > max && included.length <= max && excluded.length <= max)
    problems.push(
      refusal(
        'Backup-RestoreTestingVaultsTogether',
        'excludeVaults',
        (label) => `should be at most ${max} together with ${label('vaults')}, got ${sum}`,
        'use ARNs with a wildcard',
      ),
    );
  return problems;
}

function isSelector(arn: string): boolean {
  return (
    arn === '*' ||
    /^arn:(aws(-[a-z]+)*|\*):backup:([a-z0-9-]+|\*):(\d{12}|\*):backup-vault:[a-zA-Z0-9\-_*]{1,50}$/.test(arn)
  );
}

function refusal(id: FindingId, property: string, what: Sentence, fix?: string): Problem {
  return problem({
    id,
    property,
    message: (label) => `${label(property)} ${typeof what === 'string' ? what : what(label)}`,
    fix,
  });
}
