import {
  ArnFormat,
  CfnDeletionPolicy,
  Lazy,
  PhysicalName,
  RemovalPolicy,
  Resource,
  Token,
} from 'aws-cdk-lib';
import { type BackupVaultReference, CfnBackupVault, type IBackupVault } from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { nameProblems } from '../../values/core/names';
import { type Problem, throwErrors } from '../../values/core/problem';
import { vaultDeletionProblem } from '../../values/vault/vault-life-laws';
import type { VaultLock } from '../../values/vault/vault-lock';
import { COPY_INTO_VAULT } from '../../values/vault/vault-policy-laws';
import { propsProblems, removalPolicyProblems } from '../core/argument-checks';
import { enforce, synthesisErrors } from '../core/enforce';
import { duplicateVaultProblems } from '../core/explicit-names';
import { generatedName } from '../core/generated-name';
import { lateChangeProblems, markSynthesized } from '../core/late-changes';
import { BackupKey } from './backup-key';
import { type BackupVaultAttributes, importVault } from './backup-vault-import';
import type { CopySource } from './copy-source';
import { type DeletionDenial, secondDenialProblem } from './deletion-denial';
import { allowEncryption } from './key-path';
import { accessStatementProblems, grantOnVault } from './vault-access';
import { VaultEncryption } from './vault-encryption';
import { isEmptied } from './vault-facts';
import {
  copyFromProblems,
  copySourceProblems,
  deletionDenialProblems,
  destructionProblems,
  encryptionProblems,
  lockProblems,
} from './vault-laws';
import {
  connectTopic,
  notificationProblems,
  secondTopicProblems,
  type VaultNotifications,
} from './vault-notifications';
import { nameForArn } from './vault-reference';

/** Properties of a `BackupVault`. */
export interface BackupVaultProps {
  /**
   * The name: 2 to 50 letters, digits, `-` and `_`, unique in the account and Region. Changing it replaces the vault;
   * the old vault stays, with its recovery points.
   *
   * @default - generated from the path of the construct: unique in the app, and stable
   */
  readonly backupVaultName?: string;

  /**
   * The KMS key that encrypts the recovery points. Changing it replaces the vault, which then needs a new name.
   *
   * @default VaultEncryption.newKey()
   */
  readonly encryption?: VaultEncryption;

  /**
   * The Vault Lock: makes recovery points immutable and limits their retention.
   *
   * @default - no lock
   */
  readonly lock?: VaultLock;

  /**
   * Accounts that may copy recovery points into this vault. Cross-account copies need a customer-managed key, except
   * for resource types with full AWS Backup management, and cross-account backup turned on in the management account of
   * the organization.
   *
   * @default - none
   */
  readonly copyFrom?: CopySource[];

  /**
   * Denies deleting recovery points and shortening their retention.
   *
   * @default - every principal with the IAM permissions may do so
   */
  readonly deletionDenial?: DeletionDenial;

  /**
   * Sends vault events to an Amazon SNS topic.
   *
   * @default - no notifications
   */
  readonly notifications?: VaultNotifications;

  /**
   * What happens to the vault when it is removed from the stack. A vault that contains recovery points can't be deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A backup vault, which stores recovery points.
 *
 * By default, it is encrypted with its own key, `encryptionKey`, and both are retained when removed from the stack.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vaults.html
 */
@propertyInjectable
export class BackupVault extends Resource implements IBackupVault {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupVault';

  /** Refers to an existing vault in the account and Region of the stack by its name. */
  public static fromBackupVaultName(scope: Construct, id: string, backupVaultName: string): IBackupVault {
    return importVault(scope, id, { backupVaultName });
  }

  /** Refers to an existing vault by its ARN; it may be in another account or Region. */
  public static fromBackupVaultArn(scope: Construct, id: string, backupVaultArn: string): IBackupVault {
    return importVault(scope, id, { backupVaultArn });
  }

  /** Refers to an existing vault by its attributes; rules and copies are checked against its lock. */
  public static fromBackupVaultAttributes(
    scope: Construct,
    id: string,
    attributes: BackupVaultAttributes,
  ): IBackupVault {
    return importVault(scope, id, attributes);
  }

  public readonly backupVaultName: string;
  public readonly backupVaultArn: string;

  /** The customer-managed key; undefined if the vault uses the AWS-managed key. */
  public readonly encryptionKey?: IKeyRef;

  /** The lock, if there is one. */
  public readonly lock?: VaultLock;

  private readonly accessPolicy = new iam.PolicyDocument();
  private readonly resource: CfnBackupVault;
  private deniesDeletion = false;

  constructor(scope: Construct, id: string, props: BackupVaultProps = {}) {
    throwErrors(propsProblems('Backup-VaultProps', props), `${scope.node.path}/${id}`);
    super(scope, id, { physicalName: vaultName(scope, id, props.backupVaultName) });
    const { backupVaultName, encryption, lock, copyFrom, deletionDenial, notifications, removalPolicy } =
      props;
    enforce(this, [
      ...propsProblems('Backup-VaultProps', props, 'BackupVaultProps'),
      ...(backupVaultName === undefined ? [] : nameProblems('vault', backupVaultName, 'backupVaultName')),
      ...duplicateVaultProblems(this, backupVaultName),
      ...encryptionProblems(this, encryption),
      ...lockProblems(lock),
      ...copyFromProblems(this, copyFrom, encryption?._kind === 'aws-managed'),
      ...(deletionDenial === undefined ? [] : deletionDenialProblems(deletionDenial)),
      ...(notifications === undefined ? [] : notificationProblems(this, notifications)),
      ...removalPolicyProblems(removalPolicy),
    ]);

    this.lock = lock;
    const { _kind: kind, _key: key } = encryption ?? VaultEncryption.newKey();
    this.encryptionKey = kind === 'new' ? new BackupKey(this, 'Key') : key;
    this.resource = new CfnBackupVault(this, 'Resource', {
      backupVaultName: this.physicalName,
      encryptionKeyArn: this.encryptionKey?.keyRef.keyArn,
      lockConfiguration: lock && {
        minRetentionDays: lock.minRetentionDays,
        maxRetentionDays: lock.maxRetentionDays,
        changeableForDays: lock.coolingOffDays,
      },
      accessPolicy: Lazy.any({ produce: () => (this.accessPolicy.isEmpty ? undefined : this.accessPolicy) }),
    });
    this.applyRemovalPolicy(removalPolicy ?? RemovalPolicy.RETAIN);
    // at synthesis, since `RemovalPolicies.of(…)` changes the resource directly
    this.node.addValidation({
      validate: () => synthesisErrors(this, [...this.destructionProblems(), ...this.deletionProblems()]),
    });

    this.backupVaultName = this.getResourceNameAttribute(this.resource.attrBackupVaultName);
    this.backupVaultArn = this.getResourceArnAttribute(this.resource.attrBackupVaultArn, {
      service: 'backup',
      resource: 'backup-vault',
      resourceName: nameForArn(this, this.physicalName),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });

    for (const source of copyFrom ?? []) this.addCopySource(source);
    if (deletionDenial) this.denyDeletion(deletionDenial);
    if (notifications) this.connect(notifications);
  }

  /** How other constructs refer to this vault. */
  public get backupVaultRef(): BackupVaultReference {
    return { backupVaultName: this.backupVaultName, backupVaultArn: this.backupVaultArn };
  }

  /**
   * Adds a statement to the access policy of the vault. The policy only applies to the AWS Backup API: EBS and RDS
   * snapshots can still be accessed through the APIs of those services.
   *
   * Actions must be complete names, since AWS Backup rejects wildcards.
   */
  public addToAccessPolicy(statement: iam.PolicyStatement): void {
    enforce(this, [
      ...lateChangeProblems(this, 'accessPolicy'),
      ...accessStatementProblems(statement, this.env.account),
    ]);
    this.accessPolicy.addStatements(statement);
  }

  /**
   * Lets an account, an organization or an organizational unit copy recovery points into this vault and encrypt them
   * with its key. If the key isn't created in this app, a warning lists the statements that its policy needs.
   */
  public allowCopyFrom(source: CopySource): void {
    enforce(this, copySourceProblems(this, source, this.encryptionKey === undefined));
    this.addCopySource(source);
  }

  /** Denies deleting recovery points and shortening their retention. Can be called once. */
  public denyDeletion(denial: DeletionDenial): void {
    enforce(this, this.deniesDeletion ? [secondDenialProblem()] : deletionDenialProblems(denial));
    this.deniesDeletion = true;
    for (const statement of denial._statements()) this.addToAccessPolicy(statement);
  }

  /** Sends the events of the vault to a topic. A vault can have only one topic. */
  public notify(notifications: VaultNotifications): void {
    enforce(this, [
      ...lateChangeProblems(this, 'notifications'),
      ...secondTopicProblems(this.resource.notifications),
    ]);
    enforce(this, notificationProblems(this, notifications));
    this.connect(notifications);
  }

  /**
   * Grants actions on this vault.
   *
   * A grantee in another account can only be granted `backup:CopyIntoBackupVault`, which is also added to the access
   * policy of the vault. All other actions throw an error.
   */
  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return grantOnVault(this, grantee, actions, {
      add: (statement) => this.addToAccessPolicy(statement),
      underAwsManagedKey: this.encryptionKey === undefined,
    });
  }

  /**
   * Sets what happens to the vault when it is removed from the stack. A vault in compliance mode can't be destroyed.
   */
  public override applyRemovalPolicy(policy: RemovalPolicy): void {
    enforce(this, removalPolicyProblems(policy));
    super.applyRemovalPolicy(policy);
    enforce(this, this.destructionProblems());
  }

  private addCopySource(source: CopySource): void {
    allowEncryption(this, this.encryptionKey, source);
    this.addToAccessPolicy(
      new iam.PolicyStatement({
        actions: [COPY_INTO_VAULT],
        principals: [source._principal()],
        resources: ['*'],
      }),
    );
  }

  private destructionProblems(): Problem[] {
    const { deletionPolicy } = this.resource.cfnOptions;
    return deletionPolicy === CfnDeletionPolicy.DELETE ? destructionProblems(this.lock) : [];
  }

  /** Without a lock, only at synthesis: a `VaultContents` may empty the vault first. */
  private deletionProblems(): Problem[] {
    markSynthesized(this);
    const isDeleted = this.resource.cfnOptions.deletionPolicy === CfnDeletionPolicy.DELETE;
    return isDeleted && !this.lock && !isEmptied(this.resource) ? [vaultDeletionProblem()] : [];
  }

  private connect(notifications: VaultNotifications): void {
    const { warnings, property } = connectTopic(this.resource, notifications);
    enforce(this, warnings);
    this.resource.notifications = property;
  }
}

/** The physical name; values of the wrong type are reported later. */
function vaultName(scope: Construct, id: string, name: unknown): string {
  const isExplicit = name !== undefined && name !== PhysicalName.GENERATE_IF_NEEDED;
  if (isExplicit && (typeof name === 'string' || Token.isUnresolved(name))) return Token.asString(name);
  return generatedName(scope, id, { maxLength: 50, separator: '-' }); // a vault always needs a name
}
