import type { Finding } from '../../checks/engine/check';
import type { Severity } from '../../values/findings/registry';
import { byStack, type CheckReport, summary } from '../core/check-report';
import { count, plain, type Style } from '../core/style';

/** Findings as text, stack by stack. */
export function checkText(report: CheckReport, style: Style): string {
  const stacks = byStack(report).map(([stack, findings]) => {
    const where = [stack.account, stack.region].filter((part) => part !== undefined).join(', ');
    const title = `${style.bold(plain(stack.name))}${where ? style.dim(` in ${where}`) : ''}`;
    return [title, ...findings.map((finding) => findingText(finding, style))].join('\n\n');
  });
  return `${[...stacks, closing(report, style)].join('\n\n')}\n`;
}

function findingText({ id, severity, place, message, fix, docs }: Finding, style: Style): string {
  const paint = { error: style.red, warning: style.yellow, note: style.blue }[severity];
  const inside = place.pathInTemplate.replace(`Resources/${place.logicalId}`, '').replace(/^\//, '');
  const what = place.constructPath ? `${place.constructPath} (${place.logicalId})` : place.logicalId;
  return [
    `  ${paint(severity.padEnd(WIDTH))}  ${plain(message)}`,
    `${INDENT}${style.bold(plain(what))}${inside ? style.dim(` ${plain(inside)}`) : ''}`,
    `${INDENT}fix: ${plain(fix)}`,
    `${INDENT}${style.dim(`${id}  ${docs}`)}`,
  ].join('\n');
}

const WIDTH = ('warning' satisfies Severity).length;
const INDENT = ' '.repeat(WIDTH + 4);

function closing(report: CheckReport, style: Style): string {
  const found = summary(report);
  const scope = style.dim(
    ` (${count(report.checks.length, 'check')}, ${count(report.stacks.length, 'stack')})`,
  );
  if (found === undefined) return `${style.green('nothing found')}${scope}`;
  const worst = report.findings.some(({ severity }) => severity === 'error') ? style.red : style.yellow;
  return `${worst(found)}${scope}`;
}
