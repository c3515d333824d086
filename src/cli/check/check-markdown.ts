import type { Finding } from '../../checks/engine/check';
import { byStack, type CheckReport, summary } from '../core/check-report';
import { cell, markdownTable } from '../core/markdown';
import { count } from '../core/style';

/** Findings for a pull request or a wiki. */
export function checkMarkdown(report: CheckReport): string {
  const scope = `${count(report.checks.length, 'check')} over ${count(report.stacks.length, 'stack')}`;
  const sections = byStack(report).map(
    ([stack, findings]) =>
      `### ${cell(stack.name)}\n\n${markdownTable(['severity', 'where', 'finding', 'fix', 'check'], findings.map(row))}`,
  );
  const head = `## AWS Backup: ${summary(report) ?? 'nothing found'}\n\n${scope}.`;
  const acknowledged = report.acknowledged.map(({ place, message, reason, id, docs }) => [
    cell(place.constructPath ?? place.logicalId),
    cell(message),
    cell(reason),
    `[${id}](${docs})`,
  ]);
  if (acknowledged.length > 0)
    sections.push(
      `### Acknowledged\n\n${markdownTable(['where', 'finding', 'reason', 'check'], acknowledged)}`,
    );
  return `${[head, ...sections].join('\n\n')}\n`;
}

function row({ id, severity, place, message, fix, docs }: Finding): string[] {
  return [
    severity,
    cell(place.constructPath ?? place.logicalId),
    cell(message),
    cell(fix),
    `[${id}](${docs})`,
  ];
}
