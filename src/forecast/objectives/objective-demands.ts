import { BackupLoss } from '../../values/objectives/backup-loss';
import type { BackupObjective } from '../../values/objectives/backup-objective';
import { RequirementKey } from '../../values/standards/requirement-key';
import { demandsOf } from '../../values/standards/standard-demands';

/** What an objective demands, in its own words and in those of its standards. */
export interface ObjectiveDemands {
  readonly maxRpoMinutes?: number;
  readonly minRetentionDays?: number;
  readonly survives: readonly BackupLoss[];
  /** `by-standard`: only of types whose restores AWS Backup can test. */
  readonly tested: boolean | 'by-standard';
  readonly maxTestIntervalMinutes?: number;
}

const LOSSES = [
  [RequirementKey.XACC, BackupLoss.WORKLOAD_ACCOUNT],
  [RequirementKey.XREG, BackupLoss.REGION],
] as const;

export function objectiveDemands(objective: BackupObjective): ObjectiveDemands {
  const { maxRpo, minRetention, survives = [], tested = false, maxTestInterval, standards = [] } = objective;
  const { keys, numbers } = demandsOf(standards);
  const { maxBackupIntervalHours: hours, minRetentionDays: days } = numbers;
  return {
    maxRpoMinutes: strictest(Math.min, maxRpo?.toMinutes(), hours && hours * 60),
    minRetentionDays: strictest(Math.max, minRetention?.toDays(), days),
    survives: [...new Set([...survives, ...LOSSES.flatMap(([key, loss]) => (keys.has(key) ? [loss] : []))])],
    tested: tested || maxTestInterval !== undefined || (keys.has(RequirementKey.TEST) && 'by-standard'),
    maxTestIntervalMinutes: maxTestInterval?.toMinutes(),
  };
}

function strictest(
  choose: (...numbers: number[]) => number,
  ...demands: readonly (number | undefined)[]
): number | undefined {
  const known = demands.filter((one) => one !== undefined);
  return known.length === 0 ? undefined : choose(...known);
}
