import type { ComplianceStandard } from './compliance-standard';
import { appliesToEverything, effectiveFlags, effectiveNumber, stricterNumber } from './effective-thresholds';
import { RequirementKey } from './requirement-key';
import type { RetentionBound } from './retention-solver';
import { DataClass, type StandardRequirement } from './standard-requirement';
import {
  IMMUTABILITY_LEVELS,
  ImmutabilityLevel,
  type NumericThreshold,
  THRESHOLD_FACTS,
} from './standard-thresholds';
import { clauseLabel } from './threshold-laws';

/** What several standards together ask of backups. */
export interface StandardDemands {
  readonly keys: ReadonlySet<RequirementKey>;
  /** The strictest number of each kind that some clause is measured with. */
  readonly numbers: Readonly<Partial<Record<NumericThreshold, number>>>;
  /** Retentions that clauses demand at least. */
  readonly atLeast: readonly RetentionBound[];
  /** Retentions that clauses allow at most. */
  readonly atMost: readonly RetentionBound[];
  /** Retentions that clauses allow at most where nobody can delete a backup. */
  readonly erasable: readonly RetentionBound[];
  readonly immutability: ImmutabilityLevel;
}

const NUMBERS: Readonly<Partial<Record<RequirementKey, NumericThreshold>>> = {
  [RequirementKey.FREQ]: 'maxBackupIntervalHours',
  [RequirementKey.RETMIN]: 'minRetentionDays',
  [RequirementKey.RETMAX]: 'maxRetentionDays',
  [RequirementKey.ERASE]: 'maxErasureDays',
  [RequirementKey.TEST]: 'maxTestIntervalDays',
  [RequirementKey.RTO]: 'maxRestoreTimeMinutes',
  [RequirementKey.EVID]: 'minEvidenceRetentionDays',
};

/**
 * What standards together ask of data of some class.
 *
 * @param data clauses about other data are left out; those about everything apply to all data
 */
export function demandsOf(
  standards: readonly ComplianceStandard[],
  data: DataClass = DataClass.EVERYTHING,
): StandardDemands {
  const keys = new Set<RequirementKey>();
  const numbers: Partial<Record<NumericThreshold, number>> = {};
  const atLeast: RetentionBound[] = [];
  const atMost: RetentionBound[] = [];
  const erasable: RetentionBound[] = [];
  let immutability = 0;
  for (const { id, requirements, thresholds } of standards)
    for (const requirement of requirements) {
      if (!appliesToEverything(requirement) && !isAbout(requirement, data)) continue;
      for (const key of requirement.keys) {
        keys.add(key);
        if (key === RequirementKey.IMM)
          immutability = Math.max(
            immutability,
            IMMUTABILITY_LEVELS.indexOf(effectiveFlags(requirement, thresholds).immutability),
          );
        const name = NUMBERS[key];
        const number = name && effectiveNumber(requirement, thresholds, name);
        if (!name || !number) continue;
        const before = numbers[name];
        numbers[name] = before === undefined ? number.value : stricterNumber(name, before, number.value);
        const bound = { days: number.value, by: clauseLabel(id, requirement) };
        if (name === 'minRetentionDays') atLeast.push(bound);
        if (name === 'maxRetentionDays') atMost.push(bound);
        if (name === 'maxErasureDays')
          erasable.push({ ...bound, by: `${bound.by}, where nobody can delete backups early,` });
      }
    }
  return { keys, numbers, atLeast, atMost, erasable, immutability: IMMUTABILITY_LEVELS[immutability] };
}

function isAbout({ data, notApplicable, resourceTypes }: StandardRequirement, wanted: DataClass): boolean {
  return wanted !== DataClass.EVERYTHING && data === wanted && !notApplicable && !resourceTypes;
}

/** What limits the retention: erasure too, where nobody may be able to delete backups early. */
export function retentionLimits(
  { atMost, erasable, immutability }: StandardDemands,
  isLocked = immutability === ImmutabilityLevel.COMPLIANCE,
): readonly RetentionBound[] {
  return isLocked ? [...atMost, ...erasable] : atMost;
}

/** The strictest number, or the default where no clause has one. */
export function numberOf({ numbers }: StandardDemands, name: NumericThreshold): number | undefined {
  return numbers[name] ?? THRESHOLD_FACTS[name].default;
}
