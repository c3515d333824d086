/** The recovery point objective (RPO) of a continuous backup. */
export interface ContinuousObjective {
  readonly minutes: number;
  readonly source: string;
  readonly asOf: string;
}

const PITR = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html';

/**
 * The RPO of continuous backups, by the name of the type in AWS Backup. AWS documents none for SAP HANA, where it depends
 * on how often the database writes its log.
 */
export const CONTINUOUS_OBJECTIVES: Readonly<Record<string, ContinuousObjective>> = {
  Aurora: { minutes: 5, source: PITR, asOf: '2026-09-24' },
  RDS: { minutes: 5, source: PITR, asOf: '2026-09-24' },
  S3: { minutes: 15, source: PITR, asOf: '2026-09-24' },
};
