import type { Duration } from 'aws-cdk-lib';
import type { IBackupVaultRef, ILogicallyAirGappedBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { kindProblems } from '../../resources/core/argument-checks';
import { CopyAction, type CopyActionOptions } from '../../resources/plan/copy-action';
import { isVault } from '../../resources/vault/vault-reference';
import { throwErrors } from '../../values/core/problem';

/** How a hop is made, and how its copies are kept. */
export interface RecoveryHopOptions extends CopyActionOptions {
  /**
   * The vault of an earlier hop, from which the recovery points are copied on as they arrive there.
   *
   * @default - from the source, by a copy action of the plan; where that can't be, from the first earlier hop that can
   */
  readonly after?: IBackupVaultRef;

  /**
   * A topic in the account and Region of the vault that is copied from, which hears of copies that failed. Only for hops
   * after another one.
   *
   * @default - the alarms tell nobody
   */
  readonly alarmTopic?: ITopicRef;

  /**
   * The role in which AWS Backup copies, in the account of the vault that is copied from. Only for hops after another
   * one: copy actions of a plan are done in the role of its selections.
   *
   * @default - a `BackupRole`
   */
  readonly role?: IRoleRef;

  /**
   * When a copy that isn't complete counts as failed: whole hours, 1 to 720. Only for hops after another one.
   *
   * @default Duration.days(7)
   */
  readonly timeout?: Duration;

  /**
   * Where what copies on arrival is made: a stack (or a scope in it) in the account and Region of the vault that is
   * copied from. Only for hops after another one.
   *
   * @default - the stack of that vault
   */
  readonly scope?: Construct;
}

/** One hop of a `DisasterRecovery`: a vault that copies go into, and how long they are kept there. */
export class RecoveryHop {
  /** Into a vault: one of ours, one of aws-cdk-lib's, an L1, or an imported one. */
  public static toVault(vault: IBackupVaultRef, options: RecoveryHopOptions): RecoveryHop {
    return new RecoveryHop(CopyAction.toVault(vault, options), options, 'RecoveryHop.toVault');
  }

  /** Into a logically air-gapped vault. */
  public static toAirGappedVault(
    vault: ILogicallyAirGappedBackupVaultRef,
    options: RecoveryHopOptions,
  ): RecoveryHop {
    const copy = CopyAction.toAirGappedVault(vault, options);
    return new RecoveryHop(copy, options, 'RecoveryHop.toAirGappedVault');
  }

  /** Where it goes, and how long the copies are kept. */
  public readonly copy: CopyAction;

  private constructor(
    copy: CopyAction,
    /** @internal */
    public readonly _options: RecoveryHopOptions,
    factory: string,
  ) {
    this.copy = copy;
    const { after, scope } = _options;
    throwErrors(
      [
        ...kindProblems(after, isVault, {
          id: 'Backup-RecoveryHopAfter',
          property: 'after',
          what: 'the backup vault of an earlier hop',
        }),
        ...kindProblems(scope, (given: unknown) => Construct.isConstruct(given), {
          id: 'Backup-RecoveryHopScope',
          property: 'scope',
          what: 'a stack, or a construct in it',
        }),
      ],
      factory,
    );
  }
}
