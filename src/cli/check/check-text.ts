import { pathInResource } from '../../inventory/core/item';
import type { Severity } from '../../values/findings/registry';
import { type CheckReport, summary } from '../core/check-report';
import { type FindingGroup, groupFindings, type WordedFinding, type Wording } from '../core/finding-groups';
import { layOutTable } from '../core/layout';
import { StackLabels, showSource } from '../core/place-labels';
import { count, plain, type Style } from '../core/style';

/** The places of a check that are listed. */
export const LISTED = 10;

/** More lines are too many to read: fewer places are listed then, and in the end fewer checks. */
const MAX_LINES = 200;
const FEWER = [LISTED, 5, 3, 1];

export interface CheckTextOptions {
  readonly style: Style;
  readonly cwd: string;
  /** Whether to list all places. */
  readonly verbose: boolean;
}

/** Findings as text, check by check, followed by a table of the checks. */
export function checkText(report: CheckReport, options: CheckTextOptions): string {
  const { style, verbose } = options;
  const groups = groupFindings(report.findings);
  const labels = new StackLabels(report.findings.map(({ place }) => place));
  const end = groups.length > 1 ? [table(groups, style)] : [];
  for (const remark of report.remarks)
    end.push(style.wrap(`${style.yellow('note')}  ${plain(remark)}`, '      '));
  end.push(closing(report, style));
  const blocks = (listed: number) => groups.map((group) => groupText(group, listed, labels, options));
  const all = verbose ? blocks(Number.POSITIVE_INFINITY) : fitting(blocks, MAX_LINES - linesOf(end), style);
  return `${[...all, ...end].join('\n\n')}\n`;
}

/** As many places of each check as fit. If a single place of each is too much, as many checks as fit. */
function fitting(blocks: (listed: number) => string[], room: number, style: Style): string[] {
  let shown: string[] = [];
  for (const listed of FEWER) {
    shown = blocks(listed);
    if (linesOf(shown) <= room) return shown;
  }
  let left = 0;
  while (linesOf(shown) + 2 > room && shown.length > 1) {
    shown.pop();
    left++;
  }
  return [...shown, style.dim(`… and ${count(left, 'more check')} (--verbose lists all)`)];
}

function linesOf(blocks: readonly string[]): number {
  return blocks.reduce((sum, block) => sum + block.split('\n').length + 1, 0);
}

const INDENT = '  ';
const INNER = '      ';

function groupText(
  group: FindingGroup,
  maximum: number,
  labels: StackLabels,
  options: CheckTextOptions,
): string {
  const { style } = options;
  const { id, severity, docs, places, stacks, wordings } = group;
  const scope = places === 1 ? '' : style.dim(` in ${count(places, 'place')} of ${count(stacks, 'stack')}`);
  const lines = [`${paint(severity, style)(severity)}  ${style.bold(id)}${scope}`];
  let listed = 0;
  for (const wording of wordings) {
    if (listed >= maximum) break;
    const shown = wording.findings.slice(0, maximum - listed);
    listed += shown.length;
    const path = commonPath(wording);
    lines.push(...sentences(wording, path, style));
    lines.push(...shown.map((one) => placeText(one, path !== undefined, labels, options)));
  }
  if (listed < places) lines.push(style.dim(`${INDENT}… and ${places - listed} more (--verbose lists all)`));
  lines.push(`${INDENT}${style.dim(docs)}`);
  return lines.join('\n');
}

/** The path inside the resource, if it is the same in several places. */
function commonPath({ findings }: Wording): string | undefined {
  const paths = new Set(findings.map(({ finding }) => pathInResource(finding.place)));
  const [path] = paths;
  return findings.length > 1 && paths.size === 1 && path !== '' ? path : undefined;
}

function sentences({ message, fix }: Wording, path: string | undefined, style: Style): string[] {
  const wrapped = (text: string, indent = '') =>
    `${INDENT}${style.wrap(text, `${INDENT}${indent}`, INDENT.length)}`;
  const lines = [wrapped(plain(message)), wrapped(`fix: ${plain(fix)}`, '     ')];
  if (path !== undefined) lines.push(wrapped(`at:  ${plain(path)}`, '     '));
  return lines;
}

/** `- Orders/Plan Properties/BackupPlan/BackupPlanName at lib/orders.ts:12 (`gold`)` */
function placeText(
  { finding, values }: WordedFinding,
  withoutPath: boolean,
  labels: StackLabels,
  { style, cwd }: CheckTextOptions,
): string {
  const { place, source } = finding;
  const inside = withoutPath ? '' : pathInResource(place);
  const parts = [
    style.bold(plain(labels.placeOf(place))),
    ...(inside === '' ? [] : [style.dim(plain(inside))]),
    ...(source ? [`at ${plain(showSource(source, cwd))}`] : []),
    ...(values.length > 0 ? [plain(`(${values.join(', ')})`)] : []),
  ];
  return `${INDENT}  - ${style.wrap(parts.join(' '), INNER, INNER.length)}`;
}

function table(groups: readonly FindingGroup[], style: Style): string {
  const rows = groups.map(({ severity, id, places, stacks }) => [
    paint(severity, style)(severity),
    id,
    String(places),
    String(stacks),
  ]);
  return layOutTable(['severity', 'check', 'places', 'stacks'], rows, {
    width: style.width,
    right: [2, 3],
    header: style.dim,
  });
}

function paint(severity: Severity, style: Style): (text: string) => string {
  return { error: style.red, warning: style.yellow, note: style.blue }[severity];
}

function closing(report: CheckReport, style: Style): string {
  const scope = `${count(report.checks.length, 'check')}, ${count(report.stacks.length, 'stack')}`;
  const severities = new Set(report.findings.map(({ severity }) => severity));
  const paintIt = severities.has('error') ? style.red : severities.size > 0 ? style.yellow : style.green;
  return `${paintIt(summary(report))}${style.dim(` (${scope})`)}`;
}
