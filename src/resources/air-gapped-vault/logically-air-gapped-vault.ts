import {
  ArnFormat,
  CfnDeletionPolicy,
  Lazy,
  PhysicalName,
  RemovalPolicy,
  Resource,
  Token,
} from 'aws-cdk-lib';
import {
  type BackupVaultReference,
  CfnLogicallyAirGappedBackupVault,
  type LogicallyAirGappedBackupVaultReference,
} from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { type Problem, throwErrors } from '../../values/core/problem';
import { sharedAccountProblems } from '../../values/vault/air-gapped-vault-laws';
import { COPY_INTO_VAULT } from '../../values/vault/vault-policy-laws';
import { propsProblems, removalPolicyProblems } from '../core/argument-checks';
import { enforce, synthesisErrors } from '../core/enforce';
import { duplicateVaultProblems } from '../core/explicit-names';
import type { CopySource } from '../vault/copy-source';
import { allowEncryption } from '../vault/key-path';
import { accessStatementProblems, grantOnVault } from '../vault/vault-access';
import { copySourceProblems, destructionProblems } from '../vault/vault-laws';
import {
  connectTopic,
  notificationProblems,
  secondTopicProblems,
  type VaultNotifications,
} from '../vault/vault-notifications';
import { nameForArn } from '../vault/vault-reference';
import { type Generation, readGeneration, readPreviousGenerations } from './air-gapped-generation';
import {
  type ILogicallyAirGappedVault,
  importAirGappedVault,
  type LogicallyAirGappedVaultAttributes,
} from './logically-air-gapped-vault-import';
import { airGappedVaultProblems } from './logically-air-gapped-vault-laws';
import type { LogicallyAirGappedVaultProps } from './logically-air-gapped-vault-props';
import { type VaultShareOptions, VaultShares } from './vault-share';

/**
 * A logically air-gapped vault: its recovery points are stored in an AWS-owned account, locked in compliance mode, and
 * can be restored from accounts that the vault is shared with. Use it as a copy destination (`CopyAction.toVault`) or,
 * in the account and Region of a plan, as the primary target of rules (`airGappedVault`).
 *
 * The retention range and the key of a vault can't be changed, so different settings need a new vault. The generated
 * name and the logical ID contain the range. To change it:
 *
 * 1. Deploy the vault. A warning tells you how to record its settings: `generation: '7to365'`.
 * 2. Change the retention, for example to 30 to 730 days. An error tells you to move the old settings to
 *    `previousGenerations: [{ minRetention: Duration.days(7), maxRetention: Duration.days(365) }]` and to record the new
 *    ones with `generation: '30to730'`.
 * 3. Deploy again. Plans and copies now use the new vault. The old vault stays in the stack until its recovery points
 *    have expired. When you remove it from `previousGenerations`, it is removed from the stack and stays in the account.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html
 */
@propertyInjectable
export class LogicallyAirGappedVault extends Resource implements ILogicallyAirGappedVault {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.LogicallyAirGappedVault';

  /** Refers to an existing vault in the account and Region of the stack by its name. */
  public static fromBackupVaultName(
    scope: Construct,
    id: string,
    backupVaultName: string,
  ): ILogicallyAirGappedVault {
    return importAirGappedVault(scope, id, { backupVaultName });
  }

  /** Refers to an existing vault by its ARN; it may be in another account or Region. */
  public static fromBackupVaultArn(
    scope: Construct,
    id: string,
    backupVaultArn: string,
  ): ILogicallyAirGappedVault {
    return importAirGappedVault(scope, id, { backupVaultArn });
  }

  /** Refers to an existing vault by its attributes; rules and copies are checked against its retention range. */
  public static fromBackupVaultAttributes(
    scope: Construct,
    id: string,
    attributes: LogicallyAirGappedVaultAttributes,
  ): ILogicallyAirGappedVault {
    return importAirGappedVault(scope, id, attributes);
  }

  public readonly backupVaultName: string;
  public readonly backupVaultArn: string;
  public readonly minRetentionDays?: number;
  public readonly maxRetentionDays?: number;

  /** The customer-managed key; undefined if the vault uses an AWS-owned key. */
  public readonly encryptionKey?: IKeyRef;

  /** The ARN of the Multi-party approval team, if there is one. */
  public readonly mpaApprovalTeamArn?: string;

  private readonly accessPolicy = new iam.PolicyDocument();
  private readonly shares: VaultShares;
  private readonly generations: readonly Generation[];
  /** The L1s of all generations, the current one first. */
  private readonly resources: readonly CfnLogicallyAirGappedBackupVault[];

  constructor(scope: Construct, id: string, props: LogicallyAirGappedVaultProps) {
    const path = `${scope.node.path}/${id}`;
    throwErrors(propsProblems('Backup-AirGappedVaultProps', props), path);
    const options: Partial<LogicallyAirGappedVaultProps> = { ...props, backupVaultName: explicitName(props) };
    const current = readGeneration(scope, id, options);
    const previous = readPreviousGenerations(scope, id, options.previousGenerations);
    const problems = [
      ...previous.problems,
      ...airGappedVaultProblems(scope, options, current, previous.generations),
    ];
    throwErrors(problems, path);
    super(scope, id, { physicalName: Token.asString(current.name) });
    enforce(this, [
      ...propsProblems('Backup-AirGappedVaultProps', props, 'LogicallyAirGappedVaultProps'),
      ...problems,
      ...[options, ...(options.previousGenerations ?? [])].flatMap(({ backupVaultName: name }) =>
        duplicateVaultProblems(this, name),
      ),
    ]);

    this.minRetentionDays = current.minRetentionDays;
    this.maxRetentionDays = current.maxRetentionDays;
    this.encryptionKey = options.encryptionKey;
    this.mpaApprovalTeamArn = options.mpaApprovalTeamArn;
    const resource = this.createVault(current);
    this.generations = [current, ...previous.generations];
    this.resources = [resource, ...previous.generations.map((generation) => this.createVault(generation))];
    this.node.defaultChild = resource;
    for (const each of this.resources) each.applyRemovalPolicy(RemovalPolicy.RETAIN);
    if (options.removalPolicy) this.applyRemovalPolicy(options.removalPolicy);
    // at synthesis, since `RemovalPolicies.of(…)` changes the resources directly
    this.node.addValidation({ validate: () => synthesisErrors(this, this.destructionProblems()) });

    this.backupVaultName = this.getResourceNameAttribute(resource.ref);
    this.backupVaultArn = this.getResourceArnAttribute(resource.attrBackupVaultArn, {
      service: 'backup',
      resource: 'backup-vault',
      resourceName: nameForArn(this, this.physicalName),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.shares = new VaultShares(this, () => this.resources.map((each) => each.attrBackupVaultArn));

    for (const source of options.copyFrom ?? []) this.allowCopyFrom(source);
    if (options.notifications) this.connect(options.notifications);
    if (options.sharedWith) this.shares.add(options.sharedWith);
  }

  /** How other constructs refer to this vault as a backup vault. */
  public get backupVaultRef(): BackupVaultReference {
    return { backupVaultName: this.backupVaultName, backupVaultArn: this.backupVaultArn };
  }

  /** How other constructs refer to this vault as a logically air-gapped vault. */
  public get logicallyAirGappedBackupVaultRef(): LogicallyAirGappedBackupVaultReference {
    return { backupVaultName: this.backupVaultName };
  }

  /**
   * Adds a statement to the access policy of the vault. Actions must be complete names, since AWS Backup rejects
   * wildcards.
   */
  public addToAccessPolicy(statement: iam.PolicyStatement): void {
    enforce(this, accessStatementProblems(statement, this.env.account));
    this.accessPolicy.addStatements(statement);
  }

  /**
   * Lets an account, an organization or an organizational unit copy recovery points into this vault, and encrypt them
   * with its key if that is customer-managed. If the key isn't created in this app, a warning lists the statements that
   * its policy needs.
   */
  public allowCopyFrom(source: CopySource): void {
    enforce(this, copySourceProblems(this, source, false));
    for (const key of new Set(this.generations.map((each) => each.encryptionKey)))
      allowEncryption(this, key, source);
    this.addToAccessPolicy(
      new iam.PolicyStatement({
        actions: [COPY_INTO_VAULT],
        principals: [source._principal()],
        resources: ['*'],
      }),
    );
  }

  /** Sends the events of the vault to a topic. A vault can have only one topic. */
  public notify(notifications: VaultNotifications): void {
    enforce(this, secondTopicProblems(this.resources[0].notifications));
    enforce(this, notificationProblems(this, notifications));
    this.connect(notifications);
  }

  /**
   * Shares the vault through AWS RAM: the accounts can view and restore its recovery points, but not copy them.
   *
   * @param accountIds account IDs, since a vault can't be shared with an organization or an organizational unit
   */
  public shareWith(accountIds: string[], options: VaultShareOptions = {}): void {
    const problems = sharedAccountProblems(accountIds, this.env.account, 'accountIds');
    enforce(this, [...problems, ...this.shares.problems(accountIds, options)]);
    this.shares.add(accountIds, options);
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
      underAwsManagedKey: false,
    });
  }

  /** Sets what happens to the vault when it is removed from the stack. It can't be destroyed. */
  public override applyRemovalPolicy(policy: RemovalPolicy): void {
    enforce(this, removalPolicyProblems(policy));
    super.applyRemovalPolicy(policy);
    enforce(this, this.destructionProblems());
  }

  private createVault(generation: Generation): CfnLogicallyAirGappedBackupVault {
    return new CfnLogicallyAirGappedBackupVault(this, generation.label ?? 'Resource', {
      backupVaultName: generation.name,
      minRetentionDays: generation.minRetentionDays as number,
      maxRetentionDays: generation.maxRetentionDays as number,
      encryptionKeyArn: generation.encryptionKey?.keyRef.keyArn,
      mpaApprovalTeamArn: this.mpaApprovalTeamArn,
      accessPolicy: Lazy.any({ produce: () => (this.accessPolicy.isEmpty ? undefined : this.accessPolicy) }),
    });
  }

  private destructionProblems(): Problem[] {
    const destroyed = this.resources.some(
      ({ cfnOptions }) => cfnOptions.deletionPolicy === CfnDeletionPolicy.DELETE,
    );
    return destroyed ? destructionProblems({ isCompliance: true }) : [];
  }

  private connect(notifications: VaultNotifications): void {
    for (const [index, resource] of this.resources.entries()) {
      const { warnings, property } = connectTopic(resource, notifications);
      if (index === 0) enforce(this, warnings);
      resource.notifications = property;
    }
  }
}

/** The explicit name; `PhysicalName.GENERATE_IF_NEEDED` counts as none, since the construct generates a name anyway. */
function explicitName(props: Partial<LogicallyAirGappedVaultProps> = {}): string | undefined {
  return props.backupVaultName === PhysicalName.GENERATE_IF_NEEDED ? undefined : props.backupVaultName;
}
