import { type Coverage, coverageRatio, type ResourceCoverage } from '../../coverage/coverage';
import { known } from '../../template/evaluation/unknown';
import type { Check, Finding, Severity } from './check';

/** What is said of a resource that no plan protects, where somebody asks for coverage. */
export const UNPROTECTED: Omit<Check, 'find'> = {
  id: 'Backup-Unprotected',
  severity: 'error',
  what: 'A resource that AWS Backup can protect is in no backup plan, and is not opted out, although a minimum of coverage is asked for.',
  why: 'Nothing brings its data back.',
  fix: 'let a plan select it, for example by a tag, or say with `BackupOptOut` why it needs no backup',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html',
  source: 'AWS Backup Developer Guide, Selecting AWS services to back up',
  asOf: '2026-11-21',
};

/**
 * One finding for each resource that isn't protected, where fewer than the minimum are; none where there are enough.
 *
 * @param minimum from 0 to 1; without one, each is worth a warning
 */
export function unprotectedFindings({ resources, summary }: Coverage, minimum?: number): Finding[] {
  if (minimum !== undefined && coverageRatio(summary) >= minimum) return [];
  const { total, unprotected } = summary;
  const enough =
    minimum === undefined
      ? ''
      : `: ${total - unprotected} of ${total} resources are protected or opted out, at least ${percent(minimum)} must be`;
  const severity = minimum === undefined ? 'warning' : UNPROTECTED.severity;
  return resources
    .filter(({ status }) => status === 'unprotected')
    .map((coverage) => finding(coverage, enough, severity));
}

function finding({ resource, notes }: ResourceCoverage, enough: string, severity: Severity): Finding {
  const { id, why, fix, docs } = UNPROTECTED;
  const what = known(resource.resourceType) ?? resource.type;
  const remark = notes.map((note) => ` (${note})`).join('');
  return {
    id,
    severity,
    place: resource.place,
    message: `no backup plan certainly protects this ${what} resource${remark}${enough}`,
    why,
    fix,
    docs,
  };
}

/** `80 %`, `99.5 %`: never rounded up to more than it is. */
export function percent(share: number): string {
  return `${Math.floor(share * 1_000 + 1e-9) / 10} %`;
}
