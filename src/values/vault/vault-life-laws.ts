import { isKnown } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';

const DAY = 86_400_000;

/**
 * The problem of a compliance lock: names the day from which nobody can undo it.
 *
 * Source: Developer Guide "AWS Backup Vault Lock", 2026-04.
 *
 * @param coolingOffDays undefined for a governance lock
 * @param now when it is deployed
 */
export function complianceLockProblems(
  coolingOffDays: number | undefined,
  now: Date,
  property = 'lock',
): Problem[] {
  if (coolingOffDays === undefined) return [];
  const end = new Date(isKnown(coolingOffDays) ? now.getTime() + coolingOffDays * DAY : Number.NaN);
  const from = Number.isNaN(end.getTime()) // unknown, or beyond the last representable date
    ? 'once the cooling-off period is over'
    : `from ${end.toISOString().slice(0, 10)} on, if deployed today`;
  return [
    problem({
      id: 'Backup-ComplianceLock',
      property,
      message: (label) =>
        `${label(property)} is a compliance lock: ${from}, nobody can change or remove it, or delete a recovery point before its retention ends`,
      fix: 'acknowledge this warning once the retention of every rule and copy into this vault is settled',
    }),
  ];
}

/** The caller's names for destroying a vault. */
export interface DestructionOptions {
  readonly property: string;
  readonly destroy: string;
  readonly fix: string;
}

const DEFAULTS: DestructionOptions = {
  property: 'removalPolicy',
  destroy: 'DESTROY',
  fix: 'use RemovalPolicy.RETAIN',
};

/** The problem of destroying a vault that has a lock. */
export function lockedDestructionProblem(
  isCompliance: boolean,
  { property, destroy, fix }: DestructionOptions = DEFAULTS,
): Problem {
  const [mode, id, must] = isCompliance
    ? (['compliance', 'Backup-DestroyLockedVault', 'must'] as const)
    : (['governance', 'Backup-DestroyGovernedVault', 'should'] as const);
  return problem({
    id,
    property,
    message: (label) =>
      `${label(property)} ${must} not be ${destroy} for a vault under a ${mode} lock: deleting the stack fails while the vault holds recovery points`,
    fix,
  });
}

/** The problem of deleting a vault without a lock with its stack. */
export function vaultDeletionProblem({ property, destroy, fix }: DestructionOptions = DEFAULTS): Problem {
  return problem({
    id: 'Backup-VaultDeletion',
    property,
    message: (label) =>
      `${label(property)} should not be ${destroy}: deleting the stack fails while the vault holds recovery points`,
    fix: `${fix}, or empty the vault with \`VaultContents\``,
  });
}
