import type { Duration } from 'aws-cdk-lib';
import type { CfnTieringConfiguration } from 'aws-cdk-lib/aws-backup';
import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import { readDays } from '../../values/core/amounts';
import { type Problem, throwErrors } from '../../values/core/problem';
import {
  type TieringSelectionValues,
  tieringBucketProblems,
  tieringDaysProblems,
} from '../../values/vault/tiering-laws';
import { listProblems } from '../core/argument-checks';

/** When backups move to the low-cost tier. */
export interface TieringOptions {
  /**
   * How old backups are in their vault when they move: whole days, 60 to 36500. What has moved never moves back.
   */
  readonly after: Duration;
}

/**
 * Which backups of Amazon S3 move to the low-cost warm tier, and after how many days.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-tiering.html
 */
export class TieringSelection {
  /** The backups of all buckets. */
  public static allBuckets(options: TieringOptions): TieringSelection {
    return new TieringSelection('TieringSelection.allBuckets', ['*'], options, []);
  }

  /** The backups of some buckets: at most 100 in a tiering configuration. */
  public static buckets(buckets: IBucketRef[], options: TieringOptions): TieringSelection {
    const isBucket = (given: unknown) =>
      typeof (given as Partial<IBucketRef>).bucketRef?.bucketArn === 'string';
    const problems = someProblems(buckets, isBucket, 'buckets', 'a bucket');
    const arns = problems.length > 0 ? [] : buckets.map((bucket) => bucket.bucketRef.bucketArn);
    return new TieringSelection('TieringSelection.buckets', arns, options, problems);
  }

  /** The backups of buckets that are known by their ARNs: at most 100 in a tiering configuration. */
  public static bucketArns(bucketArns: string[], options: TieringOptions): TieringSelection {
    const problems = someProblems(bucketArns, () => true, 'bucketArns', 'an ARN');
    const arns = problems.length > 0 ? [] : bucketArns;
    problems.push(...arns.flatMap((arn, index) => tieringBucketProblems(arn, `bucketArns[${index}]`)));
    return new TieringSelection('TieringSelection.bucketArns', arns, options, problems);
  }

  /** How old backups are in their vault when they move, in days. */
  public readonly afterDays: number;

  private constructor(
    factory: string,
    private readonly resources: readonly string[],
    options: TieringOptions,
    problems: readonly Problem[],
  ) {
    const after = readDays('after', options?.after);
    this.afterDays = after.amount as number; // undefined only where this throws
    const lawless = after.amount === undefined ? [] : tieringDaysProblems(after.amount, 'after');
    throwErrors([...problems, ...after.problems, ...lawless], factory);
  }

  /** As the laws see it. @internal */
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

/** At least one element, each of the kind. */
function someProblems(
  list: unknown,
  fits: (value: never) => boolean,
  property: string,
  what: string,
): Problem[] {
  const id = 'Backup-TieringBucket';
  const elements: unknown = list ?? null;
  if (Array.isArray(elements) && elements.length === 0)
    return [
      {
        id,
        severity: 'error',
        property,
        message: `\`${property}\` must have at least one bucket, got none`,
        fix: 'use `TieringSelection.allBuckets` where all are meant',
      },
    ];
  return listProblems(elements, fits, { id, property, what });
}
