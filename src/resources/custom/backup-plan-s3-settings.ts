import { Resource, Stack } from 'aws-cdk-lib';
import type { CfnBackupPlan, IBackupPlanRef } from 'aws-cdk-lib/aws-backup';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { flagProblems, propsProblems, requiredKindProblems } from '../core/argument-checks';
import { enforce } from '../core/enforce';
import { siblingsInEnvironment } from '../core/siblings-in-environment';
import { handledResource } from '../provider/handler-provider';
import { planS3SettingsStatements } from '../provider/handler-statements';
import { resourceOf } from '../vault/vault-facts';

/** Properties of `BackupPlanS3Settings`: an option that you omit keeps its value in AWS Backup, which backs it up by default. */
export interface BackupPlanS3SettingsProps {
  /** The plan, in the account and Region of the stack. */
  readonly backupPlan: IBackupPlanRef;

  /**
   * Whether the access control lists of objects are backed up.
   *
   * @default - unchanged
   */
  readonly backupAcls?: boolean;

  /**
   * Whether the tags of objects are backed up.
   *
   * @default - unchanged
   */
  readonly backupObjectTags?: boolean;
}

const ID = 'Backup-PlanS3Settings';

/**
 * What a plan backs up in buckets besides the objects: options that CloudFormation does not accept. They are merged into
 * the deployed plan after each change that CloudFormation makes to it. An option that is no longer set, or leaves with this
 * construct, gets the value that it had before.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_AdvancedBackupSetting.html
 */
@propertyInjectable
export class BackupPlanS3Settings extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupPlanS3Settings';

  private readonly backupPlan: IBackupPlanRef;

  constructor(scope: Construct, id: string, props: BackupPlanS3SettingsProps) {
    super(scope, id);
    enforce(this, settingsProblems(props));
    this.backupPlan = props.backupPlan;
    enforce(this, this.secondProblems());
    const { backupPlanId, backupPlanArn } = props.backupPlan.backupPlanRef;
    const plan = resourceOf(props.backupPlan) as CfnBackupPlan | undefined;
    handledResource(this, {
      type: 'Custom::BackupPlanS3Settings',
      statements: planS3SettingsStatements(Stack.of(this), backupPlanArn, scannerRoleOf(plan)),
      properties: {
        planId: backupPlanId,
        options: { BackupACLs: wordOf(props.backupAcls), BackupObjectTags: wordOf(props.backupObjectTags) },
        claimed: true, // an earlier version of the function saved no claims
        // a plan that CloudFormation changed has lost the options
        version: plan?.attrVersionId,
      },
    });
  }

  private secondProblems(): Problem[] {
    const all = siblingsInEnvironment<BackupPlanS3Settings>(this, 'plan s3 settings');
    const other = all.find((each) => each !== this && each.backupPlan === this.backupPlan);
    if (!other) return [];
    const message = `\`backupPlan\` must be one whose settings for S3 nothing else sets, got \`${this.backupPlan.node.path}\`, which \`${other.node.path}\` sets`;
    return [problem({ id: ID, property: 'backupPlan', message, fix: 'set them in one place' })];
  }
}

/** The role that a plan of the app scans with. */
function scannerRoleOf(plan: CfnBackupPlan | undefined): string | undefined {
  const settings = (plan?.backupPlan as CfnBackupPlan.BackupPlanResourceTypeProperty | undefined)
    ?.scanSettings;
  if (!Array.isArray(settings)) return undefined;
  const [first] = settings as (CfnBackupPlan.ScanSettingResourceTypeProperty | undefined)[];
  return first?.scannerRoleArn;
}

function wordOf(flag: boolean | undefined): string | undefined {
  return flag === undefined ? undefined : flag ? 'enabled' : 'disabled';
}

function settingsProblems(props: BackupPlanS3SettingsProps): Problem[] {
  const wrong = propsProblems(ID, props ?? null);
  if (wrong.length > 0) return wrong;
  const { backupPlan, backupAcls, backupObjectTags } = props;
  const problems = [
    ...unknownPropertyProblems(props, 'BackupPlanS3SettingsProps'),
    ...requiredKindProblems(
      backupPlan,
      (given: IBackupPlanRef) => typeof given.backupPlanRef?.backupPlanId === 'string',
      { id: ID, property: 'backupPlan', what: 'a backup plan' },
    ),
    ...flagProblems(ID, 'backupAcls', backupAcls),
    ...flagProblems(ID, 'backupObjectTags', backupObjectTags),
  ];
  if (backupAcls !== undefined || backupObjectTags !== undefined) return problems;
  return [
    ...problems,
    problem({
      id: ID,
      property: 'backupAcls',
      message: (label) => `one of ${label('backupAcls')}, \`backupObjectTags\` must be set, got none`,
      fix: 'for example, set `backupAcls: false`',
    }),
  ];
}
