import type { Severity } from '../../values/findings/registry';
import type { Finding } from './check';

/** From the lowest to the highest. */
export const SEVERITIES: readonly Severity[] = ['note', 'warning', 'error'];

/** The findings, with the severities that the user chose for some checks. */
export function withSeverities(
  findings: readonly Finding[],
  chosen: Readonly<Record<string, Severity>>,
): Finding[] {
  return findings.map((finding) =>
    Object.hasOwn(chosen, finding.id) ? { ...finding, severity: chosen[finding.id] } : finding,
  );
}
