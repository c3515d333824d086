import { type CustomResource, Lazy, Resource, Stack } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import type { VaultLock } from '../../values/vault/vault-lock';
import { COPY_INTO_VAULT } from '../../values/vault/vault-policy-laws';
import { enforce } from '../core/enforce';
import { siblingsInEnvironment } from '../core/siblings-in-environment';
import { handledResource, handlerRoleArn } from '../provider/handler-provider';
import { vaultSettingsStatements } from '../provider/handler-statements';
import type { CopySource } from '../vault/copy-source';
import type { DeletionDenial } from '../vault/deletion-denial';
import { accessStatementProblems } from '../vault/vault-access';
import { connectTopic, type VaultNotifications } from '../vault/vault-notifications';
import { arnOfVault } from '../vault/vault-reference';
import { SettingsRemoval } from './settings-removal';
import { secondSettingsProblem, vaultSettingsProblems } from './vault-settings-laws';

/** Properties of `BackupVaultSettings`. A setting that you omit stays as it is. */
export interface BackupVaultSettingsProps {
  /** A vault that already exists, such as `Default`, in the account and Region of the stack. */
  readonly vault: IBackupVaultRef;

  /**
   * The lock of the vault. A compliance lock stays forever once its cooling-off period is over, even after this
   * construct leaves the stack.
   *
   * @default - unchanged
   */
  readonly lock?: VaultLock;

  /**
   * Statements of the access policy. They replace all existing `Allow` statements.
   *
   * @default - unchanged, if neither `copyFrom` nor `deletionDenial` is set
   */
  readonly accessStatements?: iam.PolicyStatement[];

  /**
   * Who may copy recovery points into the vault from another account: part of the access policy.
   *
   * @default - nobody, if the access policy is replaced
   */
  readonly copyFrom?: CopySource[];

  /**
   * Denies deleting recovery points and shortening their retention, as part of the access policy. If roles are exempt,
   * so is the role of this construct's function. With `DeletionDenial.forEveryone()`, the access policy stays after
   * this construct is deleted, and the log of the function says so; updates that change the policy fail.
   *
   * @default - no denial, if the access policy is replaced
   */
  readonly deletionDenial?: DeletionDenial;

  /**
   * Sends the events of the vault to this topic instead of the current one.
   *
   * @default - unchanged
   */
  readonly notifications?: VaultNotifications;

  /**
   * What happens to changed settings when they are no longer set or the construct is removed.
   *
   * @default SettingsRemoval.RESTORE
   */
  readonly onRemoval?: SettingsRemoval;

  /**
   * Any text. A new one compares the settings with what was set, and sets them again.
   *
   * @default - only changes of the other properties count
   */
  readonly trigger?: string;
}

/**
 * Lock, access policy and notifications of a vault that already exists: CloudFormation manages only those of its own
 * vaults. Settings that you omit are never changed.
 *
 * Protection only gets stronger: a stricter lock and `Deny` statements that exist already stay, also those that
 * somebody adds by hand. If several stacks set the same vault, the strictest lock counts, and the statements of all.
 *
 * What was set before is kept in parameters of AWS Systems Manager below `/cdk-backup-constructs/vault-settings`, which
 * tags of the vault confirm. It is restored when the last construct is removed, unless somebody changed it since.
 */
@propertyInjectable
export class BackupVaultSettings extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupVaultSettings';

  private readonly resource: CustomResource;
  private readonly vaultName: string;
  private readonly accessPolicy = new iam.PolicyDocument();

  constructor(scope: Construct, id: string, props: BackupVaultSettingsProps) {
    super(scope, id);
    enforce(this, vaultSettingsProblems(this, props));
    const { vault, lock, notifications } = props;
    this.vaultName = vault.backupVaultRef.backupVaultName;
    enforce(this, this.secondProblems(vault));
    const connected = notifications && connectTopic(this, notifications);
    if (connected) enforce(this, connected.warnings);

    this.resource = handledResource(this, {
      type: 'Custom::BackupVaultSettings',
      statements: vaultSettingsStatements(Stack.of(this), arnOfVault(vault)),
      properties: {
        vaultName: this.vaultName,
        lock: lock && {
          minRetentionDays: lock.minRetentionDays,
          maxRetentionDays: lock.maxRetentionDays,
          changeableForDays: lock.coolingOffDays,
        },
        accessPolicy: Lazy.any({
          produce: () => (this.accessPolicy.isEmpty ? undefined : this.accessPolicy),
        }),
        notifications: connected && {
          topicArn: connected.property.snsTopicArn,
          events: connected.property.backupVaultEvents,
        },
        restores: props.onRemoval !== SettingsRemoval.KEEP,
        trigger: props.trigger,
      },
    });
    for (const source of props.copyFrom ?? [])
      this.addToAccessPolicy(
        new iam.PolicyStatement({
          actions: [COPY_INTO_VAULT],
          principals: [source._principal()],
          resources: ['*'],
        }),
      );
    if (props.deletionDenial) {
      // otherwise the function could neither change the policy nor restore the old one
      const own = handlerRoleArn(this, 'Custom::BackupVaultSettings');
      for (const statement of props.deletionDenial._statements(own)) this.addToAccessPolicy(statement);
    }
    for (const statement of props.accessStatements ?? []) this.addToAccessPolicy(statement);
  }

  /** Adds a statement to the access policy, which is replaced as a whole. Actions must be whole names. */
  public addToAccessPolicy(statement: iam.PolicyStatement): void {
    enforce(this, accessStatementProblems(statement, this.env.account));
    this.accessPolicy.addStatements(statement);
  }

  /** The settings that the last deployment changed, separated by commas, such as `lock`; known at deployment. */
  public get changed(): string {
    return this.resource.getAttString('Changed');
  }

  /** The settings that were changed outside of this construct since the last deployment; known at deployment. */
  public get drifted(): string {
    return this.resource.getAttString('Drifted');
  }

  private secondProblems(vault: IBackupVaultRef): Problem[] {
    if (!isKnown(this.vaultName)) return [];
    const all = siblingsInEnvironment<BackupVaultSettings>(this, 'vault settings');
    const other = all.find((each) => each !== this && each.vaultName === this.vaultName);
    return other ? [secondSettingsProblem(vault, other)] : [];
  }
}
