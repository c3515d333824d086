import type { Duration } from 'aws-cdk-lib';
import type { IBackupVaultRef, ILogicallyAirGappedBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { kindProblems } from '../../resources/core/argument-checks';
import { CopyAction, type CopyActionOptions } from '../../resources/plan/copy-action';
import { isVault } from '../../resources/vault/vault-reference';
import { throwErrors } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';

/** How a hop copies, and how long the copies are kept. */
export interface RecoveryHopOptions extends CopyActionOptions {
  /**
   * The vault of an earlier hop, from which recovery points are copied on as they arrive.
   *
   * @default - the source, with a copy action of the plan; if that isn't possible, the first earlier hop that can copy
   */
  readonly after?: IBackupVaultRef;

  /**
   * A topic in the account and Region of the source vault that is notified of failed copies. Only for hops after another
   * hop.
   *
   * @default - the alarms notify nobody, which causes a warning unless you add actions to them
   */
  readonly alarmTopic?: ITopicRef;

  /**
   * The role with which AWS Backup copies, in the account of the source vault. Only for hops after another hop: copy actions
   * of a plan use the role of its selections.
   *
   * @default - a `BackupRole`
   */
  readonly role?: IRoleRef;

  /**
   * When an incomplete copy counts as failed: whole hours, 1 to 720. Only for hops after another hop.
   *
   * @default Duration.days(7)
   */
  readonly timeout?: Duration;

  /**
   * Where to create the copy on arrival: a stack, or a scope in one, in the account and Region of the source vault. Only for
   * hops after another hop.
   *
   * @default - the stack of the source vault
   */
  readonly scope?: Construct;
}

/** One hop of a `DisasterRecovery`: a vault to copy to, and how long the copies are kept. */
export class RecoveryHop {
  /** To a vault of this library or of aws-cdk-lib, an L1, or an imported vault. */
  public static toVault(vault: IBackupVaultRef, options: RecoveryHopOptions): RecoveryHop {
    const factory = 'RecoveryHop.toVault';
    return new RecoveryHop(CopyAction.toVault(vault, copyOptions(options, factory)), options, factory);
  }

  /** To a logically air-gapped vault. */
  public static toAirGappedVault(
    vault: ILogicallyAirGappedBackupVaultRef,
    options: RecoveryHopOptions,
  ): RecoveryHop {
    const factory = 'RecoveryHop.toAirGappedVault';
    return new RecoveryHop(
      CopyAction.toAirGappedVault(vault, copyOptions(options, factory)),
      options,
      factory,
    );
  }

  /** The destination, and how long the copies are kept. */
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
          what: 'a stack, or a construct in one',
        }),
      ],
      factory,
    );
  }
}

/** The options of the copy action of a hop, which refuses those that only hops have. */
function copyOptions(options: RecoveryHopOptions, factory: string): CopyActionOptions {
  throwErrors(unknownPropertyProblems(options, 'RecoveryHopOptions'), factory);
  const { retention, coldStorageAfter, archive } = options ?? {};
  return { retention, coldStorageAfter, archive };
}
