import type { RecoveryPointByBackupVault } from '@aws-sdk/client-backup';
import { nameOfError, type Tools } from './aws-calls';

/** A resource, and the vaults that hold its recovery points. */
export interface PointSource {
  readonly arn: string;
  readonly vaults: readonly string[];
}

/** Which recovery point is wanted. */
export interface PointWish {
  readonly before?: Date;
  readonly clean: boolean;
  readonly pointInTime?: Date;
  readonly tag?: { readonly key: string; readonly value: string };
}

/** A recovery point that fits, with its metadata. */
export interface FoundPoint {
  readonly vault: string;
  readonly recoveryPointArn: string;
  readonly created: Date;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Candidate {
  readonly vault: string;
  readonly point: RecoveryPointByBackupVault;
}

/** Finds the newest recovery point that fits in the vaults of a resource; a sentence if there is none. */
export async function findPoint(
  target: PointSource,
  wish: PointWish,
  tools: Tools,
): Promise<FoundPoint | string> {
  const candidates: Candidate[] = [];
  for (const vault of target.vaults)
    for (const point of await pointsIn(vault, target.arn, wish, tools)) candidates.push({ vault, point });
  candidates.sort((a, b) => timeOf(b) - timeOf(a));
  const fitting = candidates.filter(({ point }) =>
    wish.pointInTime ? isContinuous(point) : point.Status === 'COMPLETED',
  );
  if (fitting.length === 0)
    return `there is no ${wish.pointInTime ? 'continuous ' : ''}recovery point${wish.before ? ` before ${wish.before.toISOString()}` : ''} in ${target.vaults.join(', ')}`;
  for (const { vault, point } of fitting) {
    const RecoveryPointArn = point.RecoveryPointArn as string;
    if (wish.tag && !(await hasTag(RecoveryPointArn, wish.tag, tools))) continue;
    if (wish.clean && !(await isClean(vault, RecoveryPointArn, tools))) continue;
    const { RestoreMetadata = {} } = await tools.call('backup:GetRecoveryPointRestoreMetadata', {
      BackupVaultName: vault,
      RecoveryPointArn,
    });
    return {
      vault,
      recoveryPointArn: RecoveryPointArn,
      created: point.CreationDate ?? new Date(0),
      metadata: RestoreMetadata,
    };
  }
  return wish.clean
    ? `none of its ${fitting.length} recovery points has a malware scan that found nothing`
    : `none of its ${fitting.length} recovery points has the tag`;
}

async function pointsIn(
  BackupVaultName: string,
  ByResourceArn: string,
  { before }: PointWish,
  tools: Tools,
): Promise<RecoveryPointByBackupVault[]> {
  const found: RecoveryPointByBackupVault[] = [];
  let NextToken: string | undefined;
  do {
    const page = await tools.call('backup:ListRecoveryPointsByBackupVault', {
      BackupVaultName,
      ByResourceArn,
      ByCreatedBefore: before,
      NextToken,
    });
    found.push(...(page.RecoveryPoints ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

function timeOf({ point }: Candidate): number {
  return point.CreationDate?.getTime() ?? 0;
}

/** The ARN of a continuous backup says so, or its status: it is never complete. */
function isContinuous({ RecoveryPointArn = '', Status }: RecoveryPointByBackupVault): boolean {
  return Status === 'AVAILABLE' || /:(continuous|auto-backup|cluster-auto-backup):/.test(RecoveryPointArn);
}

async function hasTag(
  ResourceArn: string,
  { key, value }: { key: string; value: string },
  tools: Tools,
): Promise<boolean> {
  const { Tags = {} } = await tools.call('backup:ListTags', { ResourceArn }).catch((error) => {
    if (nameOfError(error) === 'ResourceNotFoundException') return { Tags: undefined };
    throw error;
  });
  return Tags[key] === value;
}

async function isClean(BackupVaultName: string, RecoveryPointArn: string, tools: Tools): Promise<boolean> {
  const { ScanResults = [] } = await tools.call('backup:DescribeRecoveryPoint', {
    BackupVaultName,
    RecoveryPointArn,
  });
  const done = ScanResults.filter(({ ScanJobState }) => /^COMPLETED/.test(ScanJobState ?? ''));
  return done.length > 0 && done.every(({ Findings = [] }) => Findings.length === 0);
}
