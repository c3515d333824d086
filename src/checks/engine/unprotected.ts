import { type Coverage, coverageRatio, type ResourceCoverage } from '../../coverage/coverage';
import { known } from '../../template/evaluation/unknown';
import { FINDINGS, type FindingId } from '../../values/findings/registry';
import type { Finding } from './check';

/** The id of the findings if a minimum coverage is not reached. */
export const UNPROTECTED = 'Backup-Unprotected' satisfies FindingId;

/**
 * One finding for each unprotected resource if the coverage is below the minimum, none otherwise.
 *
 * @param minimum from 0 to 1; without a minimum, each resource gets a warning
 */
export function unprotectedFindings({ resources, summary }: Coverage, minimum?: number): Finding[] {
  if (minimum !== undefined && coverageRatio(summary) >= minimum) return [];
  const { total, unprotected } = summary;
  const shortfall =
    minimum === undefined
      ? ''
      : `: ${total - unprotected} of ${total} resources are protected or opted out, but at least ${percent(minimum)} must be`;
  const id = minimum === undefined ? 'Backup-UnprotectedResource' : UNPROTECTED;
  return resources
    .filter(({ status }) => status === 'unprotected')
    .map((coverage) => finding(id, coverage, shortfall));
}

function finding(id: FindingId, { resource, notes }: ResourceCoverage, shortfall: string): Finding {
  const { severity, why, fix, docs } = FINDINGS[id];
  const what = known(resource.resourceType) ?? resource.type;
  const remarks = notes.map((note) => ` (${note})`).join('');
  return {
    id,
    severity,
    place: resource.place,
    message: `no backup plan certainly protects this ${what} resource${remarks}${shortfall}`,
    why,
    fix,
    docs,
  };
}

/** `80%`, `99.5%`: rounded down, so that 100% means all. */
export function percent(share: number): string {
  return `${Math.floor(share * 1_000 + 1e-9) / 10}%`;
}
