import type { Duration } from 'aws-cdk-lib';
import type {
  CfnBackupPlan,
  IBackupVaultRef,
  ILogicallyAirGappedBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import { type Problem, throwErrors } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import type { Retention } from '../../values/plan/retention';
import { vaultArnProblems } from '../../values/vault/vault-arns';
import { requiredKindProblems } from '../core/argument-checks';
import { readLifecycle, renderLifecycle } from '../core/lifecycle';
import { arnOfVault, isAirGappedVault, isVault } from '../vault/vault-reference';

/** Options of a `CopyAction`. */
export interface CopyActionOptions {
  /**
   * How long the copy is kept, counted from the creation of its source.
   *
   * Use `Retention.forever()` only if the source is kept forever too. Otherwise, AWS Backup deletes the copy when the
   * retention of its source ends.
   */
  readonly retention: Retention;

  /**
   * When the copy transitions to cold storage, if its resource type supports it: whole days, at least 90 days before the
   * end of `retention`.
   *
   * @default - the copy stays in warm storage
   */
  readonly coldStorageAfter?: Duration;

  /**
   * Archives copies of EBS snapshots after `coldStorageAfter`.
   *
   * @default false
   */
  readonly archive?: boolean;
}

/**
 * Copies each recovery point of a rule to another vault, in the same or another Region or account.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html
 */
export class CopyAction {
  /**
   * Copies to a vault: one of this library, one of aws-cdk-lib, an L1, or an imported one.
   *
   * @param vault the destination; if it is in another account, both accounts must be in the same organization
   */
  public static toVault(vault: IBackupVaultRef, options: CopyActionOptions): CopyAction {
    const problems = requiredKindProblems(vault, isVault, {
      id: 'Backup-CopyDestination',
      property: 'vault',
      what: 'a backup vault',
      fix: isAirGappedVault(vault)
        ? 'use `CopyAction.toAirGappedVault`'
        : 'use `CopyAction.toVaultArn` for an ARN',
    });
    return new CopyAction('CopyAction.toVault', () => arnOfVault(vault), options, problems, vault);
  }

  /**
   * Copies to a logically air-gapped vault.
   *
   * @param vault the destination; if it is in another account, both accounts must be in the same organization
   */
  public static toAirGappedVault(
    vault: ILogicallyAirGappedBackupVaultRef,
    options: CopyActionOptions,
  ): CopyAction {
    const problems = requiredKindProblems(vault, isAirGappedVault, {
      id: 'Backup-CopyDestination',
      property: 'vault',
      what: 'a logically air-gapped vault',
      fix: isVault(vault) ? 'use `CopyAction.toVault`' : 'use `CopyAction.toVaultArn` for an ARN',
    });
    return new CopyAction('CopyAction.toAirGappedVault', () => arnOfVault(vault), options, problems, vault);
  }

  /**
   * Copies to a vault by its ARN.
   *
   * In the rules of an organization backup policy, `$account` is replaced by the account that is backed up, and `$region`
   * by each Region of the plan.
   *
   * @param vaultArn `arn:<partition>:backup:<region>:<account>:backup-vault:<name>`
   */
  public static toVaultArn(vaultArn: string, options: CopyActionOptions): CopyAction {
    const isValid = vaultArnProblems(withoutPlaceholders(vaultArn), 'vaultArn').length === 0;
    const problems = isValid ? [] : vaultArnProblems(vaultArn, 'vaultArn');
    return new CopyAction('CopyAction.toVaultArn', () => vaultArn, options, problems);
  }

  /** How long the copy is kept. */
  public readonly retention: Retention;

  /** After how many days the copy transitions to cold storage; undefined if it stays in warm storage. */
  public readonly coldStorageAfterDays?: number;

  /** Whether copies of EBS snapshots are archived. */
  public readonly archive: boolean;

  private constructor(
    factory: string,
    private readonly arn: () => string,
    options: CopyActionOptions,
    problems: readonly Problem[],
    /** The destination, unless only its ARN is known. @internal */
    public readonly _vault?: IBackupVaultRef | ILogicallyAirGappedBackupVaultRef,
  ) {
    const { lifecycle, problems: lifecycleProblems } = readLifecycle(options ?? {});
    // the rule that has the copy adds the warnings
    const unknown = unknownPropertyProblems(options, 'CopyActionOptions');
    throwErrors([...unknown, ...problems, ...lifecycleProblems], factory);
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

/** An ARN with its placeholders replaced by valid values. */
function withoutPlaceholders(arn: unknown): unknown {
  if (typeof arn !== 'string') return arn;
  return arn.replaceAll('$account', '000000000000').replaceAll('$region', 'us-east-1');
}
