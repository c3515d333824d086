import type { AcknowledgedFinding } from '../../checks/engine/acknowledged-findings';
import type { Check } from '../../checks/engine/check';
import type { LocatedFinding } from '../../checks/engine/located-findings';
import type { BaselineEntry } from '../../configuration/baseline';
import type { StackItem } from '../../inventory/core/stack-item';
import type { Severity } from '../../values/findings/registry';
import { count } from './style';

/** What the checks found, in the order of the checks. */
export interface CheckReport {
  readonly findings: readonly LocatedFinding[];
  /** Findings that the assembly acknowledges or the configuration ignores. They never fail the command. */
  readonly acknowledged: readonly (AcknowledgedFinding & LocatedFinding)[];
  /** The number of findings that the baseline contains; undefined without a baseline. */
  readonly baselined?: number;
  /** Entries of the baseline whose findings are gone. */
  readonly stale: readonly BaselineEntry[];
  /** What needs attention in the files that configure the checks: lower case, no full stop. */
  readonly remarks: readonly string[];
  readonly checks: readonly Pick<Check, 'id'>[];
  readonly stacks: readonly StackItem[];
}

/** From the most to the least severe. */
export const ORDER: readonly Severity[] = ['error', 'warning', 'note'];

/** `2 errors, 1 warning, 3 acknowledged`, `nothing found`, `nothing new, 12 in the baseline`. */
export function summary({ findings, acknowledged, baselined }: CheckReport): string {
  const counts = ORDER.map((severity) => {
    const amount = findings.filter((finding) => finding.severity === severity).length;
    return amount > 0 ? count(amount, severity) : undefined;
  });
  if (findings.length === 0) counts.push(baselined ? 'nothing new' : 'nothing found');
  if (acknowledged.length > 0) counts.push(`${acknowledged.length} acknowledged`);
  if (baselined) counts.push(`${baselined} in the baseline`);
  return counts.filter((text) => text !== undefined).join(', ');
}
