import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { AwsCallName, Call, Elsewhere, Tools } from '../../../src/handler/restore/aws-calls';
import type { DatabaseConnection, DatabaseTarget } from '../../../src/handler/restore/database/connection';
import type { RestoreJob } from '../../../src/handler/restore/evidence';
import type { Settings } from '../../../src/handler/restore/validation';

export type Item = Record<string, AttributeValue>;
export const PLAN_ARN = 'arn:aws:backup:eu-west-1:111122223333:restore-testing-plan:weekly-1234';
const BORN = Date.UTC(2026, 10, 29, 3);
const HOUR = 3_600_000;

/** An error as the SDK throws it. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

/** A table: its keys and its items. */
export interface FakeTable {
  status: string;
  keys: [name: string, type: 'S' | 'N'][];
  items: Item[];
  /** As `DescribeTable` counts them, every six hours. */
  counted?: number;
}

/** A part of AWS as restore tests see it: plain data that tests change, and every call that was made. */
export class FakeAws {
  public now = BORN + 2 * HOUR;
  public readonly calls: { name: AwsCallName; input: Record<string, unknown>; elsewhere?: Elsewhere }[] = [];
  public readonly logs: string[] = [];
  public readonly kept = new Map<string, Record<string, unknown>>();
  public readonly jobs = new Map<string, RestoreJob>();
  public readonly tables = new Map<string, FakeTable>();
  public readonly buckets = new Map<string, Map<string, string>>();
  public scan?: 'clean' | 'threats' | 'running';
  /** Answers or errors instead of those below: the first that is left. */
  public readonly instead = new Map<AwsCallName, (() => unknown)[]>();
  public readonly answers: Partial<Record<AwsCallName, (input: never, elsewhere: never) => unknown>> = {};
  public port?: Error | 'open';
  /** Opens a connection to a restored database; undefined outside a VPC. */
  public openDatabase?: (target: DatabaseTarget) => Promise<DatabaseConnection>;
  /** Milliseconds of sleep so far. */
  public slept = 0;

  public job(
    type: string,
    restoredArn: string,
    sourceArn: string,
    more: Partial<RestoreJob> = {},
  ): RestoreJob {
    const job = {
      RestoreJobId: `job-${this.jobs.size + 1}`,
      AccountId: '111122223333',
      ResourceType: type,
      CreatedResourceArn: restoredArn,
      SourceResourceArn: sourceArn,
      RecoveryPointArn: 'arn:aws:backup:eu-west-1:111122223333:recovery-point:1234',
      BackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:gold',
      RecoveryPointCreationDate: new Date(BORN - 22 * HOUR),
      CreationDate: new Date(BORN),
      CompletionDate: new Date(BORN + HOUR),
      Status: 'COMPLETED',
      CreatedBy: { RestoreTestingPlanArn: PLAN_ARN },
      ...more,
    } as RestoreJob;
    this.jobs.set(job.RestoreJobId as string, job);
    return job;
  }

  /** The tools of an invocation with some minutes. */
  public tools(minutes = 14): Tools {
    return {
      call: this.call,
      now: () => this.now,
      sleep: async (milliseconds) => {
        this.slept += milliseconds;
        this.now += milliseconds;
      },
      random: () => 0.5,
      log: (line) => void this.logs.push(line),
      connect:
        this.port === undefined
          ? undefined
          : async () => {
              if (this.port instanceof Error) throw this.port;
            },
      openDatabase: this.openDatabase,
      deadline: this.now + minutes * 60_000,
    };
  }

  public readonly call: Call = async (name, input, elsewhere) => {
    this.calls.push({ name, input: input as unknown as Record<string, unknown>, elsewhere });
    const next = this.instead.get(name)?.shift();
    if (next) return next() as never;
    const own = this.answers[name] as ((given: unknown, where?: Elsewhere) => unknown) | undefined;
    if (own) return own(input, elsewhere) as never;
    const known = this.known[name] as ((given: never) => unknown) | undefined;
    if (!known) throw new Error(`the fake has no ${name}`);
    return known.call(this, input as never) as never;
  };

  private readonly known: Partial<Record<AwsCallName, (input: never) => unknown>> = {
    'backup:DescribeRestoreJob': ({ RestoreJobId }: { RestoreJobId: string }) => {
      const job = this.jobs.get(RestoreJobId);
      if (!job) throw awsError('ResourceNotFoundException');
      return { ...job };
    },
    'backup:PutRestoreValidationResult': (input: {
      RestoreJobId: string;
      ValidationStatus: string;
      ValidationStatusMessage: string;
    }) => {
      const job = this.jobs.get(input.RestoreJobId) as RestoreJob;
      if (job.ValidationStatus && job.ValidationStatus !== 'VALIDATING')
        throw awsError('InvalidRequestException', 'the result of a validation cannot be changed');
      Object.assign(job, input);
      return {};
    },
    'backup:ListRestoreJobs': ({
      NextToken,
      ByRestoreTestingPlanArn: plan,
    }: {
      NextToken?: string;
      ByRestoreTestingPlanArn?: string;
    }) => {
      const all = [...this.jobs.values()].filter(
        ({ CreatedBy }) => plan === undefined || CreatedBy?.RestoreTestingPlanArn === plan,
      );
      const at = Number(NextToken ?? 0); // one a page
      return {
        RestoreJobs: all.slice(at, at + 1),
        NextToken: at + 1 < all.length ? String(at + 1) : undefined,
      };
    },
    'backup:DescribeRecoveryPoint': () => ({
      ScanResults:
        this.scan === undefined
          ? []
          : [
              {
                ScanJobState: this.scan === 'running' ? undefined : 'COMPLETED',
                Findings: this.scan === 'threats' ? ['MALWARE'] : [],
              },
            ],
    }),
    's3:PutObject': ({ Key, Body }: { Key: string; Body: string }) => {
      if (this.kept.has(Key)) throw awsError('PreconditionFailed');
      this.kept.set(Key, JSON.parse(Body));
      return {};
    },
    'dynamodb:DescribeTable': ({ TableName }: { TableName: string }) => {
      const table = this.table(TableName);
      return {
        Table: {
          TableName,
          TableStatus: table.status,
          ItemCount: table.counted ?? table.items.length,
          KeySchema: table.keys.map(([AttributeName], at) => ({
            AttributeName,
            KeyType: at === 0 ? 'HASH' : 'RANGE',
          })),
          AttributeDefinitions: table.keys.map(([AttributeName, AttributeType]) => ({
            AttributeName,
            AttributeType,
          })),
        },
      };
    },
    'dynamodb:Scan': (input: {
      TableName: string;
      Limit?: number;
      Select?: string;
      ExclusiveStartKey?: Item;
    }) => {
      const { items } = this.table(input.TableName);
      const from = Number(input.ExclusiveStartKey?.at.N ?? 0);
      const to = Math.min(items.length, from + (input.Limit ?? 100));
      return {
        Count: to - from,
        Items: input.Select === 'COUNT' ? undefined : items.slice(from, to),
        LastEvaluatedKey: to < items.length ? { at: { N: String(to) } } : undefined,
      };
    },
    'dynamodb:GetItem': ({ TableName, Key }: { TableName: string; Key: Item }) => ({
      Item: this.table(TableName).items.find((item) =>
        Object.entries(Key).every(([key, value]) => JSON.stringify(item[key]) === JSON.stringify(value)),
      ),
    }),
    's3:HeadBucket': ({ Bucket }: { Bucket: string }) => void this.bucket(Bucket),
    's3:ListObjectsV2': ({
      Bucket,
      MaxKeys = 50,
      ContinuationToken,
    }: {
      Bucket: string;
      MaxKeys?: number;
      ContinuationToken?: string;
    }) => {
      const all = [...this.bucket(Bucket)];
      const from = Number(ContinuationToken ?? 0);
      return {
        Contents: all.slice(from, from + MaxKeys).map(([Key]) => ({
          Key,
          LastModified: new Date(Key.startsWith('new/') ? this.now : BORN - 100 * HOUR),
        })),
        NextContinuationToken: from + MaxKeys < all.length ? String(from + MaxKeys) : undefined,
      };
    },
    's3:GetObject': ({ Bucket, Key }: { Bucket: string; Key: string }) => {
      const content = this.bucket(Bucket).get(Key);
      if (content === undefined) throw awsError('NoSuchKey');
      if (content === '') throw awsError('InvalidRange');
      return {
        ContentLength: content.length,
        Body: { transformToByteArray: async () => Buffer.from(content) },
      };
    },
  };

  private table(name: string): FakeTable {
    const table = this.tables.get(name);
    if (!table) throw awsError('ResourceNotFoundException', `there is no table ${name}`);
    return table;
  }

  private bucket(name: string): Map<string, string> {
    const bucket = this.buckets.get(name);
    if (!bucket) throw awsError('NoSuchBucket', `there is no bucket ${name}`);
    return bucket;
  }
}

export function settingsOf(checks: Settings['checks'], more: Partial<Settings> = {}): Settings {
  return {
    planArn: PLAN_ARN,
    restoreTestingPlan: 'weekly',
    bucket: 'evidence',
    windowHours: 4,
    restoreHours: 24,
    checks,
    ...more,
  };
}
