/** AWS Backup's default schedule. Source: API reference of `BackupRuleInput`, 2026-08. */
export const DEFAULT_SCHEDULE = 'cron(0 5 ? * * *)';
