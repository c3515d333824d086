import type { AccountEffect } from '../../policy/effective/effective-policy';
import type { Problem } from '../../values/core/problem';
import { problemLine } from '../core/input-problems';
import { cell, markdownTable } from '../core/markdown';
import { type EffectiveReport, settingRows, summaryOf, withheld } from './effective-report';

/** Effective policies for a pull request or a wiki. */
export function effectiveMarkdown(report: EffectiveReport): string {
  const sections = report.accounts.map((account) => accountSection(account, report));
  const notes = [
    ...report.findings.map(({ problem }) => problemRow(problem)),
    ...report.warnings.map((warning) => ['warning', cell(problemLine(warning)), '']),
  ];
  if (notes.length > 0)
    sections.push(
      `### On the path to these accounts\n\n${markdownTable(['severity', 'finding', 'fix'], notes)}`,
    );
  const head = `## AWS Backup: effective policies\n\n${summaryOf(report)}.`;
  return `${[head, ...sections].join('\n\n')}\n`;
}

function accountSection(account: AccountEffect, { compared }: EffectiveReport): string {
  const way = account.path.slice(0, -1).map(cell).join(' / ');
  const parts = [`### ${cell(account.id)}`, `In ${way}.`];
  const rows = settingRows(account).map(({ depth, label, value, policies = [] }) => [
    value === undefined ? `**${cell(label)}**` : `${'&nbsp;&nbsp;'.repeat(depth)}${cell(label)}`,
    cell(value ?? ''),
    cell(policies.join(', ')),
  ]);
  parts.push(
    rows.length === 0 ? 'No backup policy.' : markdownTable(['setting', 'value', 'decided by'], rows),
  );
  const { errors, problems } = account;
  if (errors.length > 0) {
    const cells = errors.map(({ code, path, message, policies }) =>
      [code, path, message, policies.join(', ')].map(cell),
    );
    parts.push(
      `**${cell(withheld(account, compared))}**`,
      markdownTable(['code', 'path', 'error', 'decided by'], cells),
    );
  }
  if (problems.length > 0)
    parts.push(markdownTable(['severity', 'finding', 'fix'], problems.map(problemRow)));
  return parts.join('\n\n');
}

function problemRow({ severity, message, fix }: Problem): string[] {
  return [severity, cell(message), cell(fix ?? '')];
}
