import { escapeMarkdown } from '../values/core/markdown-escaping';
import type { Prerequisite } from './prerequisite';
import { groupsOf, type PrerequisiteReport } from './prerequisite-report';
import {
  commandOf,
  groupTitle,
  isRegionSetting,
  regionCommandOf,
  statusCommandsOf,
  whatOf,
} from './prerequisite-text';

/** How parts of the text are styled. */
export interface ChecklistStyle {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  /** Wraps text. The indentation is that of all lines but the first; the first line starts after `used` columns. */
  wrap(text: string, indent: string, used: number): string;
}

const INDENT = '      ';

const same = (text: string) => text;
const PLAIN: ChecklistStyle = { bold: same, dim: same, green: same, yellow: same, wrap: same };

/** The checklist for a terminal: `[ ]` to check and set, `[x]` set by the app, `[?]` possibly needed. */
export function checklistText(report: PrerequisiteReport, style: ChecklistStyle = PLAIN): string {
  const wrapped = (text: string) => style.wrap(text, INDENT, INDENT.length);
  const blocks = groupsOf(report).map((group) =>
    [
      style.bold(groupTitle(group)),
      ...group.prerequisites.flatMap((prerequisite) => [
        `  ${mark(prerequisite, style)} ${wrapped(`${whatOf(prerequisite)}${setByText(prerequisite)}`)}`,
        ...prerequisite.reasons.map((reason) => style.dim(`${INDENT}${wrapped(reason)}`)),
        // a command stays on one line, so that it can be copied
        ...(prerequisite.setBy || isRegionSetting(prerequisite)
          ? []
          : [`${INDENT}${commandOf(prerequisite)}`]),
      ]),
      ...prefixed('  set all: ', regionCommandOf(group)),
      ...statusCommandsOf(group).map((command) => style.dim(`  check: ${command}`)),
    ].join('\n'),
  );
  if (report.unknown.length > 0)
    blocks.push(
      [
        style.bold('Not determined'),
        ...report.unknown.map((remark) => `  - ${style.wrap(remark, '    ', 4)}`),
      ].join('\n'),
    );
  return `${[...blocks, style.wrap(summaryOf(report), '', 0)].join('\n\n')}\n`;
}

/** The same for a pull request or a wiki. */
export function checklistMarkdown(report: PrerequisiteReport): string {
  const blocks = groupsOf(report).map((group) =>
    [
      `### ${groupTitle(group)}`,
      group.prerequisites
        .flatMap((prerequisite) => [
          `- [${prerequisite.setBy ? 'x' : ' '}] ${prerequisite.certain ? '' : 'possibly: '}${escapeMarkdown(whatOf(prerequisite))}${escapeMarkdown(setByText(prerequisite))}`,
          ...prerequisite.reasons.map((reason) => `  - ${escapeMarkdown(reason)}`),
          ...(prerequisite.setBy || isRegionSetting(prerequisite)
            ? []
            : [`  - \`${commandOf(prerequisite)}\``]),
        ])
        .join('\n'),
      ...prefixed('Set all: ', regionCommandOf(group), '`'),
      `Check: ${statusCommandsOf(group)
        .map((command) => `\`${command}\``)
        .join(', ')}`,
    ].join('\n\n'),
  );
  if (report.unknown.length > 0)
    blocks.push(
      ['### Not determined', report.unknown.map((remark) => `- ${escapeMarkdown(remark)}`).join('\n')].join(
        '\n\n',
      ),
    );
  return `${['## AWS Backup prerequisites', `${summaryOf(report)}.`, ...blocks].join('\n\n')}\n`;
}

function prefixed(prefix: string, command: string | undefined, quote = ''): string[] {
  return command === undefined ? [] : [`${prefix}${quote}${command}${quote}`];
}

/** The same for programs. */
export function checklistJson(report: PrerequisiteReport): object {
  const { prerequisites, unknown, managementAccount } = report;
  return {
    managementAccount,
    prerequisites: prerequisites.map((prerequisite) => ({
      kind: prerequisite.kind,
      name: prerequisite.name,
      scope: prerequisite.scope,
      account: prerequisite.account,
      region: prerequisite.region,
      certain: prerequisite.certain,
      setBy: prerequisite.setBy,
      reasons: prerequisite.reasons,
      command: commandOf(prerequisite),
    })),
    unknown,
    summary: countsOf(report),
  };
}

/** How many the input sets, how many are left, and how many are possibly needed. */
export function countsOf({ prerequisites }: PrerequisiteReport) {
  const set = prerequisites.filter(({ setBy }) => setBy).length;
  const open = prerequisites.filter(({ setBy, certain }) => !setBy && certain).length;
  return { total: prerequisites.length, set, open, perhaps: prerequisites.length - set - open };
}

function summaryOf(report: PrerequisiteReport): string {
  const { total, set, open, perhaps } = countsOf(report);
  if (total === 0) return 'no prerequisites';
  return `${total} ${total === 1 ? 'prerequisite' : 'prerequisites'}: ${set} set by the app, ${open} to check and set, ${perhaps} possibly needed`;
}

function mark({ setBy, certain }: Prerequisite, style: ChecklistStyle): string {
  if (setBy) return style.green('[x]');
  return certain ? '[ ]' : style.yellow('[?]');
}

function setByText({ setBy }: Prerequisite): string {
  return setBy ? `, set by \`${setBy}\`` : '';
}
