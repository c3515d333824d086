import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ActivityQuery } from './activity-queries';

const BACKUP = 'filter eventSource = "backup.amazonaws.com"';

/** What auditors ask of the log of a trail. */
export const AUDIT_QUERIES: readonly ActivityQuery[] = [
  {
    name: 'Who deleted or weakened what',
    text: `${BACKUP} and eventType = "AwsApiCall" and eventName like /^(Delete|Disassociate|Cancel|Put|Update|Stop|Revoke)/
| fields @timestamp, eventName as call, userIdentity.arn as who, sourceIPAddress as from, errorCode as denied, requestParameters.backupVaultName as vault, requestParameters.recoveryPointArn as recoveryPoint
| sort @timestamp desc`,
  },
  {
    name: 'Who was denied',
    text: `${BACKUP} and errorCode in ["AccessDenied", "AccessDeniedException"]
| stats count(*) as calls, latest(@timestamp) as last by userIdentity.arn as who, eventName as call
| sort calls desc`,
  },
  {
    name: 'Who restored what',
    text: `${BACKUP} and eventName in ["StartRestoreJob", "RestoreStarted", "RestoreCompleted"]
| fields @timestamp, eventName as event, userIdentity.arn as who, coalesce(requestParameters.recoveryPointArn, serviceEventDetails.recoveryPointArn) as recoveryPoint
| sort @timestamp desc`,
  },
  {
    name: 'Which keys were disabled, scheduled for deletion or given another policy',
    text: `filter eventSource = "kms.amazonaws.com" and eventName in ["DisableKey", "ScheduleKeyDeletion", "PutKeyPolicy"]
| fields @timestamp, eventName as call, userIdentity.arn as who, requestParameters.keyId as key, errorCode as denied
| sort @timestamp desc`,
  },
  {
    name: 'What a selection matched',
    text: `${BACKUP} and eventName = "ProcessBackupPlanSelection"
| fields @timestamp, serviceEventDetails.backupPlanId as plan, serviceEventDetails.selectionId as selection, @message
| sort @timestamp desc`,
  },
];

/** Saves the queries for a log group. */
export function saveAuditQueries(scope: Construct, name: string, logGroupName: string): void {
  for (const [index, query] of AUDIT_QUERIES.entries())
    new CfnQueryDefinition(scope, `AuditQuery${index}`, {
      name: `AWS Backup/${name}/Audit: ${query.name}`,
      queryString: query.text,
      logGroupNames: [logGroupName],
    });
}
