import { Lazy, Resource } from 'aws-cdk-lib';
import { CfnPolicy, type IPolicyRef, type PolicyReference } from 'aws-cdk-lib/aws-organizations';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { report } from '../../resources/core/enforce';
import { generatedName } from '../../resources/core/generated-name';
import { lazyRef } from '../../resources/core/lazy-ref';
import { DEFAULT_ROLE_NAME } from '../core/organization-backup-plan';
import type { OrganizationTarget } from '../core/organization-target';
import { targetListProblems } from '../core/organization-targets';
import { afterOtherPolicies } from '../core/policy-order';
import { protectionProblems, protectionSizeProblems } from './backup-protection-laws';
import type { BackupProtectionPolicyProps } from './backup-protection-policy-props';

/** What is denied of each kind of resource, by the Service Authorization Reference of 2026. */
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

/** How StackSets calls its roles in member accounts. Service-linked roles are above service control policies. */
const STACK_SETS_ROLE = 'stacksets-exec-*';

/**
 * A service control policy that keeps the administrators of member accounts from taking away what backups depend on:
 * recovery points, vaults, plans, the role, the key, and the settings of AWS Backup.
 *
 * StackSets and AWS Backup itself go on, and so do the roles of an emergency. It doesn't hold for the management account.
 * Snapshots of EBS and RDS can also be deleted through the APIs of these services, which it doesn't deny.
 *
 * Deploy it after the baseline of the members, and service control policies have to be turned on in the organization.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
@propertyInjectable
export class BackupProtectionPolicy extends Resource implements IPolicyRef {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupProtectionPolicy';

  /** The name of the policy. */
  public readonly policyName: string;

  /** How many of the 5,120 characters are used. */
  public readonly characters: number;

  private readonly resource: CfnPolicy;
  private readonly allTargets: OrganizationTarget[];

  constructor(scope: Construct, id: string, props: BackupProtectionPolicyProps) {
    super(scope, id);
    report(this, protectionProblems(props));
    const content = { Version: '2012-10-17', Statement: statements(props) };
    this.characters = JSON.stringify(content).length;
    report(this, protectionSizeProblems(this.characters));
    this.policyName = props.policyName ?? generatedName(scope, id, { maxLength: 128, separator: '-' });
    this.allTargets = [...props.targets];
    this.resource = new CfnPolicy(this, 'Resource', {
      name: this.policyName,
      description: 'Keeps members from taking away what backups depend on',
      type: 'SERVICE_CONTROL_POLICY',
      content,
      targetIds: Lazy.uncachedList({ produce: () => this.allTargets.map((target) => target.id) }),
    });
    afterOtherPolicies(this.resource);
  }

  /** The id of the policy. */
  public get policyId(): string {
    return this.resource.attrId;
  }

  /** The ARN of the policy. */
  public get policyArn(): string {
    return this.resource.attrArn;
  }

  /** How other constructs refer to this policy. */
  public get policyRef(): PolicyReference {
    return lazyRef({ policyId: () => this.policyId, policyArn: () => this.policyArn });
  }

  /** Attaches the policy to further targets. */
  public attachTo(...targets: OrganizationTarget[]): void {
    report(this, targetListProblems([...this.allTargets, ...targets]));
    this.allTargets.push(...targets);
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
    // who could make a role of an exempt name would be exempt
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
