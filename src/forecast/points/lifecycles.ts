import type { LifecycleItem } from '../../inventory/plan/plans';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { BackupCapability, CapabilitySupport } from '../../values/resource-type/capability';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { isAirGapped, type VaultPlace } from './vault-place';

const FOREVER = Number.POSITIVE_INFINITY;
/** AWS keeps a continuous backup at most this long. */
export const MAX_CONTINUOUS_DAYS = 35;
/** "Monthly or less often", as AWS Organizations reads it. */
const MONTHLY_MINUTES = 28 * 24 * 60;

/** When the points of a lifecycle move and expire. */
export interface Lifecycle {
  /** Infinity: forever. Undefined if it isn't known. */
  readonly retentionDays?: number;
  /** Infinity: never. */
  readonly coldAfterDays: number;
}

/** The retention of a lifecycle as written; undefined if it isn't known. */
export function retentionDaysOf(lifecycle: LifecycleItem | undefined): number | undefined {
  const days = lifecycle?.deleteAfterDays;
  if (days === undefined || days === -1) return FOREVER;
  return known(days);
}

/** The lifecycle of backups of a type. AWS ignores a transition to cold storage where the type has none. */
export function lifecycleOf(
  lifecycle: LifecycleItem | undefined,
  type: ResourceType | undefined,
  minimumGapMinutes: number,
): Lifecycle {
  return {
    retentionDays: retentionDaysOf(lifecycle),
    coldAfterDays: coldAfterDays(lifecycle, type, minimumGapMinutes),
  };
}

/**
 * The lifecycle of a copy. Without a retention of its own, and with -1, it expires with its source.
 *
 * Source: Developer Guide "Backup plan options and configuration", 2026-09.
 */
export function copyLifecycleOf(
  lifecycle: LifecycleItem | undefined,
  source: Lifecycle,
  type: ResourceType | undefined,
  minimumGapMinutes: number,
): Lifecycle {
  if (!lifecycle) return source;
  const own = lifecycleOf(lifecycle, type, minimumGapMinutes);
  return own.retentionDays === FOREVER ? { ...own, retentionDays: source.retentionDays } : own;
}

function coldAfterDays(
  lifecycle: LifecycleItem | undefined,
  type: ResourceType | undefined,
  minimumGapMinutes: number,
): number {
  const days = lifecycle?.moveToColdStorageAfterDays;
  if (days === undefined || isUnknown(days) || days < 0) return FOREVER;
  if (supports(type, BackupCapability.COLD_STORAGE)) return days;
  const archives =
    supports(type, BackupCapability.ARCHIVE) &&
    lifecycle?.optInToArchive === true &&
    minimumGapMinutes >= MONTHLY_MINUTES;
  return archives ? days : FOREVER;
}

/** Whether AWS documents that the type has a capability. */
export function supports(type: ResourceType | undefined, capability: BackupCapability): boolean {
  return type?.supports(capability) === CapabilitySupport.YES;
}

function lacks(type: ResourceType | undefined, capability: BackupCapability): boolean {
  return type?.supports(capability) === CapabilitySupport.NO;
}

/** Where the backups of a rule with a logically air-gapped vault as primary target go. */
export type AirGappedRoute = 'straight' | 'through-standard-vault' | 'standard-vault';

/**
 * Fully managed types go straight to the logically air-gapped vault, others through a temporary point in the standard
 * vault. Types that such a vault doesn't support stay in the standard vault.
 *
 * Source: Developer Guide "Logically air-gapped vault as primary backup target", 2026-04.
 */
export function airGappedRoute(type: ResourceType | undefined, continuous: boolean): AirGappedRoute {
  if (lacks(type, BackupCapability.AIR_GAPPED_PRIMARY)) return 'standard-vault';
  if (continuous && !supports(type, BackupCapability.AIR_GAPPED_CONTINUOUS)) return 'standard-vault';
  return supports(type, BackupCapability.FULL_MANAGEMENT) ? 'straight' : 'through-standard-vault';
}

/** Why AWS Backup can't copy backups of a type from one vault to another; undefined if it can, or may be able to. */
export function copyRefusal(
  type: ResourceType | undefined,
  from: VaultPlace,
  to: VaultPlace,
): string | undefined {
  const [region, account] = [BackupCapability.CROSS_REGION_COPY, BackupCapability.CROSS_ACCOUNT_COPY];
  if (!type) return undefined;
  if (lacks(type, region) && lacks(type, account)) return `AWS Backup doesn't copy backups of ${type}`;
  const differs = (key: 'region' | 'account') =>
    from[key] !== undefined && to[key] !== undefined && from[key] !== to[key];
  if (differs('region') && lacks(type, region))
    return `AWS Backup doesn't copy backups of ${type} to other Regions`;
  if (differs('account') && lacks(type, account))
    return `AWS Backup doesn't copy backups of ${type} to other accounts`;
  if (isAirGapped(to) && lacks(type, BackupCapability.AIR_GAPPED_COPY))
    return `AWS Backup doesn't copy backups of ${type} to logically air-gapped vaults`;
  return undefined;
}
