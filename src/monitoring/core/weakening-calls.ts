import type { EventPattern } from 'aws-cdk-lib/aws-events';
import type { BackupEventOptions } from './backup-event-options';

/** Source: AWS Backup API and AWS Backup Developer Guide, Logging AWS Backup API calls with CloudTrail, 2026-10. */
export const WEAKENING_CALLS: readonly string[] = [
  'CancelLegalHold',
  'DeleteBackupPlan',
  'DeleteBackupSelection',
  'DeleteBackupVault',
  'DeleteBackupVaultAccessPolicy',
  'DeleteBackupVaultLockConfiguration',
  'DeleteBackupVaultNotifications',
  'DeleteFramework',
  'DeleteRecoveryPoint',
  'DeleteReportPlan',
  'DeleteRestoreTestingPlan',
  'DeleteRestoreTestingSelection',
  'DisassociateBackupVaultMpaApprovalTeam',
  'DisassociateRecoveryPoint',
  'DisassociateRecoveryPointFromParent',
  'PutBackupVaultAccessPolicy',
  'PutBackupVaultLockConfiguration',
  'PutBackupVaultNotifications',
  'RevokeRestoreAccessBackupVault',
  'StopBackupJob',
  'UpdateBackupPlan',
  'UpdateGlobalSettings',
  'UpdateRecoveryPointLifecycle',
  'UpdateRegionSettings',
];

/** Source: AWS Organizations API Reference, 2026-11. */
export const ORGANIZATION_CALLS: readonly string[] = [
  'DeletePolicy',
  'DeregisterDelegatedAdministrator',
  'DetachPolicy',
  'DisableAWSServiceAccess',
  'DisablePolicyType',
  'UpdatePolicy',
];

/** Who is not AWS Backup itself. Most callers have no such field. */
export const NOT_BY_AWS_BACKUP = {
  invokedBy: [{ exists: false }, { 'anything-but': ['backup.amazonaws.com'] }],
};

/** Calls of an API that AWS CloudTrail records. */
export function calls(
  service: string,
  eventName: readonly string[],
  options: BackupEventOptions,
  detail: Record<string, unknown> = {},
): EventPattern {
  return ofTrail('AWS API Call via CloudTrail', service, { eventName: [...eventName], ...detail }, options);
}

/** What AWS Backup does by itself, as AWS CloudTrail records it. */
export function serviceEvents(eventName: readonly string[], options: BackupEventOptions): EventPattern {
  return ofTrail('AWS Service Event via CloudTrail', 'backup', { eventName: [...eventName] }, options);
}

function ofTrail(
  detailType: string,
  service: string,
  detail: Record<string, unknown>,
  { accounts, regions }: BackupEventOptions,
): EventPattern {
  return {
    source: [`aws.${service}`],
    detailType: [detailType],
    ...(accounts && { account: accounts }),
    ...(regions && { region: regions }),
    detail: withoutUnset({ eventSource: [`${service}.amazonaws.com`], ...detail }),
  };
}

/** A pattern without the fields that are not set, since EventBridge takes no empty ones. */
export function withoutUnset(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
