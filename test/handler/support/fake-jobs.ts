import type { BackupJobClient } from '../../../src/handler/plan/on-demand-backup';
import { Faults } from './fakes';

/** Backup jobs that end after a while, or as they are told. */
export class FakeJobs implements BackupJobClient {
  /** The id of the job by its token. */
  readonly byToken = new Map<string, string>();
  readonly inputs: unknown[] = [];
  private readonly created = new Map<string, number>();

  constructor(
    readonly now: () => number,
    readonly faults = new Faults(),
    readonly minutes = 5,
    readonly end: { State: string; StatusMessage?: string } = { State: 'COMPLETED' },
  ) {}

  startBackupJob: BackupJobClient['startBackupJob'] = (input) =>
    this.faults.around('backup:StartBackupJob', () => {
      const token = input.IdempotencyToken ?? '';
      const BackupJobId = this.byToken.get(token) ?? `job-${this.byToken.size + 1}`;
      if (!this.byToken.has(token)) {
        this.byToken.set(token, BackupJobId);
        this.created.set(BackupJobId, this.now());
        this.inputs.push(input);
      }
      return { BackupJobId };
    });

  describeBackupJob: BackupJobClient['describeBackupJob'] = ({ BackupJobId = '' }) =>
    this.faults.around('backup:DescribeBackupJob', () => {
      const created = this.created.get(BackupJobId) ?? 0;
      const CreationDate = new Date(created);
      if (this.now() < created + this.minutes * 60_000) return { State: 'RUNNING' as const, CreationDate };
      const RecoveryPointArn = this.end.State === 'COMPLETED' ? `arn:aws:backup:::${BackupJobId}` : undefined;
      return { ...(this.end as { State: 'COMPLETED' }), CreationDate, RecoveryPointArn };
    });
}
