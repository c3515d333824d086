import { isCheckId } from '../../configuration/check-ids';
import type { Configuration } from '../../configuration/configuration';
import { nearestName } from '../../values/core/nearest';
import { FINDINGS, type FindingId } from '../../values/findings/registry';
import type { Arguments } from '../core/arguments';
import type { Command } from '../core/command';
import { deliver, styleOf } from '../core/deliver';
import { type Io, NOTHING_FOUND } from '../core/io';
import { cell } from '../core/markdown';
import { CONFIG, formatOption, OUT } from '../core/options';
import { configurationOf } from '../core/settings';
import type { Style } from '../core/style';
import { UsageError } from '../core/usage-error';

const NAME = 'explain';
const IDS = Object.keys(FINDINGS) as FindingId[];

/** `cdk-backup explain`: what a finding means, why it matters, and how to fix it. */
export const explainCommand: Command = {
  name: NAME,
  summary: 'Explains a finding: what, why, the fix, the source',
  operands: 'ID…',
  details: [
    'ID is the ID of a finding, such as `Backup-LockRange`. See also docs/checks.md.',
    '',
    'Exit codes: 0, or 2 for an unknown ID.',
  ],
  options: [formatOption(['text', 'json', 'markdown'], 'text (default), json, or markdown'), CONFIG, OUT],
  run,
};

/** What is known about a finding. */
interface Explanation {
  readonly id: FindingId;
  readonly severity: string;
  /** The severity in the configuration, or `disabled`. */
  readonly configured?: string;
  /** What reports it. */
  readonly foundBy: 'check' | 'constructor';
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly source: string;
  readonly asOf: string;
  readonly docs: string;
}

function run(args: Arguments, io: Io): number {
  const { operands } = args;
  if (operands.length === 0) throw new UsageError('specify the ID of a finding', NAME);
  const configuration = configurationOf(args, io);
  const explanations = operands.map((given) => explain(idOf(given), configuration));
  deliver(render(explanations, args, io), args, io);
  return NOTHING_FOUND;
}

function idOf(given: string): FindingId {
  const id = IDS.find((known) => known.toLowerCase() === given.toLowerCase());
  if (id) return id;
  throw new UsageError(
    `unknown ID \`${given}\`; use ${nearestName(given, IDS)}, or another ID from docs/checks.md`,
    NAME,
  );
}

function explain(id: FindingId, { severities, disabled, file }: Configuration): Explanation {
  const { severity, what, why, fix, source, asOf, docs } = FINDINGS[id];
  const changed = disabled.includes(id)
    ? 'disabled'
    : Object.hasOwn(severities, id)
      ? severities[id]
      : undefined;
  return {
    id,
    severity,
    configured: changed === undefined ? undefined : `${changed} in ${file}`,
    foundBy: isCheckId(id) ? 'check' : 'constructor',
    what,
    why,
    fix,
    source,
    asOf,
    docs,
  };
}

function render(explanations: readonly Explanation[], args: Arguments, io: Io): string {
  switch (args.get('format')) {
    case 'json':
      return `${JSON.stringify({ findings: explanations }, undefined, 2)}\n`;
    case 'markdown':
      return `${explanations.map(markdown).join('\n\n')}\n`;
    default: {
      const style = styleOf(args, io);
      return `${explanations.map((one) => text(one, style)).join('\n\n')}\n`;
    }
  }
}

const FOUND_BY = {
  check: '`cdk-backup check` and the plugin `BackupChecks`, in templates',
  constructor: 'constructs, at the line with the bad value',
};

function rows(one: Explanation): [name: string, value: string][] {
  const { severity, configured, foundBy, what, why, fix, source, asOf, docs } = one;
  return [
    ['severity', configured === undefined ? severity : `${severity} (${configured})`],
    ['found by', FOUND_BY[foundBy]],
    ['what', what],
    ['why', why],
    ['fix', fix],
    ['source', `${source}, ${asOf}`],
    ['page', docs],
  ];
}

function text(one: Explanation, style: Style): string {
  const all = rows(one);
  const width = Math.max(...all.map(([name]) => name.length)) + '    '.length;
  const indent = ' '.repeat(width);
  const lines = all.map(
    ([name, value]) => `  ${style.dim(name.padEnd(width - 2))}${style.wrap(value, indent, width)}`,
  );
  return [style.bold(one.id), ...lines].join('\n');
}

function markdown(one: Explanation): string {
  const lines = rows(one).map(
    ([name, value]) => `- **${name}**: ${value === one.docs ? `<${value}>` : cell(value)}`,
  );
  return [`## ${one.id}`, ...lines].join('\n').replace('\n- ', '\n\n- ');
}
