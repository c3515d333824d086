import type {
  DeleteRecoveryPointCommandInput,
  DisassociateRecoveryPointCommandInput,
  DisassociateRecoveryPointFromParentCommandInput,
  ListRecoveryPointsByBackupVaultCommandInput,
  ListRecoveryPointsByBackupVaultCommandOutput,
  RecoveryPointByBackupVault,
} from '@aws-sdk/client-backup';
import { errorName, explain, Failure, TimeIsOver } from '../core/failure';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';

/** The calls that empty a vault. */
export interface EmptyingClient {
  listRecoveryPoints(
    input: ListRecoveryPointsByBackupVaultCommandInput,
  ): Promise<Pick<ListRecoveryPointsByBackupVaultCommandOutput, 'RecoveryPoints' | 'NextToken'>>;
  deleteRecoveryPoint(input: DeleteRecoveryPointCommandInput): Promise<unknown>;
  disassociateRecoveryPoint(input: DisassociateRecoveryPointCommandInput): Promise<unknown>;
  disassociateFromParent(input: DisassociateRecoveryPointFromParentCommandInput): Promise<unknown>;
}

/** Calls at the same time. */
const CONCURRENCY = 10;
/** Recovery points on a page: no more than that are in memory. */
const PAGE = 200;
/** Between two passes through the vault. */
const PAUSE = 10_000;
const TIME_FOR_PASS = 30_000;
/** How often a recovery point that stays is deleted again. */
const ATTEMPTS = 4;

/** The errors for a call that is not for this kind of recovery point. */
const DOES_NOT_APPLY: ReadonlySet<string> = new Set([
  'InvalidParameterValueException',
  'InvalidRequestException',
  'InvalidResourceStateException',
]);

/** What one pass through the vault found. */
interface Pass {
  left: number;
  /** Recovery points that stayed although they were deleted again and again. */
  stuck: number;
  example?: { readonly arn: string; readonly status?: string };
}

/** Deletes all recovery points of a vault, page by page, and waits until there are none. */
export async function emptyVault(client: EmptyingClient, vault: string, work: Work): Promise<void> {
  const memory: Memory = { attempts: new Map(), refused: new Map() };
  for (;;) {
    const pass = await deleteOnce(client, vault, memory, work);
    if (pass.left === 0) return;
    if (pass.example) throw stuckFailure(pass, memory);
    if (work.now() + PAUSE + TIME_FOR_PASS >= work.deadline)
      throw new Failure(`vault ${vault} still has ${pass.left} recovery points; delete again to continue`);
    await work.sleep(PAUSE);
  }
}

/** By ARN; nothing else is remembered of a recovery point. */
interface Memory {
  readonly attempts: Map<string, number>;
  readonly refused: Map<string, unknown>;
}

async function deleteOnce(client: EmptyingClient, vault: string, memory: Memory, work: Work): Promise<Pass> {
  const pass: Pass = { left: 0, stuck: 0 };
  let NextToken: string | undefined;
  do {
    const token = NextToken;
    const page = await retrying(work, () =>
      client.listRecoveryPoints({ BackupVaultName: vault, MaxResults: PAGE, NextToken: token }),
    );
    const points = page.RecoveryPoints ?? [];
    pass.left += points.length;
    const deletable: RecoveryPointByBackupVault[] = [];
    for (const point of points) {
      const { RecoveryPointArn: arn = '', Status: status } = point;
      if (status === 'DELETING' || status === 'CREATING') memory.attempts.delete(arn);
      else if ((memory.attempts.get(arn) ?? 0) < ATTEMPTS) deletable.push(point);
      else {
        pass.stuck++;
        pass.example ??= { arn, status };
      }
    }
    // what a service takes over, and what belongs to a parent, goes first
    for (const group of [deletable.filter(goesFirst), deletable.filter((point) => !goesFirst(point))])
      for (let start = 0; start < group.length; start += CONCURRENCY) {
        if (work.now() + TIME_FOR_PASS >= work.deadline) return pass;
        const batch = group.slice(start, start + CONCURRENCY);
        await Promise.all(batch.map((point) => deletePoint(client, vault, point, memory, work)));
      }
    NextToken = page.NextToken;
  } while (NextToken);
  return pass;
}

async function deletePoint(
  client: EmptyingClient,
  BackupVaultName: string,
  point: RecoveryPointByBackupVault,
  { attempts, refused }: Memory,
  work: Work,
): Promise<void> {
  const { RecoveryPointArn } = point;
  if (!RecoveryPointArn) return;
  attempts.set(RecoveryPointArn, (attempts.get(RecoveryPointArn) ?? 0) + 1);
  const input = { BackupVaultName, RecoveryPointArn };
  try {
    // S3 has no service that takes a continuous backup over, and refuses
    if (isContinuous(point) && (await succeeds(work, () => client.disassociateRecoveryPoint(input)))) return;
    // a nested recovery point can't be deleted as long as it belongs to its parent
    if (point.ParentRecoveryPointArn) await succeeds(work, () => client.disassociateFromParent(input));
    await retrying(work, () => client.deleteRecoveryPoint(input));
  } catch (error) {
    if (error instanceof TimeIsOver) throw error;
    if (!errorName(error).startsWith('ResourceNotFound')) refused.set(RecoveryPointArn, error);
  }
}

/** False if the call does not apply to the recovery point. */
async function succeeds(work: Work, call: () => Promise<unknown>): Promise<boolean> {
  try {
    await retrying(work, call);
    return true;
  } catch (error) {
    if (DOES_NOT_APPLY.has(errorName(error))) return false;
    throw error;
  }
}

function goesFirst(point: RecoveryPointByBackupVault): boolean {
  return isContinuous(point) || point.ParentRecoveryPointArn !== undefined;
}

/** Whether a service can take the recovery point over: its ARN or its state says so. */
function isContinuous({ RecoveryPointArn = '', Status }: RecoveryPointByBackupVault): boolean {
  return (
    /:recovery-point:continuous:|:(cluster-)?auto-backup:/.test(RecoveryPointArn) || Status === 'AVAILABLE'
  );
}

function stuckFailure({ stuck, example }: Pass, { refused }: Memory): Failure {
  const { arn, status } = example ?? { arn: '' };
  const error = refused.get(arn);
  const why = error
    ? explain(error)
    : `it stays ${status}; check whether the role that created it still exists and may delete it`;
  return new Failure(`${stuck} recovery points can't be deleted, such as ${arn}: ${why}`);
}
