import type { Severity } from '../../values/findings/registry';
import type { CheckReport } from '../core/check-report';
import { FindingPlaces, Fingerprints } from '../core/finding-place';
import { plain } from '../core/style';

/** The severities of GitLab. `blocker` and `critical` are left to what breaks at run time. */
const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', note: 'info' };

/**
 * Findings as a Code Quality report of GitLab, which shows them in merge requests.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function checkGitlab({ findings }: CheckReport, cwd: string): string {
  const places = new FindingPlaces(findings, cwd);
  const fingerprints = new Fingerprints();
  const issues = findings.map((finding) => {
    const { file, line } = places.of(finding);
    const { hash, occurrence } = fingerprints.of(finding);
    return {
      description: plain(`${finding.message}; ${finding.fix}`),
      check_name: finding.id,
      fingerprint: occurrence === 1 ? hash : `${hash}-${occurrence}`,
      severity: SEVERITIES[finding.severity],
      location: { path: file, lines: { begin: line } },
    };
  });
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}
