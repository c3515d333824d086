import { enumerateNames } from '../values/core/enumeration';
import type { FindingId } from '../values/findings/registry';
import type { CoverageStatus } from './coverage-status';
import type { OptOut } from './opt-outs';
import type { PlanCoverage } from './plan-coverage';

/** Remarks about the protection of a resource: lower case, no full stop. */
export function notesOf(
  status: CoverageStatus,
  reasons: readonly FindingId[],
  perhaps: readonly PlanCoverage[],
  optOut: OptOut | undefined,
): string[] {
  const notes: string[] = [];
  if (optOut?.expired)
    notes.push(`the opt-out (${optOut.reason}) was valid until ${optOut.until} and has expired`);
  else if (optOut && status === 'protected')
    notes.push(`opted out (${optOut.reason}), but a plan selects it`);
  if (reasons.length > 0)
    notes.push(`a plan selects it, but its jobs certainly fail: ${enumerateNames(reasons)}`);
  if (status === 'unprotected' && perhaps.length > 0)
    notes.push(
      `perhaps protected by ${[...new Set(perhaps.map(({ name }) => `\`${name}\``))].join(', ')}: this can't be determined before deployment`,
    );
  return notes;
}
