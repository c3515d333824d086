import { pathInResource } from '../../inventory/core/item';
import type { Severity } from '../../values/findings/registry';
import { type CheckReport, ORDER, summary } from '../core/check-report';
import { FindingPlaces } from '../core/finding-place';
import { StackLabels } from '../core/place-labels';
import { count, plain } from '../core/style';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/**
 * Findings as workflow commands of GitHub Actions, which become annotations of the changed files. The most severe come first:
 * GitHub shows only the first ten of each kind in a step.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function checkGithub(report: CheckReport, cwd: string): string {
  const { findings, checks, stacks, remarks } = report;
  const places = new FindingPlaces(findings, cwd);
  const labels = new StackLabels(findings.map(({ place }) => place));
  const sorted = ORDER.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  const annotations = sorted.map((finding) => {
    const { file, line, column } = places.of(finding);
    const where = `${labels.placeOf(finding.place)} ${pathInResource(finding.place)}`.trim();
    const properties = [
      ['file', file],
      ['line', line],
      ['col', column],
      ['title', finding.id],
    ]
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
    const text = `${plain(finding.message)}\n${plain(where)}\nfix: ${plain(finding.fix)}\n${finding.docs}`;
    return `::${COMMANDS[finding.severity]} ${properties.join(',')}::${escapeData(text)}`;
  });
  const scope = `${count(checks.length, 'check')}, ${count(stacks.length, 'stack')}`;
  const closing = `${summary(report)} (${scope})`;
  const notices = remarks.map((remark) => `::notice title=cdk-backup::${escapeData(plain(remark))}`);
  return `${[...annotations, ...notices, closing].join('\n')}\n`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
