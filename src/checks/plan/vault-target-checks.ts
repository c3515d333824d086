import { shared } from '../../viability/core/find-detections';
import { findVaultTargetProblems } from '../../viability/plan/vault-target-problems';
import { type Check, checksOf } from '../engine/check';

/** The vaults that rules back up into. */
export const vaultTargetChecks: readonly Check[] = checksOf(
  ['Backup-ReservedVault', 'Backup-DefaultVault', 'Backup-VaultEnvironment', 'Backup-RuleVault'],
  shared(findVaultTargetProblems),
);
