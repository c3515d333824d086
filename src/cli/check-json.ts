import type { CheckReport } from './check-report';

/** The JSON of the contract. */
export function checkJson({ findings }: Pick<CheckReport, 'findings'>): string {
  const json = {
    findings: findings.map(({ id, severity, place, message, fix, docs }) => ({
      id,
      severity,
      stack: place.stack,
      logicalId: place.logicalId,
      constructPath: place.constructPath,
      message,
      fix,
      docs,
    })),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
