import type { Demand } from './demand';
import { commandOf, groupTitle, lookOf, whatOf } from './demand-words';
import { groupsOf, type Prerequisites } from './prerequisites';

/** How parts of a text are marked; plain where nothing is said. */
export interface ChecklistStyle {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

const same = (text: string) => text;
const PLAIN: ChecklistStyle = { bold: same, dim: same, green: same, yellow: same };

/** The checklist for a terminal: `[ ]` to do, `[x]` set by the app, `[?]` perhaps needed. */
export function checklistText(prerequisites: Prerequisites, style: ChecklistStyle = PLAIN): string {
  const blocks = groupsOf(prerequisites).map((group) =>
    [
      style.bold(groupTitle(group)),
      ...group.demands.flatMap((demand) => [
        `  ${mark(demand, style)} ${whatOf(demand)}${setByWords(demand)}`,
        ...demand.reasons.map((reason) => style.dim(`      ${reason}`)),
        ...(demand.setBy ? [] : [`      ${commandOf(demand)}`]),
      ]),
      ...lookOf(group).map((command) => style.dim(`  look: ${command}`)),
    ].join('\n'),
  );
  if (prerequisites.unknown.length > 0)
    blocks.push(
      [style.bold('Not known'), ...prerequisites.unknown.map((remark) => `  - ${remark}`)].join('\n'),
    );
  return `${[...blocks, summaryOf(prerequisites)].join('\n\n')}\n`;
}

/** The same for a pull request or a wiki. */
export function checklistMarkdown(prerequisites: Prerequisites): string {
  const blocks = groupsOf(prerequisites).map((group) =>
    [
      `### ${groupTitle(group)}`,
      group.demands
        .flatMap((demand) => [
          `- [${demand.setBy ? 'x' : ' '}] ${demand.certain ? '' : 'perhaps: '}${escaped(whatOf(demand))}${escaped(setByWords(demand))}`,
          ...demand.reasons.map((reason) => `  - ${escaped(reason)}`),
          ...(demand.setBy ? [] : [`  - \`${commandOf(demand)}\``]),
        ])
        .join('\n'),
      `Look: ${lookOf(group)
        .map((command) => `\`${command}\``)
        .join(', ')}`,
    ].join('\n\n'),
  );
  if (prerequisites.unknown.length > 0)
    blocks.push(
      ['### Not known', prerequisites.unknown.map((remark) => `- ${escaped(remark)}`).join('\n')].join(
        '\n\n',
      ),
    );
  return `${['## AWS Backup: prerequisites', `${summaryOf(prerequisites)}.`, ...blocks].join('\n\n')}\n`;
}

/** The same for programs. */
export function checklistJson(prerequisites: Prerequisites): object {
  const { demands, unknown, managementAccount } = prerequisites;
  return {
    managementAccount,
    prerequisites: demands.map((demand) => ({
      kind: demand.kind,
      name: demand.name,
      scope: demand.scope,
      account: demand.account,
      region: demand.region,
      certain: demand.certain,
      setBy: demand.setBy,
      reasons: demand.reasons,
      command: commandOf(demand),
    })),
    unknown,
    summary: countsOf(prerequisites),
  };
}

/** How many are set by the input, are left to do, and are perhaps needed. */
export function countsOf({ demands }: Prerequisites) {
  const set = demands.filter(({ setBy }) => setBy).length;
  const open = demands.filter(({ setBy, certain }) => !setBy && certain).length;
  return { total: demands.length, set, open, perhaps: demands.length - set - open };
}

function summaryOf(prerequisites: Prerequisites): string {
  const { total, set, open, perhaps } = countsOf(prerequisites);
  if (total === 0) return 'no prerequisites';
  return `${total} ${total === 1 ? 'prerequisite' : 'prerequisites'}: ${set} set by the app, ${open} to look at and set, ${perhaps} perhaps needed`;
}

function mark({ setBy, certain }: Demand, style: ChecklistStyle): string {
  if (setBy) return style.green('[x]');
  return certain ? '[ ]' : style.yellow('[?]');
}

function setByWords({ setBy }: Demand): string {
  return setBy ? `, set by \`${setBy}\`` : '';
}

/** Text of an input file as it is, in GitHub's Markdown. Code in backticks stays code. */
function escaped(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_{}[\]<>|~&]/g, '\\$&')))
    .join('');
}
