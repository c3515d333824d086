import { BACKUP_METRICS, dimensionsOf, metricName } from '../../../src/values/core/backup-metrics';

test('a metric has the name of what it counts', () => {
  expect(metricName('CopyJobs', 'Failed')).toBe('NumberOfCopyJobsFailed');
});

test('metrics have the dimensions of the vault and the type, those of restore jobs only that of the type', () => {
  const withoutVault = BACKUP_METRICS.filter((metric) => !dimensionsOf(metric).includes('BackupVaultName'));
  expect(withoutVault).toEqual([
    'NumberOfRestoreJobsPending',
    'NumberOfRestoreJobsRunning',
    'NumberOfRestoreJobsCompleted',
    'NumberOfRestoreJobsFailed',
  ]);
  expect(BACKUP_METRICS.filter((metric) => !dimensionsOf(metric).includes('ResourceType'))).toEqual([]);
});
