import { ArnFormat, Lazy, RemovalPolicy, Resource, Stack, Token } from 'aws-cdk-lib';
import { type BackupVaultReference, CfnBackupVault, type IBackupVault } from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { nameProblems } from '../values/names';
import { type Problem, refuse } from '../values/problem';
import type { VaultLock } from '../values/vault-lock';
import { BackupKey } from './backup-key';
import { type BackupVaultAttributes, importVault } from './backup-vault-import';
import type { CopySource } from './copy-source';
import type { DeletionDenial } from './deletion-denial';
import { generatedName } from './generated-name';
import { report, warn } from './report';
import { accessStatementProblems, COPY_INTO_VAULT, grantOnVault } from './vault-access';
import { VaultEncryption } from './vault-encryption';
import { connectTopic, type VaultNotifications } from './vault-notifications';

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
   * Who may copy recovery points into this vault from another account.
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

  constructor(scope: Construct, id: string, props: BackupVaultProps = {}) {
    super(scope, id, {
      physicalName: props.backupVaultName ?? generatedName(scope, id, { maxLength: 50, separator: '-' }),
    });
    const { lock, removalPolicy = RemovalPolicy.RETAIN } = props;
    report(this, [
      ...nameProblems('vault', this.physicalName, 'backupVaultName'),
      ...complianceProblems(lock),
      ...keyProblems(this, props.encryption?._key),
    ]);

    this.lock = lock;
    const { _kind: kind, _key: key } = props.encryption ?? VaultEncryption.newKey();
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
    this.applyRemovalPolicy(removalPolicy);

    this.backupVaultName = this.getResourceNameAttribute(this.resource.attrBackupVaultName);
    this.backupVaultArn = this.getResourceArnAttribute(this.resource.attrBackupVaultArn, {
      service: 'backup',
      resource: 'backup-vault',
      resourceName: this.physicalName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });

    for (const source of props.copyFrom ?? []) this.allowCopyFrom(source);
    if (props.deletionDenial) this.denyDeletion(props.deletionDenial);
    if (props.notifications) this.notify(props.notifications);
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
    report(this, accessStatementProblems(statement));
    this.accessPolicy.addStatements(statement);
  }

  /** Lets an account, an organization or an organizational unit copy recovery points into this vault. */
  public allowCopyFrom(source: CopySource): void {
    this.addToAccessPolicy(
      new iam.PolicyStatement({
        actions: [COPY_INTO_VAULT],
        principals: [source._principal()],
        resources: ['*'],
      }),
    );
  }

  /** Denies to delete recovery points and to shorten their life. */
  public denyDeletion(denial: DeletionDenial): void {
    if (denial.exemptRoleArns.length === 0)
      warn(this, [
        {
          id: 'Backup-DeletionDenialWithoutExemption',
          severity: 'warning',
          property: 'deletionDenial',
          message:
            '`deletionDenial` denies everyone to change the access policy of the vault, CloudFormation included: later deployments that change it will fail',
          fix: 'name the deployment role with `DeletionDenial.exceptFor(role)`',
        },
      ]);
    this.addToAccessPolicy(denial._statement());
  }

  /** Sends the events of the vault to a topic. A vault has one topic. */
  public notify(notifications: VaultNotifications): void {
    if (this.resource.notifications)
      throw refuse(
        'Backup-NotificationTopic',
        'notifications',
        '`notifications` can be said once, since a vault has one topic',
        'subscribe further receivers to that topic',
      );
    const { problems, property } = connectTopic(this.resource, notifications);
    report(this, problems);
    this.resource.notifications = property;
  }

  /**
   * Grants actions on this vault.
   *
   * A grantee of another account can only be granted `backup:CopyIntoBackupVault`, which also goes into the
   * access policy of the vault; anything else is refused with the reason.
   */
  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return grantOnVault(this, grantee, actions, (statement) => this.addToAccessPolicy(statement));
  }

  /**
   * What happens to the vault when it leaves the stack. A vault under a compliance lock can't be destroyed.
   */
  public override applyRemovalPolicy(policy: RemovalPolicy): void {
    if (policy === RemovalPolicy.DESTROY && this.lock)
      report(this, [
        {
          id: 'Backup-DestroyLockedVault',
          severity: this.lock.isCompliance ? 'error' : 'warning',
          property: 'removalPolicy',
          message: `\`removalPolicy\` can't be DESTROY for a vault under a ${this.lock.isCompliance ? 'compliance' : 'governance'} lock: while it holds recovery points the deletion of the stack fails`,
          fix: 'use RemovalPolicy.RETAIN',
        },
      ]);
    super.applyRemovalPolicy(policy);
  }
}

/** A compliance lock is legal and risky: say the day from which nobody can undo it. */
function complianceProblems(lock: VaultLock | undefined): Problem[] {
  if (lock?.coolingOffDays === undefined) return [];
  const days = lock.coolingOffDays;
  const from = Token.isUnresolved(days)
    ? 'once the cooling-off period is over'
    : `from ${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)} on, if deployed today`;
  return [
    {
      id: 'Backup-ComplianceLock',
      severity: 'warning',
      property: 'lock',
      message: `\`lock\` is a compliance lock: ${from}, nobody can change or remove it, nor delete a recovery point before its retention ends`,
      fix: 'acknowledge this warning once the retention of every rule and copy into this vault is settled',
    },
  ];
}

/** The law of a vault's key: a key, not an alias, in the Region of the vault. */
function keyProblems(vault: BackupVault, key: IKeyRef | undefined): Problem[] {
  if (!key) return [];
  const arn = JSON.stringify(Stack.of(vault).resolve(key.keyRef.keyArn));
  if (arn.includes(':alias/'))
    return [
      {
        id: 'Backup-VaultKeyAlias',
        severity: 'error',
        property: 'encryption',
        message: '`encryption` must be a key, got an alias, which AWS Backup refuses for a vault',
        fix: 'refer to the key by its ARN',
      },
    ];
  const [here, there] = [vault.env.region, key.env.region];
  if (Token.isUnresolved(here) || Token.isUnresolved(there) || here === there) return [];
  return [
    {
      id: 'Backup-VaultKeyRegion',
      severity: 'error',
      property: 'encryption',
      message: `\`encryption\` must be a key in the Region of the vault (${here}), got one in ${there}`,
      fix: 'make a key in that Region, or a replica of a multi-Region key',
    },
  ];
}
