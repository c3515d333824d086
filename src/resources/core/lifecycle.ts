import type { Duration } from 'aws-cdk-lib';
import type { CfnBackupPlan } from 'aws-cdk-lib/aws-backup';
import { toDays } from '../../values/core/amounts';
import { BackupError, type Problem } from '../../values/core/problem';
import { lifecycleProblems } from '../../values/plan/lifecycle';
import { Retention } from '../../values/plan/retention';
import { flagProblems, requiredKindProblems } from './argument-checks';

/** The lifecycle of a rule or a copy. */
export interface Lifecycle {
  readonly retention: Retention;
  /** Undefined where recovery points stay warm. */
  readonly coldStorageAfterDays?: number;
  readonly archive: boolean;
}

/** The options of rules and copies that make the lifecycle. */
interface LifecycleOptions {
  readonly retention: Retention;
  readonly coldStorageAfter?: Duration;
  readonly archive?: boolean;
}

/** What the law of the lifecycle depends on besides. */
interface Circumstances {
  readonly continuous?: boolean;
  readonly monthlyOrRarer?: boolean;
}

/** Reads the lifecycle from options; where there are errors among the problems, it must not be used. */
export function readLifecycle(
  options: LifecycleOptions,
  circumstances: Circumstances = {},
): { lifecycle: Lifecycle; problems: Problem[] } {
  const { retention, coldStorageAfter, archive = false } = options;
  const problems = [...retentionProblems(retention), ...flagProblems('Backup-Archive', 'archive', archive)];
  const coldStorageAfterDays =
    coldStorageAfter === undefined
      ? undefined
      : attempt(problems, () => toDays('coldStorageAfter', coldStorageAfter));
  if (problems.length === 0)
    problems.push(
      ...lifecycleProblems({
        deleteAfterDays: retention.inDays,
        moveToColdStorageAfterDays: coldStorageAfterDays,
        archive,
        ...circumstances,
      }),
    );
  return { lifecycle: { retention, coldStorageAfterDays, archive }, problems };
}

/** The lifecycle as CloudFormation has it; undefined where everything is kept warm, for ever. */
export function renderLifecycle(
  lifecycle: Lifecycle,
): CfnBackupPlan.LifecycleResourceTypeProperty | undefined {
  const deleteAfterDays = lifecycle.retention.inDays;
  const moveToColdStorageAfterDays = lifecycle.coldStorageAfterDays;
  if (deleteAfterDays === undefined && moveToColdStorageAfterDays === undefined) return undefined;
  return {
    deleteAfterDays,
    moveToColdStorageAfterDays,
    optInToArchiveForSupportedResources: lifecycle.archive || undefined,
  };
}

/**
 * The lifecycle of a rule as CloudFormation has it: where everything is kept warm, for ever, that is said with the -1
 * that AWS documents, so that nobody takes it for an oversight.
 *
 * Sources: Developer Guide "Backup plan options and configuration", 2026-09; API reference of `Lifecycle`, 2026-08,
 * where -1 keeps recovery points indefinitely. Beside a move to cold storage CDK's own validation (E3504) takes it for
 * a number of days, so that it is left out there.
 */
export function renderRuleLifecycle(lifecycle: Lifecycle): CfnBackupPlan.LifecycleResourceTypeProperty {
  return renderLifecycle(lifecycle) ?? { deleteAfterDays: -1 };
}

/** What `read` gives; where it throws one of our errors, its problems are added to the others. */
export function attempt<T>(problems: Problem[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function retentionProblems(retention: unknown): Problem[] {
  return requiredKindProblems(retention, (given) => (given as unknown) instanceof Retention, {
    id: 'Backup-RetentionMissing',
    property: 'retention',
    what: 'a `Retention`, since there is no default',
    fix: retentionFix(retention),
  });
}

function retentionFix(given: unknown): string {
  if (typeof (given as Duration | undefined)?.toDays === 'function')
    return 'write `Retention.of(…)` around it';
  const days = Number.isInteger(given) && (given as number) > 0 ? given : '…';
  return `use \`Retention.days(${days})\`, or \`Retention.forever()\` where for ever is meant`;
}
