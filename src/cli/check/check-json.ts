import type { Finding } from '../../checks/engine/check';
import type { CheckReport } from '../core/check-report';

/** Findings as JSON, with acknowledged findings and their reasons, if there are any. */
export function checkJson({ findings, acknowledged }: CheckReport): string {
  const accepted = acknowledged.map((finding) => ({ ...fields(finding), reason: finding.reason }));
  const json = {
    findings: findings.map(fields),
    acknowledged: accepted.length > 0 ? accepted : undefined,
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function fields({ id, severity, place, message, fix, docs }: Finding): object {
  const { stack, logicalId, constructPath } = place;
  return { id, severity, stack, logicalId, constructPath, message, fix, docs };
}
