import type { ContentsClient } from '../../../src/handler/vault/vault-contents';
import type { VaultSettingsClient } from '../../../src/handler/vault/vault-settings';
import { Faults } from './fakes';
import { awsError } from './requests';

export const VAULT_ARN = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:gold';

/** The settings of the vault `gold`. */
export class FakeVault {
  isThere = true;
  lock?: { min?: number; max?: number; date?: Date };
  policy?: string;
  topic?: { arn: string; events: string[] };
  type = 'BACKUP_VAULT';
  team?: string;
  pending = false;

  constructor(
    readonly faults = new Faults(),
    readonly now: () => number = () => 0,
  ) {}

  get client(): VaultSettingsClient {
    const around = <T>(name: string, call: () => T) => this.faults.around(`backup:${name}`, call);
    const orNone = <T>(value: T | undefined): T => {
      if (value === undefined) throw awsError('ResourceNotFoundException', 'none');
      return value;
    };
    return {
      ...this.finder,
      putLock: (input) =>
        around('PutBackupVaultLockConfiguration', () => {
          this.refuseFinal();
          const days = input.ChangeableForDays;
          const date = days === undefined ? undefined : new Date(this.now() + days * 86_400_000);
          this.lock = { min: input.MinRetentionDays, max: input.MaxRetentionDays, date };
        }),
      deleteLock: () =>
        around('DeleteBackupVaultLockConfiguration', () => {
          this.refuseFinal();
          this.lock = undefined;
        }),
      getPolicy: () =>
        around('GetBackupVaultAccessPolicy', () =>
          orNone(this.policy === undefined ? undefined : { Policy: this.policy }),
        ),
      putPolicy: ({ Policy }) =>
        around('PutBackupVaultAccessPolicy', () => {
          this.policy = Policy;
        }),
      deletePolicy: () =>
        around('DeleteBackupVaultAccessPolicy', () => {
          this.policy = undefined;
        }),
      getNotifications: () =>
        around('GetBackupVaultNotifications', () =>
          orNone(
            this.topic && {
              SNSTopicArn: this.topic.arn,
              BackupVaultEvents: this.topic.events as 'COPY_JOB_FAILED'[],
            },
          ),
        ),
      putNotifications: ({ SNSTopicArn = '', BackupVaultEvents = [] }) =>
        around('PutBackupVaultNotifications', () => {
          this.topic = { arn: SNSTopicArn, events: [...BackupVaultEvents] };
        }),
      deleteNotifications: () =>
        around('DeleteBackupVaultNotifications', () => {
          this.topic = undefined;
        }),
    };
  }

  get finder(): Pick<VaultSettingsClient, 'describeBackupVault' | 'listBackupVaults'> {
    return {
      describeBackupVault: ({ BackupVaultName }) =>
        this.faults.around('backup:DescribeBackupVault', () => {
          if (!this.isThere || BackupVaultName === 'gone')
            throw awsError('AccessDeniedException', 'Insufficient privileges');
          const { min, max, date } = this.lock ?? {};
          return {
            BackupVaultArn: VAULT_ARN,
            VaultType: this.type as 'BACKUP_VAULT',
            Locked: this.lock !== undefined,
            MinRetentionDays: min,
            MaxRetentionDays: max,
            LockDate: date,
            MpaApprovalTeamArn: this.team,
            LatestMpaApprovalTeamUpdate: this.pending ? { Status: 'PENDING' as const } : undefined,
          };
        }),
      listBackupVaults: ({ NextToken }) =>
        this.faults.around('backup:ListBackupVaults', () =>
          NextToken
            ? { BackupVaultList: this.isThere ? [{ BackupVaultName: 'gold' }] : [] }
            : { BackupVaultList: [{ BackupVaultName: 'Default' }], NextToken: '2' },
        ),
    };
  }

  private refuseFinal(): void {
    if (this.lock?.date && this.lock.date.getTime() <= this.now())
      throw awsError('InvalidRequestException', 'locked');
  }
}

/** What is in the vault `gold`; deletions take a while. */
export class FakeContents extends FakeVault {
  readonly points = new Map<string, { status: string; goneAt?: number }>();
  readonly left: string[] = [];
  tags: Record<string, string> = { tag: 'delete' };
  /** ARNs that can't be deleted. */
  readonly stuck = new Map<string, Error | 'EXPIRED'>();

  fill(...arns: string[]): this {
    for (const arn of arns) this.points.set(arn, { status: 'COMPLETED' });
    return this;
  }

  get contentsClient(): ContentsClient {
    const around = <T>(name: string, call: () => T) => this.faults.around(`backup:${name}`, call);
    return {
      ...this.finder,
      listTags: () => around('ListTags', () => ({ Tags: this.tags })),
      listRecoveryPoints: ({ NextToken }) =>
        around('ListRecoveryPointsByBackupVault', () => {
          for (const [arn, { goneAt }] of this.points)
            if (goneAt !== undefined && goneAt <= this.now()) this.points.delete(arn);
          const start = Number(NextToken ?? 0);
          const all = [...this.points].map(([RecoveryPointArn, { status }]) => ({
            RecoveryPointArn,
            Status: status as 'COMPLETED',
          }));
          return {
            RecoveryPoints: all.slice(start, start + 3),
            NextToken: start + 3 < all.length ? String(start + 3) : undefined,
          };
        }),
      deleteRecoveryPoint: ({ RecoveryPointArn = '' }) =>
        around('DeleteRecoveryPoint', () => {
          const stuck = this.stuck.get(RecoveryPointArn);
          if (stuck instanceof Error) throw stuck;
          const point = this.points.get(RecoveryPointArn);
          if (!point) throw awsError('ResourceNotFoundException');
          point.status = stuck ?? 'DELETING';
          if (!stuck) point.goneAt = this.now() + 60_000;
        }),
      disassociateRecoveryPoint: ({ RecoveryPointArn = '' }) =>
        around('DisassociateRecoveryPoint', () => {
          if (RecoveryPointArn.includes('s3')) throw awsError('InvalidRequestException', 'not for S3');
          if (!this.points.delete(RecoveryPointArn)) throw awsError('ResourceNotFoundException');
          this.left.push(RecoveryPointArn);
        }),
    };
  }
}
