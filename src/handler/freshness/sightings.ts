import type {
  DescribeBackupVaultInput,
  DescribeBackupVaultOutput,
  ListProtectedResourcesInput,
  ListProtectedResourcesOutput,
  ListRecoveryPointsByBackupVaultInput,
  ListRecoveryPointsByBackupVaultOutput,
  ProtectedResource,
  RecoveryPointByBackupVault,
} from '@aws-sdk/client-backup';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';
import type { Objective } from './objective';

/** What the check reads from AWS Backup. */
export interface BackupReader {
  listProtectedResources(input: ListProtectedResourcesInput): Promise<ListProtectedResourcesOutput>;
  listRecoveryPoints(
    input: ListRecoveryPointsByBackupVaultInput,
  ): Promise<ListRecoveryPointsByBackupVaultOutput>;
  describeBackupVault(input: DescribeBackupVaultInput): Promise<DescribeBackupVaultOutput>;
}

/** What is known of a resource, as far as an objective needs it. Times are in milliseconds. */
export interface Sighting {
  readonly arn: string;
  readonly type: string;
  /** When it was first seen in the vault. */
  first: number;
  /** When its newest recovery point was created, for whichever objective. */
  last: number;
  /** When its newest recovery point for the objective was created. */
  newest?: number;
}

const PAGE = 1_000;

/** All resources that AWS Backup ever backed up in the account and Region. */
export async function protectedResources(reader: BackupReader, work: Work): Promise<ProtectedResource[]> {
  const all: ProtectedResource[] = [];
  let NextToken: string | undefined;
  do {
    const input = { MaxResults: PAGE, NextToken };
    const page = await retrying(work, () => reader.listProtectedResources(input));
    all.push(...(page.Results ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return all;
}

/**
 * The resources of the vault of an objective. Where the time of the last backup decides, the recovery points are read
 * only if a resource was last backed up to another vault, which hides what it has in this one.
 */
export async function sightingsFor(
  objective: Objective,
  isOnly: boolean,
  listed: readonly ProtectedResource[],
  walk: (vault: string) => Promise<VaultPoints>,
): Promise<Sighting[]> {
  const own = listed.filter((each) => nameOf(each.LastBackupVaultArn) === objective.vault);
  const found = new Map<string, Sighting>();
  if (!(isOnly && objective.decidedByLastBackup && own.length === listed.length))
    for (const each of (await walk(objective.vault)).of(objective)) found.set(each.arn, each);
  for (const { ResourceArn: arn, ResourceType: type = 'Unknown', LastBackupTime } of own) {
    const last = LastBackupTime?.getTime();
    if (arn === undefined || last === undefined) continue;
    const known = found.get(arn);
    const newest = isOnly && objective.decidedByLastBackup ? last : undefined;
    if (!known) found.set(arn, { arn, type, first: last, last, newest });
    else {
      known.last = Math.max(known.last, last);
      if (newest !== undefined) known.newest = Math.max(known.newest ?? newest, newest);
    }
  }
  return [...found.values()];
}

/** The newest recovery points of a vault, by resource and by how long they are kept: what one walk finds. */
export class VaultPoints {
  private readonly resources = new Map<
    string,
    {
      type: string;
      first: number;
      last: number;
      byRetention: Map<number, { newest: number; isRunning: boolean }>;
    }
  >();

  public add({
    ResourceArn: arn,
    ResourceType: type = 'Unknown',
    CreationDate,
    Status,
    Lifecycle,
    ParentRecoveryPointArn,
  }: RecoveryPointByBackupVault): void {
    if (arn === undefined || CreationDate === undefined || ParentRecoveryPointArn !== undefined) return;
    const created = CreationDate.getTime();
    const resource = this.resources.get(arn) ?? {
      type,
      first: created,
      last: created,
      byRetention: new Map(),
    };
    this.resources.set(arn, resource);
    resource.first = Math.min(resource.first, created);
    if (Status !== 'COMPLETED' && Status !== 'AVAILABLE') return;
    resource.last = Math.max(resource.last, created);
    const days = Lifecycle?.DeleteAfterDays ?? Number.POSITIVE_INFINITY;
    const known = resource.byRetention.get(days);
    resource.byRetention.set(days, {
      newest: Math.max(known?.newest ?? created, created),
      isRunning: (known?.isRunning ?? false) || Status === 'AVAILABLE',
    });
  }

  /** Runs of several rules at the same time make one recovery point, which is kept for the longest of their retentions. */
  public *of({ keep = 0, continuous = false }: Objective): Iterable<Sighting> {
    for (const [arn, { type, first, last, byRetention }] of this.resources) {
      let newest: number | undefined;
      for (const [days, point] of byRetention)
        if (days >= keep)
          newest = Math.max(
            newest ?? point.newest,
            continuous && point.isRunning ? Number.POSITIVE_INFINITY : point.newest,
          );
      yield { arn, type, first, last, newest };
    }
  }
}

/** Reads all recovery points of a vault, and remembers only what the objectives need. */
export async function readVault(reader: BackupReader, vault: string, work: Work): Promise<VaultPoints> {
  const points = new VaultPoints();
  let NextToken: string | undefined;
  do {
    const input = { BackupVaultName: vault, MaxResults: PAGE, NextToken };
    const page = await retrying(work, () => reader.listRecoveryPoints(input));
    for (const point of page.RecoveryPoints ?? []) points.add(point);
    NextToken = page.NextToken;
  } while (NextToken);
  return points;
}

function nameOf(vaultArn: string | undefined): string | undefined {
  return vaultArn?.split(':').at(-1);
}
