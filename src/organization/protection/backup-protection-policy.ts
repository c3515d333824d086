import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { enforce } from '../../resources/core/enforce';
import { HANDLER_ROLE_PATH } from '../../resources/provider/handler-provider';
import { AttachedPolicy } from '../core/attached-policy';
import { DEFAULT_ROLE_NAME, STACK_SETS_ROLE } from '../core/role-names';
import { protectionLengthProblems, protectionProblems } from './backup-protection-laws';
import type { BackupProtectionPolicyProps } from './backup-protection-policy-props';

/** The actions that are denied on each kind of resource. Wildcards save characters. Source: Service Authorization Reference, 2026-11. */
const RECOVERY_POINTS = [
  'backup:DeleteRecoveryPoint',
  'backup:DisassociateRecoveryPoint*',
  'backup:UpdateRecoveryPointLifecycle',
];
const VAULTS = [
  'backup:AssociateBackupVaultMpaApprovalTeam',
  'backup:DeleteBackupVault',
  'backup:DeleteBackupVaultAccessPolicy',
  'backup:DeleteBackupVaultLockConfiguration',
  'backup:DeleteBackupVaultNotifications',
  'backup:DisassociateBackupVaultMpaApprovalTeam',
  'backup:PutBackupVaultAccessPolicy',
  'backup:PutBackupVaultLockConfiguration',
  'backup:PutBackupVaultNotifications',
];
const SHARING = ['backup:DeleteBackupVaultSharingPolicy', 'backup:PutBackupVaultSharingPolicy'];
const RESOURCE_SHARES = [
  'ram:AssociateResourceShare',
  'ram:CreateResourceShare',
  'ram:DisassociateResourceShare',
];
const TAGS = ['backup:TagResource', 'backup:UntagResource'];
const JOBS = ['backup:StopBackupJob'];
const LEGAL_HOLDS = ['backup:CancelLegalHold'];
const AUDITS = [
  'backup:DeleteFramework',
  'backup:DeleteReportPlan',
  'backup:DeleteRestoreTesting*',
  'backup:UpdateFramework',
  'backup:UpdateReportPlan',
  'backup:UpdateRestoreTesting*',
];
const MEMBERSHIP = ['account:CloseAccount', 'organizations:LeaveOrganization'];
const PLANS = [
  'backup:CreateBackupSelection',
  'backup:DeleteBackupPlan',
  'backup:DeleteBackupSelection',
  'backup:UpdateBackupPlan',
];
const SETTINGS = ['backup:UpdateGlobalSettings', 'backup:UpdateRegionSettings'];
const ROLES = [
  'iam:AttachRolePolicy',
  'iam:CreateRole',
  'iam:DeleteRole*',
  'iam:DetachRolePolicy',
  'iam:PutRole*',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateRole*',
];
const FUNCTIONS = ['lambda:AddPermission', 'lambda:InvokeFunction', 'lambda:UpdateFunction*'];
const KEYS = [
  'kms:DeleteAlias',
  'kms:DeleteImportedKeyMaterial',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'kms:UpdateAlias',
];

/**
 * The logical ids of the functions of our custom resources. CloudFormation tags functions with them, and nobody can change
 * tags that start with `aws:`.
 */
export const FUNCTION_IDS = ['CustomBackup*Handler*', 'CustomOnDemandBackupHandler*'];

/**
 * A service control policy that prevents administrators of member accounts from removing what backups depend on: recovery
 * points, vaults, plans, the role, the key, the settings of AWS Backup, legal holds, and the membership in the organization.
 *
 * StackSets, AWS Backup itself and the exempt roles keep working. The policy doesn't apply to the management account.
 * Snapshots of EBS and RDS can also be deleted through the APIs of these services, which it doesn't deny.
 *
 * Turn on service control policies in the organization first, and deploy the policy after the member baseline.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
@propertyInjectable
export class BackupProtectionPolicy extends AttachedPolicy {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupProtectionPolicy';

  /** How many of the 5,120 characters are used. */
  public readonly characters: number;

  constructor(scope: Construct, id: string, props: BackupProtectionPolicyProps) {
    let characters = 0;
    super(scope, id, (construct) => {
      enforce(construct, protectionProblems(props));
      const content = { Version: '2012-10-17', Statement: statements(props) };
      characters = JSON.stringify(content).length;
      enforce(construct, protectionLengthProblems(characters));
      return {
        policyName: props.policyName,
        description: 'Keeps members from taking away what backups depend on',
        type: 'SERVICE_CONTROL_POLICY',
        content,
        targets: props.targets,
      };
    });
    this.characters = characters;
  }
}

function statements(props: BackupProtectionPolicyProps): object[] {
  const { roleName = DEFAULT_ROLE_NAME, exemptRoles = [], functionDeployers = [] } = props;
  const { vaultNames = ['*'], keyAlias } = props;
  const role = (name: string) => `arn:*:iam::*:role/${name}`;
  const functions = functionDeployers.length > 0 ? [role(`${HANDLER_ROLE_PATH}*`)] : [];
  const exempt = [...[STACK_SETS_ROLE, roleName, ...exemptRoles].map(role), ...functions];
  const deployers = functionDeployers.map(role);
  const deny = (
    sid: string,
    actions: readonly string[],
    resources: readonly string[],
    { condition = {}, alsoExempt = [] as readonly string[] } = {},
  ) => ({
    Sid: sid,
    Effect: 'Deny',
    Action: actions,
    Resource: resources.length === 1 ? resources[0] : resources,
    Condition: { ArnNotLike: { 'aws:PrincipalArn': [...exempt, ...alsoExempt] }, ...condition },
  });
  const on = (isProtected: boolean | undefined, actions: readonly string[]) =>
    isProtected === false ? [] : actions;
  const vaults = vaultNames.map((name) => `arn:*:backup:*:*:backup-vault:${name}`);
  const plans = `arn:*:backup:*:*:backup-plan:${props.protectsMemberPlans ? '*' : 'orgs/*'}`;
  return [
    // one statement for all that is not in a vault: recovery points have the ARNs of many services
    deny(
      'Backups',
      [
        ...RECOVERY_POINTS,
        ...on(props.protectsJobs, JOBS),
        ...on(props.protectsLegalHolds, LEGAL_HOLDS),
        ...on(props.protectsSettings, SETTINGS),
        ...on(props.protectsAudits, AUDITS),
        ...on(props.protectsMembership, MEMBERSHIP),
      ],
      ['*'],
    ),
    deny(
      'Vaults',
      [...VAULTS, ...on(props.protectsSharing, SHARING), ...on(props.protectsTags, TAGS)],
      vaults,
    ),
    ...(props.protectsSharing === false
      ? []
      : [
          deny('Sharing', RESOURCE_SHARES, ['*'], {
            condition: { StringEquals: { 'ram:RequestedResourceType': 'backup:BackupVault' } },
          }),
        ]),
    ...(props.protectsTags === false
      ? []
      : [deny('Tags', ['backup:UntagResource'], ['arn:*:backup:*:*:recovery-point:*'])]),
    deny('Plans', [...PLANS, ...on(props.protectsTags, TAGS)], [plans]),
    // whoever could create a role with an exempt name would be exempt
    deny('Roles', ROLES, [...exempt, ...deployers], { alsoExempt: deployers }),
    ...(functionDeployers.length === 0
      ? []
      : [
          deny('FunctionRoles', ['iam:PassRole'], functions, { alsoExempt: deployers }),
          deny('Functions', FUNCTIONS, ['*'], {
            alsoExempt: deployers,
            condition: { StringLike: { 'aws:ResourceTag/aws:cloudformation:logical-id': FUNCTION_IDS } },
          }),
        ]),
    ...(keyAlias === undefined
      ? []
      : [
          deny('Keys', KEYS, ['*'], {
            condition: {
              'ForAnyValue:StringEquals': {
                'kms:ResourceAliases': `alias/${keyAlias.replace(/^alias\//, '')}`,
              },
            },
          }),
        ]),
  ];
}
