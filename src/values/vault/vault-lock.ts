import type { Duration } from 'aws-cdk-lib';
import { dayCount, isKnown, readDays, show, wholeNumberProblems } from '../core/amounts';
import { type Problem, problem, refuse, throwErrors } from '../core/problem';
import { unknownPropertyProblems } from '../core/unknown-properties';
import { MAX_RETENTION_DAYS, Retention } from '../plan/retention';

/** The shortest cooling-off period of a compliance lock: 72 hours. */
export const MIN_COOLING_OFF_DAYS = 3;

/** The range of retention that a governance lock allows. */
export interface GovernanceLockOptions {
  /**
   * The shortest retention that the vault accepts. Jobs with a shorter one fail. Whole days, 1 to 36500.
   */
  readonly minRetention: Duration;

  /**
   * The longest retention that the vault accepts. Jobs with a longer one, or without one, fail. Whole days, from
   * `minRetention` to 36500.
   *
   * @default - no upper bound
   */
  readonly maxRetention?: Duration;
}

/** The range of retention that a compliance lock allows, and what makes it irrevocable. */
export interface ComplianceLockOptions extends GovernanceLockOptions {
  /**
   * How long after the deployment the lock can still be changed or removed. After that nobody can change or remove it,
   * not even the root user or AWS. Whole days, 3 to 36500.
   */
  readonly coolingOff: Duration;

  /**
   * Must be `true` to acknowledge that after the cooling-off period nobody can remove the lock, or delete a recovery
   * point before its retention ends, whatever that costs you.
   */
  readonly acknowledgeIrreversible: boolean;
}

/**
 * Vault Lock: write once, read many (WORM) for a backup vault.
 *
 * Recovery points in a locked vault can't be deleted, and jobs whose retention is outside the range of the lock fail.
 * Recovery points created before the lock are not affected.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
export class VaultLock {
  /** A lock that anyone with the required IAM permissions can change or remove. */
  public static governance(options: GovernanceLockOptions): VaultLock {
    return new VaultLock('VaultLock.governance', options, false);
  }

  /**
   * A lock that nobody can change or remove after its cooling-off period. From then on, nobody can delete recovery
   * points before they expire, or the vault while it holds any.
   */
  public static compliance(options: ComplianceLockOptions): VaultLock {
    return new VaultLock('VaultLock.compliance', options, true);
  }

  /** The shortest retention that the vault accepts, in days. */
  public readonly minRetentionDays: number;

  /** The longest retention that the vault accepts, in days; undefined if there is no upper bound. */
  public readonly maxRetentionDays?: number;

  /** The cooling-off period in days; set only for a compliance lock. */
  public readonly coolingOffDays?: number;

  private constructor(factory: string, options: Partial<ComplianceLockOptions>, isCompliance: boolean) {
    const struct = isCompliance ? 'ComplianceLockOptions' : 'GovernanceLockOptions';
    const { minRetention, maxRetention, coolingOff, acknowledgeIrreversible } = options ?? {};
    const min = readDays('minRetention', minRetention);
    const max = maxRetention === undefined ? undefined : readDays('maxRetention', maxRetention);
    const wait = isCompliance ? readDays('coolingOff', coolingOff) : undefined;
    this.minRetentionDays = min.amount as number; // undefined only if the constructor throws
    this.maxRetentionDays = max?.amount;
    this.coolingOffDays = wait?.amount;

    const unreadable = [min, max, wait].flatMap((reading) => reading?.problems ?? []);
    const properties = unreadable.map((problem) => problem.property);
    const problems = lockProblems(this).filter((problem) => !properties.includes(problem.property));
    problems.unshift(...unknownPropertyProblems(options, struct), ...unreadable);
    if (isCompliance && acknowledgeIrreversible !== true)
      problems.push(acknowledgementProblem(acknowledgeIrreversible));
    throwErrors(problems, factory);
  }

  /** Whether nobody can change or remove the lock after its cooling-off period. */
  public get isCompliance(): boolean {
    return this.coolingOffDays !== undefined;
  }

  /**
   * Whether the locked vault accepts a backup or copy with this retention. A retention that is known only at deployment
   * counts as accepted.
   */
  public admits(retention: Retention): boolean {
    if (!(retention instanceof Retention))
      throw refuse(
        'Backup-LockRange',
        'retention',
        (label) => `${label('retention')} must be a \`Retention\`, got ${show(retention)}`,
        'for example, write `Retention.days(35)`',
      );
    return lockRangeProblems(retention.inDays, this, 'retention').length === 0;
  }

  /** For example `governance, 7 to 3650 days`. */
  public toString(): string {
    const mode = this.isCompliance ? 'compliance' : 'governance';
    return `${mode}, ${lockRange(this)}`;
  }
}

/** A lock in CloudFormation, in days. */
export interface LockValues {
  readonly minRetentionDays?: number;
  readonly maxRetentionDays?: number;
  readonly coolingOffDays?: number;
}

/**
 * The law for the range and the cooling-off period of a lock; minimum and maximum may be equal. Source: AWS's errors in
 * CloudFormation deployments of 2026-09-24.
 */
export function lockProblems(lock: LockValues): Problem[] {
  const id = 'Backup-LockConfiguration';
  const bounds = { min: 1, max: MAX_RETENTION_DAYS, unit: 'days' };
  const problems = wholeNumberProblems(id, 'minRetention', lock.minRetentionDays, bounds);
  if (lock.maxRetentionDays !== undefined)
    problems.push(...wholeNumberProblems(id, 'maxRetention', lock.maxRetentionDays, bounds));
  const { minRetentionDays: min, maxRetentionDays: max } = lock;
  if (problems.length === 0 && max !== undefined && isKnown(min) && isKnown(max) && max < (min as number))
    problems.push(
      problem({
        id,
        property: 'maxRetention',
        message: (label) =>
          `${label('maxRetention')} must not be shorter than ${label('minRetention')} (${dayCount(min as number)}), got ${dayCount(max)}`,
        fix: `use ${dayCount(min as number)} or more`,
      }),
    );
  if (lock.coolingOffDays !== undefined)
    problems.push(
      ...wholeNumberProblems(id, 'coolingOff', lock.coolingOffDays, {
        ...bounds,
        min: MIN_COOLING_OFF_DAYS,
      }),
    );
  return problems;
}

/**
 * The law for the retention in a locked vault: backup and copy jobs outside the range fail.
 *
 * @param retentionDays undefined or -1: kept forever, which exceeds every maximum
 * @param property the caller's name of the retention
 * @param vault the name of the vault in the message
 */
export function lockRangeProblems(
  retentionDays: number | undefined,
  lock: LockValues,
  property: string,
  vault = 'the vault',
): Problem[] {
  const { minRetentionDays: min, maxRetentionDays: max } = lock;
  if (!isKnown(retentionDays)) return [];
  const forever = retentionDays === undefined || retentionDays === -1;
  const got = forever ? 'forever' : dayCount(retentionDays);
  const tooShort = !forever && min !== undefined && isKnown(min) && retentionDays < min;
  const tooLong = max !== undefined && isKnown(max) && (forever || retentionDays > max);
  if (!tooShort && !tooLong) return [];
  return [
    problem({
      // no source says what a maximum does to recovery points that are kept forever
      id: forever ? 'Backup-LockRangeForever' : 'Backup-LockRange',
      property,
      message: (label) =>
        forever
          ? `${label(property)} should lie within the lock of ${vault} (${lockRange(lock)}), got ${got}: such jobs may fail`
          : `${label(property)} must lie within the lock of ${vault} (${lockRange(lock)}), got ${got}: every such job would fail`,
      fix: rangeFix(lock, tooShort),
    }),
  ];
}

function rangeFix({ minRetentionDays: min, maxRetentionDays: max }: LockValues, tooShort: boolean): string {
  if (min === max) return `use ${dayCount(min as number)}`;
  return tooShort ? `use ${dayCount(min as number)} or more` : `use ${dayCount(max as number)} or less`;
}

/** Formats the range of a lock, as far as it is known at synthesis: `7 to 90 days`. */
export function lockRange({ minRetentionDays = 1, maxRetentionDays: max }: LockValues): string {
  const least = isKnown(minRetentionDays) ? minRetentionDays : undefined;
  const most = isKnown(max) ? max : undefined;
  if (least !== undefined && most !== undefined)
    return least === most ? `exactly ${dayCount(most)}` : `${least} to ${dayCount(most)}`;
  if (least !== undefined) return `${dayCount(least)} or more`;
  return most === undefined ? 'a range known at deployment' : `${dayCount(most)} or less`;
}

function acknowledgementProblem(got: unknown): Problem {
  return problem({
    id: 'Backup-ComplianceLockAcknowledgement',
    property: 'acknowledgeIrreversible',
    message: (label) =>
      `${label('acknowledgeIrreversible')} must be true for a compliance lock, which nobody can remove after its cooling-off period, got ${show(got)}`,
    fix: 'set it to true, or use `VaultLock.governance`',
  });
}
