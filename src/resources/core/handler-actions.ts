import { ArnFormat, type Stack } from 'aws-cdk-lib';

/** A statement of a policy, as the provider of aws-cdk-lib's core takes it: without classes of aws-iam. */
export interface PlainStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, unknown>>;
}

/** The types of our custom resources. */
export type HandlerType =
  | 'Custom::BackupRegionSettings'
  | 'Custom::BackupGlobalSettings'
  | 'Custom::BackupOrganizationSettings'
  | 'Custom::BackupDelegatedAdministrator'
  | 'Custom::BackupServiceLinkedRole'
  | 'Custom::BackupVaultContents'
  | 'Custom::BackupVaultSettings'
  | 'Custom::BackupApprovalTeam'
  | 'Custom::BackupLegalHold'
  | 'Custom::BackupPlanS3Settings'
  | 'Custom::BackupRestoreAccessVault'
  | 'Custom::OnDemandBackup';

/** What the handler of each type may do, and no more: a test holds it against what it calls. */
export const HANDLER_ACTIONS: Readonly<Record<HandlerType, readonly string[]>> = {
  'Custom::BackupRegionSettings': ['backup:DescribeRegionSettings', 'backup:UpdateRegionSettings'],
  'Custom::BackupGlobalSettings': ['backup:DescribeGlobalSettings', 'backup:UpdateGlobalSettings'],
  'Custom::BackupOrganizationSettings': [
    'organizations:ListAWSServiceAccessForOrganization',
    'organizations:ListRoots',
    'organizations:EnablePolicyType',
    'organizations:DisablePolicyType',
    'organizations:EnableAWSServiceAccess',
    'organizations:DisableAWSServiceAccess',
  ],
  'Custom::BackupDelegatedAdministrator': [
    'organizations:ListDelegatedAdministrators',
    'organizations:RegisterDelegatedAdministrator',
    'organizations:DeregisterDelegatedAdministrator',
  ],
  'Custom::BackupServiceLinkedRole': ['iam:GetRole', 'iam:CreateServiceLinkedRole'],
  'Custom::BackupVaultContents': [
    'backup:ListBackupVaults',
    'backup:DeleteRecoveryPoint',
    'backup:DisassociateRecoveryPoint',
    'backup:DescribeBackupVault',
    'backup:ListRecoveryPointsByBackupVault',
    'backup:ListTags',
  ],
  'Custom::BackupVaultSettings': [
    'backup:ListBackupVaults',
    'backup:DescribeBackupVault',
    'backup:PutBackupVaultLockConfiguration',
    'backup:DeleteBackupVaultLockConfiguration',
    'backup:GetBackupVaultAccessPolicy',
    'backup:PutBackupVaultAccessPolicy',
    'backup:DeleteBackupVaultAccessPolicy',
    'backup:GetBackupVaultNotifications',
    'backup:PutBackupVaultNotifications',
    'backup:DeleteBackupVaultNotifications',
  ],
  'Custom::BackupApprovalTeam': [
    'backup:ListBackupVaults',
    'backup:DescribeBackupVault',
    'backup:AssociateBackupVaultMpaApprovalTeam',
    'backup:DisassociateBackupVaultMpaApprovalTeam',
  ],
  'Custom::BackupLegalHold': ['backup:CreateLegalHold', 'backup:GetLegalHold', 'backup:CancelLegalHold'],
  'Custom::BackupPlanS3Settings': ['backup:GetBackupPlan', 'backup:UpdateBackupPlan'],
  'Custom::BackupRestoreAccessVault': [
    'backup:CreateRestoreAccessBackupVault',
    'backup:RevokeRestoreAccessBackupVault',
  ],
  'Custom::OnDemandBackup': ['backup:StartBackupJob', 'backup:DescribeBackupJob'],
};

/** What the claims on shared settings are kept with. */
export const CLAIM_ACTIONS = ['ssm:GetParametersByPath', 'ssm:PutParameter', 'ssm:DeleteParameter'];

/** The settings themselves have no ARN; the claims are parameters in a folder of their own. */
export function sharedSettingsStatements(
  stack: Stack,
  type: 'Custom::BackupRegionSettings' | 'Custom::BackupGlobalSettings',
  folder: 'region-settings' | 'global-settings',
): PlainStatement[] {
  return [{ Effect: 'Allow', Action: HANDLER_ACTIONS[type], Resource: '*' }, claimStatement(stack, folder)];
}

/** The service that may be turned on and off, and nothing of any other. */
const OF_BACKUP = { StringEquals: { 'organizations:ServicePrincipal': 'backup.amazonaws.com' } };

/** Trusted access of AWS Backup, and the types of policies of the root. */
export function organizationSettingsStatements(stack: Stack): PlainStatement[] {
  const actions = HANDLER_ACTIONS['Custom::BackupOrganizationSettings'];
  return [
    { Effect: 'Allow', Action: actions.slice(0, 4), Resource: '*' },
    { Effect: 'Allow', Action: actions.slice(4), Resource: '*', Condition: OF_BACKUP },
    claimStatement(stack, 'organization-settings'),
  ];
}

/** Accounts that administer AWS Backup. */
export function delegatedAdministratorStatements(stack: Stack): PlainStatement[] {
  const [list, ...change] = HANDLER_ACTIONS['Custom::BackupDelegatedAdministrator'];
  return [
    { Effect: 'Allow', Action: [list], Resource: '*' },
    { Effect: 'Allow', Action: change, Resource: '*', Condition: OF_BACKUP },
    claimStatement(stack, 'delegated-administrators'),
  ];
}

/** What is kept of settings, in a folder of its own. */
function claimStatement(stack: Stack, folder: string): PlainStatement {
  const claims = stack.formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: `cdk-backup-constructs/${folder}`,
  });
  return { Effect: 'Allow', Action: CLAIM_ACTIONS, Resource: [claims, `${claims}/*`] };
}

/** Everything of one vault; recovery points are snapshots and images of other services too, whose ARNs vary. */
export function vaultContentsStatements(vaultArn: string): PlainStatement[] {
  const actions = HANDLER_ACTIONS['Custom::BackupVaultContents'];
  return [
    { Effect: 'Allow', Action: actions.slice(0, 3), Resource: '*' },
    { Effect: 'Allow', Action: actions.slice(3), Resource: vaultArn },
  ];
}

/** The settings of one vault, and what they were before. */
export function vaultSettingsStatements(stack: Stack, vaultArn: string): PlainStatement[] {
  const [list, ...own] = HANDLER_ACTIONS['Custom::BackupVaultSettings'];
  return [
    { Effect: 'Allow', Action: [list], Resource: '*' },
    { Effect: 'Allow', Action: own, Resource: vaultArn },
    claimStatement(stack, 'vault-settings'),
  ];
}

/** One role of one service. */
export function serviceLinkedRoleStatements(
  stack: Stack,
  serviceName: string,
  roleName: string,
): PlainStatement[] {
  const Resource = stack.formatArn({
    service: 'iam',
    region: '',
    resource: 'role',
    resourceName: `aws-service-role/${serviceName}/${roleName}`,
  });
  const [read, create] = HANDLER_ACTIONS['Custom::BackupServiceLinkedRole'];
  return [
    { Effect: 'Allow', Action: [read], Resource },
    {
      Effect: 'Allow',
      Action: [create],
      Resource,
      Condition: { StringEquals: { 'iam:AWSServiceName': serviceName } },
    },
  ];
}

/** Backups into one vault, in the name of one role; jobs have no ARN before they are made. */
export function onDemandStatements(vaultArn: string, roleArn: string): PlainStatement[] {
  const [start, describe] = HANDLER_ACTIONS['Custom::OnDemandBackup'];
  return [
    { Effect: 'Allow', Action: [start], Resource: vaultArn },
    { Effect: 'Allow', Action: [describe], Resource: '*' },
    passRole(roleArn),
  ];
}

/** Handing a role to AWS Backup, and to no other service: no call, but needed for some. */
function passRole(Resource: string): PlainStatement {
  return {
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource,
    Condition: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
  };
}

/** The team of one vault; a team itself is asked by Multi-party approval. */
export function approvalTeamStatements(vaultArn: string): PlainStatement[] {
  const [list, ...own] = HANDLER_ACTIONS['Custom::BackupApprovalTeam'];
  return [
    { Effect: 'Allow', Action: [list], Resource: '*' },
    { Effect: 'Allow', Action: own, Resource: vaultArn },
  ];
}

/** Legal holds of the account and Region: their ids are AWS's. */
export function legalHoldStatements(stack: Stack): PlainStatement[] {
  const Resource = stack.formatArn({
    service: 'backup',
    resource: 'legal-hold',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return [{ Effect: 'Allow', Action: HANDLER_ACTIONS['Custom::BackupLegalHold'], Resource }];
}

/** One plan. */
export function planS3SettingsStatements(planArn: string): PlainStatement[] {
  return [{ Effect: 'Allow', Action: HANDLER_ACTIONS['Custom::BackupPlanS3Settings'], Resource: planArn }];
}

/** Access to one vault; that which is made has an ARN of AWS's choice. */
export function restoreAccessStatements(sourceVaultArn: string): PlainStatement[] {
  const [create, revoke] = HANDLER_ACTIONS['Custom::BackupRestoreAccessVault'];
  return [
    { Effect: 'Allow', Action: [create], Resource: '*' },
    { Effect: 'Allow', Action: [revoke], Resource: sourceVaultArn },
  ];
}
