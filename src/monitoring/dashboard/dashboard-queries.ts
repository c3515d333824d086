import type { ActivityQuery } from '../activity/activity-queries';

/** What the dashboard reads from the log of events, since AWS Backup has no metrics for it. */
export const DASHBOARD_QUERIES: readonly ActivityQuery[] = [
  {
    name: 'Slowest copies, in minutes',
    text: `filter \`detail-type\` = "Copy Job State Change" and detail.state in ["RUNNING", "COMPLETED"]
| stats (max(@timestamp) - min(@timestamp)) / 60000 as minutes by detail.resourceArn as resource, detail.copyJobId as job
| sort minutes desc
| limit 10`,
  },
  {
    name: 'Slowest restore tests, in minutes',
    text: `filter \`detail-type\` = "Restore Job State Change" and ispresent(detail.restoreTestingPlanArn)
| stats (max(@timestamp) - min(@timestamp)) / 60000 as minutes, latest(detail.status) as status by detail.resourceType as type, detail.restoreJobId as job
| sort minutes desc
| limit 10`,
  },
  {
    name: 'Backed up, in GiB',
    text: `filter \`detail-type\` = "Backup Job State Change" and detail.state = "COMPLETED"
| stats sum(detail.backupSizeInBytes) / 1073741824 as GiB, count(*) as backups by detail.backupVaultName as vault, detail.resourceType as type
| sort GiB desc
| limit 10`,
  },
];
