import { type CustomResource, type Duration, Resource } from 'aws-cdk-lib';
import type { IBackupVaultRef, ILogicallyAirGappedBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct, IConstruct } from 'constructs';
import type { Retention } from '../../values/plan/retention';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { enforce } from '../core/enforce';
import { handledResource } from '../core/handler-provider';
import { onDemandStatements } from '../core/handler-statements';
import { BackupRole } from '../role/backup-role';
import { typesOfArn } from '../selection/selected-resources';
import { arnOfVault } from '../vault/vault-reference';
import { OnDemandFailure, onDemandLaws } from './on-demand-laws';

/** Properties of an `OnDemandBackup`. */
export interface OnDemandBackupProps {
  /** The vault that the recovery point is kept in, in the account and Region of the stack. */
  readonly vault: IBackupVaultRef;

  /**
   * The construct that is backed up. Where it is made in the same stack, the backup is made *after* what the
   * deployment changes of it: for a backup before that, name it by `resourceArn`, or make the backup in a stack that is
   * deployed first.
   *
   * @default - `resourceArn` says it
   */
  readonly resource?: IConstruct;

  /**
   * The ARN of the resource that is backed up.
   *
   * @default - `resource` says it
   */
  readonly resourceArn?: string;

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
   * Any text. A deployment with another text than the last makes another backup, such as with the number of the
   * release; nothing else does. A rollback that brings the text before back makes one too.
   *
   * @default - one backup, when the construct is deployed first
   */
  readonly trigger?: string;
}

const DEFAULT_TIMEOUT_MINUTES = 30;

/**
 * A backup as part of a deployment, such as before a migration: CloudFormation waits until it is complete, and what
 * depends on this construct is deployed after that. When it fails, the deployment fails, or goes on where you allow it.
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
        trigger: props.trigger,
      },
    });
    if (this.role instanceof BackupRole) this.role._deployBefore(this.resource);
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
