import type { Duration } from 'aws-cdk-lib';
import { dayCount, isKnown, toDays, wholeNumberProblems } from '../core/amounts';
import { refuse, throwErrors } from '../core/problem';

/** AWS keeps a recovery point 1 to 36500 days (about 100 years). */
export const MAX_RETENTION_DAYS = 36500;

/**
 * How long a recovery point is kept, counted from its creation; for a copy, from the creation of its source. AWS Backup
 * deletes it within eight hours after that.
 *
 * Retention is always explicit; to keep backups forever, use `Retention.forever()`.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 */
export class Retention {
  /**
   * Keeps recovery points for a number of days.
   *
   * @param days whole days, 1 to 36500
   */
  public static days(days: number): Retention {
    return new Retention(toRetentionDays('Retention.days', 'days', 1, days));
  }

  /**
   * Keeps recovery points for a number of weeks of 7 days.
   *
   * @param weeks whole weeks, 1 to 5214
   */
  public static weeks(weeks: number): Retention {
    return new Retention(toRetentionDays('Retention.weeks', 'weeks', 7, weeks));
  }

  /**
   * Keeps recovery points for a number of months of 30 days, as the AWS console counts them. If a regulation counts
   * calendar months, specify days.
   *
   * @param months whole months, 1 to 1216
   */
  public static months(months: number): Retention {
    return new Retention(toRetentionDays('Retention.months', 'months', 30, months));
  }

  /**
   * Keeps recovery points for a number of years of 365 days, as AWS counts them (7 years are 2555 days). If a
   * regulation counts calendar years with leap days, specify days.
   *
   * @param years whole years, 1 to 100
   */
  public static years(years: number): Retention {
    return new Retention(toRetentionDays('Retention.years', 'years', 365, years));
  }

  /**
   * Keeps recovery points for a duration of whole days.
   *
   * @param duration 1 to 36500 days; a token only as `Duration.days(token)`
   */
  public static of(duration: Duration): Retention {
    return new Retention(toRetentionDays('Retention.of', 'days', 1, toDays('Retention.of', duration)));
  }

  /**
   * Keeps recovery points until someone deletes them; you pay for them until then. A vault with a lock that has a
   * maximum retention rejects such backups.
   */
  public static forever(): Retention {
    return new Retention();
  }

  /** The number of days; undefined if recovery points are kept forever. */
  public readonly inDays?: number;

  private constructor(days?: number) {
    this.inDays = days;
  }

  /** Whether recovery points are kept forever. */
  public get isForever(): boolean {
    return this.inDays === undefined;
  }

  /** `35 days` or `forever`. */
  public toString(): string {
    if (this.inDays === undefined) return 'forever';
    return isKnown(this.inDays) ? dayCount(this.inDays) : 'a number of days known at deployment';
  }
}

function toRetentionDays(factory: string, unit: string, daysPerUnit: number, amount: number): number {
  throwErrors(
    wholeNumberProblems('Backup-RetentionRange', factory, amount, {
      min: 1,
      max: Math.floor(MAX_RETENTION_DAYS / daysPerUnit),
      unit,
      fix: 'use `Retention.forever()` to keep recovery points until someone deletes them',
      fractionFix: (part) =>
        daysPerUnit === 1
          ? `use ${Math.ceil(part)}`
          : `use \`Retention.days(${Math.ceil(part * daysPerUnit)})\``,
    }),
  );
  if (isKnown(amount)) return amount * daysPerUnit;
  if (daysPerUnit === 1) return amount;
  throw refuse(
    'Backup-RetentionRange',
    factory,
    (label) =>
      `${label(factory)} doesn't accept a token, since ${unit} can't be converted to days at synthesis`,
    'use `Retention.days` with a token that stands for days',
  );
}
