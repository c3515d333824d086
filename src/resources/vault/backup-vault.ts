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
import type { VaultLock } from '../../values/vault/vault-lock';
import { COPY_INTO_VAULT } from '../../values/vault/vault-policy-laws';
import { propsProblems, removalPolicyProblems } from '../core/argument-checks';
import { lateErrors, report, warn } from '../core/enforce';
import { duplicateVaultProblems } from '../core/explicit-names';
import { generatedName } from '../core/generated-name';
import { BackupKey } from './backup-key';
import { type BackupVaultAttributes, importVault } from './backup-vault-import';
import type { CopySource } from './copy-source';
import { type DeletionDenial, secondDenialProblem } from './deletion-denial';
import { letEncrypt } from './key-path';
import { accessStatementProblems, grantOnVault } from './vault-access';
import { VaultEncryption } from './vault-encryption';
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
   * The name, 2 to 50 letters, digits, `-` and `_`, unique in the account and Region. Changing it replaces the
   * vault: the old one stays, with its recovery points.
   *
   * @default - a name made from the path of the construct: unique in the app, and stable
   */
  readonly backupVaultName?: string;

  /**
   * Which key encrypts the recovery points. Changing it replaces the vault, which needs another name then.
   *
   * @default VaultEncryption.newKey()
   */
  readonly encryption?: VaultEncryption;

  /**
   * Makes recovery points immutable, and bounds their retention.
   *
   * @default - no lock
   */
  readonly lock?: VaultLock;

  /**
   * Who may copy recovery points into this vault from another account. That needs a customer-managed key for all but
   * what AWS Backup manages in full, and copies across accounts turned on in the management account of the organization.
   *
   * @default - nobody
   */
  readonly copyFrom?: CopySource[];

  /**
   * Denies to delete recovery points and to shorten their life.
   *
   * @default - whoever has the IAM permission may
   */
  readonly deletionDenial?: DeletionDenial;

  /**
   * Sends events to an Amazon SNS topic.
   *
   * @default - no notifications
   */
  readonly notifications?: VaultNotifications;

  /**
   * What happens to the vault when it leaves the stack. A vault that holds recovery points can't be deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A backup vault: where recovery points are kept.
 *
 * By default it is encrypted with a key of its own, `encryptionKey`, and both stay when they leave the stack.
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

  /** Refers to an existing vault, and says what else is known about it: its lock is respected then. */
  public static fromBackupVaultAttributes(
    scope: Construct,
    id: string,
    attributes: BackupVaultAttributes,
  ): IBackupVault {
    return importVault(scope, id, attributes);
  }

  public readonly backupVaultName: string;
  public readonly backupVaultArn: string;

  /** The customer-managed key; undefined where the vault uses the AWS-managed one. */
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
    report(this, [
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
    // `RemovalPolicies.of(…)` goes by the resource
    this.node.addValidation({ validate: () => lateErrors(this, this.destructionProblems()) });

    this.backupVaultName = this.getResourceNameAttribute(this.resource.attrBackupVaultName);
    this.backupVaultArn = this.getResourceArnAttribute(this.resource.attrBackupVaultArn, {
      service: 'backup',
      resource: 'backup-vault',
      resourceName: nameForArn(this, this.physicalName),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });

    for (const source of copyFrom ?? []) this.letIn(source);
    if (deletionDenial) this.denyDeletion(deletionDenial);
    if (notifications) this.connect(notifications);
  }

  /** How other constructs refer to this vault. */
  public get backupVaultRef(): BackupVaultReference {
    return { backupVaultName: this.backupVaultName, backupVaultArn: this.backupVaultArn };
  }

  /**
   * Adds a statement to the access policy of the vault. The policy rules the API of AWS Backup only: snapshots of
   * EBS and RDS can also be reached through the APIs of these services.
   *
   * Actions must be whole names: AWS Backup refuses wildcards.
   */
  public addToAccessPolicy(statement: iam.PolicyStatement): void {
    report(this, accessStatementProblems(statement, this.env.account));
    this.accessPolicy.addStatements(statement);
  }

  /**
   * Lets an account, an organization or an organizational unit copy recovery points into this vault, and encrypt them
   * with its key; of a key that is not made in this app, a warning says which statements its policy needs.
   */
  public allowCopyFrom(source: CopySource): void {
    report(this, copySourceProblems(this, source, this.encryptionKey === undefined));
    this.letIn(source);
  }

  /** Denies to delete recovery points and to shorten their life. Can be said once. */
  public denyDeletion(denial: DeletionDenial): void {
    report(this, this.deniesDeletion ? [secondDenialProblem()] : deletionDenialProblems(denial));
    this.deniesDeletion = true;
    this.addToAccessPolicy(denial._statement());
  }

  /** Sends the events of the vault to a topic. A vault has one topic. */
  public notify(notifications: VaultNotifications): void {
    report(this, secondTopicProblems(this.resource.notifications));
    report(this, notificationProblems(this, notifications));
    this.connect(notifications);
  }

  /**
   * Grants actions on this vault.
   *
   * A grantee of another account can only be granted `backup:CopyIntoBackupVault`, which also goes into the
   * access policy of the vault; anything else is refused with the reason.
   */
  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return grantOnVault(this, grantee, actions, {
      add: (statement) => this.addToAccessPolicy(statement),
      underAwsManagedKey: this.encryptionKey === undefined,
    });
  }

  /**
   * What happens to the vault when it leaves the stack. A vault under a compliance lock can't be destroyed.
   */
  public override applyRemovalPolicy(policy: RemovalPolicy): void {
    report(this, removalPolicyProblems(policy));
    super.applyRemovalPolicy(policy);
    report(this, this.destructionProblems());
  }

  private letIn(source: CopySource): void {
    letEncrypt(this, this.encryptionKey, source);
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

  private connect(notifications: VaultNotifications): void {
    const { warnings, property } = connectTopic(this.resource, notifications);
    warn(this, warnings);
    this.resource.notifications = property;
  }
}

/** The name as the construct holds it; what can't be a name is left to the law. */
function vaultName(scope: Construct, id: string, name: unknown): string {
  const given = name !== undefined && name !== PhysicalName.GENERATE_IF_NEEDED;
  if (given && (typeof name === 'string' || Token.isUnresolved(name))) return Token.asString(name);
  return generatedName(scope, id, { maxLength: 50, separator: '-' }); // always needed
}
