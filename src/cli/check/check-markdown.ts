import { pathInResource } from '../../inventory/core/item';
import { type CheckReport, summary } from '../core/check-report';
import { type FindingGroup, groupFindings, type WordedFinding } from '../core/finding-groups';
import { cell, markdownTable } from '../core/markdown';
import { StackLabels, showSource } from '../core/place-labels';
import { count } from '../core/style';
import { LISTED } from './check-text';

/** GitHub accepts comments of 65,536 characters. Findings that don't fit are counted. */
const MAX_LENGTH = 60_000;

/** Findings for a pull request or a wiki: a table of the checks, then the places of each. */
export function checkMarkdown(report: CheckReport, cwd: string): string {
  const scope = `${count(report.checks.length, 'check')} over ${count(report.stacks.length, 'stack')}`;
  const groups = groupFindings(report.findings);
  const labels = new StackLabels(report.findings.map(({ place }) => place));
  const parts = [`## AWS Backup: ${summary(report)}\n\n${scope}.`];
  if (groups.length > 0)
    parts.push(
      markdownTable(
        ['severity', 'check', 'places', 'stacks'],
        groups.map(({ severity, id, docs, places, stacks }) => [
          severity,
          `[${id}](${docs})`,
          String(places),
          String(stacks),
        ]),
      ),
    );
  if (report.remarks.length > 0) parts.push(report.remarks.map((remark) => `- ${cell(remark)}`).join('\n'));
  const acknowledged = report.acknowledged.map(({ place, message, reason, id, docs }) => [
    cell(place.constructPath ?? place.logicalId),
    cell(message),
    cell(reason),
    `[${id}](${docs})`,
  ]);
  const sections = groups.map((group) => section(group, labels, cwd));
  if (acknowledged.length > 0)
    sections.push(
      `### Acknowledged\n\n${markdownTable(['where', 'finding', 'reason', 'check'], acknowledged)}`,
    );
  return `${fitting(parts.join('\n\n'), sections).join('\n\n')}\n`;
}

/** The sections that fit, and how many don't. */
function fitting(head: string, sections: readonly string[]): string[] {
  const parts = [head];
  let length = head.length;
  for (const [index, text] of sections.entries()) {
    length += text.length + 2;
    if (length > MAX_LENGTH) {
      parts.push(`${count(sections.length - index, 'section')} left out because of their length.`);
      break;
    }
    parts.push(text);
  }
  return parts;
}

function section({ id, severity, wordings, places }: FindingGroup, labels: StackLabels, cwd: string): string {
  const parts = [`### ${severity}: ${id}`];
  let listed = 0;
  for (const { message, fix, findings } of wordings) {
    if (listed >= LISTED) break;
    const shown = findings.slice(0, LISTED - listed);
    listed += shown.length;
    const items = shown.map((one) => placeItem(one, labels, cwd)).join('\n');
    parts.push(`${cell(message)}\n\nFix: ${cell(fix)}.\n\n${items}`);
  }
  if (listed < places) parts.push(`… and ${places - listed} more.`);
  return parts.join('\n\n');
}

function placeItem({ finding, values }: WordedFinding, labels: StackLabels, cwd: string): string {
  const { place, source } = finding;
  const parts = [
    `**${cell(labels.placeOf(place))}**`,
    cell(pathInResource(place)),
    source ? `at ${cell(showSource(source, cwd))}` : '',
    values.length > 0 ? cell(`(${values.join(', ')})`) : '',
  ];
  return `- ${parts.filter((part) => part !== '').join(' ')}`;
}
