/** A saved query of CloudWatch Logs Insights. */
export interface ActivityQuery {
  readonly name: string;
  readonly text: string;
}

/** What people ask of the log of AWS Backup's events. */
export const ACTIVITY_QUERIES: readonly ActivityQuery[] = [
  {
    name: 'What failed, by reason',
    text: `filter detail.state in ["FAILED", "EXPIRED", "ABORTED", "PARTIAL"] or detail.status in ["FAILED", "ABORTED"]
| stats count(*) as jobs, latest(@timestamp) as last by \`detail-type\`, coalesce(detail.state, detail.status) as state, detail.statusMessage as reason
| sort jobs desc`,
  },
  {
    name: 'What completed with issues',
    text: `filter \`detail-type\` = "Backup Job State Change" and detail.state = "COMPLETED" and strlen(detail.statusMessage) > 0
| fields @timestamp, detail.resourceArn as resource, detail.backupVaultName as vault, detail.statusMessage as issues
| sort @timestamp desc`,
  },
  {
    name: 'How long each backup takes',
    text: `filter \`detail-type\` = "Backup Job State Change" and detail.state in ["RUNNING", "COMPLETED"]
| stats min(@timestamp) as started, max(@timestamp) as ended, (max(@timestamp) - min(@timestamp)) / 60000 as minutes by detail.resourceArn as resource, detail.backupJobId as job
| sort minutes desc`,
  },
  {
    name: 'Who deleted or weakened what',
    text: `filter \`detail-type\` = "AWS API Call via CloudTrail" and detail.eventName like /^(Delete|Disassociate|Cancel|Put|Update|Stop|Revoke)/
| fields @timestamp, detail.eventName as call, detail.userIdentity.arn as who, detail.sourceIPAddress as from, detail.errorCode as denied, detail.requestParameters.backupVaultName as vault, detail.requestParameters.recoveryPointArn as recoveryPoint
| sort @timestamp desc`,
  },
];
