import type { Check, Finding, Severity } from './check';

/** From the mildest. */
export const SEVERITIES: readonly Severity[] = ['note', 'warning', 'error'];

/**
 * Findings with severities that somebody chose for checks. What a check itself says more mildly than usual, since not
 * all is known, stays milder.
 */
export function withSeverities(
  findings: readonly Finding[],
  checks: readonly Pick<Check, 'id' | 'severity'>[],
  chosen: Readonly<Record<string, Severity>>,
): Finding[] {
  const usual = new Map(checks.map(({ id, severity }) => [id, severity]));
  return findings.map((finding) => {
    if (!Object.hasOwn(chosen, finding.id)) return finding;
    const severity = chosen[finding.id];
    return {
      ...finding,
      severity: finding.severity === usual.get(finding.id) ? severity : milder(severity, finding.severity),
    };
  });
}

function milder(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) < SEVERITIES.indexOf(b) ? a : b;
}
