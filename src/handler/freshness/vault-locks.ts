import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { explain } from '../core/failure';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';
import type { BackupReader } from './sightings';

const DAY = 86_400_000;

/** A vault whose lock becomes final. */
export interface FinalLock {
  readonly vault: string;
  /** When nobody can remove the lock any more. */
  readonly at: number;
}

/** The vaults whose locks become final in the future, and those that can't be read. */
export async function readLocks(
  vaults: readonly string[],
  reader: BackupReader,
  work: Work,
): Promise<{ locks: FinalLock[]; broken: string[] }> {
  const locks: FinalLock[] = [];
  const broken: string[] = [];
  for (const vault of vaults)
    try {
      const { LockDate } = await retrying(work, () => reader.describeBackupVault({ BackupVaultName: vault }));
      if (LockDate && LockDate.getTime() > work.now()) locks.push({ vault, at: LockDate.getTime() });
    } catch (error) {
      broken.push(`lock of vault ${vault}: ${explain(error)}`);
    }
  return { locks, broken };
}

/** The locks that came within the notice since the last check. */
export function dueLocks(
  locks: readonly FinalLock[],
  noticeDays: number,
  { now, last }: { readonly now: number; readonly last?: number },
): FinalLock[] {
  return locks.filter(({ at }) => {
    const notice = at - noticeDays * DAY;
    return now >= notice && (last === undefined || last < notice);
  });
}

/** The days that are left, by vault. */
export function lockMetrics(check: string, locks: readonly FinalLock[], now: number): MetricDatum[] {
  return locks.map(({ vault, at }) => ({
    MetricName: 'DaysUntilLockIsFinal',
    Dimensions: [
      { Name: 'Check', Value: check },
      { Name: 'BackupVaultName', Value: vault },
    ],
    Value: (at - now) / DAY,
    Unit: 'None',
  }));
}
