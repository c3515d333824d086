/**
 * Temporary failures of a call: throttling, limits on concurrent jobs, and a busy service. Errors that the API doesn't model,
 * such as throttling, have the prefix of the service.
 *
 * Source: API reference of `StartCopyJob` and `DescribeCopyJob`, "Errors", 2026-08.
 */
export const PASSING_ERRORS: readonly string[] = [
  'Backup.BackupException',
  'Backup.ConflictException',
  'Backup.DependencyFailureException',
  'Backup.InvalidResourceStateException',
  'Backup.LimitExceededException',
  'Backup.SdkClientException',
  'Backup.ServiceUnavailableException',
  'Backup.ThrottlingException',
  'Backup.TooManyRequestsException',
];

/** A job that AWS Backup doesn't find: for a moment, one that it just started. */
export const NOT_FOUND = 'Backup.ResourceNotFoundException';

/**
 * Parts of the messages of failed jobs that are worth retrying: too many at a time.
 *
 * Source: AWS Backup Developer Guide, "Job dashboards: errors of jobs", 2026-04.
 */
export const PASSING_MESSAGES: readonly string[] = [
  'too many copy jobs',
  'limit exceeded',
  'in-progress snapshots',
  'hrottl',
  'Rate exceeded',
  'ry again',
  'temporarily',
  'nternal error',
];

/** Seconds between attempts of a failed job, each three times as long: 5 to 15 minutes, …, up to 20 hours. */
export const PAUSES: readonly number[] = [300, 900, 2_700, 8_100, 24_300, 72_900];
