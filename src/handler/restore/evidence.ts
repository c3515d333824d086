import type { DescribeRestoreJobCommandOutput, RestoreJobsListMember } from '@aws-sdk/client-backup';
import { nameOfError, type Tools } from './aws-calls';
import type { Step } from './check';

/** A restore job, as AWS Backup describes or lists it. */
export type RestoreJob = Omit<DescribeRestoreJobCommandOutput, '$metadata'> & RestoreJobsListMember;

/** What the environment of the function configures for the evidence. */
export interface Targets {
  readonly restoreTestingPlan: string;
  readonly bucket: string;
  readonly restoreMinutes?: number;
  readonly ageMinutes?: number;
}

/** How a test ended. */
export interface Outcome {
  readonly verdict: 'SUCCESSFUL' | 'FAILED' | 'TIMED_OUT' | 'RESTORE_FAILED' | 'NOT_FINISHED' | 'NOT_DELETED';
  readonly reason: string;
  readonly steps?: readonly Step[];
}

const NAMESPACE = 'CdkBackupConstructs/RestoreTests';

/**
 * Keeps what a test showed as a JSON document in the bucket, once, and writes its metrics to the log, where CloudWatch reads
 * them (embedded metric format).
 *
 * @returns whether it was kept now; false if it was there already
 */
export async function keepEvidence(
  job: RestoreJob,
  outcome: Outcome,
  targets: Targets,
  tools: Tools,
): Promise<boolean> {
  const record = recordOf(job, outcome, targets, tools);
  const day = (job.CreationDate ?? new Date(tools.now())).toISOString().slice(0, 10).replaceAll('-', '/');
  const name = /^NOT_/.test(outcome.verdict) ? `${outcome.verdict.toLowerCase().replace('_', '-')}-` : '';
  try {
    await tools.call('s3:PutObject', {
      Bucket: targets.bucket,
      Key: `${targets.restoreTestingPlan}/${day}/${name}${job.RestoreJobId}.json`,
      Body: `${JSON.stringify(record, undefined, 2)}\n`,
      ContentType: 'application/json',
      IfNoneMatch: '*',
    });
  } catch (error) {
    if (nameOfError(error) === 'PreconditionFailed') return false;
    throw error;
  }
  tools.log(JSON.stringify(metricsOf(record, targets, tools)));
  return true;
}

type Record = ReturnType<typeof recordOf>;

/** What an auditor reads: what was restored from where, how long it took, how old it was, and what was checked. */
function recordOf(job: RestoreJob, { verdict, reason, steps = [] }: Outcome, targets: Targets, tools: Tools) {
  const restoreSeconds = secondsBetween(job.CreationDate, job.CompletionDate);
  const ageSeconds = secondsBetween(job.RecoveryPointCreationDate, job.CreationDate);
  return {
    version: 1,
    restoreTestingPlan: targets.restoreTestingPlan,
    restoreJobId: job.RestoreJobId,
    account: job.AccountId,
    resourceType: job.ResourceType,
    sourceArn: job.SourceResourceArn,
    recoveryPointArn: job.RecoveryPointArn,
    backupVaultArn: job.BackupVaultArn,
    recoveryPointCreated: job.RecoveryPointCreationDate,
    restoredArn: job.CreatedResourceArn,
    restoreStarted: job.CreationDate,
    restoreCompleted: job.CompletionDate,
    verdict,
    reason,
    steps,
    recoveryTime: measured(restoreSeconds, targets.restoreMinutes),
    recoveryPointAge: measured(ageSeconds, targets.ageMinutes),
    decidedAt: new Date(tools.now()),
  };
}

/** A measured time against its target. */
function measured(seconds: number | undefined, targetMinutes: number | undefined) {
  const isMet =
    seconds === undefined || targetMinutes === undefined ? undefined : seconds <= targetMinutes * 60;
  return { seconds, targetSeconds: targetMinutes === undefined ? undefined : targetMinutes * 60, isMet };
}

function secondsBetween(from: Date | undefined, to: Date | undefined): number | undefined {
  return from && to ? Math.round((to.getTime() - from.getTime()) / 1_000) : undefined;
}

/** Source: CloudWatch User Guide, "Embedded metric format specification", 2026-08. */
function metricsOf(record: Record, { restoreTestingPlan }: Targets, tools: Tools) {
  const { recoveryTime, recoveryPointAge, verdict } = record;
  const failed = verdict !== 'SUCCESSFUL';
  const missed = recoveryTime.isMet === false || recoveryPointAge.isMet === false;
  const metrics = [
    { Name: 'Failed', Unit: 'Count' },
    { Name: 'TargetMissed', Unit: 'Count' },
    ...(recoveryTime.seconds === undefined ? [] : [{ Name: 'RecoveryTime', Unit: 'Seconds' }]),
    ...(recoveryPointAge.seconds === undefined ? [] : [{ Name: 'RecoveryPointAge', Unit: 'Seconds' }]),
  ];
  return {
    _aws: {
      Timestamp: tools.now(),
      CloudWatchMetrics: [
        {
          Namespace: NAMESPACE,
          Dimensions: [['RestoreTestingPlan'], ['RestoreTestingPlan', 'ResourceType']],
          Metrics: metrics,
        },
      ],
    },
    RestoreTestingPlan: restoreTestingPlan,
    ResourceType: record.resourceType ?? 'unknown',
    Failed: failed ? 1 : 0,
    TargetMissed: missed ? 1 : 0,
    RecoveryTime: recoveryTime.seconds,
    RecoveryPointAge: recoveryPointAge.seconds,
    restoreJobId: record.restoreJobId,
    verdict,
    reason: record.reason,
  };
}
