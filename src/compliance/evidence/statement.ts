import type { Finding } from '../../checks/engine/check';
import type { Forecast } from '../../forecast/outlook/forecast';
import { known } from '../../template/evaluation/unknown';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type { ComplianceStandard } from '../../values/standards/compliance-standard';
import { conformanceOf } from '../conformance/conformance';
import { conformanceJson, type StandardJson } from '../conformance/conformance-json';
import { Situation } from '../conformance/situation';
import { claimsOf, type ResourceClaims } from './claims';

const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
const PREDICATE_TYPE =
  'https://github.com/cdk-backup-constructs/cdk-backup-constructs/blob/main/schema/evidence.schema.json';

/** A template, with its hash. */
export interface TemplateHash {
  readonly name: string;
  readonly sha256: string;
}

/** A finding that someone accepted, with the reason. */
export interface AcceptedFinding extends Finding {
  readonly reason: string;
}

/** What a design guarantees, as a statement of in-toto, which existing tools can sign: public API, to which members may be added. */
export interface EvidenceStatement {
  readonly _type: string;
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: string;
  readonly predicate: {
    readonly generator: { readonly name: string; readonly version: string };
    /** The first day of the forecast. */
    readonly at: string;
    readonly disclaimer: string;
    readonly standards: readonly StandardJson[];
    readonly resources: readonly ResourceClaims[];
    readonly acknowledged: readonly AcknowledgedClaim[];
  };
}

export interface AcknowledgedClaim {
  readonly id: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly message: string;
  readonly reason: string;
}

export interface EvidenceOptions {
  readonly standards: readonly ComplianceStandard[];
  readonly templates: readonly TemplateHash[];
  readonly accepted: readonly AcceptedFinding[];
  readonly version: string;
  readonly resourceTypes?: readonly ResourceType[];
}

/** The statement on a design. The same input gives the same statement, on any machine. */
export function evidenceOf(forecast: Forecast, options: EvidenceOptions): EvidenceStatement {
  const { standards, templates, accepted, version, resourceTypes } = options;
  const situation = new Situation(forecast, resourceTypes);
  // replicas of global tables in other Regions aren't resources of a template
  const resources = forecast.resources.filter(
    ({ coverage }) => known(coverage.resource.replicaRegion) === undefined,
  );
  return {
    _type: STATEMENT_TYPE,
    subject: templates.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicateType: PREDICATE_TYPE,
    predicate: {
      generator: { name: 'cdk-backup', version },
      at: new Date(forecast.period.from).toISOString(),
      disclaimer:
        'What templates show. No legal advice, and no proof of compliance: policies, drills and approvals are in no template.',
      standards: conformanceJson(conformanceOf(forecast, standards, resourceTypes)).standards,
      resources: resources.map((resource) => claimsOf(resource, situation)),
      acknowledged: accepted.map(({ id, place, message, reason }) => ({
        id,
        stack: place.stack,
        logicalId: place.logicalId,
        message,
        reason,
      })),
    },
  };
}
