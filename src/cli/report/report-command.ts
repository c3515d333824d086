import { layoutOf } from '../../report/topology/layout';
import { topologyMermaid } from '../../report/topology/mermaid';
import { topologySvg } from '../../report/topology/svg';
import { type Arguments, pathsOf } from '../core/arguments';
import type { Command } from '../core/command';
import { deliver } from '../core/deliver';
import { type Io, NOTHING_FOUND } from '../core/io';
import { CONFIG, formatOption, OUT, PATH_DETAILS } from '../core/options';
import { FOR, FROM } from '../core/period-options';
import { Progress } from '../core/progress';
import { type ReportInput, readReportInput, topologyOfInput } from './report-input';

const NAME = 'report';

/** `cdk-backup report`: one page about an app, or its topology. */
export const reportCommand: Command = {
  name: NAME,
  summary: 'Draws where backups go',
  operands: 'PATH…',
  details: [...PATH_DETAILS, '', 'Exit codes: 0; 2 invalid input.'],
  options: [FROM, FOR, formatOption(['svg', 'mermaid'], 'svg (default), or mermaid'), CONFIG, OUT],
  run,
};

function run(args: Arguments, io: Io): number {
  const progress = new Progress(io);
  let input: ReportInput;
  try {
    input = readReportInput(pathsOf(args, NAME), args, io, progress);
  } finally {
    progress.done();
  }
  deliver(render(input, args), args, io);
  return NOTHING_FOUND;
}

function render(input: ReportInput, args: Arguments): string {
  const topology = topologyOfInput(input);
  if (args.get('format') === 'mermaid') return topologyMermaid(topology);
  return topologySvg(layoutOf(topology), { standalone: true, title: 'Where backups go' });
}
