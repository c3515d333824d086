import { type FindingFacts, GUIDE } from './finding';

/** Findings about metrics, events, and alarms. */
export const MONITORING_FINDINGS = {
  'Backup-EventFilter': {
    severity: 'error',
    what: 'An event pattern filters on a field that events of that state do not have.',
    why: 'EventBridge never matches such a pattern, so nobody is notified.',
    fix: 'omit the filter, or match a later state',
    docs: `${GUIDE}eventbridge.html`,
    source: 'AWS Backup Developer Guide, Monitoring AWS Backup events using Amazon EventBridge',
    asOf: '2026-10-01',
  },
  'Backup-EventState': {
    severity: 'error',
    what: 'An event pattern lists no state, or a value that is not a state.',
    why: 'EventBridge refuses an empty list, and a value that AWS Backup never sends matches nothing.',
    fix: 'list at least one of the states',
    docs: `${GUIDE}eventbridge.html`,
    source: 'Amazon EventBridge User Guide, Creating Amazon EventBridge event patterns',
    asOf: '2026-10-01',
  },
  'Backup-MetricDimension': {
    severity: 'error',
    what: 'A metric is requested for a dimension by which AWS Backup does not publish it.',
    why: 'CloudWatch accepts the alarm or the graph, which then never has data.',
    fix: 'use the metrics of a resource type for restore jobs, and those of a vault for the rest',
    docs: `${GUIDE}cloudwatch.html`,
    source: 'AWS Backup Developer Guide, AWS Backup metrics with Amazon CloudWatch; dimensions in use',
    asOf: '2026-10-01',
  },
  'Backup-MetricVaults': {
    severity: 'error',
    what: 'A metric sums no vault, or vaults in several Regions or accounts, or more than ten vaults.',
    why: 'CloudWatch evaluates an alarm over at most ten metrics, and each Region has its own.',
    fix: 'make one `BackupMetrics` for each Region, with at most ten vaults',
    docs: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
    source: 'Amazon CloudWatch API Reference, PutMetricAlarm',
    asOf: '2026-10-01',
  },
} as const satisfies Record<string, FindingFacts>;
