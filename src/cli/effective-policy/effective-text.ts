import type { AccountEffect } from '../../policy/effective/effective-policy';
import type { Problem } from '../../values/core/problem';
import { plain, type Style } from '../core/style';
import { countSeverities, type EffectiveReport, settingRows, summaryOf, withheld } from './effective-report';
import { problemLine } from './organization-input';

/** Wider cells don't widen their column. */
const MAX_WIDTH = 60;

/** Effective policies as text, account by account. */
export function effectiveText(report: EffectiveReport, style: Style): string {
  const accounts = report.accounts.map((account) => accountText(account, report, style));
  const notes = [
    ...report.findings.map(({ problem }) => problemText(problem, style)),
    ...report.warnings.map((warning) => marked('warning', problemLine(warning), style)),
  ];
  const { errors, warnings } = countSeverities(report);
  const paint = errors > 0 ? style.red : warnings > 0 ? style.yellow : style.green;
  const between =
    notes.length > 0 ? [style.bold('On the path to these accounts'), ...notes].join('\n\n') : [];
  return `${[...accounts, between, paint(summaryOf(report))].flat().join('\n\n')}\n`;
}

function accountText(account: AccountEffect, { compared }: EffectiveReport, style: Style): string {
  const way = account.path.slice(0, -1).map(plain).join(' / ');
  const parts = [`${style.bold(plain(account.id))}${style.dim(` in ${way}`)}`];
  const rows = table(account, style);
  parts.push(rows === '' ? '  no backup policy' : rows);
  const { errors } = account;
  if (errors.length > 0) parts.push(`  ${style.red(plain(withheld(account, compared)))}`);
  for (const { code, path, message, policies } of errors) {
    const by = style.dim(`\n${INDENT}decided by ${policies.map(plain).join(', ')}`);
    parts.push(`${marked('error', `${code} at ${path}: ${message}`, style)}${policies.length > 0 ? by : ''}`);
  }
  parts.push(...account.problems.map((problem) => problemText(problem, style)));
  return parts.join('\n\n');
}

const WIDTH = 'warning'.length;
const INDENT = ' '.repeat(WIDTH + 4);

function marked(severity: Problem['severity'], message: string, style: Style): string {
  const paint = severity === 'error' ? style.red : style.yellow;
  return `  ${paint(severity.padEnd(WIDTH))}  ${plain(message)}`;
}

function problemText({ severity, message, fix }: Problem, style: Style): string {
  return `${marked(severity, message, style)}${fix === undefined ? '' : `\n${INDENT}fix: ${plain(fix)}`}`;
}

/** Every setting with its value and the policies that decided it. */
function table(account: AccountEffect, style: Style): string {
  const rows = settingRows(account);
  if (rows.length === 0) return '';
  const lines = rows.map(({ depth, label, value, policies = [] }) => ({
    title: value === undefined,
    cells: [`${'  '.repeat(depth)}${plain(label)}`, plain(value ?? ''), policies.map(plain).join(', ')],
  }));
  const header = ['setting', 'value', 'decided by'];
  const widths = [0, 1].map((column) =>
    lines.reduce(
      (width, { title, cells }) =>
        title ? width : Math.max(width, Math.min(cells[column].length, MAX_WIDTH)),
      header[column].length,
    ),
  );
  const layOut = ([label, value, policies]: readonly string[]) =>
    `  ${label.padEnd(widths[0])}  ${value.padEnd(widths[1])}  ${policies}`.trimEnd();
  return [
    style.dim(layOut(header)),
    ...lines.map(({ title, cells }) => (title ? style.bold(layOut(cells)) : layOut(cells))),
  ].join('\n');
}
