import type { Duration } from 'aws-cdk-lib';
import type { CfnBackupPlan, IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { show, toDays } from '../values/amounts';
import { lifecycleProblems } from '../values/lifecycle';
import { type Problem, refuse, throwErrors } from '../values/problem';
import { Retention } from '../values/retention';
import { vaultArnProblems } from './backup-vault-import';
import { lifecycleProperty } from './lifecycle-property';

/** How a copy is kept. */
export interface CopyActionOptions {
  /**
   * How long the copy is kept, counted from the creation of its source.
   *
   * `Retention.forever()` holds only where the source is kept for ever too: AWS Backup deletes such a copy
   * together with the retention of its source.
   */
  readonly retention: Retention;

  /**
   * When the copy moves to cold storage, where its resource type can: whole days, at least 90 days before
   * `retention` ends.
   *
   * @default - the copy stays in warm storage
   */
  readonly coldStorageAfter?: Duration;

  /**
   * Moves copies of EBS snapshots to the archive tier after `coldStorageAfter`.
   *
   * @default false
   */
  readonly archive?: boolean;
}

/**
 * Copies each recovery point of a rule into another vault, in this or another Region or account.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html
 */
export class CopyAction {
  /**
   * Copies into a vault: one of ours, one of aws-cdk-lib's, or an imported one.
   *
   * @param vault the destination
   */
  public static toVault(vault: IBackupVaultRef, options: CopyActionOptions): CopyAction {
    const ref = vault?.backupVaultRef;
    if (!ref)
      throw refuse(
        'Backup-CopyDestination',
        'vault',
        `\`vault\` of \`CopyAction.toVault\` must be a backup vault, got ${show(vault)}`,
        'for a vault that is known by its ARN use `CopyAction.toVaultArn`',
      );
    return new CopyAction(() => vault.backupVaultRef.backupVaultArn, options, vault);
  }

  /**
   * Copies into a vault that is known by its ARN.
   *
   * @param vaultArn `arn:<partition>:backup:<region>:<account>:backup-vault:<name>`
   */
  public static toVaultArn(vaultArn: string, options: CopyActionOptions): CopyAction {
    throwErrors(vaultArnProblems(vaultArn, 'vaultArn'), 'CopyAction.toVaultArn');
    return new CopyAction(() => vaultArn, options);
  }

  /** How long the copy is kept. */
  public readonly retention: Retention;

  /** After how many days the copy moves to cold storage; undefined where it stays warm. */
  public readonly coldStorageAfterDays?: number;

  /** Whether copies of EBS snapshots move to the archive tier. */
  public readonly archive: boolean;

  /** The laws of the lifecycle that speak of risks. @internal */
  public readonly _warnings: Problem[];

  private constructor(
    private readonly arn: () => string,
    options: CopyActionOptions,
    /** The destination, where it is more than an ARN. @internal */
    public readonly _vault?: IBackupVaultRef,
  ) {
    if (!(options?.retention instanceof Retention))
      throw refuse(
        'Backup-RetentionMissing',
        'retention',
        `\`retention\` of a copy must be said, got ${show(options?.retention)}`,
        'use `Retention.days(…)`, or `Retention.forever()` where for ever is meant',
      );
    this.retention = options.retention;
    this.archive = options.archive ?? false;
    if (options.coldStorageAfter)
      this.coldStorageAfterDays = toDays('coldStorageAfter', options.coldStorageAfter);
    const problems = lifecycleProblems({
      deleteAfterDays: this.retention.inDays,
      moveToColdStorageAfterDays: this.coldStorageAfterDays,
      archive: this.archive,
    });
    throwErrors(problems, 'CopyAction');
    this._warnings = problems;
  }

  /** The ARN of the destination. */
  public get destinationVaultArn(): string {
    return this.arn();
  }

  /** @internal */
  public _render(): CfnBackupPlan.CopyActionResourceTypeProperty {
    return { destinationBackupVaultArn: this.destinationVaultArn, lifecycle: lifecycleProperty(this) };
  }
}
