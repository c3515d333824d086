import { throwErrors } from '../core/problem';
import { accessPointTimeProblems, s3RecoveryPointProblems } from './access-point-laws';

/** A recovery point of Amazon S3, for an access point on it. */
export class S3RecoveryPoint {
  /**
   * A recovery point that was made at one time.
   *
   * @param recoveryPointArn its ARN
   */
  public static snapshot(recoveryPointArn: string): S3RecoveryPoint {
    throwErrors(s3RecoveryPointProblems(recoveryPointArn), 'S3RecoveryPoint.snapshot');
    return new S3RecoveryPoint(recoveryPointArn);
  }

  /**
   * A continuous recovery point, as it was at a point in time.
   *
   * @param recoveryPointArn its ARN
   * @param at a past time within the recovery point, in whole seconds
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
