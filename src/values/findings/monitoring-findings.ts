import { type FindingFacts, GUIDE } from './finding';

/** Findings about alarms and dashboards. */
export const MONITORING_FINDINGS = {
  'Backup-AlarmNeverFires': {
    severity: 'warning',
    what: 'An alarm waits for a metric of AWS Backup to be 0, and does not treat missing data as breaching.',
    why: 'AWS Backup sends metrics only where they are not zero. When no job runs, the alarm has no data and never fires.',
    fix: 'set `TreatMissingData` to `breaching`',
    docs: `${GUIDE}cloudwatch.html`,
    source: 'AWS Backup Developer Guide, AWS Backup metrics with CloudWatch',
    asOf: '2026-10',
  },
  'Backup-MetricDimension': {
    severity: 'warning',
    what: 'An alarm or a dashboard reads a metric of AWS Backup by a dimension that the metric is not known to have.',
    why: 'There is no data for it, so the alarm never fires and the graph stays empty.',
    fix: 'use `BackupVaultName` or `ResourceType`',
    docs: `${GUIDE}cloudwatch.html`,
    source:
      'AWS Backup Developer Guide, AWS Backup metrics with CloudWatch; prometheus/cloudwatch_exporter#566',
    asOf: '2026-10',
  },
  'Backup-MetricUnknown': {
    severity: 'warning',
    what: 'An alarm or a dashboard is on a metric in the namespace `AWS/Backup` that does not exist.',
    why: 'There is no data for it, so the alarm never fires and the graph stays empty.',
    fix: 'use a metric that AWS Backup sends, such as `NumberOfBackupJobsFailed`',
    docs: `${GUIDE}cloudwatch.html`,
    source: 'AWS Backup Developer Guide, AWS Backup metrics with CloudWatch',
    asOf: '2026-10',
  },
} as const satisfies Record<string, FindingFacts>;
