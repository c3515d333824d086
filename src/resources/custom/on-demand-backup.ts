import { type CustomResource, type Duration, Resource } from 'aws-cdk-lib';
import type { IBackupVaultRef, ILogicallyAirGappedBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct, IConstruct } from 'constructs';
import type { Retention } from '../../values/plan/retention';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { enforce } from '../core/enforce';
import { resolveResource } from '../core/resource-arns';
import { handledResource } from '../provider/handler-provider';
import { onDemandStatements } from '../provider/handler-statements';
import { BackupRole } from '../role/backup-role';
import { warnOfDistrust } from '../role/role-trust';
import { warnOfUnversionedBuckets } from '../selection/selected-buckets';
import { typesOfArn } from '../selection/selected-resources';
import { arnOfVault } from '../vault/vault-reference';
import { changeTrigger, deployAfterBackup } from './backup-before';
import { OnDemandFailure, onDemandLaws } from './on-demand-laws';

/** Properties of an `OnDemandBackup`. */
export interface OnDemandBackupProps {
  /** The vault that the recovery point is kept in, in the account and Region of the stack. */
  readonly vault: IBackupVaultRef;

  /**
   * The construct to back up. If the app creates it, the backup runs after it is created or changed. For a backup before
   * a change, use `resourceArn` and `before`.
   *
   * @default - the resource of `resourceArn`
   */
  readonly resource?: IConstruct;

  /**
   * The ARN of the resource to back up.
   *
   * @default - the resource of `resource`
   */
  readonly resourceArn?: string;

  /**
   * What is deployed only after the backup is complete: stacks of the same stage, or constructs in the stack of the
   * backup. Every change to their templates or assets makes another backup first. If the backup fails, they stay as they
   * are.
   *
   * @default - nothing waits for the backup
   */
  readonly before?: IConstruct[];

  /** How long the recovery point is kept. The backup is never deleted with the stack. */
  readonly retention: Retention;

  /**
   * After how long it moves to cold storage; at least 90 days before it is deleted.
   *
   * @default - it stays warm
   */
  readonly coldStorageAfter?: Duration;

  /**
   * Whether a snapshot of EBS moves to the archive tier as cold storage.
   *
   * @default false
   */
  readonly archive?: boolean;

  /**
   * A logically air-gapped vault of the account and Region that the backup goes to, where its type can; `vault` holds
   * the temporary snapshot of other types.
   *
   * @default - `vault` alone
   */
  readonly airGappedVault?: ILogicallyAirGappedBackupVaultRef;

  /**
   * Whether an EC2 instance with Windows is backed up with VSS, consistent for its applications.
   *
   * @default false
   */
  readonly windowsVss?: boolean;

  /**
   * The role that AWS Backup assumes.
   *
   * @default - a `BackupRole` for the type of the resource
   */
  readonly role?: IRoleRef;

  /**
   * How long the deployment waits for the end of the backup, counted from its creation: whole minutes, 1 to 40, since
   * CloudFormation itself waits an hour at most.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;

  /**
   * What a backup that fails, or takes longer than `timeout`, does to the deployment.
   *
   * @default OnDemandFailure.FAIL_DEPLOYMENT
   */
  readonly onFailure?: OnDemandFailure;

  /**
   * Any text. A deployment with another text than the last one makes another backup, for example with the number of the
   * release. A rollback to the previous text makes one too. With `before`, it adds to the trigger that the changes are.
   *
   * @default - every change of `before`; without that, one backup when the construct is first deployed
   */
  readonly trigger?: string;
}

const DEFAULT_TIMEOUT_MINUTES = 30;

/**
 * A backup as part of a deployment, such as before a migration: CloudFormation waits until it is complete, and deploys
 * what you list in `before` after that. If the backup fails, the deployment fails, unless you allow it to continue.
 *
 * Each request of CloudFormation starts one job, however often the function is called for it. Recovery points stay
 * when the construct leaves the stack, and expire by their retention.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html
 */
@propertyInjectable
export class OnDemandBackup extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.OnDemandBackup';

  /** The role that AWS Backup assumes. */
  public readonly role: IRoleRef;

  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: OnDemandBackupProps) {
    super(scope, id);
    const { arn, type, lifecycle, timeoutMinutes, problems } = onDemandLaws(this, props);
    enforce(this, problems);
    const { before = [], trigger } = props;

    this.role = props.role ?? this.ownRole(type === undefined ? typesOfArn(arn) : [type]);
    this.resource = handledResource(this, {
      type: 'Custom::OnDemandBackup',
      statements: onDemandStatements(arnOfVault(props.vault), this.role.roleRef.roleArn),
      properties: {
        vaultName: props.vault.backupVaultRef.backupVaultName,
        resourceArn: arn,
        roleArn: this.role.roleRef.roleArn,
        airGappedVaultArn: props.airGappedVault && arnOfVault(props.airGappedVault),
        deleteAfterDays: lifecycle?.retention.inDays,
        coldStorageAfterDays: lifecycle?.coldStorageAfterDays,
        archives: lifecycle?.archive || undefined,
        options: props.windowsVss ? { WindowsVSS: 'enabled' } : undefined,
        timeoutMinutes: timeoutMinutes ?? DEFAULT_TIMEOUT_MINUTES,
        onlyWarns: props.onFailure === OnDemandFailure.WARN,
        trigger: before.length > 0 ? changeTrigger(before, trigger) : trigger,
      },
    });
    this.node.addValidation({
      validate: () => {
        warnOfDistrust(this, this.role);
        const bucket = props.resource && resolveResource(props.resource)?.resource;
        if (bucket) warnOfUnversionedBuckets(this, [bucket]);
        return [];
      },
    });
    if (this.role instanceof BackupRole) this.role._deployBefore(this.resource);
    deployAfterBackup(this, before);
  }

  /** The ARN of the recovery point; empty where there is none and that only warns. Known at deployment. */
  public get recoveryPointArn(): string {
    return this.resource.getAttString('RecoveryPointArn');
  }

  /** The id of the backup job. Known at deployment. */
  public get backupJobId(): string {
    return this.resource.getAttString('JobId');
  }

  /** `COMPLETED`, or `WARNING` where there is no recovery point and that only warns. Known at deployment. */
  public get state(): string {
    return this.resource.getAttString('State');
  }

  /** What there is to say of the backup, such as why it failed; else empty. Known at deployment. */
  public get message(): string {
    return this.resource.getAttString('Message');
  }

  private ownRole(types: readonly ResourceType[]): BackupRole {
    const role = new BackupRole(this, 'Role');
    if (types.length > 0) role.allowBackupOf(...types);
    else role.allowBackupOfEverything();
    return role;
  }
}
