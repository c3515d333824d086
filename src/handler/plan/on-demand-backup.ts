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
import type { Work } from '../core/world';

/** What backups are started and watched with. */
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
 * Physical ids are this, the id of the job, `|` and the ARN of the recovery point: AWS Backup forgets jobs after 30
 * days, and updates without a new backup need the ARN all the same.
 */
const JOB = 'backup-job:';
const ENDED: readonly (string | undefined)[] = ['COMPLETED', 'PARTIAL', 'FAILED', 'ABORTED', 'EXPIRED'];

/** Between two looks at a job. */
const PAUSE = 15_000;
/** What must be left of the time of a call to look once more. */
const TIME_TO_LOOK = 45_000;
const MINUTE = 60_000;

/** A role that was made seconds ago: AWS Backup can't assume it yet. */
const ROLE_SPREADS = /role.*(assume|authori[sz]ed)|(assume|authori[sz]ed).*role/is;
const SPREADING_TIME = 60_000;

/** A backup as part of a deployment: at its creation, and whenever its trigger changes. */
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

    // backups are there to stay
    remove: async () => ({}),

    idOf: ({ JobId, RecoveryPointArn }) => (JobId ? `${JOB}${JobId}|${RecoveryPointArn}` : undefined),
  };

  /** Starts the job; called again for the same request it finds the same job, by the token. */
  async function start(input: StartBackupJobCommandInput, work: Work): Promise<string> {
    const begin = work.now();
    const { BackupJobId } = await retrying(work, async () => {
      try {
        return await client.startBackupJob(input);
      } catch (error) {
        throw work.now() - begin < SPREADING_TIME && isRoleSpreading(error)
          ? Object.assign(error as Error, { $retryable: true })
          : error;
      }
    });
    if (!BackupJobId) throw new Failure('AWS Backup started a job, but told no id');
    return BackupJobId;
  }

  async function ended(JobId: string, limit: number, work: Work): Promise<Attributes> {
    let firstSeen: number | undefined;
    for (;;) {
      const job = await look(JobId, work);
      if (job && ENDED.includes(job.State)) return attributesOf(JobId, job);
      // a call that goes on where another stopped has the time of the job, and not its own
      firstSeen ??= job?.CreationDate?.getTime() ?? work.now();
      const state = job?.State ?? 'not shown yet';
      if (work.now() >= firstSeen + limit)
        throw new JobFailure(
          `backup job ${JobId} has not ended after ${limit / MINUTE} minutes (${state}); it goes on, but nobody waits for it`,
          JobId,
        );
      if (work.now() + PAUSE + TIME_TO_LOOK >= work.deadline)
        throw new Unfinished(`backup job ${JobId} is ${state}`);
      await work.sleep(PAUSE);
    }
  }

  /** The job; undefined where it isn't shown yet, or AWS has something passing that goes beyond one look. */
  async function look(BackupJobId: string, work: Work): Promise<Job | undefined> {
    const deadline = Math.min(work.deadline, work.now() + TIME_TO_LOOK - PAUSE);
    try {
      return await retrying({ ...work, deadline }, () => client.describeBackupJob({ BackupJobId }));
    } catch (error) {
      if (errorName(error).startsWith('ResourceNotFound')) return undefined;
      if (errorName(error).startsWith('AccessDenied')) throw error;
      work.log(`no look at the job: ${explain(error)}`);
      return undefined;
    }
  }
}

/** A job that didn't end as it should. */
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

/** What the last backup was, from the physical id. */
function backupBefore(physicalId: string): Attributes {
  const [, JobId = '', RecoveryPointArn = ''] = new RegExp(`^${JOB}([^|]*)\\|(.*)$`).exec(physicalId) ?? [];
  return RecoveryPointArn
    ? { JobId, RecoveryPointArn, State: 'COMPLETED', Message: '' }
    : { JobId, RecoveryPointArn, State: 'WARNING', Message: 'no backup was made' };
}

function isTriggered({ ResourceProperties, OldResourceProperties = {} }: CustomResourceRequest): boolean {
  return ResourceProperties.trigger !== OldResourceProperties.trigger;
}

function isRoleSpreading(error: unknown): boolean {
  return (
    errorName(error) === 'InvalidParameterValueException' && ROLE_SPREADS.test((error as Error).message ?? '')
  );
}

function backupOf({ ResourceProperties, RequestId }: CustomResourceRequest): StartBackupJobCommandInput {
  const lifecycle = lifecycleOf(ResourceProperties);
  const options = textMap(ResourceProperties, 'options');
  return {
    BackupVaultName: text(ResourceProperties, 'vaultName'),
    ResourceArn: text(ResourceProperties, 'resourceArn'),
    IamRoleArn: text(ResourceProperties, 'roleArn'),
    IdempotencyToken: RequestId, // one for each resource of a deployment, and the same in every call for it
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
