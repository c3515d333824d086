import { describeError, NotYet, nameOfError, type Tools } from './aws-calls';
import { type Check, fail, LEVELS, type Level, pass, type Step, type Subject, type Validator } from './check';
import { checkDatabase } from './database/database-check';
import { removeInstance } from './database/temporary-instance';
import { checkTable } from './dynamodb-check';
import { keepEvidence, type Outcome, type RestoreJob, type Targets } from './evidence';
import { checkEfs, checkFsx } from './file-system-check';
import { checkInstance, checkVolume } from './instance-check';
import { releaseMount } from './mount/mount-release';
import { checkBucket } from './s3-check';

/** What the environment of the function configures. */
export interface Settings extends Targets {
  /** The ARN of the restore testing plan: jobs of others are left alone. */
  readonly planArn: string;
  readonly checks: readonly Check[];
  /** The validation window of the selections in hours. */
  readonly windowHours: number;
  /** After how many hours a restore counts as one that never finishes. */
  readonly restoreHours: number;
  /** Whether restored resources that AWS Backup failed to delete are deleted. */
  readonly removesLeftovers?: boolean;
}

const VALIDATORS: Readonly<Record<string, Validator>> = {
  Aurora: checkDatabase,
  DocumentDB: checkDatabase,
  DynamoDB: checkTable,
  EBS: checkVolume,
  EC2: checkInstance,
  EFS: checkEfs,
  FSx: checkFsx,
  Neptune: checkDatabase,
  RDS: checkDatabase,
  S3: checkBucket,
};

/** The longest message that is sent to AWS Backup, which documents no limit. */
const MAX_MESSAGE = 1_000;
/** Between two attempts at what must be waited for. */
const PAUSE = 20_000;
/** How long a result waits for mount targets to be gone, without which AWS Backup can't delete a file system. */
const RELEASE_PATIENCE = 5 * 60_000;
/** The result must arrive before the validation window ends. */
export const MARGIN = 30 * 60_000;

/** Validates the restored resource of one job, unless it is decided already or another plan's. Throws `NotYet`. */
export async function validateJob(jobId: string, settings: Settings, tools: Tools): Promise<string> {
  const job = (await tools.call('backup:DescribeRestoreJob', { RestoreJobId: jobId })) as RestoreJob;
  if (job.CreatedBy?.RestoreTestingPlanArn !== settings.planArn) return 'not a test of this plan';
  if (job.Status === 'FAILED' || job.Status === 'ABORTED') {
    const reason = `the restore ended with ${job.Status}: ${job.StatusMessage ?? 'no reason given'}`;
    await keepEvidence(job, { verdict: 'RESTORE_FAILED', reason }, settings, tools);
    return reason;
  }
  if (job.Status !== 'COMPLETED') return `the restore is ${job.Status}`;
  if (isDecided(job)) return recordDecided(job, settings, tools);
  const outcome = await outcomeOf(job, settings, tools);
  await release(job, settings, tools, RELEASE_PATIENCE);
  return decide(job, outcome, settings, tools);
}

/** Whether the job has a result, which nobody can change. */
export function isDecided({ ValidationStatus }: RestoreJob): boolean {
  return ValidationStatus !== undefined && ValidationStatus !== 'VALIDATING';
}

/** Sends a result, and keeps the evidence. If another invocation was faster, its result stands. */
export async function decide(
  job: RestoreJob,
  outcome: Outcome & { readonly verdict: 'SUCCESSFUL' | 'FAILED' },
  settings: Settings,
  tools: Tools,
): Promise<string> {
  const { verdict, reason } = outcome;
  try {
    await tools.call('backup:PutRestoreValidationResult', {
      RestoreJobId: job.RestoreJobId,
      ValidationStatus: verdict,
      ValidationStatusMessage: reason.slice(0, MAX_MESSAGE),
    });
  } catch (error) {
    if (!/^(InvalidRequest|Conflict|InvalidParameterValue)/.test(nameOfError(error))) throw error;
    const now = (await tools.call('backup:DescribeRestoreJob', {
      RestoreJobId: job.RestoreJobId,
    })) as RestoreJob;
    if (!isDecided(now)) throw error;
    return recordDecided(now, settings, tools);
  }
  await keepEvidence(job, outcome, settings, tools);
  return `${verdict}: ${reason}`;
}

/**
 * Deletes what the validation of a job made to mount what was restored. What can't be deleted now is left for the sweep: it
 * must not keep a job from its result.
 */
export async function release(
  job: RestoreJob,
  { checks }: Settings,
  tools: Tools,
  patience: number,
): Promise<void> {
  const subject = subjectOf(job);
  const mount = checkFor(subject, checks)?.mount;
  const left = mount && (await releaseMount(subject, mount, tools, patience));
  if (left) tools.log(`not released yet: ${left}`);
}

/** Keeps the evidence of a job that has a result, if it isn't kept yet. */
export async function recordDecided(job: RestoreJob, settings: Settings, tools: Tools): Promise<string> {
  const verdict = job.ValidationStatus as 'SUCCESSFUL' | 'FAILED' | 'TIMED_OUT';
  const reason = job.ValidationStatusMessage || 'decided before';
  await keepEvidence(job, { verdict, reason }, settings, tools);
  return `${verdict} already: ${reason}`;
}

/** The result of a validation. */
export type Verdict = Outcome & { readonly verdict: 'SUCCESSFUL' | 'FAILED' };

/** Validates a restored resource. Throws `NotYet` for what must be waited for. */
export async function judgeSubject(
  subject: Subject,
  checks: readonly Check[],
  tools: Tools,
): Promise<Verdict> {
  const check = checkFor(subject, checks);
  if (!check) {
    const reason = `no check is configured for ${subject.type} ${subject.sourceArn ?? subject.restoredArn}`;
    return { verdict: 'FAILED', reason };
  }
  const steps: Step[] = [];
  try {
    for await (const step of stepsOf(subject, check, tools)) {
      steps.push(step);
      if (!step.ok) return { verdict: 'FAILED', reason: `${step.level}: ${step.says}`, steps };
    }
    return { verdict: 'SUCCESSFUL', reason: steps.map(({ says }) => says).join('; '), steps };
  } catch (error) {
    if (error instanceof NotYet) throw error;
    return { verdict: 'FAILED', reason: `could not be validated: ${describeError(error)}`, steps };
  }
}

async function outcomeOf(job: RestoreJob, settings: Settings, tools: Tools): Promise<Verdict> {
  for (;;) {
    try {
      return await judgeSubject(subjectOf(job), settings.checks, tools);
    } catch (error) {
      if (!(error instanceof NotYet)) throw error;
      if (isTooLate(job, settings, tools)) {
        await cleanUp(job, settings, tools);
        return { verdict: 'FAILED', reason: `could not be validated in time: ${error.message}` };
      }
      if (tools.now() + PAUSE >= tools.deadline) throw error;
      tools.log(`waiting: ${error.message}`);
      await tools.sleep(PAUSE);
    }
  }
}

/** Deletes what a validation created, where it ended without deleting it. Never throws. */
export async function cleanUp(job: RestoreJob, { checks }: Settings, tools: Tools): Promise<void> {
  const subject = subjectOf(job);
  const check = checkFor(subject, checks);
  if (check && check.level !== 'restored') await removeInstance(subject, tools);
}

/** Whether the validation window is nearly over. */
export function isTooLate({ CompletionDate }: RestoreJob, { windowHours }: Settings, tools: Tools): boolean {
  return (
    CompletionDate !== undefined && tools.now() >= CompletionDate.getTime() + windowHours * 3_600_000 - MARGIN
  );
}

/** The steps of the check up to its level, then those that don't depend on the type. */
async function* stepsOf(subject: Subject, check: Check, tools: Tools): AsyncGenerator<Step> {
  if (check.cleanScan) yield await scanStep(subject, tools);
  const validator = VALIDATORS[subject.type];
  if (!validator) return yield fail('restored', `there is no validator for ${subject.type}`);
  for await (const step of validator(subject, check, tools)) {
    yield step;
    if (rank(step.level as Level) >= rank(check.level)) break;
  }
  if (check.functionArn) yield await functionStep(subject, check.functionArn, tools);
}

function rank(level: Level): number {
  return LEVELS.indexOf(level);
}

/** The check that names the source, otherwise the one for all of the type. */
function checkFor({ type, sourceArn }: Subject, checks: readonly Check[]): Check | undefined {
  const ofType = checks.filter((check) => check.type === type);
  return (
    ofType.find(({ sources }) => sourceArn !== undefined && sources?.includes(sourceArn)) ??
    ofType.find(({ sources }) => sources === undefined)
  );
}

function subjectOf(job: RestoreJob): Subject {
  return {
    jobId: job.RestoreJobId ?? '',
    type: job.ResourceType ?? '',
    restoredArn: job.CreatedResourceArn ?? '',
    sourceArn: job.SourceResourceArn,
    recoveryPointArn: job.RecoveryPointArn,
    vaultName: job.BackupVaultArn?.split(':').at(-1),
    recoveryPointCreated: job.RecoveryPointCreationDate,
  };
}

async function scanStep({ recoveryPointArn, vaultName }: Subject, tools: Tools): Promise<Step> {
  if (!recoveryPointArn || !vaultName) return fail('scan', 'the recovery point is not known');
  const { ScanResults = [] } = await tools.call('backup:DescribeRecoveryPoint', {
    RecoveryPointArn: recoveryPointArn,
    BackupVaultName: vaultName,
  });
  const done = ScanResults.filter(({ ScanJobState }) => /^COMPLETED/.test(ScanJobState ?? ''));
  if (done.some(({ Findings = [] }) => Findings.length > 0))
    return fail('scan', 'a malware scan of the recovery point found threats');
  return done.length > 0
    ? pass('scan', 'a malware scan of the recovery point found nothing')
    : fail('scan', 'no malware scan of the recovery point is complete');
}

/** The user's own function. */
async function functionStep(subject: Subject, functionArn: string, tools: Tools): Promise<Step> {
  const { FunctionError, Payload } = await tools.call('lambda:Invoke', {
    FunctionName: functionArn,
    InvocationType: 'RequestResponse',
    Payload: JSON.stringify(subject),
  });
  const text = Payload ? Buffer.from(Payload).toString() : '';
  if (FunctionError) return fail('function', `the function failed: ${text.slice(0, 300)}`);
  const answer = parse(text);
  if (typeof answer?.valid !== 'boolean')
    return fail(
      'function',
      `the function must return \`{ valid, reason }\`, got ${text.slice(0, 100) || 'nothing'}`,
    );
  const reason = typeof answer.reason === 'string' ? answer.reason : answer.valid ? 'valid' : 'not valid';
  return answer.valid ? pass('function', reason) : fail('function', reason);
}

function parse(text: string): { valid?: unknown; reason?: unknown } | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
