import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { DEPLOYMENTS, GUIDE, lawNumber, VAULT_LOCK, vaultLabel } from '../../inventory/labels';
import type { LockItem, VaultItem } from '../../inventory/vault/vaults';
import { known } from '../../template/evaluation/unknown';
import { airGappedRangeProblems } from '../../values/vault/air-gapped-vault-laws';
import { complianceLockProblems } from '../../values/vault/vault-life-laws';
import { lockProblems } from '../../values/vault/vault-lock';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const asOf = '2026-09-24';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-LockConfiguration',
    severity: 'error',
    what: 'The numbers of a vault lock are out of range: retention 1 to 36500 days, the minimum not above the maximum, 3 to 36500 days in which it can be changed.',
    why: 'AWS Backup refuses the lock.',
    fix: 'say `MinRetentionDays` of 1 day or more, which CloudFormation requires',
    docs: VAULT_LOCK,
    source: DEPLOYMENTS,
    asOf,
  },
  {
    id: 'Backup-AirGappedVaultRetention',
    severity: 'error',
    what: 'The retention of a logically air-gapped vault is out of range: 7 to 36500 days, the minimum not above the maximum.',
    why: 'AWS Backup refuses the vault.',
    fix: 'say `MinRetentionDays` and `MaxRetentionDays`, 7 to 36500 days',
    docs: `${GUIDE}logicallyairgappedvault.html`,
    source: DEPLOYMENTS,
    asOf,
  },
  {
    id: 'Backup-ComplianceLock',
    severity: 'warning',
    what: 'A vault has a lock in compliance mode, or is logically air-gapped, which is the same from the beginning.',
    why: 'Nobody can undo it, neither the root user nor AWS: what is kept too long is paid for until its retention ends.',
    fix: 'acknowledge this warning once the retention of every rule and copy into this vault is settled',
    docs: VAULT_LOCK,
    source: 'AWS Backup Developer Guide, Vault Lock',
    asOf: '2026-04-13',
  },
];

/** Locks of vaults. */
export const vaultLockChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory, { now }: CheckOptions): Iterable<Seen> {
  for (const vault of inventory.vaults) {
    const { lock } = vault;
    if (!lock) continue;
    const of = () => vaultLabel(vault);
    for (const problem of numberProblems(vault, lock))
      yield* told(at(vault.place, `${lock.pathInTemplate}/${problem.property}`), [problem], of);
    if (vault.kind === 'air-gapped')
      yield {
        id: 'Backup-ComplianceLock',
        severity: 'note', // that is what such a vault is made for
        place: vault.place,
        message: `${vaultLabel(vault)} is locked in compliance mode from its creation on: nobody can delete a recovery point before its retention ends`,
      };
    else if (known(lock.mode) === 'compliance') {
      const property = 'LockConfiguration';
      const problems = complianceLockProblems(lawNumber(lock.changeableForDays), now, property);
      yield* told(at(vault.place, lock.pathInTemplate), problems, of);
    }
  }
}

function numberProblems({ kind }: VaultItem, lock: LockItem) {
  const range = {
    minRetentionDays: lawNumber(lock.minRetentionDays),
    maxRetentionDays: lawNumber(lock.maxRetentionDays),
  };
  const words = { min: 'MinRetentionDays', max: 'MaxRetentionDays', coolingOff: 'ChangeableForDays' };
  return kind === 'air-gapped'
    ? airGappedRangeProblems(range, words)
    : lockProblems({ ...range, coolingOffDays: lawNumber(lock.changeableForDays) }, words);
}
