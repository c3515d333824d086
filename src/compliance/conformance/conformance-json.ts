import { pathInResource } from '../../inventory/core/item';
import { THRESHOLDS_OF_KEY } from '../../values/standards/effective-thresholds';
import { NUMERIC_THRESHOLDS } from '../../values/standards/standard-thresholds';
import type { Conformance, RequirementConformance, StandardConformance } from './conformance';
import type { Question } from './question';
import type { RequirementStatus, Verdict } from './verdict';

/** The conformance as the command prints it in JSON: public API, to which members may be added. */
export interface ConformanceJson {
  readonly standards: readonly StandardJson[];
  /** Clauses that contradict each other, whatever the app does. */
  readonly conflicts: readonly string[];
  readonly summary: SummaryJson;
}

export interface StandardJson {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly summary: SummaryJson;
  readonly requirements: readonly RequirementJson[];
}

export interface SummaryJson {
  readonly total: number;
  readonly met: number;
  readonly notMet: number;
  readonly notVisible: number;
  readonly notApplicable: number;
}

export interface RequirementJson {
  readonly clause: string;
  readonly level?: string;
  readonly key: string;
  readonly requirement: string;
  readonly status: RequirementStatus;
  /** The numbers that it is measured with, and where they come from. */
  readonly thresholds?: Readonly<Record<string, { readonly value: number; readonly origin: string }>>;
  readonly evidence: readonly EvidenceJson[];
  readonly fix?: string;
  /** What no template shows, and which evidence to keep. */
  readonly unseen: string;
  /** AWS's own controls for it; empty if the mapping is the reading of this library. */
  readonly mappedByAws: readonly string[];
  readonly confidence: string;
  readonly source: string;
  readonly asOf: string;
}

export interface EvidenceJson {
  readonly status: RequirementStatus;
  readonly stack?: string;
  readonly logicalId?: string;
  readonly constructPath?: string;
  readonly account?: string;
  readonly region?: string;
  /** Inside the resource: `Properties/…`. */
  readonly path?: string;
  readonly value: string;
}

export function conformanceJson({ standards, conflicts }: Conformance): ConformanceJson {
  return {
    standards: standards.map(standardJson),
    conflicts,
    summary: summaryOf(standards.flatMap(({ requirements }) => requirements)),
  };
}

function standardJson({ standard, requirements }: StandardConformance): StandardJson {
  const { id, version, title } = standard;
  return {
    id,
    version,
    title,
    summary: summaryOf(requirements),
    requirements: requirements.map(requirementJson),
  };
}

/** How many requirements have which answer. */
export function summaryOf(requirements: readonly { readonly status: RequirementStatus }[]): SummaryJson {
  const count = (status: RequirementStatus) => requirements.filter((one) => one.status === status).length;
  return {
    total: requirements.length,
    met: count('met'),
    notMet: count('not-met'),
    notVisible: count('not-visible'),
    notApplicable: count('not-applicable'),
  };
}

function requirementJson(of: RequirementConformance): RequirementJson {
  const { requirement, key, question, status, evidence, fix, unseen, mappedByAws } = of;
  const { clause, level, confidence, source, asOf } = requirement;
  return {
    clause,
    level,
    key,
    requirement: requirement.requirement,
    status,
    thresholds: thresholdsJson(question),
    evidence: evidence.map(evidenceJson),
    fix,
    unseen,
    mappedByAws,
    confidence,
    source,
    asOf,
  };
}

/** The numbers that the key of a question is measured with. */
function thresholdsJson({ key, numbers }: Question): RequirementJson['thresholds'] {
  const names = NUMERIC_THRESHOLDS.filter((name) => THRESHOLDS_OF_KEY[key]?.includes(name));
  const found = names.flatMap((name) => {
    const number = numbers[name];
    return number ? [[name, number] as const] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

function evidenceJson({ status, place, value }: Verdict): EvidenceJson {
  if (!place) return { status, value };
  const { stack, logicalId, constructPath, account, region } = place;
  const path = pathInResource(place);
  return {
    status,
    stack,
    logicalId,
    constructPath,
    account,
    region,
    path: path === '' ? undefined : path,
    value,
  };
}
