import { shared } from '../../viability/core/find-detections';
import { findVaultPolicyProblems } from '../../viability/vault/vault-policy-problems';
import { type Check, checksOf } from '../engine/check';

/** The access policies of vaults. */
export const vaultPolicyChecks: readonly Check[] = checksOf(
  [
    'Backup-VaultPolicyWildcard',
    'Backup-VaultPolicyResource',
    'Backup-VaultPolicyStatement',
    'Backup-CrossAccountGrant',
    'Backup-CrossAccountGrantExcept',
    'Backup-PublicVaultPolicy',
    'Backup-DeletionDenialIncomplete',
    'Backup-DeletionDenialUndone',
    'Backup-DeletionDenialWithoutExemption',
    'Backup-RoleDenied',
  ],
  shared(findVaultPolicyProblems),
);
