import type { LocatedFinding } from '../../checks/engine/located-findings';
import { pathInResource } from '../../inventory/core/item';
import type { CheckReport } from '../core/check-report';
import { relativeTo, StackLabels } from '../core/place-labels';

/** Findings as JSON; optional members only if they aren't empty. */
export function checkJson(report: CheckReport, cwd: string): string {
  const { findings, acknowledged, baselined, stale, remarks } = report;
  const labels = new StackLabels([...findings, ...acknowledged].map(({ place }) => place));
  const json = {
    findings: findings.map((finding) => fields(finding, labels, cwd)),
    acknowledged: some(
      acknowledged.map((finding) => ({ ...fields(finding, labels, cwd), reason: finding.reason })),
    ),
    baselined,
    stale: some(stale),
    remarks: some(remarks),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function fields(
  { id, severity, place, source, message, fix, docs }: LocatedFinding,
  labels: StackLabels,
  cwd: string,
): object {
  const { stack, logicalId, constructPath, file } = place;
  return {
    id,
    severity,
    stack,
    // two stacks may have the same name, as in two assemblies
    template: labels.isShared(place) ? file : undefined,
    logicalId,
    constructPath,
    path: pathInResource(place) || undefined,
    source: source && { ...source, file: relativeTo(cwd, source.file) },
    message,
    fix,
    docs,
  };
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
