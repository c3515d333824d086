import type { Forecast } from '../../forecast/outlook/forecast';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { awsMappingOf } from '../../values/standards/aws-mapping';
import type { ComplianceStandard } from '../../values/standards/compliance-standard';
import { KEY_FACTS } from '../../values/standards/key-facts';
import { RequirementKey } from '../../values/standards/requirement-key';
import { standardConflicts } from '../../values/standards/standard-conflicts';
import type { StandardRequirement } from '../../values/standards/standard-requirement';
import { documents, evidence, legalHolds, monitoring } from './operations';
import { access, encryption, erasure, immutability, isolation, location, survival } from './protection';
import { type Question, questionOf } from './question';
import { frequency, maximumRetention, minimumRetention } from './schedule';
import { ownBackups, scope, tier } from './scope';
import { Situation } from './situation';
import { malwareScans, restoreTests, restoreTime } from './tests';
import { overall, type RequirementStatus, type Verdict } from './verdict';

/** How an app stands to some standards. Plain data. */
export interface Conformance {
  readonly standards: readonly StandardConformance[];
  /** Clauses that contradict each other, whatever the app does: lower case, no full stop. */
  readonly conflicts: readonly string[];
}

export interface StandardConformance {
  readonly standard: ComplianceStandard;
  /** In the order of the table: each clause, each of its keys. */
  readonly requirements: readonly RequirementConformance[];
}

export interface RequirementConformance {
  readonly requirement: StandardRequirement;
  readonly key: RequirementKey;
  readonly question: Question;
  readonly status: RequirementStatus;
  /** What the status follows from. */
  readonly evidence: readonly Verdict[];
  /** AWS's own controls for it; empty if the mapping is the reading of this library. */
  readonly mappedByAws: readonly string[];
  /** In the imperative; only if the requirement isn't met. */
  readonly fix?: string;
  /** What no template shows. */
  readonly unseen: string;
}

type Evaluate = (question: Question, situation: Situation) => Verdict[];

const EVALUATORS: Readonly<Record<RequirementKey, Evaluate>> = {
  [RequirementKey.SCOPE]: scope,
  [RequirementKey.FREQ]: frequency,
  [RequirementKey.RETMIN]: minimumRetention,
  [RequirementKey.RETMAX]: maximumRetention,
  [RequirementKey.ERASE]: erasure,
  [RequirementKey.IMM]: immutability,
  [RequirementKey.ISO]: isolation,
  [RequirementKey.XACC]: survival('workloadAccount'),
  [RequirementKey.XREG]: survival('region'),
  [RequirementKey.LOC]: location,
  [RequirementKey.ENC]: encryption,
  [RequirementKey.ACC]: access,
  [RequirementKey.TEST]: restoreTests,
  [RequirementKey.RTO]: restoreTime,
  [RequirementKey.SCAN]: malwareScans,
  [RequirementKey.MON]: monitoring,
  [RequirementKey.EVID]: evidence,
  [RequirementKey.HOLD]: legalHolds,
  [RequirementKey.OWN]: ownBackups,
  [RequirementKey.TIER]: tier,
  [RequirementKey.DOC]: documents,
};

/** Compares an app with standards, requirement by requirement. */
export function conformanceOf(
  forecast: Forecast,
  standards: readonly ComplianceStandard[],
  resourceTypes?: readonly ResourceType[],
): Conformance {
  const situation = new Situation(forecast, resourceTypes);
  // most clauses ask the same of backups
  const answers = new Map<string, readonly Verdict[]>();
  const answer = (question: Question): readonly Verdict[] => {
    const id = JSON.stringify(question);
    const known = answers.get(id) ?? EVALUATORS[question.key](question, situation);
    answers.set(id, known);
    return known;
  };
  return {
    standards: standards.map((standard) => ({
      standard,
      requirements: standard.requirements.flatMap((requirement) =>
        requirement.keys.map((key) => requirementConformance(standard, requirement, key, answer)),
      ),
    })),
    conflicts: standardConflicts(standards),
  };
}

function requirementConformance(
  standard: ComplianceStandard,
  requirement: StandardRequirement,
  key: RequirementKey,
  answer: (question: Question) => readonly Verdict[],
): RequirementConformance {
  const question = questionOf(requirement, key, standard.thresholds);
  const evidence = requirement.notApplicable
    ? [{ status: 'not-applicable' as const, value: requirement.note ?? 'it can’t apply to backups in AWS' }]
    : answer(question);
  const status = overall(evidence);
  const { fix, unseen } = KEY_FACTS[key];
  return {
    requirement,
    key,
    question,
    status,
    evidence,
    mappedByAws: awsMappingOf(standard._facts, requirement, key),
    fix: status === 'not-met' ? fix : undefined,
    unseen,
  };
}
