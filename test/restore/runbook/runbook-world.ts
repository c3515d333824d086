import type { Check } from '../../../src/handler/restore/check';
import { copyBack, watchJob } from '../../../src/handler/restore/runbook-copy';
import type { RunbookSettings } from '../../../src/handler/restore/runbook-documents';
import { planRun, type RunbookTarget } from '../../../src/handler/restore/runbook-plan';
import type { RunbookVault } from '../../../src/handler/restore/runbook-points';
import { judgeWave, reportRun } from '../../../src/handler/restore/runbook-report';
import { judgeSubject } from '../../../src/handler/restore/validation';
import { runbookWorkflow } from '../../../src/restore/runbook/runbook-workflow';
import { awsError, FakeAws } from '../../handler/restore/fake-aws';
import { interpret, TaskError } from '../../support/asl';

export const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
export const BUCKET = 'arn:aws:s3:::documents';
export const SERVER = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1';

const target = (
  arn: string,
  type: string,
  order: number,
  more: Partial<RunbookTarget> = {},
): RunbookTarget => ({
  arn,
  type,
  label: `App/${type}`,
  order,
  changes: {},
  defaults: {},
  copiesTags: type !== 'DynamoDB',
  overrides: {},
  takesItems: type === 'S3',
  takesTime: type === 'S3',
  requires: [],
  ...more,
});
const TARGETS = [
  target(SERVER, 'EC2', 2),
  target(TABLE, 'DynamoDB', 1, {
    changes: { targetTableName: '{name}' },
    requires: ['targetTableName'],
    imports: { type: 'AWS::DynamoDB::Table', identifier: 'TableName', logicalId: 'Orders123' },
  }),
  target(BUCKET, 'S3', 1, { changes: { NewBucket: 'true', DestinationBucketName: '{name}' } }),
];
const checks: Check[] = ['DynamoDB', 'S3', 'EC2'].map((type) => ({ type, level: 'restored' }));

/** Complete recovery points of some days of November. */
export function pointsOf(arn: string, ...days: number[]): object[] {
  return days.map((day) => ({
    RecoveryPointArn: `${arn}#${day}`,
    CreationDate: new Date(Date.UTC(2026, 10, day)),
    Status: 'COMPLETED',
  }));
}

/** The central vault of another account, and the state machine there that copies back. */
export const CENTRAL: RunbookVault = {
  name: 'central',
  copy: {
    account: '444455556666',
    region: 'eu-central-1',
    roleArn: 'arn:aws:iam::444455556666:role/copy-back',
    stateMachineArn: 'arn:aws:states:eu-central-1:444455556666:stateMachine:copy-back',
  },
};

/** AWS Backup and the functions, behind the state machine. */
export class World {
  public readonly aws = new FakeAws();
  public readonly settings: RunbookSettings = { bucket: 'runs' };
  /** The vaults of the runbook. */
  public vaults: RunbookVault[] = [{ name: 'gold' }];
  /** The recovery points by vault and resource; `#1` is of the first of November. */
  public readonly points: Record<string, Record<string, object[]>> = { gold: {} };
  /** The executions of the state machine in the account of the central vault, by name. */
  public readonly copies = new Map<string, { status: string; stopDate?: Date; polls: number }>();
  /** How a copy goes, each time it is looked at. */
  public copyStatus: (polls: number) => string = (polls) => (polls < 2 ? 'RUNNING' : 'SUCCEEDED');
  /** The jobs by their token: the same token starts no second job. */
  public readonly started = new Map<string, string>();
  /** What each function called with its own role. */
  public readonly called = new Map<string, Set<string>>();
  /** The parameters of the restores. */
  public readonly requests: Record<string, unknown>[] = [];
  /** Their metadata. */
  public readonly metadata: unknown[] = [];
  public readonly published: Record<string, unknown>[] = [];
  public readonly tagged: string[] = [];
  public jobStatus: (arn: string) => string = () => 'COMPLETED';
  public approve = true;
  public fail: Partial<Record<string, (() => Error)[]>> = {};

  constructor() {
    const { aws } = this;
    for (const arn of [TABLE, BUCKET, SERVER]) this.points.gold[arn] = pointsOf(arn, 1, 2, 3);
    aws.answers['backup:ListRecoveryPointsByBackupVault'] = (({
      BackupVaultName,
      ByResourceArn,
      ByCreatedBefore,
    }: {
      BackupVaultName: string;
      ByResourceArn: string;
      ByCreatedBefore?: Date;
    }) => ({
      RecoveryPoints: (this.points[BackupVaultName]?.[ByResourceArn] ?? []).filter(
        (point) => !ByCreatedBefore || (point as { CreationDate: Date }).CreationDate < ByCreatedBefore,
      ),
    })) as never;
    aws.answers['backup:GetRecoveryPointRestoreMetadata'] = (({
      BackupVaultName,
    }: {
      BackupVaultName: string;
    }) => ({
      RestoreMetadata: { encryptionType: 'Default', vault: BackupVaultName },
    })) as never;
    aws.answers['sfn:DescribeExecution'] = (({ executionArn }: { executionArn: string }) => {
      const name = executionArn.split(':').at(-1) as string;
      const found = this.copies.get(name);
      if (!found) throw awsError('ExecutionDoesNotExist');
      if (found.stopDate === undefined) found.status = this.copyStatus(found.polls++);
      if (found.status !== 'RUNNING') found.stopDate ??= new Date('2026-11-29T06:00:00Z');
      const copied = {
        DestinationRecoveryPointArn: `${name}-copy`,
        DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:landing',
      };
      return { ...found, cause: 'as the copy says', output: JSON.stringify({ result: { CopyJob: copied } }) };
    }) as never;
    aws.answers['sfn:StartExecution'] = (({ name }: { name: string }) => {
      if (this.copies.has(name)) throw awsError('ExecutionAlreadyExists');
      this.copies.set(name, { status: 'RUNNING', polls: 0 });
      return {};
    }) as never;
    aws.answers['backup:ListTags'] = (({ ResourceArn }: { ResourceArn: string }) => ({
      Tags: ResourceArn.startsWith(TABLE) ? { app: 'shop' } : {},
    })) as never;
    aws.answers['s3:PutObject'] = (({ Key, Body }: { Key: string; Body: string }) =>
      void aws.kept.set(Key, JSON.parse(Body))) as never;
    aws.answers['s3:GetObject'] = (({ Key }: { Key: string }) => {
      const found = aws.kept.get(Key);
      if (!found) throw awsError('NoSuchKey');
      return { Body: { transformToByteArray: async () => Buffer.from(JSON.stringify(found)) } };
    }) as never;
    aws.answers['backup:DescribeRestoreJob'] = (({ RestoreJobId }: { RestoreJobId: string }) => {
      const arn = RestoreJobId.slice('job-of-'.length);
      return {
        Status: this.jobStatus(arn),
        StatusMessage: 'as AWS says',
        PercentDone: '50.00%',
        CreatedResourceArn: `${arn.split('#')[0]}-restored`,
        RecoveryPointArn: arn,
        BackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:gold',
        CreationDate: new Date(0),
        CompletionDate: new Date(90_000),
      };
    }) as never;
    aws.answers['dynamodb:DescribeTable'] = () => ({ Table: { TableStatus: 'ACTIVE' } });
    aws.answers['s3:HeadBucket'] = () => ({});
    aws.answers['ec2:DescribeInstanceStatus'] = () => ({
      InstanceStatuses: [{ InstanceState: { Name: 'running' } }],
    });
  }

  public run(
    input: Record<string, unknown>,
    more: { name?: string; killAfter?: number; startTime?: string; approval?: boolean; topic?: boolean } = {},
  ) {
    return interpret(
      definition({ ...more, vaults: this.vaults }),
      input,
      (resource, parameters) => this.task(resource, parameters),
      more,
    );
  }

  public starts(): string[] {
    return [...this.started.values()];
  }

  private async task(resource: string, parameters: Record<string, unknown>): Promise<unknown> {
    const error = this.fail[resource]?.shift();
    if (error) throw error();
    const tools = this.aws.tools();
    const payload = parameters.Payload as never;
    const { subject, checks: used } = (payload ?? {}) as { subject: never; checks: Check[] };
    switch (resource) {
      case 'lambda:invoke': {
        const functions: Record<string, () => Promise<unknown>> = {
          plan: () => planRun(payload, this.settings, tools),
          copy: () => copyBack(payload, tools),
          watch: () => watchJob(payload, tools),
          validate: () => judgeSubject(subject, used, tools),
          judge: () => judgeWave(payload, this.settings, tools),
          report: () => reportRun(payload, this.settings, tools),
        };
        const name = parameters.FunctionName as string;
        const before = this.aws.calls.length;
        try {
          const answer = await functions[name]();
          return { Payload: JSON.parse(JSON.stringify(answer)) };
        } catch (thrown) {
          const { name: errorType, message: errorMessage } = thrown as Error;
          // as AWS Lambda reports errors
          throw new TaskError(errorType, JSON.stringify({ errorType, errorMessage, trace: [] }));
        } finally {
          const own = this.called.get(name) ?? new Set();
          for (const call of this.aws.calls.slice(before))
            own.add(call.elsewhere ? 'sts:AssumeRole' : call.name);
          this.called.set(name, own);
        }
      }
      case 'aws-sdk:backup:startRestoreJob': {
        const token = parameters.IdempotencyToken as string;
        if (!this.started.has(token)) {
          this.started.set(token, String(parameters.RecoveryPointArn));
          this.requests.push(parameters);
          this.metadata.push(parameters.Metadata);
        }
        return { RestoreJobId: `job-of-${parameters.RecoveryPointArn}` };
      }
      case 'aws-sdk:s3:putObject':
        this.aws.kept.set(parameters.Key as string, parameters.Body as Record<string, unknown>);
        return {};
      case 'aws-sdk:resourcegroupstaggingapi:tagResources':
        this.tagged.push(...(parameters.ResourceARNList as string[]));
        return {};
      case 'sns:publish':
        this.published.push(parameters);
        return {};
      case 'sns:publish.waitForTaskToken':
        this.published.push(parameters);
        if (!this.approve) throw new TaskError('Denied', 'no');
        return true;
      default:
        throw new Error(`unknown task ${resource}`);
    }
  }
}

export function definition({
  approval = false,
  topic = false,
  vaults = [{ name: 'gold' }] as readonly RunbookVault[],
} = {}) {
  return runbookWorkflow({
    partition: 'aws',
    planFunction: 'plan',
    targets: TARGETS,
    vaults,
    copyFunction: vaults.some(({ copy }) => copy) ? 'copy' : undefined,
    watchFunction: 'watch',
    checks,
    validateFunction: 'validate',
    judgeFunction: 'judge',
    reportFunction: 'report',
    restoreRoleArn: 'arn:aws:iam::111122223333:role/Restore',
    bucket: 'runs',
    maxParallel: 10,
    timeoutSeconds: 604_800,
    approvalTopicArn: approval ? 'approvals' : undefined,
    approvalTimeoutSeconds: 3_600,
    topicArn: topic ? 'results' : undefined,
  }) as Record<string, unknown>;
}
