import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { enforce } from '../../resources/core/enforce';
import { AttachedPolicy } from '../core/attached-policy';
import { DEFAULT_ROLE_NAME, STACK_SETS_ROLE } from '../core/role-names';
import { protectionLengthProblems, protectionProblems } from './backup-protection-laws';
import type { BackupProtectionPolicyProps } from './backup-protection-policy-props';

/** The actions that are denied on each kind of resource. Source: Service Authorization Reference, 2026. */
const RECOVERY_POINTS = [
  'backup:DeleteRecoveryPoint',
  'backup:DisassociateRecoveryPoint',
  'backup:DisassociateRecoveryPointFromParent',
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
  'iam:DeleteRole',
  'iam:DeleteRolePermissionsBoundary',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateRole',
];
const KEYS = [
  'kms:DeleteAlias',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'kms:UpdateAlias',
];

/**
 * A service control policy that prevents administrators of member accounts from removing what backups depend on: recovery
 * points, vaults, plans, the role, the key, and the settings of AWS Backup.
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
  const { roleName = DEFAULT_ROLE_NAME, exemptRoles = [], vaultNames = ['*'], keyAlias } = props;
  const role = (name: string) => `arn:*:iam::*:role/${name}`;
  const exempt = [STACK_SETS_ROLE, roleName, ...exemptRoles].map(role);
  const deny = (sid: string, actions: readonly string[], resources: readonly string[], condition = {}) => ({
    Sid: sid,
    Effect: 'Deny',
    Action: actions,
    Resource: resources.length === 1 ? resources[0] : resources,
    Condition: { ArnNotLike: { 'aws:PrincipalArn': exempt }, ...condition },
  });
  const vaults = vaultNames.map((name) => `arn:*:backup:*:*:backup-vault:${name}`);
  return [
    // recovery points have the ARNs of many services
    deny('RecoveryPoints', RECOVERY_POINTS, ['*']),
    deny('Vaults', VAULTS, vaults),
    deny('Plans', PLANS, [`arn:*:backup:*:*:backup-plan:${props.protectsMemberPlans ? '*' : 'orgs/*'}`]),
    deny('Settings', SETTINGS, ['*']),
    // whoever could create a role with an exempt name would be exempt
    deny('Roles', ROLES, exempt),
    ...(keyAlias === undefined
      ? []
      : [
          deny('Keys', KEYS, ['*'], {
            'ForAnyValue:StringEquals': {
              'kms:ResourceAliases': `alias/${keyAlias.replace(/^alias\//, '')}`,
            },
          }),
        ]),
  ];
}
