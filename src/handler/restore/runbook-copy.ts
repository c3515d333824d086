import type { DescribeExecutionCommandOutput } from '@aws-sdk/client-sfn';
import { isTemporary, NotYet, nameOfError, type Tools } from './aws-calls';
import { nameOfArn } from './check';
import { mergeMetadata, type RunbookStep } from './runbook-plan';
import { type CopySource, elsewhereOf } from './runbook-points';

/** A copy that ended without a recovery point. */
export class CopyFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CopyFailed';
  }
}

/** A restore that ended without a resource. */
export class RestoreEnded extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RestoreEnded';
  }
}

/** How often a copy is tried, each time by another execution of the run. */
const MAX_ATTEMPTS = 20;
/** An execution can have a name of 80 characters. */
const MAX_NAME = 70;

type Execution = Pick<DescribeExecutionCommandOutput, 'status' | 'cause' | 'stopDate' | 'output'>;

/**
 * Copies the recovery point of a step back, with the state machine in the account of its vault. The name of the execution
 * there is derived from the step, so asking again starts nothing twice. Throws `NotYet` until the copy has arrived.
 *
 * @param since when this execution of the run started: a copy that failed before is tried again
 * @returns the step, which now restores the copy with its own metadata
 */
export async function copyBack(
  { step, since }: { readonly step: RunbookStep; readonly since: string },
  tools: Tools,
): Promise<RunbookStep> {
  const { copy } = step;
  if (!copy) return step;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const name = `${step.token.slice(0, MAX_NAME)}-${attempt}`;
    const found = await executionOf(copy, name, tools);
    if (!found) {
      await start(copy, name, step.recoveryPointArn, tools);
      throw new NotYet(`the copy from ${step.vault} is starting`);
    }
    const { status, cause, stopDate } = found;
    if (status === 'SUCCEEDED') return arrived(step, found, tools);
    if (status === 'RUNNING' || status === 'PENDING_REDRIVE')
      throw new NotYet(`the copy from ${step.vault} is ${status}`);
    if (!stopDate || stopDate.getTime() >= Date.parse(since))
      throw new CopyFailed(`the copy from ${step.vault} ended with ${status}: ${cause ?? 'no reason given'}`);
  }
  throw new CopyFailed(`the copy from ${step.vault} failed ${MAX_ATTEMPTS} times`);
}

async function executionOf(copy: CopySource, name: string, tools: Tools): Promise<Execution | undefined> {
  const executionArn = `${copy.stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  try {
    return await tools.call('sfn:DescribeExecution', { executionArn }, elsewhereOf({ name, copy }));
  } catch (error) {
    if (nameOfError(error) === 'ExecutionDoesNotExist') return undefined;
    throw passing(error);
  }
}

async function start(copy: CopySource, name: string, recoveryPointArn: string, tools: Tools): Promise<void> {
  const { stateMachineArn } = copy;
  try {
    const input = JSON.stringify({ recoveryPointArn });
    await tools.call('sfn:StartExecution', { stateMachineArn, name, input }, elsewhereOf({ name, copy }));
  } catch (error) {
    if (nameOfError(error) !== 'ExecutionAlreadyExists') throw passing(error);
  }
}

async function arrived(step: RunbookStep, { output }: Execution, tools: Tools): Promise<RunbookStep> {
  const { result } = JSON.parse(output ?? '{}') as {
    result?: { CopyJob?: { DestinationRecoveryPointArn?: string; DestinationBackupVaultArn?: string } };
  };
  const { DestinationRecoveryPointArn: recoveryPointArn, DestinationBackupVaultArn: vaultArn } =
    result?.CopyJob ?? {};
  if (!recoveryPointArn || !vaultArn)
    throw new CopyFailed(`the copy from ${step.vault} names no recovery point`);
  const vault = nameOfArn(vaultArn);
  const { RestoreMetadata = {} } = await tools
    .call('backup:GetRecoveryPointRestoreMetadata', {
      BackupVaultName: vault,
      RecoveryPointArn: recoveryPointArn,
    })
    .catch((error) => {
      throw passing(error);
    });
  // keys and identifiers of the copy are not those of its source
  return { ...step, vault, recoveryPointArn, metadata: mergeMetadata(RestoreMetadata, step.changed) };
}

/** What a finished restore made, and from what. Throws `NotYet` until it is finished. */
export async function watchJob({ jobId }: { readonly jobId: string }, tools: Tools) {
  const job = await tools.call('backup:DescribeRestoreJob', { RestoreJobId: jobId }).catch((error) => {
    throw passing(error);
  });
  if (job.Status === 'COMPLETED')
    return {
      restoredArn: job.CreatedResourceArn ?? '',
      recoveryPointArn: job.RecoveryPointArn ?? '',
      vault: nameOfArn(job.BackupVaultArn ?? ''),
    };
  const { Status = 'unknown', StatusMessage, PercentDone = '' } = job;
  if (Status === 'FAILED' || Status === 'ABORTED')
    throw new RestoreEnded(`the restore ended with ${Status}: ${StatusMessage ?? 'no reason given'}`);
  throw new NotYet(`the restore is ${Status}${PercentDone === '' ? '' : `, ${PercentDone} done`}`);
}

/** An error that passes is waited for, like the job itself. */
function passing(error: unknown): unknown {
  return isTemporary(error) ? new NotYet(`${nameOfError(error)}: ${(error as Error).message}`) : error;
}
