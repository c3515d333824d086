import { isKnown } from '../core/amounts';
import type { Problem } from '../core/problem';

const DAY = 86_400_000;

/**
 * Says the day from which nobody can undo a compliance lock.
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
  const from = Number.isNaN(end.getTime()) // not known, or past the last date there is
    ? 'once the cooling-off period is over'
    : `from ${end.toISOString().slice(0, 10)} on, if deployed today`;
  return [
    {
      id: 'Backup-ComplianceLock',
      severity: 'warning',
      property,
      message: `\`${property}\` is a compliance lock: ${from}, nobody can change or remove it, nor delete a recovery point before its retention ends`,
      fix: 'acknowledge this warning once the retention of every rule and copy into this vault is settled',
    },
  ];
}

/** How the caller names what destroys a vault. */
export interface DestructionWords {
  readonly property: string;
  readonly destroy: string;
  readonly fix: string;
}

const WORDS: DestructionWords = {
  property: 'removalPolicy',
  destroy: 'DESTROY',
  fix: 'use RemovalPolicy.RETAIN',
};

/** What speaks against the destruction of a vault: a lock. */
export function lockedDestructionProblem(
  isCompliance: boolean,
  { property, destroy, fix }: DestructionWords = WORDS,
): Problem {
  const [mode, severity, must] = isCompliance
    ? (['compliance', 'error', 'must'] as const)
    : (['governance', 'warning', 'should'] as const);
  return {
    id: 'Backup-DestroyLockedVault',
    severity,
    property,
    message: `\`${property}\` ${must} not be ${destroy} for a vault under a ${mode} lock: while it holds recovery points the deletion of the stack fails`,
    fix,
  };
}
