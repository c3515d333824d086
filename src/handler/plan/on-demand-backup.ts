import type {
  DescribeBackupJobCommandInput,
  DescribeBackupJobCommandOutput,
  StartBackupJobCommandInput,
  StartBackupJobCommandOutput,
} from '@aws-sdk/client-backup';
import type { Operation } from '../core/answer';
import { errorName, explain, Failure, Unfinished } from '../core/failure';
import { flag, maybeText, type Properties, text, textMap, wholeNumber } from '../core/properties';
import type { Attributes, CustomResourceRequest } from '../core/protocol';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';

/** The calls that start and watch backup jobs. */
export interface BackupJobClient {
  startBackupJob(
    input: StartBackupJobCommandInput,
  ): Promise<Pick<StartBackupJobCommandOutput, 'BackupJobId' | 'CreationDate'>>;
  describeBackupJob(input: DescribeBackupJobCommandInput): Promise<Job>;
}

type Job = Pick<
  DescribeBackupJobCommandOutput,
  'State' | 'StatusMessage' | 'RecoveryPointArn' | 'CreationDate'
>;

/**
 * Physical ids are this, the id of the job, `|` and the ARN of the recovery point: AWS Backup deletes jobs after 30 days,
 * and an update without a new backup still needs the ARN.
 */
const JOB = 'backup-job:';
const ENDED: readonly (string | undefined)[] = ['COMPLETED', 'PARTIAL', 'FAILED', 'ABORTED', 'EXPIRED'];

/** Between two polls. */
const PAUSE = 15_000;
/** The time that another poll may take. */
const TIME_TO_POLL = 20_000;
const MINUTE = 60_000;

/** Whether it is the error for a role that was created seconds ago, which AWS Backup can't assume yet. */
const saysRolePropagates = (message: string) =>
  /role/i.test(message) && /assume|authori[sz]ed/i.test(message);
const PROPAGATION_TIME = 60_000;

/** A backup as part of a deployment: on creation, and whenever the trigger changes. */
export function onDemandBackup(client: BackupJobClient): Operation {
  return {
    async apply(request, work) {
      const { ResourceProperties, RequestType, PhysicalResourceId = '' } = request;
      const input = backupOf(request);
      const limit = (wholeNumber(ResourceProperties, 'timeoutMinutes') ?? 30) * MINUTE;
      const onlyWarns = flag(ResourceProperties, 'onlyWarns', false);
      if (RequestType === 'Update' && !isTriggered(request)) return backupBefore(PhysicalResourceId);
      try {
        const id = await start(input, work);
        return await ended(id, limit, work);
      } catch (error) {
        if (!onlyWarns || error instanceof Unfinished) throw error;
        const why = explain(error);
        work.log(`WARNING: ${why}`);
        const JobId = error instanceof JobFailure ? error.jobId : '';
        return { JobId, RecoveryPointArn: '', State: 'WARNING', Message: why };
      }
    },

    // backups stay
    remove: async () => ({}),

    idOf: ({ JobId, RecoveryPointArn }) => (JobId ? `${JOB}${JobId}|${RecoveryPointArn}` : undefined),
  };

  /** Starts the job. The token finds the same job when the function is invoked again for the same request. */
  async function start(input: StartBackupJobCommandInput, work: Work): Promise<string> {
    const begin = work.now();
    const { BackupJobId } = await retrying(work, async () => {
      try {
        return await client.startBackupJob(input);
      } catch (error) {
        throw work.now() - begin < PROPAGATION_TIME && isRolePropagating(error)
          ? Object.assign(error as Error, { $retryable: true })
          : error;
      }
    });
    if (!BackupJobId) throw new Failure('AWS Backup started a job but returned no id');
    return BackupJobId;
  }

  async function ended(JobId: string, limit: number, work: Work): Promise<Attributes> {
    let firstSeen: number | undefined;
    for (;;) {
      const job = await poll(JobId, work);
      if (job && ENDED.includes(job.State)) return attributesOf(JobId, job);
      // an invocation that continues the work of another counts from the creation of the job
      firstSeen ??= job?.CreationDate?.getTime() ?? work.now();
      const state = job?.State ?? 'not visible yet';
      if (work.now() >= firstSeen + limit)
        throw new JobFailure(
          `backup job ${JobId} has not ended after ${limit / MINUTE} minutes (${state}); it continues, but the deployment does not wait for it`,
          JobId,
        );
      if (work.now() + PAUSE + TIME_TO_POLL >= work.deadline)
        throw new Unfinished(`backup job ${JobId} is ${state}`);
      await work.sleep(PAUSE);
    }
  }

  /** The job; undefined if it is not visible yet, or a transient error outlasts one poll. */
  async function poll(BackupJobId: string, work: Work): Promise<Job | undefined> {
    const deadline = Math.min(work.deadline, work.now() + TIME_TO_POLL - PAUSE);
    try {
      return await retrying({ ...work, deadline }, () => client.describeBackupJob({ BackupJobId }));
    } catch (error) {
      if (errorName(error).startsWith('ResourceNotFound')) return undefined;
      if (errorName(error).startsWith('AccessDenied')) throw error;
      work.log(`can't read the job: ${explain(error)}`);
      return undefined;
    }
  }
}

/** A job that did not complete. */
class JobFailure extends Failure {
  constructor(
    message: string,
    readonly jobId: string,
  ) {
    super(message);
  }
}

function attributesOf(JobId: string, job: Job): Attributes {
  const { State, StatusMessage: Message = '', RecoveryPointArn = '' } = job;
  if (State === 'COMPLETED') return { JobId, RecoveryPointArn, State, Message };
  throw new JobFailure(`backup job ${JobId} ended as ${State}${Message && `: ${Message}`}`, JobId);
}

/** The last backup, from the physical id. */
function backupBefore(physicalId: string): Attributes {
  const [, JobId = '', RecoveryPointArn = ''] = new RegExp(`^${JOB}([^|]*)\\|(.*)$`).exec(physicalId) ?? [];
  return RecoveryPointArn
    ? { JobId, RecoveryPointArn, State: 'COMPLETED', Message: '' }
    : { JobId, RecoveryPointArn, State: 'WARNING', Message: 'no backup was created' };
}

function isTriggered({ ResourceProperties, OldResourceProperties = {} }: CustomResourceRequest): boolean {
  return ResourceProperties.trigger !== OldResourceProperties.trigger;
}

function isRolePropagating(error: unknown): boolean {
  return (
    errorName(error) === 'InvalidParameterValueException' &&
    saysRolePropagates((error as Error).message ?? '')
  );
}

function backupOf({ ResourceProperties, RequestId }: CustomResourceRequest): StartBackupJobCommandInput {
  const lifecycle = lifecycleOf(ResourceProperties);
  const options = textMap(ResourceProperties, 'options');
  return {
    BackupVaultName: text(ResourceProperties, 'vaultName'),
    ResourceArn: text(ResourceProperties, 'resourceArn'),
    IamRoleArn: text(ResourceProperties, 'roleArn'),
    IdempotencyToken: RequestId, // one for each resource and deployment, the same in every invocation
    LogicallyAirGappedBackupVaultArn: maybeText(ResourceProperties, 'airGappedVaultArn'),
    ...(Object.keys(lifecycle).length > 0 && { Lifecycle: lifecycle }),
    ...(Object.keys(options).length > 0 && { BackupOptions: options }),
  };
}

function lifecycleOf(properties: Properties): Record<string, number | boolean> {
  const DeleteAfterDays = wholeNumber(properties, 'deleteAfterDays');
  const MoveToColdStorageAfterDays = wholeNumber(properties, 'coldStorageAfterDays');
  const archives = flag(properties, 'archives', false);
  return {
    ...(DeleteAfterDays !== undefined && { DeleteAfterDays }),
    ...(MoveToColdStorageAfterDays !== undefined && { MoveToColdStorageAfterDays }),
    ...(archives && { OptInToArchiveForSupportedResources: true }),
  };
}
