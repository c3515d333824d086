import { Resource } from 'aws-cdk-lib';
import type { CfnBackupPlan, IBackupPlanRef } from 'aws-cdk-lib/aws-backup';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import type { Problem } from '../../values/core/problem';
import { flagProblems, propsProblems, requiredKindProblems } from '../core/argument-checks';
import { report } from '../core/enforce';
import { planS3SettingsStatements } from '../core/handler-actions';
import { handledResource } from '../core/handler-provider';
import { neighbours } from '../core/siblings-in-environment';
import { resourceOf } from '../vault/vault-facts';

/** Properties of `BackupPlanS3Settings`: what is left out stays as AWS Backup has it, which is to back it up. */
export interface BackupPlanS3SettingsProps {
  /** The plan, in the account and Region of the stack. */
  readonly backupPlan: IBackupPlanRef;

  /**
   * Whether the access control lists of objects are backed up.
   *
   * @default - as it is
   */
  readonly backupAcls?: boolean;

  /**
   * Whether the tags of objects are backed up.
   *
   * @default - as it is
   */
  readonly backupObjectTags?: boolean;
}

const ID = 'Backup-PlanS3Settings';

/**
 * What a plan backs up of buckets beside the objects: options that AWS Backup has and CloudFormation refuses. They are
 * merged into the plan as it is deployed, after each change that CloudFormation makes of it; on removal they go.
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
    report(this, settingsProblems(props));
    this.backupPlan = props.backupPlan;
    report(this, this.secondProblems());
    const { backupPlanId, backupPlanArn } = props.backupPlan.backupPlanRef;
    const plan = resourceOf(props.backupPlan) as CfnBackupPlan | undefined;
    handledResource(this, {
      type: 'Custom::BackupPlanS3Settings',
      statements: planS3SettingsStatements(backupPlanArn),
      properties: {
        planId: backupPlanId,
        options: { BackupACLs: wordOf(props.backupAcls), BackupObjectTags: wordOf(props.backupObjectTags) },
        // a plan that CloudFormation has changed has lost the options
        version: plan?.attrVersionId,
      },
    });
  }

  private secondProblems(): Problem[] {
    const all = neighbours<BackupPlanS3Settings>(this, 'plan s3 settings');
    const other = all.find((each) => each !== this && each.backupPlan === this.backupPlan);
    if (!other) return [];
    const message = `\`backupPlan\` must be one whose settings for S3 nothing else says, got \`${this.backupPlan.node.path}\`, of which \`${other.node.path}\` says them`;
    return [{ id: ID, severity: 'error', property: 'backupPlan', message, fix: 'say them at one place' }];
  }
}

function wordOf(flag: boolean | undefined): string | undefined {
  return flag === undefined ? undefined : flag ? 'enabled' : 'disabled';
}

function settingsProblems(props: BackupPlanS3SettingsProps): Problem[] {
  const wrong = propsProblems(ID, props ?? null);
  if (wrong.length > 0) return wrong;
  const { backupPlan, backupAcls, backupObjectTags } = props;
  const problems = [
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
    {
      id: ID,
      severity: 'error',
      property: 'backupAcls',
      message: 'one of `backupAcls`, `backupObjectTags` must be said, got none',
      fix: 'say for example `backupAcls: false`',
    },
  ];
}
