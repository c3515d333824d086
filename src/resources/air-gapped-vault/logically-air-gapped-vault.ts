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
import { lateErrors, report, warn } from '../core/enforce';
import { duplicateVaultProblems } from '../core/explicit-names';
import type { CopySource } from '../vault/copy-source';
import { letEncrypt } from '../vault/key-path';
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
 * A logically air-gapped vault: its recovery points lie in an account of AWS, locked in compliance mode, and can be
 * restored from other accounts that the vault is shared with. It serves as the destination of copies
 * (`CopyAction.toVault`) and, in the account and Region of a plan, as the primary target of rules (`airGappedVault`).
 *
 * Nothing of its retention and its key can ever be changed: whoever needs another range needs another vault. So the
 * generated name and the logical id carry the range, and the life of a vault goes on like this:
 *
 * 1. The first deployment. A warning says how to record it: `generation: '7to365'`.
 * 2. The retention changes, say to 30 to 730 days. It is refused, and the error says how it is meant: the old one goes
 *    to `previousGenerations: [{ minRetention: Duration.days(7), maxRetention: Duration.days(365) }]`, and the new one
 *    is recorded with `generation: '30to730'`.
 * 3. The next deployment makes the new vault. Plans and copies go on into it; the old one stays in the stack as it was
 *    until its recovery points have expired. What is taken out of `previousGenerations` leaves the stack and stays in
 *    the account.
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

  /** Refers to an existing vault, and says what else is known about it: its retention is respected then. */
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

  /** The customer-managed key; undefined where AWS owns the key. */
  public readonly encryptionKey?: IKeyRef;

  /** The team of multi-party approval, if there is one. */
  public readonly mpaApprovalTeamArn?: string;

  private readonly accessPolicy = new iam.PolicyDocument();
  private readonly shares: VaultShares;
  private readonly generations: readonly Generation[];
  /** The current one first. */
  private readonly resources: readonly CfnLogicallyAirGappedBackupVault[];

  constructor(scope: Construct, id: string, props: LogicallyAirGappedVaultProps) {
    const path = `${scope.node.path}/${id}`;
    throwErrors(propsProblems('Backup-AirGappedVaultProps', props), path);
    const said: Partial<LogicallyAirGappedVaultProps> = { ...props, backupVaultName: saidName(props) };
    const current = readGeneration(scope, id, said);
    const previous = readPreviousGenerations(scope, id, said.previousGenerations);
    const problems = [
      ...previous.problems,
      ...airGappedVaultProblems(scope, said, current, previous.generations),
    ];
    throwErrors(problems, path);
    super(scope, id, { physicalName: Token.asString(current.name) });
    warn(this, [
      ...problems,
      ...[said, ...(said.previousGenerations ?? [])].flatMap(({ backupVaultName: name }) =>
        duplicateVaultProblems(this, name),
      ),
    ]);

    this.minRetentionDays = current.minRetentionDays;
    this.maxRetentionDays = current.maxRetentionDays;
    this.encryptionKey = said.encryptionKey;
    this.mpaApprovalTeamArn = said.mpaApprovalTeamArn;
    const resource = this.makeVault(current);
    this.generations = [current, ...previous.generations];
    this.resources = [resource, ...previous.generations.map((generation) => this.makeVault(generation))];
    this.node.defaultChild = resource;
    for (const each of this.resources) each.applyRemovalPolicy(RemovalPolicy.RETAIN);
    if (said.removalPolicy) this.applyRemovalPolicy(said.removalPolicy);
    // `RemovalPolicies.of(…)` goes by the resources
    this.node.addValidation({ validate: () => lateErrors(this, this.destructionProblems()) });

    this.backupVaultName = this.getResourceNameAttribute(resource.ref);
    this.backupVaultArn = this.getResourceArnAttribute(resource.attrBackupVaultArn, {
      service: 'backup',
      resource: 'backup-vault',
      resourceName: nameForArn(this, this.physicalName),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.shares = new VaultShares(this, () => this.resources.map((each) => each.attrBackupVaultArn));

    for (const source of said.copyFrom ?? []) this.allowCopyFrom(source);
    if (said.notifications) this.connect(said.notifications);
    if (said.sharedWith) this.shares.add(said.sharedWith);
  }

  /** How other constructs refer to this vault, as to any vault. */
  public get backupVaultRef(): BackupVaultReference {
    return { backupVaultName: this.backupVaultName, backupVaultArn: this.backupVaultArn };
  }

  /** How other constructs refer to this vault, as to a logically air-gapped one. */
  public get logicallyAirGappedBackupVaultRef(): LogicallyAirGappedBackupVaultReference {
    return { backupVaultName: this.backupVaultName };
  }

  /**
   * Adds a statement to the access policy of the vault. Actions must be whole names: AWS Backup refuses wildcards.
   */
  public addToAccessPolicy(statement: iam.PolicyStatement): void {
    report(this, accessStatementProblems(statement, this.env.account));
    this.accessPolicy.addStatements(statement);
  }

  /**
   * Lets an account, an organization or an organizational unit copy recovery points into this vault, and encrypt them
   * with its key, where there is one of yours; of a key that is not made in this app, a warning says which statements its
   * policy needs.
   */
  public allowCopyFrom(source: CopySource): void {
    report(this, copySourceProblems(this, source, false));
    for (const key of new Set(this.generations.map((each) => each.encryptionKey)))
      letEncrypt(this, key, source);
    this.addToAccessPolicy(
      new iam.PolicyStatement({
        actions: [COPY_INTO_VAULT],
        principals: [source._principal()],
        resources: ['*'],
      }),
    );
  }

  /** Sends the events of the vault to a topic. A vault has one topic. */
  public notify(notifications: VaultNotifications): void {
    report(this, secondTopicProblems(this.resources[0].notifications));
    report(this, notificationProblems(this, notifications));
    this.connect(notifications);
  }

  /**
   * Shares the vault through AWS RAM: the accounts see its recovery points and can restore them, but not copy them.
   *
   * @param accountIds accounts, one by one: a vault can be shared neither with an organization nor with an
   * organizational unit
   */
  public shareWith(accountIds: string[], options: VaultShareOptions = {}): void {
    const problems = sharedAccountProblems(accountIds, this.env.account, 'accountIds');
    report(this, [...problems, ...this.shares.problems(accountIds, options)]);
    this.shares.add(accountIds, options);
  }

  /**
   * Grants actions on this vault.
   *
   * A grantee of another account can only be granted `backup:CopyIntoBackupVault`, which also goes into the access
   * policy of the vault; anything else is refused with the reason.
   */
  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return grantOnVault(this, grantee, actions, {
      add: (statement) => this.addToAccessPolicy(statement),
      underAwsManagedKey: false,
    });
  }

  /** What happens to the vault when it leaves the stack: it can't be destroyed. */
  public override applyRemovalPolicy(policy: RemovalPolicy): void {
    report(this, removalPolicyProblems(policy));
    super.applyRemovalPolicy(policy);
    report(this, this.destructionProblems());
  }

  private makeVault(generation: Generation): CfnLogicallyAirGappedBackupVault {
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
      if (index === 0) warn(this, warnings);
      resource.notifications = property;
    }
  }
}

/** A name that the CDK would generate where it is needed is generated here, since it always is. */
function saidName(props: Partial<LogicallyAirGappedVaultProps> = {}): string | undefined {
  return props.backupVaultName === PhysicalName.GENERATE_IF_NEEDED ? undefined : props.backupVaultName;
}
