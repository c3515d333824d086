/**
 * Failures of a call that pass: throttling, limits of concurrent jobs and a service that is busy. What the API doesn't
 * model, throttling among it, has the name of the service.
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

/**
 * What is in the message of a failed job that is worth another try: too much at a time.
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

/** Seconds between tries of a job that failed, growing threefold: 5 to 15 minutes, …, up to 20 hours. */
export const PAUSES: readonly number[] = [300, 900, 2_700, 8_100, 24_300, 72_900];
