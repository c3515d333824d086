import { type CustomResource, Resource, Stack } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { throwErrors } from '../../values/core/problem';
import { handledResource } from '../provider/handler-provider';
import { organizationSettingsStatements } from '../provider/handler-statements';
import { switchProblems } from './settings-laws';
import { SettingsRemoval } from './settings-removal';

/** Properties of `BackupOrganizationSettings`. A setting that you omit stays as it is. */
export interface BackupOrganizationSettingsProps {
  /**
   * Whether AWS Backup may act in all accounts of the organization: trusted access of `backup.amazonaws.com`.
   *
   * @default - unchanged
   */
  readonly trustedAccess?: boolean;

  /**
   * Whether backup policies can be attached (`BACKUP_POLICY`).
   *
   * @default - unchanged
   */
  readonly backupPolicies?: boolean;

  /**
   * Whether service control policies can be attached (`SERVICE_CONTROL_POLICY`), such as `BackupProtectionPolicy`.
   *
   * @default - unchanged
   */
  readonly serviceControlPolicies?: boolean;

  /**
   * Whether tag policies can be attached (`TAG_POLICY`), such as `BackupTagPolicy`.
   *
   * @default - unchanged
   */
  readonly tagPolicies?: boolean;

  /**
   * What happens to changed settings when a setting is no longer set or the construct is removed. Disabling a policy type
   * detaches all policies of that type.
   *
   * @default SettingsRemoval.KEEP
   */
  readonly onRemoval?: SettingsRemoval;

  /**
   * Any text. A new one compares the settings with what was set, and sets them again.
   *
   * @default - only changes of the other properties count
   */
  readonly trigger?: string;
}

const ID = 'Backup-OrganizationSettings';
const FLAGS = ['trustedAccess', 'backupPolicies', 'serviceControlPolicies', 'tagPolicies'] as const;

/**
 * What backup policies need in AWS Organizations: trusted access for AWS Backup, and the policy types that can be
 * attached to the root and below. CloudFormation has no resource type for them.
 *
 * Settings are merged: settings that you omit are never changed. What was set before is kept as a parameter of AWS Systems
 * Manager below `/cdk-backup-constructs/organization-settings`, in one Region for the whole organization (us-east-1 in
 * the standard partition). In any account other than the management account, the deployment fails with that reason.
 * The settings apply to all Regions, so one stack in one Region is enough. Constructs that attach policies should depend on
 * it.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/manage-cross-account.html
 */
@propertyInjectable
export class BackupOrganizationSettings extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupOrganizationSettings';

  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: BackupOrganizationSettingsProps) {
    super(scope, id);
    throwErrors(switchProblems(ID, 'BackupOrganizationSettingsProps', props, FLAGS), this.node.path);
    const policyTypes = {
      BACKUP_POLICY: props.backupPolicies,
      SERVICE_CONTROL_POLICY: props.serviceControlPolicies,
      TAG_POLICY: props.tagPolicies,
    };
    const restores = props.onRemoval === SettingsRemoval.RESTORE;
    // whatever is restored may have been set by an earlier deployment
    const types = (isOn: boolean) =>
      Object.entries(policyTypes)
        .filter(([, flag]) => restores || flag === isOn)
        .map(([name]) => name);
    this.resource = handledResource(this, {
      type: 'Custom::BackupOrganizationSettings',
      statements: organizationSettingsStatements(Stack.of(this), {
        enables: types(true),
        disables: types(false),
      }),
      properties: {
        services: { 'backup.amazonaws.com': props.trustedAccess },
        policyTypes,
        restores,
        trigger: props.trigger,
      },
    });
  }

  /** The settings that the last deployment changed, separated by commas; known at deployment. */
  public get changed(): string {
    return this.resource.getAttString('Changed');
  }

  /** The settings that were changed outside of this construct since the last deployment; known at deployment. */
  public get drifted(): string {
    return this.resource.getAttString('Drifted');
  }
}
