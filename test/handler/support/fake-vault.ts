import type { VaultSettingsClient } from '../../../src/handler/vault/vault-calls';
import type { ContentsClient } from '../../../src/handler/vault/vault-contents';
import type { StackClient } from '../../../src/handler/vault/vault-removal';
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
  /** The session in which a change of the team waits for its approval. */
  session?: string;
  tags: Record<string, string> = {};

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
      ...this.tagger,
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

  get tagger(): Pick<VaultSettingsClient, 'listTags' | 'tagResource' | 'untagResource'> {
    const around = <T>(name: string, call: () => T) => this.faults.around(`backup:${name}`, call);
    return {
      listTags: ({ ResourceArn }) =>
        around('ListTags', () => {
          if (ResourceArn !== VAULT_ARN) throw awsError('InvalidParameterValueException');
          return { Tags: this.tags };
        }),
      tagResource: ({ Tags }) => around('TagResource', () => void Object.assign(this.tags, Tags)),
      untagResource: ({ TagKeyList = [] }) =>
        around('UntagResource', () => {
          for (const key of TagKeyList) delete this.tags[key];
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
            LatestMpaApprovalTeamUpdate: this.session
              ? { Status: 'PENDING' as const, MpaSessionArn: this.session }
              : undefined,
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

export const STACK_ID = 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1a2b3c';

interface FakePoint {
  status: string;
  goneAt?: number;
  parent?: string;
}

/** The vault `gold` of a stack, with recovery points. Deletions take a while. */
export class FakeContents extends FakeVault {
  readonly points = new Map<string, FakePoint>();
  readonly left: string[] = [];
  override tags: Record<string, string> = { tag: '1a2b3c-Thing' };
  /** ARNs that can't be deleted. */
  readonly stuck = new Map<string, Error | 'EXPIRED'>();
  /** What happens by itself before recovery points are listed. */
  meanwhile?: (now: number) => void;
  /** How many recovery points were on the largest page. */
  largestPage = 0;
  stackStatus = 'DELETE_IN_PROGRESS';
  stackId = STACK_ID;
  template: unknown = { Resources: { Vault: { Type: 'AWS::Backup::BackupVault' } } };

  fill(...arns: string[]): this {
    for (const arn of arns) this.points.set(arn, { status: 'COMPLETED' });
    return this;
  }

  get stackClient(): StackClient {
    return {
      describeStacks: () =>
        this.faults.around('cloudformation:DescribeStacks', () => ({
          Stacks: [{ StackId: this.stackId, StackStatus: this.stackStatus as 'DELETE_IN_PROGRESS' }] as never,
        })),
      getTemplate: () =>
        this.faults.around('cloudformation:GetTemplate', () => ({
          TemplateBody: typeof this.template === 'string' ? this.template : JSON.stringify(this.template),
        })),
    };
  }

  get contentsClient(): ContentsClient {
    const around = <T>(name: string, call: () => T) => this.faults.around(`backup:${name}`, call);
    return {
      ...this.finder,
      listTags: this.tagger.listTags,
      listRecoveryPoints: ({ NextToken, MaxResults = 3 }) =>
        around('ListRecoveryPointsByBackupVault', () => {
          this.meanwhile?.(this.now());
          for (const [arn, { goneAt }] of this.points)
            if (goneAt !== undefined && goneAt <= this.now()) this.points.delete(arn);
          const size = this.points.size > 100 ? MaxResults : 3;
          const start = Number(NextToken ?? 0);
          const all = [...this.points].slice(start, start + size);
          this.largestPage = Math.max(this.largestPage, all.length);
          return {
            RecoveryPoints: all.map(([RecoveryPointArn, { status, parent }]) => ({
              RecoveryPointArn,
              Status: status as 'COMPLETED',
              ParentRecoveryPointArn: parent,
            })),
            NextToken: start + size < this.points.size ? String(start + size) : undefined,
          };
        }),
      deleteRecoveryPoint: ({ RecoveryPointArn = '' }) =>
        around('DeleteRecoveryPoint', () => {
          const stuck = this.stuck.get(RecoveryPointArn);
          if (stuck instanceof Error) throw stuck;
          const point = this.points.get(RecoveryPointArn);
          if (!point) throw awsError('ResourceNotFoundException');
          if (point.parent)
            throw awsError('InvalidRequestException', 'belongs to a composite recovery point');
          point.status = stuck ?? 'DELETING';
          if (!stuck) point.goneAt = this.now() + 60_000;
        }),
      disassociateRecoveryPoint: ({ RecoveryPointArn = '' }) =>
        around('DisassociateRecoveryPoint', () => {
          if (RecoveryPointArn.includes('s3')) throw awsError('InvalidRequestException', 'not for S3');
          if (!this.points.delete(RecoveryPointArn)) throw awsError('ResourceNotFoundException');
          this.left.push(RecoveryPointArn);
        }),
      disassociateFromParent: ({ RecoveryPointArn = '' }) =>
        around('DisassociateRecoveryPointFromParent', () => {
          const point = this.points.get(RecoveryPointArn);
          if (!point?.parent) throw awsError('InvalidRequestException', 'has no parent');
          point.parent = undefined;
        }),
    };
  }
}
