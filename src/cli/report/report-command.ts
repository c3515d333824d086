import { pageDataOf } from '../../report/data/page-data-of';
import { reportPage } from '../../report/page/report-page';
import { summaryMarkdown } from '../../report/page/summary-markdown';
import { layoutOf } from '../../report/topology/layout';
import { topologyMermaid } from '../../report/topology/mermaid';
import { topologySvg } from '../../report/topology/svg';
import { topologyOf } from '../../report/topology/topology-builder';
import type { Arguments } from '../core/arguments';
import type { Command } from '../core/command';
import { deliver } from '../core/deliver';
import { type Io, NOTHING_FOUND } from '../core/io';
import { CONFIG, formatOption, type Option, OUT } from '../core/options';
import { FOR, FROM } from '../core/period-options';
import { Progress } from '../core/progress';
import { UsageError } from '../core/usage-error';
import { isApp } from '../effective-policy/organization-input';
import { PRICES, SIZES } from '../estimate/cost-options';
import { STANDARD, THRESHOLD } from '../standards/standard-options';
import { type ReportInput, readReportInput } from './report-input';

const NAME = 'report';

const BEFORE: Option = {
  name: 'before',
  value: 'PATH',
  multiple: true,
  help: 'also show what changed since this version, as `diff` does; repeatable',
};

/** `cdk-backup report`: one page about an app, or its topology. */
export const reportCommand: Command = {
  name: NAME,
  summary: 'Writes a page to look at: coverage, findings, recovery points, topology',
  operands: 'PATH… --out FILE.html',
  details: [
    'PATH is a cloud assembly (`cdk.out`), a template file in JSON or YAML, `-` for a',
    'template on stdin, or the file of an organization, as for `effective-policy`.',
    'The page is one file that makes no requests. `markdown` is its verdict, `svg` and',
    '`mermaid` are the topology alone, for a README.',
    '',
    'Exit codes: 0; 2 invalid input.',
  ],
  options: [
    BEFORE,
    FROM,
    FOR,
    SIZES,
    PRICES,
    STANDARD,
    THRESHOLD,
    formatOption(
      ['html', 'markdown', 'svg', 'mermaid'],
      'html (default), markdown for a pull request, svg, or mermaid',
    ),
    CONFIG,
    OUT,
  ],
  run,
};

function run(args: Arguments, io: Io): number {
  if (args.operands.length === 0)
    throw new UsageError('specify a cloud assembly (`cdk.out`) or template files', NAME);
  if ((args.get('format') ?? 'html') === 'html' && args.get('out') === undefined)
    throw new UsageError('specify `--out FILE.html` for the page, or `--out -` for stdout', NAME);
  refuseWithoutEffect(args);
  const progress = new Progress(io);
  let input: ReportInput;
  try {
    input = readReportInput(args, io, progress);
  } finally {
    progress.done();
  }
  deliver(render(input, args, io), args, io);
  return NOTHING_FOUND;
}

/** What each option adds to a page, and to no drawing of the topology. */
const ADDITIONS: Readonly<Record<string, string>> = {
  before: 'changes',
  standard: 'requirements',
  threshold: 'requirements',
  sizes: 'cost',
  prices: 'cost',
};

/** @throws UsageError if options or operands would change nothing */
function refuseWithoutEffect(args: Arguments): void {
  const format = args.get('format');
  if (format !== 'svg' && format !== 'mermaid') return;
  for (const [option, what] of Object.entries(ADDITIONS))
    if (args.get(option) !== undefined)
      throw new UsageError(
        `\`--format ${format}\` is the topology alone, without ${what}; remove \`--${option}\``,
        NAME,
      );
  if (!args.operands.some(isApp))
    throw new UsageError(
      `\`--format ${format}\` draws apps, not the file of an organization; specify a cloud assembly (\`cdk.out\`) or template files`,
      NAME,
    );
}

function render(
  { forecast, checks, changes, organization, cost, conformance }: ReportInput,
  args: Arguments,
  io: Io,
): string {
  const { findings, acknowledged, baselined } = checks;
  const format = args.get('format');
  const topology = topologyOf(forecast.inventory, forecast.coverage, [...findings, ...acknowledged]);
  if (format === 'mermaid') return topologyMermaid(topology);
  if (format === 'svg')
    return topologySvg(layoutOf(topology), { standalone: true, title: 'Where backups go' });
  const data = pageDataOf({
    title: args.operands.join(', '),
    version: (require('../../../package.json') as { version: string }).version,
    now: io.now,
    forecast,
    topology,
    findings,
    acknowledged,
    baselined,
    changes,
    organization,
    cost,
    conformance,
    cwd: io.cwd,
  });
  return format === 'markdown' ? summaryMarkdown(data, topologyMermaid(topology)) : reportPage(data);
}
