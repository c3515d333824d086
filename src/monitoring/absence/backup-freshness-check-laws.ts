import type { Duration } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { flagProblems, kindProblems, listProblems, textProblems } from '../../resources/core/argument-checks';
import { BackupPlan } from '../../resources/plan/backup-plan';
import { differentEnvironment } from '../../resources/vault/vault-facts';
import { isVault } from '../../resources/vault/vault-reference';
import { readDays, readHours, readMinutes, wholeNumberProblems } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { topicProblems } from '../core/topic-permission';
import type {
  BackupFreshnessCheckProps,
  FreshnessRestoreTestOptions,
  FreshnessVaultOptions,
} from './backup-freshness-check-props';

/** AWS Backup keeps the records of copy jobs for 30 days, and a job must be listed when it is judged. */
const LONGEST_TARGET = 21 * 1_440;

/** Checks the properties of a freshness check. */
export function freshnessCheckProblems(scope: IConstruct, props: BackupFreshnessCheckProps): Problem[] {
  const { plans, vaults, longestBackup, interval, forgetAfter, topic, runbook, logKey, lockNotice } =
    props ?? {};
  const { restoreTests, copyTarget, copySources } = props ?? {};
  const unknown = [
    ...unknownPropertyProblems(props, 'BackupFreshnessCheckProps'),
    ...[vaults ?? []].flat().flatMap((vault) => unknownPropertyProblems(vault, 'FreshnessVaultOptions')),
    ...[restoreTests ?? []]
      .flat()
      .flatMap((test) => unknownPropertyProblems(test, 'FreshnessRestoreTestOptions')),
  ];
  const kinds = [
    ...listProblems(plans, (plan: unknown) => plan instanceof BackupPlan, {
      id: 'Backup-AbsencePlan',
      property: 'plans',
      what: 'a `BackupPlan` of this library',
      fix: 'for other plans, watch their vault by age, with `vaults`',
    }),
    ...listProblems(vaults, (options: FreshnessVaultOptions) => isVault(options.vault) && !!options.maxAge, {
      id: 'Backup-FreshnessVault',
      property: 'vaults',
      what: '`{ vault, maxAge }` with a backup vault',
      fix: 'for example, use `{ vault, maxAge: Duration.hours(26) }`',
    }),
    ...listProblems(copySources, isVault, {
      id: 'Backup-AlertVaults',
      property: 'copySources',
      what: 'a backup vault',
      fix: 'pass a `BackupVault`',
    }),
    ...listProblems(
      restoreTests,
      (test: FreshnessRestoreTestOptions) =>
        typeof test.restoreTestingPlan === 'object' &&
        'restoreTestingPlanRef' in test.restoreTestingPlan &&
        !!test.target,
      {
        id: 'Backup-FreshnessTarget',
        property: 'restoreTests',
        what: '`{ restoreTestingPlan, target }` with a restore testing plan',
        fix: 'for example, use `{ restoreTestingPlan, target: Duration.hours(4) }`',
      },
    ),
    ...kindProblems(logKey, (key) => typeof key === 'object' && 'keyRef' in key, {
      id: 'Backup-ActivityLogKey',
      property: 'logKey',
      what: 'a key',
      fix: 'pass a `kms.Key`',
    }),
    ...topicProblems(scope, topic),
    ...flagProblems('Backup-AlertChat', 'chat', props?.chat),
    ...flagProblems('Backup-FreshnessNeverBackedUp', 'neverBackedUp', props?.neverBackedUp),
    ...textProblems('Backup-AlertRunbook', 'runbook', runbook, 500),
  ];
  if (kinds.length > 0) return [...unknown, ...kinds];
  const hours = interval === undefined ? { amount: 1, problems: [] } : readHours('interval', interval);
  const forget = forgetAfter === undefined ? { problems: [] } : readHours('forgetAfter', forgetAfter);
  return [
    ...unknown,
    ...([plans, vaults, restoreTests, copySources].every((list) => (list ?? []).length === 0)
      ? [nothingProblem()]
      : []),
    ...(copyTarget === undefined ? [] : targetProblems('copyTarget', copyTarget)),
    ...(copySources && copyTarget === undefined ? [copyTargetProblem()] : []),
    ...(restoreTests ?? []).flatMap(({ target }) => targetProblems('target', target)),
    ...(longestBackup === undefined ? [] : readMinutes('longestBackup', longestBackup).problems),
    ...hours.problems,
    ...(hours.amount === undefined
      ? []
      : wholeNumberProblems('Backup-FreshnessInterval', 'interval', hours.amount, {
          min: 1,
          max: 12,
          unit: 'hours',
        })),
    ...forget.problems,
    ...(lockNotice === undefined ? [] : readDays('lockNotice', lockNotice).problems),
    ...[
      ...(plans ?? []),
      ...(vaults ?? []).map(({ vault }) => vault),
      ...(copySources ?? []),
      ...(restoreTests ?? []).map(({ restoreTestingPlan }) => restoreTestingPlan),
    ].flatMap((each) => placeProblems(scope, each)),
    ...(vaults ?? []).flatMap(({ maxAge }) => ageProblems(maxAge)),
  ];
}

function ageProblems(maxAge: FreshnessVaultOptions['maxAge']): Problem[] {
  const { amount, problems } = readMinutes('maxAge', maxAge);
  if (amount === undefined) return [...problems];
  return [
    ...problems,
    ...wholeNumberProblems('Backup-FreshnessAge', 'maxAge', amount, {
      min: 60,
      max: 36_500 * 1_440,
      unit: 'minutes',
    }),
  ];
}

function targetProblems(property: 'copyTarget' | 'target', target: Duration): Problem[] {
  const { amount, problems } = readMinutes(property, target);
  if (amount === undefined) return [...problems];
  return [
    ...problems,
    ...wholeNumberProblems('Backup-FreshnessTarget', property, amount, {
      min: 1,
      max: LONGEST_TARGET,
      unit: 'minutes',
    }),
  ];
}

function copyTargetProblem(): Problem {
  return problem({
    id: 'Backup-FreshnessTarget',
    property: 'copyTarget',
    message: (label) => `${label('copyTarget')} must be set for \`copySources\`, got none`,
    fix: 'for example, use `Duration.hours(12)`',
  });
}

function nothingProblem(): Problem {
  return problem({
    id: 'Backup-FreshnessNothing',
    property: 'plans',
    message: (label) =>
      `${label('plans')}, \`vaults\` or \`restoreTests\` must have at least one element, got none`,
    fix: 'name the plans whose rules to check',
  });
}

/** The function reads the account and Region that it is in. */
function placeProblems(scope: IConstruct, each: IConstruct & { env: BackupPlan['env'] }): Problem[] {
  const elsewhere = differentEnvironment(scope, each);
  if (!elsewhere) return [];
  const { what, here, there } = elsewhere;
  return [
    problem({
      id: 'Backup-FreshnessPlace',
      property: 'plans',
      message: (label) =>
        `${label('plans')}, \`vaults\` and \`restoreTests\` must be in the ${what} of the stack, ${here}, got \`${each.node.path}\` in ${there}`,
      fix: 'create a check there',
    }),
  ];
}
