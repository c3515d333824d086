/** The tag that AWS Backup puts on what restore tests restore. */
export const TEST_TAG = 'awsbackup-restore-test';
