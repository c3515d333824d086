import type { Tools } from './aws-calls';
import type { RestoreJob } from './evidence';
import { keepEvidence } from './evidence';
import { deleteLeftover } from './leftovers';
import { cleanUp, decide, isDecided, isTooLate, recordDecided, release, type Settings } from './validation';

/** How far back the sweep looks. */
const LOOK_BACK = 10 * 86_400_000;
/** How long a result waits for mount targets to be gone. */
const RELEASE_PATIENCE = 60_000;
/** How long after its deletion the sweep looks for what a restored resource left. */
const SETTLED = 2 * 86_400_000;

/** What AWS Lambda sends about an invocation that failed for good. */
export interface FailedInvocation {
  readonly requestContext?: { readonly condition?: string };
  readonly requestPayload?: { readonly detail?: { readonly restoreJobId?: string } };
  readonly responsePayload?: { readonly errorMessage?: string };
}

/** Decides a job whose validation crashed, ran out of time, or never started. */
export async function closeFailed(
  event: FailedInvocation,
  settings: Settings,
  tools: Tools,
): Promise<string> {
  const jobId = event.requestPayload?.detail?.restoreJobId;
  if (!jobId) return 'no restore job in the event';
  const job = (await tools.call('backup:DescribeRestoreJob', { RestoreJobId: jobId })) as RestoreJob;
  if (job.CreatedBy?.RestoreTestingPlanArn !== settings.planArn) return 'not a test of this plan';
  if (job.Status !== 'COMPLETED') return `the restore is ${job.Status}`;
  await release(job, settings, tools, RELEASE_PATIENCE);
  if (isDecided(job)) return recordDecided(job, settings, tools);
  await cleanUp(job, settings, tools);
  const why = event.responsePayload?.errorMessage ?? event.requestContext?.condition ?? 'no reason given';
  return decide(job, { verdict: 'FAILED', reason: `could not be validated: ${why}` }, settings, tools);
}

/** What a sweep found, by the number of jobs. */
export interface Sweep {
  decided: number;
  recorded: number;
  unfinished: number;
  leftovers: number;
}

/**
 * Looks at the recent jobs of the plan: decides those whose validation window is nearly over, keeps evidence that is
 * missing, and reports restores that don't finish and restored resources that AWS Backup failed to delete.
 */
export async function sweep(settings: Settings, tools: Tools): Promise<Sweep> {
  const swept: Sweep = { decided: 0, recorded: 0, unfinished: 0, leftovers: 0 };
  const failures: string[] = [];
  for await (const job of recentJobs(settings, tools)) {
    try {
      await sweepJob(job, swept, settings, tools);
    } catch (error) {
      // one job must not keep the others from being looked at
      failures.push(`${job.RestoreJobId}: ${(error as Error).message}`);
    }
  }
  tools.log(JSON.stringify(swept));
  if (failures.length > 0) throw new Error(failures.join('; '));
  return swept;
}

async function sweepJob(job: RestoreJob, swept: Sweep, settings: Settings, tools: Tools): Promise<void> {
  const running = job.Status === 'RUNNING' || job.Status === 'PENDING';
  const age = tools.now() - (job.CreationDate?.getTime() ?? tools.now());
  if (running && age > settings.restoreHours * 3_600_000) {
    const reason = `the restore is ${job.Status} after ${Math.floor(age / 3_600_000)} hours`;
    await keepEvidence(job, { verdict: 'NOT_FINISHED', reason }, settings, tools);
    swept.unfinished++;
  }
  if (job.Status === 'FAILED' || job.Status === 'ABORTED') {
    const reason = `the restore ended with ${job.Status}: ${job.StatusMessage ?? 'no reason given'}`;
    if (await keepEvidence(job, { verdict: 'RESTORE_FAILED', reason }, settings, tools)) swept.recorded++;
  }
  if (job.Status !== 'COMPLETED') return;
  if (isDecided(job)) {
    if (job.DeletionStatus !== 'SUCCESSFUL') await cleanUp(job, settings, tools);
    if (!isSettled(job, tools)) await release(job, settings, tools, 0);
    await recordDecided(job, settings, tools);
    swept.recorded++;
  } else if (isTooLate(job, settings, tools)) {
    await cleanUp(job, settings, tools);
    await release(job, settings, tools, RELEASE_PATIENCE);
    await decide(
      job,
      { verdict: 'FAILED', reason: 'no validation result before the end of the validation window' },
      settings,
      tools,
    );
    swept.decided++;
  }
  if (job.DeletionStatus === 'FAILED') {
    const done = settings.removesLeftovers ? await deleteLeftover(job, tools) : 'not configured to delete it';
    const reason = `AWS Backup failed to delete ${job.CreatedResourceArn}: ${job.DeletionStatusMessage ?? 'no reason given'}; ${done}`;
    await keepEvidence(job, { verdict: 'NOT_DELETED', reason }, settings, tools);
    swept.leftovers++;
  }
}

/** Whether a restored resource is gone for so long that nothing can be left of its validation. */
function isSettled({ DeletionStatus, CompletionDate }: RestoreJob, tools: Tools): boolean {
  return DeletionStatus === 'SUCCESSFUL' && tools.now() - (CompletionDate?.getTime() ?? 0) > SETTLED;
}

async function* recentJobs({ planArn }: Settings, tools: Tools): AsyncGenerator<RestoreJob> {
  let NextToken: string | undefined;
  do {
    const page = await tools.call('backup:ListRestoreJobs', {
      ByRestoreTestingPlanArn: planArn,
      ByCreatedAfter: new Date(tools.now() - LOOK_BACK),
      NextToken,
    });
    yield* (page.RestoreJobs ?? []) as RestoreJob[];
    NextToken = page.NextToken;
  } while (NextToken);
}
