import { shared } from '../../viability/core/find-detections';
import { findVaultLockProblems } from '../../viability/vault/vault-lock-problems';
import { type Check, checksOf } from '../engine/check';

/** Locks of vaults. */
export const vaultLockChecks: readonly Check[] = checksOf(
  [
    'Backup-AirGappedVaultLock',
    'Backup-LockConfiguration',
    'Backup-AirGappedVaultRetention',
    'Backup-ComplianceLock',
  ],
  shared(findVaultLockProblems),
);
