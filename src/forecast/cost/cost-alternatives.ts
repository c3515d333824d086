import { BackupCapability } from '../../values/resource-type/capability';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { DAY_MS } from '../core/period';
import { RunTimes } from '../core/run-times';
import { meanGapDays } from '../points/averages';
import { supports } from '../points/lifecycles';
import type { Lineage } from '../points/resource-points';

const FOREVER = Number.POSITIVE_INFINITY;
/** Long enough for AWS Backup not to make another full backup in warm storage. */
const COLD_AFTER_DAYS = 30;
const MIN_COLD_DAYS = 90;
/** Until this age, alternatives keep every backup. */
const DENSE_DAYS = 31;
const WEEK_DAYS = 7;
/** "Monthly or less often". */
const MONTHLY_DAYS = 28;

/** Another way to keep the backups of a rule, which may cost less. */
export interface Alternative {
  readonly plan: string;
  readonly rule: string;
  /** In the imperative, without the rule. */
  readonly change: string;
  readonly lineages: readonly Lineage[];
}

/** The alternatives for the backups of a resource, each with all of its lineages. */
export function alternativesFor(lineages: readonly Lineage[], type: ResourceType | undefined): Alternative[] {
  return lineages.flatMap((lineage): Alternative[] => {
    const { plan, rule, kind } = lineage;
    if (kind !== 'backup') return [];
    const instead = (change: string, others: readonly Lineage[]): Alternative => ({
      plan,
      rule,
      change,
      lineages: lineages.flatMap((other) => (other === lineage ? others : [other])),
    });
    const cold = coldInstead(lineage, type);
    const weekly = weeklyInstead(lineage);
    return [
      ...(cold ? [instead(cold.change, [cold.lineage])] : []),
      ...(weekly ? [instead(`after ${DENSE_DAYS} days, keep one backup of ${type} a week`, weekly)] : []),
    ];
  });
}

function coldInstead(
  lineage: Lineage,
  type: ResourceType | undefined,
): { readonly change: string; readonly lineage: Lineage } | undefined {
  const { retentionDays, coldAfterDays } = lineage;
  if (coldAfterDays !== FOREVER || retentionDays < COLD_AFTER_DAYS + MIN_COLD_DAYS) return undefined;
  const moved = { ...lineage, coldAfterDays: COLD_AFTER_DAYS };
  if (supports(type, BackupCapability.COLD_STORAGE))
    return {
      change: `move backups of ${type} to cold storage after ${COLD_AFTER_DAYS} days`,
      lineage: moved,
    };
  const isMonthly = lineage.schedule.minimumGapMinutes >= MONTHLY_DAYS * 24 * 60;
  return supports(type, BackupCapability.ARCHIVE) && isMonthly
    ? { change: `archive backups of ${type} after ${COLD_AFTER_DAYS} days`, lineage: moved }
    : undefined;
}

/** All backups for a month, and one a week after that. */
function weeklyInstead(lineage: Lineage): Lineage[] | undefined {
  const { times, retentionDays, holds } = lineage;
  const gap = meanGapDays(lineage);
  if (gap === undefined || gap >= WEEK_DAYS || retentionDays <= DENSE_DAYS + WEEK_DAYS || holds.length > 0)
    return undefined;
  const weekly: number[] = [];
  for (let i = 0; i < times.length; i++) {
    const last = weekly[weekly.length - 1];
    // clocks move by an hour
    if (last === undefined || times.at(i) - last >= WEEK_DAYS * DAY_MS - DAY_MS / 24)
      weekly.push(times.at(i));
  }
  const dense = { ...lineage, retentionDays: DENSE_DAYS };
  return [dense, { ...lineage, times: new RunTimes(Float64Array.from(weekly)) }];
}
