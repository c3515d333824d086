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
  /** Undefined if recovery points stay in warm storage. */
  readonly coldStorageAfterDays?: number;
  readonly archive: boolean;
}

/** The lifecycle options of rules and copies. */
interface LifecycleOptions {
  readonly retention: Retention;
  readonly coldStorageAfter?: Duration;
  readonly archive?: boolean;
}

/** What the limits of the lifecycle depend on. */
interface LifecycleContext {
  readonly continuous?: boolean;
  readonly monthlyOrRarer?: boolean;
}

/** Reads the lifecycle from options; if there are errors among the problems, don't use the lifecycle. */
export function readLifecycle(
  options: LifecycleOptions,
  context: LifecycleContext = {},
): { lifecycle: Lifecycle; problems: Problem[] } {
  const { retention, coldStorageAfter, archive = false } = options;
  const problems = [...retentionProblems(retention), ...flagProblems('Backup-Archive', 'archive', archive)];
  const coldStorageAfterDays =
    coldStorageAfter === undefined
      ? undefined
      : tryRead(problems, () => toDays('coldStorageAfter', coldStorageAfter));
  if (problems.length === 0)
    problems.push(
      ...lifecycleProblems({
        deleteAfterDays: retention.inDays,
        moveToColdStorageAfterDays: coldStorageAfterDays,
        archive,
        ...context,
      }),
    );
  return { lifecycle: { retention, coldStorageAfterDays, archive }, problems };
}

/** Renders a lifecycle for CloudFormation; undefined if recovery points stay in warm storage forever. */
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
 * Renders the lifecycle of a rule for CloudFormation. If recovery points stay in warm storage forever, it contains the -1
 * that AWS documents, to show that this is intentional.
 *
 * Sources: Developer Guide "Backup plan options and configuration", 2026-09; API reference of `Lifecycle`, 2026-08,
 * where -1 keeps recovery points indefinitely. With a transition to cold storage, CDK's own validation (E3504)
 * interprets it as a number of days, so it is omitted there.
 */
export function renderRuleLifecycle(lifecycle: Lifecycle): CfnBackupPlan.LifecycleResourceTypeProperty {
  return renderLifecycle(lifecycle) ?? { deleteAfterDays: -1 };
}

/** The result of `read`; if it throws a `BackupError`, undefined, and its problems are added to the others. */
export function tryRead<T>(problems: Problem[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function retentionProblems(retention: unknown): Problem[] {
  return requiredKindProblems(retention, (value) => (value as unknown) instanceof Retention, {
    id: 'Backup-RetentionType',
    property: 'retention',
    what: 'a `Retention`, since there is no default',
    fix: retentionFix(retention),
  });
}

function retentionFix(value: unknown): string {
  if (typeof (value as Duration | undefined)?.toDays === 'function') return 'wrap it in `Retention.of(…)`';
  const days = Number.isInteger(value) && (value as number) > 0 ? value : '…';
  return `use \`Retention.days(${days})\`, or \`Retention.forever()\` to keep recovery points forever`;
}
