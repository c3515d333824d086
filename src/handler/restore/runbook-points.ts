import type { RecoveryPointByBackupVault } from '@aws-sdk/client-backup';
import { describeError, type Elsewhere, nameOfError, type Tools } from './aws-calls';

/** A vault that a runbook reads. */
export interface RunbookVault {
  readonly name: string;
  /** The account that shares it with this one; undefined: it is of this account, or copied from. */
  readonly sharedBy?: string;
  /** How recovery points are copied back from it before they are restored; undefined: they are restored directly. */
  readonly copy?: CopySource;
}

/** A vault elsewhere, and the state machine there that copies its recovery points back. */
export interface CopySource {
  readonly account: string;
  readonly region: string;
  /** The role that the functions of the runbook assume. */
  readonly roleArn: string;
  readonly stateMachineArn: string;
}

/** Which recovery point is wanted. */
export interface PointWish {
  readonly before?: Date;
  readonly clean: boolean;
  readonly pointInTime?: Date;
  readonly tag?: { readonly key: string; readonly value: string };
  /** The name of the only vault to look in. */
  readonly vault?: string;
}

/** A recovery point that fits, with its metadata. */
export interface FoundPoint {
  readonly vault: RunbookVault;
  readonly recoveryPointArn: string;
  readonly created: Date;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a search found: a recovery point, or why there is none if all was read; and what could not be read on the way. */
export interface Search {
  readonly point?: FoundPoint;
  readonly problem?: string;
  readonly unread: readonly string[];
}

interface Candidate {
  readonly vault: RunbookVault;
  readonly point: RecoveryPointByBackupVault;
}

/**
 * A copy can have the date on which it was copied, so a recovery point that must be copied back first counts as a day older
 * than it says: of two with the same content, the one that can be restored directly is taken.
 */
const COPY_DELAY = 86_400_000;

/** Finds the newest recovery point that fits in the vaults. */
export async function findPoint(
  arn: string,
  vaults: readonly RunbookVault[],
  wish: PointWish,
  tools: Tools,
): Promise<Search> {
  const read = vaults.filter(({ name }) => wish.vault === undefined || name === wish.vault);
  const unread: string[] = [];
  const candidates: Candidate[] = [];
  for (const vault of read)
    try {
      candidates.push(...(await candidatesIn(vault, arn, wish, tools)));
    } catch (error) {
      unread.push(`its recovery points in ${describeVault(vault)} can't be read: ${describeError(error)}`);
    }
  const fitting = candidates.sort((a, b) => timeOf(b) - timeOf(a));
  for (const { vault, point } of fitting)
    try {
      const found = await tryPoint(vault, point, wish, tools);
      if (found) return { point: found, unread };
    } catch (error) {
      unread.push(`${point.RecoveryPointArn} can't be read: ${describeError(error)}`);
    }
  return unread.length > 0 ? { unread } : { problem: whyNone(fitting.length, read, wish), unread };
}

function whyNone(count: number, vaults: readonly RunbookVault[], wish: PointWish): string {
  const points =
    count === 1 ? 'its only recovery point does not have' : `none of its ${count} recovery points has`;
  if (count > 0) return wish.clean ? `${points} a malware scan that found nothing` : `${points} the tag`;
  const kind = wish.pointInTime ? 'continuous ' : '';
  const before = wish.before ? ` before ${wish.before.toISOString()}` : '';
  return `there is no ${kind}recovery point${before} in ${vaults.map(describeVault).join(', ')}`;
}

/** A vault, for people. */
export function describeVault({ name, sharedBy, copy }: RunbookVault): string {
  if (copy) return `${name} of account ${copy.account} in ${copy.region}`;
  return sharedBy === undefined ? name : `${name}, shared by account ${sharedBy}`;
}

/** With which role, and where, the recovery points of a vault are read. */
export function elsewhereOf({ copy }: RunbookVault): Elsewhere | undefined {
  return copy && { roleArn: copy.roleArn, region: copy.region };
}

async function tryPoint(
  vault: RunbookVault,
  { RecoveryPointArn = '', CreationDate }: RecoveryPointByBackupVault,
  wish: PointWish,
  tools: Tools,
): Promise<FoundPoint | undefined> {
  if (wish.tag && !(await hasTag(vault, RecoveryPointArn, wish.tag, tools))) return undefined;
  if (wish.clean && !(await isClean(vault, RecoveryPointArn, tools))) return undefined;
  const { RestoreMetadata = {} } = await tools.call(
    'backup:GetRecoveryPointRestoreMetadata',
    { ...placeOf(vault), RecoveryPointArn },
    elsewhereOf(vault),
  );
  return {
    vault,
    recoveryPointArn: RecoveryPointArn,
    created: CreationDate ?? new Date(0),
    metadata: RestoreMetadata,
  };
}

function placeOf({ name, sharedBy }: RunbookVault) {
  return { BackupVaultName: name, ...(sharedBy !== undefined && { BackupVaultAccountId: sharedBy }) };
}

async function candidatesIn(
  vault: RunbookVault,
  ByResourceArn: string,
  { before, pointInTime }: PointWish,
  tools: Tools,
): Promise<Candidate[]> {
  // continuous recovery points can't be copied
  if (vault.copy && pointInTime) return [];
  const found: Candidate[] = [];
  let NextToken: string | undefined;
  do {
    const page = await tools.call(
      'backup:ListRecoveryPointsByBackupVault',
      { ...placeOf(vault), ByResourceArn, ByCreatedBefore: before, NextToken },
      elsewhereOf(vault),
    );
    for (const point of page.RecoveryPoints ?? [])
      if (isUsable(vault, point, pointInTime !== undefined, tools)) found.push({ vault, point });
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

/** Whether a recovery point can be restored; before it is copied, it must not be continuous or in cold storage. */
function isUsable(
  { copy }: RunbookVault,
  point: RecoveryPointByBackupVault,
  continuous: boolean,
  tools: Tools,
): boolean {
  if (continuous) return isContinuous(point);
  if (point.Status !== 'COMPLETED') return false;
  const coldAt = point.CalculatedLifecycle?.MoveToColdStorageAt?.getTime();
  return !copy || !(isContinuous(point) || (coldAt !== undefined && coldAt <= tools.now()));
}

function timeOf({ vault, point }: Candidate): number {
  return (point.CreationDate?.getTime() ?? 0) - (vault.copy ? COPY_DELAY : 0);
}

/** The ARN of a continuous backup says so, or its status: it is never complete. */
function isContinuous({ RecoveryPointArn = '', Status }: RecoveryPointByBackupVault): boolean {
  return Status === 'AVAILABLE' || /:(continuous|auto-backup|cluster-auto-backup):/.test(RecoveryPointArn);
}

async function hasTag(
  vault: RunbookVault,
  ResourceArn: string,
  { key, value }: { key: string; value: string },
  tools: Tools,
): Promise<boolean> {
  const { Tags = {} } = await tools
    .call('backup:ListTags', { ResourceArn }, elsewhereOf(vault))
    .catch((error) => {
      if (nameOfError(error) === 'ResourceNotFoundException') return { Tags: undefined };
      throw error;
    });
  return Tags[key] === value;
}

async function isClean(vault: RunbookVault, RecoveryPointArn: string, tools: Tools): Promise<boolean> {
  const { ScanResults = [] } = await tools.call(
    'backup:DescribeRecoveryPoint',
    { ...placeOf(vault), RecoveryPointArn },
    elsewhereOf(vault),
  );
  const done = ScanResults.filter(({ ScanJobState }) => /^COMPLETED/.test(ScanJobState ?? ''));
  return done.length > 0 && done.every(({ Findings = [] }) => Findings.length === 0);
}
