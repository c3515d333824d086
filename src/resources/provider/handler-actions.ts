/** The types of the custom resources. */
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

/** What the handler of each type may do, and no more. A test compares it with what the handler calls. */
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
    'backup:DisassociateRecoveryPointFromParent',
    'backup:DescribeBackupVault',
    'backup:ListRecoveryPointsByBackupVault',
    'backup:ListTags',
    'cloudformation:DescribeStacks',
    'cloudformation:GetTemplate',
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
    'backup:ListTags',
    'backup:TagResource',
    'backup:UntagResource',
  ],
  'Custom::BackupApprovalTeam': [
    'backup:ListBackupVaults',
    'backup:DescribeBackupVault',
    'backup:AssociateBackupVaultMpaApprovalTeam',
    'backup:DisassociateBackupVaultMpaApprovalTeam',
  ],
  'Custom::BackupLegalHold': [
    'backup:CancelLegalHold',
    'backup:CreateLegalHold',
    'backup:GetLegalHold',
    'backup:ListTags',
    'backup:TagResource',
  ],
  'Custom::BackupPlanS3Settings': [
    'backup:GetBackupPlan',
    'backup:ListBackupPlanVersions',
    'backup:UpdateBackupPlan',
  ],
  'Custom::BackupRestoreAccessVault': [
    'backup:CreateRestoreAccessBackupVault',
    'backup:RevokeRestoreAccessBackupVault',
  ],
  'Custom::OnDemandBackup': ['backup:StartBackupJob', 'backup:DescribeBackupJob'],
};

/** How every handler asks whether CloudFormation still waits for it. */
export const STATUS_ACTIONS = ['cloudformation:DescribeStackResource'];

/** The calls that read and write claims. */
export const CLAIM_ACTIONS = ['ssm:GetParametersByPath', 'ssm:PutParameter', 'ssm:DeleteParameter'];
