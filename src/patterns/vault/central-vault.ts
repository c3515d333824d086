import { Duration, Stack } from 'aws-cdk-lib';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { LogicallyAirGappedVault } from '../../resources/air-gapped-vault/logically-air-gapped-vault';
import { enforce } from '../../resources/core/enforce';
import { BackupKey } from '../../resources/vault/backup-key';
import { BackupReplicaKey } from '../../resources/vault/backup-replica-key';
import { BackupVault } from '../../resources/vault/backup-vault';
import type { CopySource } from '../../resources/vault/copy-source';
import type { DeletionDenial } from '../../resources/vault/deletion-denial';
import { VaultEncryption } from '../../resources/vault/vault-encryption';
import type { VaultNotifications } from '../../resources/vault/vault-notifications';
import { show } from '../../values/core/amounts';
import { refuse } from '../../values/core/problem';
import { VaultLock } from '../../values/vault/vault-lock';
import { centralVaultProblems, defaultDenial, withoutDenialProblem } from './central-vault-laws';
import type { CentralVaultProps } from './central-vault-props';

/**
 * The vault of a backup account that other accounts copy to: locked, encrypted with a customer managed key whose policy allows
 * exactly these accounts and AWS Backup to use it, and with an access policy that allows them to copy, and nobody to delete.
 *
 * The accounts must be in one organization, whose management account has turned on cross-account backup. For resource types
 * whose backups are encrypted with the key of the source, that key must allow the account of this vault to use it
 * (`KeyPath.of(key).allowCopiesTo(account)`).
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
@propertyInjectable
export class CentralVault extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.CentralVault';

  /** The vault that receives copies: `CopyAction.toVault(central.vault, …)`. */
  public readonly vault: BackupVault;

  /** The logically air-gapped vault, if there is one. */
  public readonly airGappedVault?: LogicallyAirGappedVault;

  /** The customer managed key of the vault. */
  public readonly encryptionKey: IKeyRef;

  /** The central vaults in the other Regions. */
  public readonly replicas: CentralVault[];

  constructor(scope: Construct, id: string, props: CentralVaultProps) {
    super(scope, id);
    enforce(this, centralVaultProblems(this, props));
    const { keyOptions, notifications, deletionDenial, airGappedVault } = props;
    this.encryptionKey = props.encryptionKey ?? new BackupKey(this, 'Key', keyOptions);
    const denial: DeletionDenial | undefined = deletionDenial ?? defaultDenial(this);
    if (!denial) enforce(this, [withoutDenialProblem()]);
    this.vault = new BackupVault(this, 'Vault', {
      backupVaultName: props.backupVaultName,
      encryption: VaultEncryption.key(this.encryptionKey),
      lock: props.lock ?? VaultLock.governance({ minRetention: Duration.days(7) }),
      deletionDenial: denial,
      notifications,
    });
    this.airGappedVault =
      airGappedVault &&
      new LogicallyAirGappedVault(this, 'AirGapped', {
        ...airGappedVault,
        copyFrom: airGappedVault.copyFrom ?? props.copyFrom,
        notifications: airGappedVault.notifications ?? notifications,
      });
    for (const source of props.copyFrom) this.vault.allowCopyFrom(source);
    this.replicas = (props.replicas ?? []).map((other) => this.replicate(other, props));
  }

  /** The Region of the vault. */
  public get region(): string {
    return Stack.of(this).region;
  }

  /** The central vault in one of its Regions. Throws if there is none. */
  public inRegion(region: string): CentralVault {
    const all = [this, ...this.replicas];
    const found = all.find((each) => each.region === region);
    if (found) return found;
    throw refuse(
      'Backup-CentralVaultRegion',
      'region',
      `\`region\` must be a Region of the central vault \`${this.node.path}\` (${all.map((each) => each.region).join(', ')}), got ${show(region)}`,
      'add a stack in that Region to `replicas`',
    );
  }

  /** Allows another account, organization or organizational unit to copy to the vaults, in every Region. */
  public allowCopyFrom(source: CopySource): void {
    this.vault.allowCopyFrom(source);
    this.airGappedVault?.allowCopyFrom(source);
    for (const replica of this.replicas) replica.allowCopyFrom(source);
  }

  /** Sends the events of the vaults in this Region to a topic in this Region. */
  public notify(notifications: VaultNotifications): void {
    this.vault.notify(notifications);
    this.airGappedVault?.notify(notifications);
  }

  /** The central vault in another Region, with a replica of the key if it is a multi-Region key. */
  private replicate(scope: Construct, props: CentralVaultProps): CentralVault {
    const { replicas: _, ...same } = props;
    const { multiRegion, alias, description, admins, removalPolicy } = props.keyOptions ?? {};
    if (multiRegion !== true) return new CentralVault(scope, this.node.id, same);
    Stack.of(scope).addStackDependency(Stack.of(this), 'a replica needs its primary key');
    const { keyOptions: __, ...rest } = same;
    const encryptionKey = new BackupReplicaKey(scope, `${this.node.id}Key`, {
      primaryKey: this.encryptionKey,
      alias,
      description,
      admins,
      removalPolicy,
    });
    return new CentralVault(scope, this.node.id, { ...rest, encryptionKey });
  }
}
