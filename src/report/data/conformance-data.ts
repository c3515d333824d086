import type { Conformance, RequirementConformance } from '../../compliance/conformance/conformance';
import {
  REQUIREMENT_STATUSES,
  type RequirementStatus,
  type Verdict,
} from '../../compliance/conformance/verdict';

/** How an app stands to standards. Most clauses have the answer of others, so that each answer is stored once. */
export interface ConformanceData {
  readonly standards: readonly StandardData[];
  readonly answers: readonly AnswerData[];
  /** Clauses that contradict each other, whatever the app does. */
  readonly conflicts: readonly string[];
}

export interface StandardData {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly requirements: readonly RequirementData[];
}

export interface RequirementData {
  readonly clause: string;
  readonly level?: string;
  readonly key: string;
  /** What it asks for, in our words. */
  readonly text: string;
  /** A position in `answers`. */
  readonly answer: number;
  /** AWS's own controls for it. */
  readonly mappedByAws: readonly string[];
  readonly confidence: string;
}

export interface AnswerData {
  readonly status: RequirementStatus;
  readonly evidence: readonly EvidenceData[];
  /** How many further kinds of evidence there are. */
  readonly more: number;
  readonly fix?: string;
  /** What no template shows. */
  readonly unseen: string;
}

/** Equal values once, with some of their places. */
export interface EvidenceData {
  readonly status: RequirementStatus;
  readonly value: string;
  /** How many places have it; 0: it is about the whole input. */
  readonly count: number;
  /** `Stack/LogicalId`, with the name. */
  readonly places: readonly (readonly [key: string, name: string])[];
}

const MOST_EVIDENCE = 12;
const MOST_PLACES = 5;

export function conformanceData({ standards, conflicts }: Conformance): ConformanceData {
  const positions = new Map<string, number>();
  const answers: AnswerData[] = [];
  const positionOf = (requirement: RequirementConformance): number => {
    const answer = answerData(requirement);
    const key = JSON.stringify(answer);
    const known = positions.get(key) ?? answers.push(answer) - 1;
    positions.set(key, known);
    return known;
  };
  return {
    standards: standards.map(({ standard: { id, title, version }, requirements }) => ({
      id,
      title,
      version,
      requirements: requirements.map((one) => {
        const { clause, level, requirement, confidence } = one.requirement;
        const { key, mappedByAws } = one;
        return { clause, level, key, text: requirement, answer: positionOf(one), mappedByAws, confidence };
      }),
    })),
    answers,
    conflicts,
  };
}

function answerData({ status, evidence, fix, unseen }: RequirementConformance): AnswerData {
  const all = evidenceData(evidence);
  return {
    status,
    evidence: all.slice(0, MOST_EVIDENCE),
    more: Math.max(0, all.length - MOST_EVIDENCE),
    fix,
    unseen,
  };
}

/** The worst first. */
function evidenceData(evidence: readonly Verdict[]): EvidenceData[] {
  const found = new Map<string, EvidenceData & { count: number; readonly places: [string, string][] }>();
  for (const { status, value, place } of evidence) {
    const key = `${status}|${value}`;
    const one = found.get(key) ?? { status, value, count: 0, places: [] };
    found.set(key, one);
    if (!place) continue;
    one.count++;
    const { stack, logicalId, constructPath } = place;
    const name = constructPath?.replace(/\/Resource$/, '') ?? `${stack}/${logicalId}`;
    if (one.places.length < MOST_PLACES) one.places.push([`${stack}/${logicalId}`, name]);
  }
  const rank = ({ status }: EvidenceData) => REQUIREMENT_STATUSES.indexOf(status);
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count);
}
