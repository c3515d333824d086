import { shared } from '../../viability/core/find-detections';
import { findAirGappedVaultProblems } from '../../viability/vault/air-gapped-vault-problems';
import { type Check, checksOf } from '../engine/check';

/** Keys, approval teams and shares of logically air-gapped vaults. */
export const airGappedVaultChecks: readonly Check[] = checksOf(
  [
    'Backup-SharedWithOwner',
    'Backup-AirGappedVaultKey',
    'Backup-ApprovalTeamArn',
    'Backup-ApprovalTeamRegion',
    'Backup-ApprovalTeamFixed',
    'Backup-SharedAccount',
  ],
  shared(findAirGappedVaultProblems),
);
