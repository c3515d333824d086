import type {
  ListCopyJobsInput,
  ListCopyJobsOutput,
  ListRestoreJobsInput,
  ListRestoreJobsOutput,
} from '@aws-sdk/client-backup';
import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { explain } from '../core/failure';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';

/** What the check reads of jobs. */
export interface JobReader {
  listCopyJobs(input: ListCopyJobsInput): Promise<ListCopyJobsOutput>;
  listRestoreJobs(input: ListRestoreJobsInput): Promise<ListRestoreJobsOutput>;
}

/** Jobs that have a target. */
export interface TargetRequest {
  /** How long copies may take, in minutes. */
  readonly copyTarget?: number;
  /** The names of the vaults that they leave; by default those of the objectives. */
  readonly copySources?: readonly string[];
  /** Plans of restore testing, and how long their restores may take, in minutes. */
  readonly restoreTests?: readonly { readonly arn: string; readonly target: number }[];
}

/** A job that took longer than its target, or still runs. */
export interface SlowJob {
  /** Such as `copy of ARN to vault ARN`. */
  readonly what: string;
  readonly job: string;
  readonly target: number;
  /** In minutes; undefined if it still runs. */
  readonly took?: number;
  readonly started: number;
}

interface Job {
  readonly id?: string;
  readonly what: string;
  readonly started?: Date;
  readonly ended?: Date;
  readonly state?: string;
}

const MINUTE = 60_000;
const PAGE = 1_000;
/** The end of a job may be listed this late. */
const LATENESS = 15 * MINUTE;
/** The lists are asked for a little more, since nobody says whether their limits are inclusive. */
const MARGIN = MINUTE;
/** Those have an event of their own. */
const FAILED = new Set(['FAILED', 'ABORTED']);

/**
 * Jobs that are longer than their target. Each is judged once: by the first check after its target, counted from its start,
 * and a quarter of an hour.
 */
export async function readSlowJobs(
  { copyTarget, restoreTests = [] }: TargetRequest,
  vaults: ReadonlySet<string>,
  reader: JobReader,
  work: Work,
  { now, last }: { readonly now: number; readonly last?: number },
): Promise<{ slow: SlowJob[]; metrics: Omit<MetricDatum, 'Dimensions'>[]; broken: string[] }> {
  const slow: SlowJob[] = [];
  const metrics: Omit<MetricDatum, 'Dimensions'>[] = [];
  const broken: string[] = [];
  const limitsOf = (target: number) => {
    const shift = target * MINUTE + LATENESS;
    return { after: (last ?? now) - shift, before: now - shift };
  };
  const windowOf = (target: number) => {
    const { after, before } = limitsOf(target);
    return { ByCreatedAfter: new Date(after - MARGIN), ByCreatedBefore: new Date(before + MARGIN) };
  };
  const judge = (name: string, jobs: readonly Job[], target: number): void => {
    const { after, before } = limitsOf(target);
    for (const { id = '', what, started: start, ended, state = '' } of jobs) {
      const started = start?.getTime() ?? 0;
      if (started <= after || started > before || FAILED.has(state)) continue;
      const took = ((ended?.getTime() ?? now) - started) / MINUTE;
      metrics.push({ MetricName: name, Value: took * 60, Unit: 'Seconds' });
      if (took > target) slow.push({ what, job: id, target, took: ended && took, started });
    }
  };
  const attempt = async (what: string, read: () => Promise<void>): Promise<void> => {
    try {
      await read();
    } catch (error) {
      broken.push(`${what}: ${explain(error)}`);
    }
  };
  if (copyTarget !== undefined)
    await attempt('copies', async () =>
      judge('CopyDuration', await copies(windowOf(copyTarget), vaults, reader, work), copyTarget),
    );
  for (const { arn, target } of restoreTests)
    await attempt(`restore tests of ${arn}`, async () => {
      const input = { ...windowOf(target), ByRestoreTestingPlanArn: arn };
      judge('RestoreTestDuration', await restores(input, reader, work), target);
    });
  return { slow, metrics, broken };
}

async function copies(
  window: ListCopyJobsInput,
  vaults: ReadonlySet<string | undefined>,
  reader: JobReader,
  work: Work,
): Promise<Job[]> {
  const jobs: Job[] = [];
  let NextToken: string | undefined;
  do {
    const input = { ...window, MaxResults: PAGE, NextToken };
    const page = await retrying(work, () => reader.listCopyJobs(input));
    for (const job of page.CopyJobs ?? []) {
      const source = job.SourceBackupVaultArn?.split(':').at(-1);
      if (job.ParentJobId !== undefined || !vaults.has(source)) continue;
      jobs.push({
        id: job.CopyJobId,
        what: `copy of ${job.ResourceArn} to ${job.DestinationBackupVaultArn}`,
        started: job.CreationDate,
        ended: job.CompletionDate,
        state: job.State,
      });
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return jobs;
}

async function restores(window: ListRestoreJobsInput, reader: JobReader, work: Work): Promise<Job[]> {
  const jobs: Job[] = [];
  let NextToken: string | undefined;
  do {
    const input = { ...window, MaxResults: PAGE, NextToken };
    const page = await retrying(work, () => reader.listRestoreJobs(input));
    for (const job of page.RestoreJobs ?? [])
      jobs.push({
        id: job.RestoreJobId,
        what: `restore test of ${job.SourceResourceArn ?? job.RecoveryPointArn}`,
        started: job.CreationDate,
        ended: job.CompletionDate,
        state: job.Status,
      });
    NextToken = page.NextToken;
  } while (NextToken);
  return jobs;
}
