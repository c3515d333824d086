import type { ComplianceStandard } from './compliance-standard';
import { conflictText, solveRetention } from './retention-solver';
import { demandsOf, numberOf, retentionLimits } from './standard-demands';
import { DataClass } from './standard-requirement';

/** The clauses of standards that contradict each other for some class of data, whatever the app: a sentence each. */
export function standardConflicts(standards: readonly ComplianceStandard[]): string[] {
  const found = Object.values(DataClass).flatMap((data) => {
    const demands = demandsOf(standards, data);
    const solution = solveRetention({
      maxIntervalHours: numberOf(demands, 'maxBackupIntervalHours') as number,
      atLeast: demands.atLeast,
      atMost: retentionLimits(demands),
    });
    return 'demands' in solution ? [conflictText(solution)] : [];
  });
  return [...new Set(found)];
}
