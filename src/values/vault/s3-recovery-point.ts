import { throwErrors } from '../core/problem';
import { accessPointTimeProblems, s3RecoveryPointProblems } from './access-point-laws';

/** An Amazon S3 recovery point for which you create an access point. */
export class S3RecoveryPoint {
  /**
   * A snapshot: a recovery point of one point in time.
   *
   * @param recoveryPointArn its ARN
   */
  public static snapshot(recoveryPointArn: string): S3RecoveryPoint {
    throwErrors(s3RecoveryPointProblems(recoveryPointArn), 'S3RecoveryPoint.snapshot');
    return new S3RecoveryPoint(recoveryPointArn);
  }

  /**
   * A continuous recovery point at a point in time.
   *
   * @param recoveryPointArn its ARN
   * @param at a past time that the recovery point covers, in whole seconds
   */
  public static continuous(recoveryPointArn: string, at: Date): S3RecoveryPoint {
    throwErrors(
      [...s3RecoveryPointProblems(recoveryPointArn), ...accessPointTimeProblems(at, new Date())],
      'S3RecoveryPoint.continuous',
    );
    return new S3RecoveryPoint(recoveryPointArn, at);
  }

  private constructor(
    /** The ARN of the recovery point. */
    public readonly recoveryPointArn: string,
    /** The point in time of a continuous recovery point. */
    public readonly at?: Date,
  ) {}
}
