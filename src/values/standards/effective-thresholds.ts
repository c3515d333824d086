import { RequirementKey } from './requirement-key';
import { DataClass, type StandardRequirement } from './standard-requirement';
import {
  IMMUTABILITY_LEVELS,
  ImmutabilityLevel,
  type NumericThreshold,
  type StandardThresholds,
  THRESHOLD_FACTS,
} from './standard-thresholds';

/** Where a number comes from: the text of the clause, a choice of the user, or the default of this library. */
export type ThresholdOrigin = 'clause' | 'choice' | 'default';

/** A number that a requirement is measured with. */
export interface EffectiveNumber {
  readonly value: number;
  readonly origin: ThresholdOrigin;
}

/** Which thresholds a key is measured with. */
export const THRESHOLDS_OF_KEY: Readonly<
  Partial<Record<RequirementKey, readonly (keyof StandardThresholds)[]>>
> = {
  [RequirementKey.FREQ]: ['maxBackupIntervalHours'],
  [RequirementKey.RETMIN]: ['minRetentionDays'],
  [RequirementKey.RETMAX]: ['maxRetentionDays'],
  [RequirementKey.ERASE]: ['maxErasureDays'],
  [RequirementKey.TEST]: ['maxTestIntervalDays', 'randomSample'],
  [RequirementKey.RTO]: ['maxRestoreTimeMinutes'],
  [RequirementKey.EVID]: ['minEvidenceRetentionDays'],
  [RequirementKey.IMM]: ['immutability'],
  [RequirementKey.ENC]: ['ownKey'],
  [RequirementKey.ACC]: ['approvalTeam'],
  [RequirementKey.LOC]: ['allowedRegions'],
  [RequirementKey.OWN]: ['minRetentionDays'],
};

/** The key that a threshold belongs to. */
export function keyOfThreshold(name: NumericThreshold): RequirementKey {
  return (Object.keys(THRESHOLDS_OF_KEY) as RequirementKey[]).find((key) =>
    THRESHOLDS_OF_KEY[key]?.includes(name),
  ) as RequirementKey;
}

/** Whether a clause is measured with a threshold. */
export function isMeasuredWith({ keys }: StandardRequirement, name: keyof StandardThresholds): boolean {
  return keys.some((key) => THRESHOLDS_OF_KEY[key]?.includes(name));
}

/** The stricter of two numbers. */
export function stricterNumber(name: NumericThreshold, a: number, b: number): number {
  return THRESHOLD_FACTS[name].stricter === 'larger' ? Math.max(a, b) : Math.min(a, b);
}

/** The number that a clause is measured with; undefined if neither the clause, nor the user, nor the library has one. */
export function effectiveNumber(
  requirement: StandardRequirement,
  choices: StandardThresholds,
  name: NumericThreshold,
): EffectiveNumber | undefined {
  const ofClause = requirement.thresholds?.[name];
  const choice = choices[name];
  const byDefault = THRESHOLD_FACTS[name].default;
  if (ofClause === undefined && choice === undefined)
    return byDefault === undefined ? undefined : { value: byDefault, origin: 'default' };
  if (ofClause === undefined) return { value: choice as number, origin: 'choice' };
  const value = choice === undefined ? ofClause : stricterNumber(name, ofClause, choice);
  return { value, origin: value === ofClause ? 'clause' : 'choice' };
}

/** The thresholds of a clause that aren't numbers. */
export interface EffectiveFlags {
  readonly immutability: ImmutabilityLevel;
  readonly ownKey: boolean;
  readonly approvalTeam: boolean;
  readonly randomSample: boolean;
  /** Undefined: any Region. */
  readonly allowedRegions?: readonly string[];
}

export function effectiveFlags(
  { thresholds = {} }: StandardRequirement,
  choices: StandardThresholds,
): EffectiveFlags {
  const levels = [thresholds.immutability, choices.immutability].map((level) =>
    IMMUTABILITY_LEVELS.indexOf(level ?? ImmutabilityLevel.DENIAL),
  );
  return {
    immutability: IMMUTABILITY_LEVELS[Math.max(...levels)],
    ownKey: thresholds.ownKey === true || choices.ownKey === true,
    approvalTeam: thresholds.approvalTeam === true || choices.approvalTeam === true,
    randomSample: thresholds.randomSample === true || choices.randomSample === true,
    allowedRegions: choices.allowedRegions ?? thresholds.allowedRegions,
  };
}

/** The clauses about all data that are measured with a number, and that number; the strictest of them. */
export function strictestClause(
  requirements: readonly StandardRequirement[],
  choices: StandardThresholds,
  name: NumericThreshold,
): { readonly requirement: StandardRequirement; readonly number: EffectiveNumber } | undefined {
  let strictest: { requirement: StandardRequirement; number: EffectiveNumber } | undefined;
  for (const requirement of requirements) {
    if (!appliesToEverything(requirement)) continue;
    if (!requirement.keys.includes(keyOfThreshold(name))) continue;
    const number = effectiveNumber(requirement, choices, name);
    if (!number) continue;
    const before = strictest?.number.value;
    if (
      before === undefined ||
      (before !== number.value && stricterNumber(name, before, number.value) !== before)
    )
      strictest = { requirement, number };
  }
  return strictest;
}

/** Whether a clause is about all data, and applies in AWS. */
export function appliesToEverything({ data, resourceTypes, notApplicable }: StandardRequirement): boolean {
  return (data ?? DataClass.EVERYTHING) === DataClass.EVERYTHING && !resourceTypes && !notApplicable;
}
