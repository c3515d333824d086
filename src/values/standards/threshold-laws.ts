import { isKnown, show, wholeNumberProblems } from '../core/amounts';
import { enumerateNames } from '../core/enumeration';
import { itemProblems } from '../core/list-checks';
import { type Problem, problem } from '../core/problem';
import { likelyProperty } from '../core/unknown-properties';
import { appliesToEverything, isMeasuredWith, stricterNumber, strictestClause } from './effective-thresholds';
import type { StandardRequirement } from './standard-requirement';
import {
  IMMUTABILITY_LEVELS,
  NUMERIC_THRESHOLDS,
  type NumericThreshold,
  type StandardThresholds,
  THRESHOLD_FACTS,
} from './standard-thresholds';

const ID = 'Backup-StandardThreshold';
const FLAGS = ['ownKey', 'approvalTeam', 'randomSample'] as const;

/** The names of all thresholds. */
export const THRESHOLD_NAMES: readonly (keyof StandardThresholds)[] = [
  ...NUMERIC_THRESHOLDS,
  'allowedRegions',
  'immutability',
  ...FLAGS,
];

/** The clauses that thresholds are chosen for. */
export interface ThresholdSubject {
  /** Such as `pci-dss`. */
  readonly id: string;
  readonly requirements: readonly StandardRequirement[];
}

/** The law for the thresholds of a standard: known, in range, at least as strict as its clauses, and not contradictory. */
export function thresholdProblems(subject: ThresholdSubject, thresholds: unknown): Problem[] {
  if (typeof thresholds !== 'object' || thresholds === null || Array.isArray(thresholds))
    return [
      problem({
        id: ID,
        property: 'thresholds',
        message: (label) => `${label('thresholds')} must be an object, got ${show(thresholds)}`,
        fix: 'for example, write `{ minRetentionDays: 35 }`',
      }),
    ];
  const shape = shapeProblems(thresholds as Record<string, unknown>);
  if (shape.length > 0) return shape;
  const chosen = thresholds as StandardThresholds;
  const unused = unusedProblems(subject, chosen);
  if (unused.length > 0) return unused;
  const loose = NUMERIC_THRESHOLDS.flatMap((name) => loosenessProblems(subject, chosen, name));
  return loose.length > 0 ? loose : rangeProblems(subject, chosen);
}

function shapeProblems(thresholds: Readonly<Record<string, unknown>>): Problem[] {
  return Object.entries(thresholds).flatMap(([name, value]): Problem[] => {
    if (value === undefined) return [];
    if (!(THRESHOLD_NAMES as readonly string[]).includes(name)) {
      const near = likelyProperty(name, THRESHOLD_NAMES);
      return [
        problem({
          id: ID,
          property: name,
          message: (label) => `${label(name)} is not a threshold`,
          fix:
            near === undefined
              ? `use one of ${enumerateNames(THRESHOLD_NAMES)}`
              : `did you mean ${show(near)}?`,
        }),
      ];
    }
    if (!isKnown(value))
      return [
        problem({
          id: ID,
          property: name,
          message: (label) => `${label(name)} must be known at synthesis, got a token`,
          fix: 'write the value itself',
        }),
      ];
    if (name in THRESHOLD_FACTS) {
      const { max, unit } = THRESHOLD_FACTS[name as NumericThreshold];
      return wholeNumberProblems(ID, name, value, { min: 1, max, unit });
    }
    if (name === 'allowedRegions') return regionListProblems(value);
    if (name === 'immutability')
      return (IMMUTABILITY_LEVELS as readonly unknown[]).includes(value)
        ? []
        : [refusal(name, `one of \`ImmutabilityLevel\`: ${enumerateNames(IMMUTABILITY_LEVELS)}`, value)];
    return typeof value === 'boolean' ? [] : [refusal(name, 'true or false', value)];
  });
}

function regionListProblems(value: unknown): Problem[] {
  const what = 'Regions such as `eu-central-1`, at least one';
  if (!Array.isArray(value) || value.length === 0)
    return [refusal('allowedRegions', `a list of ${what}`, value)];
  return itemProblems(ID, 'allowedRegions', value, what, (item) => /^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(item));
}

function unusedProblems({ id, requirements }: ThresholdSubject, thresholds: StandardThresholds): Problem[] {
  return THRESHOLD_NAMES.filter((name) => thresholds[name] !== undefined)
    .filter((name) => !requirements.some((requirement) => isMeasuredWith(requirement, name)))
    .map((name) =>
      problem({
        id: ID,
        property: name,
        message: (label) =>
          `${label(name)} must belong to a clause of \`${id}\`, but none is measured with it`,
        fix: 'remove it',
      }),
    );
}

/** A choice can make the number of a clause stricter, not looser. */
function loosenessProblems(
  { id, requirements }: ThresholdSubject,
  thresholds: StandardThresholds,
  name: NumericThreshold,
): Problem[] {
  const choice = thresholds[name];
  if (choice === undefined) return [];
  const { unit, stricter } = THRESHOLD_FACTS[name];
  const looser = requirements.find((requirement) => {
    const own = requirement.thresholds?.[name];
    return (
      own !== undefined &&
      own !== choice &&
      appliesToEverything(requirement) &&
      stricterNumber(name, own, choice) === own
    );
  });
  const own = looser?.thresholds?.[name];
  if (!looser || own === undefined) return [];
  return [
    problem({
      id: ID,
      property: name,
      message: (label) =>
        `${label(name)} must be at ${stricter === 'larger' ? 'least' : 'most'} ${own} ${unit}, as ${clauseLabel(id, looser)} says, got ${choice} ${unit}`,
      fix: `use ${own} or ${stricter === 'larger' ? 'more' : 'less'}, or omit it`,
    }),
  ];
}

/** Backups can't be kept longer than they may. */
function rangeProblems({ id, requirements }: ThresholdSubject, thresholds: StandardThresholds): Problem[] {
  const min = strictestClause(requirements, thresholds, 'minRetentionDays');
  const max = strictestClause(requirements, thresholds, 'maxRetentionDays');
  if (!min || !max || min.number.value <= max.number.value) return [];
  return [
    problem({
      id: ID,
      property: 'maxRetentionDays',
      message: (label) =>
        `${label('maxRetentionDays')} must be at least ${min.number.value} days, because ${clauseLabel(id, min.requirement)} is measured with ${label('minRetentionDays')} of ${min.number.value} days, got ${max.number.value} days for ${clauseLabel(id, max.requirement)}`,
      fix: `use ${min.number.value} or more, or a shorter \`minRetentionDays\``,
    }),
  ];
}

/** `` `cis-controls` 11.2 ``. */
export function clauseLabel(id: string, { clause }: StandardRequirement): string {
  return `\`${id}\` ${clause}`;
}

function refusal(property: string, allowed: string, value: unknown): Problem {
  return problem({
    id: ID,
    property,
    message: (label) => `${label(property)} must be ${allowed}, got ${show(value)}`,
  });
}
