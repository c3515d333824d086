import type { AccountEffect } from '../../policy/effective/effective-policy';
import type { Problem } from '../../values/core/problem';
import { problemLine } from '../core/input-problems';
import { layOutTable } from '../core/layout';
import { plain, type Style } from '../core/style';
import { countSeverities, type EffectiveReport, settingRows, summaryOf, withheld } from './effective-report';

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
  return `  ${paint(severity.padEnd(WIDTH))}  ${style.wrap(plain(message), INDENT, INDENT.length)}`;
}

function problemText({ severity, message, fix }: Problem, style: Style): string {
  return `${marked(severity, message, style)}${fix === undefined ? '' : `\n${INDENT}${style.wrap(`fix: ${plain(fix)}`, `${INDENT}     `, INDENT.length)}`}`;
}

/** Every setting with its value and the policies that decided it. */
function table(account: AccountEffect, style: Style): string {
  const rows = settingRows(account);
  if (rows.length === 0) return '';
  const lines = rows.map(({ depth, label, value, policies = [] }) => {
    const name = `${'  '.repeat(depth)}${plain(label)}`;
    return value === undefined ? [style.bold(name)] : [name, plain(value), policies.map(plain).join(', ')];
  });
  return layOutTable(['setting', 'value', 'decided by'], lines, { width: style.width, header: style.dim });
}
