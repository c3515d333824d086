import { numberOrToken } from '../../inventory/as-token';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { vaultLabel } from '../../inventory/labels';
import { inTemplate } from '../../inventory/template-names';
import type { LockItem, VaultItem } from '../../inventory/vault/vaults';
import { known } from '../../template/evaluation/unknown';
import { airGappedRangeProblems } from '../../values/vault/air-gapped-vault-laws';
import { complianceLockProblems } from '../../values/vault/vault-life-laws';
import { lockProblems } from '../../values/vault/vault-lock';
import type { AnalysisOptions } from '../core/analysis-options';
import { type Detection, detectionsFrom } from '../core/detection';

/** Locks of vaults. */
export function* findVaultLockProblems(inventory: Inventory, { now }: AnalysisOptions): Iterable<Detection> {
  for (const vault of inventory.vaults) {
    const { lock } = vault;
    if (!lock) continue;
    const of = () => vaultLabel(vault);
    for (const problem of numberProblems(vault, lock))
      yield* detectionsFrom(at(vault.place, `${lock.pathInTemplate}/${problem.property}`), [problem], of);
    if (vault.kind === 'air-gapped')
      yield {
        id: 'Backup-AirGappedVaultLock',
        place: vault.place,
        message: `${vaultLabel(vault)} is locked in compliance mode from its creation, so nobody can delete a recovery point before its retention ends`,
      };
    else if (known(lock.mode) === 'compliance') {
      const property = 'LockConfiguration';
      const problems = complianceLockProblems(numberOrToken(lock.changeableForDays), now, property);
      yield* detectionsFrom(at(vault.place, lock.pathInTemplate), problems, of);
    }
  }
}

function numberProblems({ kind }: VaultItem, lock: LockItem) {
  const range = {
    minRetentionDays: numberOrToken(lock.minRetentionDays),
    maxRetentionDays: numberOrToken(lock.maxRetentionDays),
  };
  return inTemplate(
    kind === 'air-gapped'
      ? airGappedRangeProblems(range)
      : lockProblems({ ...range, coolingOffDays: numberOrToken(lock.changeableForDays) }),
  );
}
