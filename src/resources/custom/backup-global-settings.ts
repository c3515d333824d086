import { type CustomResource, Resource, Stack } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { throwErrors } from '../../values/core/problem';
import { handledResource } from '../provider/handler-provider';
import { sharedSettingsStatements } from '../provider/handler-statements';
import { switchProblems } from './settings-laws';
import { SettingsRemoval } from './settings-removal';

/** Properties of `BackupGlobalSettings`. A setting that you omit stays as it is. */
export interface BackupGlobalSettingsProps {
  /**
   * Whether recovery points may be copied from one account of the organization to another.
   *
   * @default - unchanged
   */
  readonly crossAccountBackup?: boolean;

  /**
   * Whether logically air-gapped vaults may have approval teams.
   *
   * @default - unchanged
   */
  readonly multiPartyApproval?: boolean;

  /**
   * Whether delegated administrators may manage backup policies and see the jobs of all accounts.
   *
   * @default - unchanged
   */
  readonly delegatedAdministrator?: boolean;

  /**
   * What happens to changed flags when a flag is no longer set or the construct leaves the stack. The flags are those of
   * the whole organization: RESTORE turns off cross-account backup in all accounts unless another stack claims it.
   *
   * @default SettingsRemoval.KEEP
   */
  readonly onRemoval?: SettingsRemoval;

  /**
   * Any text. A new one compares the flags with what was set, and sets them again.
   *
   * @default - only changes of the other properties count
   */
  readonly trigger?: string;
}

const ID = 'Backup-GlobalSettings';

/**
 * The flags of AWS Backup for an organization, which only its management account can set. CloudFormation has no resource
 * type for them.
 *
 * Flags are merged: flags that you omit are never changed. What was set before is kept as a parameter of AWS Systems
 * Manager below `/cdk-backup-constructs/global-settings`, in one Region for the whole organization (us-east-1 in the
 * standard partition). In any other account, the deployment fails with that reason. The flags apply to all Regions, so one
 * stack in one Region is enough.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateGlobalSettings.html
 */
@propertyInjectable
export class BackupGlobalSettings extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupGlobalSettings';

  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: BackupGlobalSettingsProps) {
    super(scope, id);
    throwErrors(switchProblems(ID, 'BackupGlobalSettingsProps', props, FLAGS), this.node.path);
    this.resource = handledResource(this, {
      type: 'Custom::BackupGlobalSettings',
      statements: sharedSettingsStatements(Stack.of(this), 'Custom::BackupGlobalSettings', 'global-settings'),
      properties: {
        flags: {
          isCrossAccountBackupEnabled: props.crossAccountBackup,
          isMpaEnabled: props.multiPartyApproval,
          isDelegatedAdministratorEnabled: props.delegatedAdministrator,
        },
        restores: props.onRemoval === SettingsRemoval.RESTORE,
        trigger: props.trigger,
      },
    });
  }

  /** The flags that the last deployment changed, separated by commas; known at deployment. */
  public get changed(): string {
    return this.resource.getAttString('Changed');
  }

  /** The flags that were changed outside of this construct since the last deployment; known at deployment. */
  public get drifted(): string {
    return this.resource.getAttString('Drifted');
  }
}

const FLAGS = ['crossAccountBackup', 'multiPartyApproval', 'delegatedAdministrator'] as const;
