import type { Duration } from 'aws-cdk-lib';
import type { CfnTieringConfiguration } from 'aws-cdk-lib/aws-backup';
import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import { readDays } from '../../values/core/amounts';
import { type Problem, problem, throwErrors } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import {
  type TieringSelectionValues,
  tieringBucketProblems,
  tieringDaysProblems,
} from '../../values/vault/tiering-laws';
import { listProblems } from '../core/argument-checks';

/** Options of a `TieringSelection`. */
export interface TieringOptions {
  /** The age at which backups in the vault move: whole days, 60 to 36500. Moved backups never move back. */
  readonly after: Duration;
}

/**
 * Selects the Amazon S3 backups that move to the low-cost warm tier, and after how many days.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-tiering.html
 */
export class TieringSelection {
  /** The backups of all buckets. */
  public static allBuckets(options: TieringOptions): TieringSelection {
    return new TieringSelection('TieringSelection.allBuckets', ['*'], options, []);
  }

  /** The backups of some buckets; at most 100 buckets per tiering configuration. */
  public static buckets(buckets: IBucketRef[], options: TieringOptions): TieringSelection {
    const isBucket = (value: unknown) =>
      typeof (value as Partial<IBucketRef>).bucketRef?.bucketArn === 'string';
    const problems = nonEmptyListProblems(buckets, isBucket, 'buckets', 'a bucket');
    const arns = problems.length > 0 ? [] : buckets.map((bucket) => bucket.bucketRef.bucketArn);
    return new TieringSelection('TieringSelection.buckets', arns, options, problems);
  }

  /** The backups of the buckets with these ARNs; at most 100 buckets per tiering configuration. */
  public static bucketArns(bucketArns: string[], options: TieringOptions): TieringSelection {
    const problems = nonEmptyListProblems(bucketArns, () => true, 'bucketArns', 'an ARN');
    const arns = problems.length > 0 ? [] : bucketArns;
    problems.push(...arns.flatMap((arn, index) => tieringBucketProblems(arn, `bucketArns[${index}]`)));
    return new TieringSelection('TieringSelection.bucketArns', arns, options, problems);
  }

  /** The age in days at which backups in the vault move. */
  public readonly afterDays: number;

  private constructor(
    factory: string,
    private readonly resources: readonly string[],
    options: TieringOptions,
    problems: readonly Problem[],
  ) {
    const after = readDays('after', options?.after);
    this.afterDays = after.amount as number; // undefined only where this throws
    const daysProblems = after.amount === undefined ? [] : tieringDaysProblems(after.amount, 'after');
    const unknown = unknownPropertyProblems(options, 'TieringOptions');
    throwErrors([...unknown, ...problems, ...after.problems, ...daysProblems], factory);
  }

  /** The selection as the pure functions in `values` take it. @internal */
  public _values(): TieringSelectionValues {
    return { resources: this.resources, afterDays: this.afterDays };
  }

  /** @internal */
  public _render(): CfnTieringConfiguration.ResourceSelectionProperty {
    return {
      resources: [...this.resources],
      resourceType: 'S3',
      tieringDownSettingsInDays: this.afterDays,
    };
  }
}

/** Checks a list with at least one element. */
function nonEmptyListProblems(
  list: unknown,
  fits: (value: never) => boolean,
  property: string,
  what: string,
): Problem[] {
  const id = 'Backup-TieringBucket';
  const elements: unknown = list ?? null;
  if (Array.isArray(elements) && elements.length === 0)
    return [
      problem({
        id,
        property,
        message: (label) => `${label(property)} must contain at least one bucket, got none`,
        fix: 'use `TieringSelection.allBuckets` to select all buckets',
      }),
    ];
  return listProblems(elements, fits, { id, property, what });
}
