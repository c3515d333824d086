import type { IFunctionRef } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import type { RestoreMount } from './restore-mount';
import type { ValidationLevel } from './validation-level';

/** Options of every `RestoreCheck`. */
export interface RestoreCheckOptions {
  /**
   * How deep the check looks.
   *
   * @default - the deepest level that the type has and for which everything is set
   */
  readonly level?: ValidationLevel;

  /**
   * The sources whose restored resources are checked, as constructs.
   *
   * @default - every resource of the type, unless `arns` is set
   */
  readonly resources?: IConstruct[];

  /**
   * The ARNs of the sources whose restored resources are checked.
   *
   * @default - every resource of the type, unless `resources` is set
   */
  readonly arns?: string[];

  /**
   * Fails unless a malware scan of the recovery point is complete and found nothing. Only EBS, EC2 and S3 have scans.
   *
   * @default false
   */
  readonly cleanScan?: boolean;

  /**
   * A function of your own, which runs last. It gets `{"jobId","type","restoredArn","sourceArn","recoveryPointArn",…}` and
   * must return `{"valid": true or false, "reason": "…"}`.
   *
   * @default - none
   */
  readonly validator?: IFunctionRef;
}

/** Options of checks that count. */
export interface CountingCheckOptions extends RestoreCheckOptions {
  /**
   * The least share of what the source holds now: more than 0, up to 1.
   *
   * @default 0.9
   */
  readonly minimumShare?: number;

  /**
   * The least number of items, objects or bytes: a whole number, 0 or more.
   *
   * @default 1
   */
  readonly minimumCount?: number;
}

/** Options of checks that read samples. */
export interface SamplingCheckOptions extends CountingCheckOptions {
  /**
   * How many items or objects are read at random: a whole number, 1 to 1000.
   *
   * @default 20
   */
  readonly samples?: number;

  /**
   * The least share of samples that equal the source, of those that the source still has: more than 0, up to 1. What
   * changes all the time needs a smaller share.
   *
   * @default 0.8
   */
  readonly minimumEqualShare?: number;
}

/** Options of checks of EC2 instances. */
export interface Ec2CheckOptions extends RestoreCheckOptions {
  /**
   * Shell commands, which must exit with 0. Systems Manager runs them, so the restored instance needs an instance profile
   * for it, and a way to reach it.
   *
   * @default - no commands
   */
  readonly commands?: string[];
}

/** Options of checks of EFS file systems. */
export interface EfsCheckOptions extends SamplingCheckOptions {
  /**
   * Mounts the restored file system, and counts and reads its files. It must have `sources` to compare samples.
   *
   * @default - not mounted: the check compares its size with that of its source
   */
  readonly mount?: RestoreMount;

  /**
   * The least number of files, which include symbolic links: a whole number, 0 or more. Needs `mount`.
   *
   * @default 1
   */
  readonly minimumFiles?: number;

  /**
   * Shell commands, which must exit with 0. They run in the folder with what was restored, which can't be written. The
   * folder of the source, if it is mounted, is in `$SOURCE`. Needs `mount`.
   *
   * @default - no commands
   */
  readonly commands?: string[];
}
