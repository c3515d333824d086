import type { Duration } from 'aws-cdk-lib';
import type {
  CfnBackupPlan,
  IBackupVaultRef,
  ILogicallyAirGappedBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import { type Problem, throwErrors } from '../../values/core/problem';
import type { Retention } from '../../values/plan/retention';
import { vaultArnProblems } from '../../values/vault/vault-arns';

import { requiredKindProblems } from '../core/argument-checks';
import { readLifecycle, renderLifecycle } from '../core/lifecycle';
import { arnOfVault, isAirGappedVault, isVault } from '../vault/vault-reference';

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
   * Copies into a vault: one of ours, one of aws-cdk-lib's, an L1, or an imported one.
   *
   * @param vault the destination; a vault of another account must be in the same organization
   */
  public static toVault(vault: IBackupVaultRef, options: CopyActionOptions): CopyAction {
    const problems = requiredKindProblems(vault, isVault, {
      id: 'Backup-CopyDestination',
      property: 'vault',
      what: 'a backup vault',
      fix: isAirGappedVault(vault)
        ? 'use `CopyAction.toAirGappedVault`'
        : 'for a vault that is known by its ARN use `CopyAction.toVaultArn`',
    });
    return new CopyAction('CopyAction.toVault', () => arnOfVault(vault), options, problems, vault);
  }

  /**
   * Copies into a logically air-gapped vault.
   *
   * @param vault the destination; a vault of another account must be in the same organization
   */
  public static toAirGappedVault(
    vault: ILogicallyAirGappedBackupVaultRef,
    options: CopyActionOptions,
  ): CopyAction {
    const problems = requiredKindProblems(vault, isAirGappedVault, {
      id: 'Backup-CopyDestination',
      property: 'vault',
      what: 'a logically air-gapped vault',
      fix: isVault(vault)
        ? 'use `CopyAction.toVault`'
        : 'for a vault that is known by its ARN use `CopyAction.toVaultArn`',
    });
    return new CopyAction('CopyAction.toAirGappedVault', () => arnOfVault(vault), options, problems, vault);
  }

  /**
   * Copies into a vault that is known by its ARN.
   *
   * In the rules of an organization backup policy, `$account` stands for the account that is backed up, and `$region`
   * for each Region of the plan.
   *
   * @param vaultArn `arn:<partition>:backup:<region>:<account>:backup-vault:<name>`
   */
  public static toVaultArn(vaultArn: string, options: CopyActionOptions): CopyAction {
    const isSound = vaultArnProblems(withoutPlaceholders(vaultArn), 'vaultArn').length === 0;
    const problems = isSound ? [] : vaultArnProblems(vaultArn, 'vaultArn');
    return new CopyAction('CopyAction.toVaultArn', () => vaultArn, options, problems);
  }

  /** How long the copy is kept. */
  public readonly retention: Retention;

  /** After how many days the copy moves to cold storage; undefined where it stays warm. */
  public readonly coldStorageAfterDays?: number;

  /** Whether copies of EBS snapshots move to the archive tier. */
  public readonly archive: boolean;

  private constructor(
    factory: string,
    private readonly arn: () => string,
    options: CopyActionOptions,
    problems: readonly Problem[],
    /** The destination, where it is more than an ARN. @internal */
    public readonly _vault?: IBackupVaultRef | ILogicallyAirGappedBackupVaultRef,
  ) {
    const { lifecycle, problems: lifecycleProblems } = readLifecycle(options ?? {});
    // the warnings are told by the rule that the copy belongs to
    throwErrors([...problems, ...lifecycleProblems], factory);
    this.retention = lifecycle.retention;
    this.coldStorageAfterDays = lifecycle.coldStorageAfterDays;
    this.archive = lifecycle.archive;
  }

  /** The ARN of the destination. */
  public get destinationVaultArn(): string {
    return this.arn();
  }

  /** @internal */
  public _render(): CfnBackupPlan.CopyActionResourceTypeProperty {
    return { destinationBackupVaultArn: this.destinationVaultArn, lifecycle: renderLifecycle(this) };
  }
}

/** An ARN as if its placeholders were filled in. */
function withoutPlaceholders(arn: unknown): unknown {
  if (typeof arn !== 'string') return arn;
  return arn.replaceAll('$account', '000000000000').replaceAll('$region', 'us-east-1');
}
