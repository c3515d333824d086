import type { Finding } from '../../checks/engine/check';
import type { CheckReport } from '../core/check-report';

/** The JSON of the contract; where something is acknowledged, that too, with the reasons. */
export function checkJson({ findings, acknowledged }: CheckReport): string {
  const forgiven = acknowledged.map((finding) => ({ ...fields(finding), reason: finding.reason }));
  const json = {
    findings: findings.map(fields),
    acknowledged: forgiven.length > 0 ? forgiven : undefined,
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function fields({ id, severity, place, message, fix, docs }: Finding): object {
  const { stack, logicalId, constructPath } = place;
  return { id, severity, stack, logicalId, constructPath, message, fix, docs };
}
