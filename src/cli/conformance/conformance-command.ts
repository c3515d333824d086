import { locateFindings } from '../../checks/engine/located-findings';
import { type Conformance, conformanceOf } from '../../compliance/conformance/conformance';
import { conformanceFindings } from '../../compliance/conformance/conformance-findings';
import { conformanceJson } from '../../compliance/conformance/conformance-json';
import { forecastOf } from '../../forecast/outlook/forecast';
import { type Inventory, readInventory } from '../../inventory/inventory';
import { CONFORMANCE } from '../../values/standards/conformance-finding';
import { type Arguments, pathsOf } from '../core/arguments';
import type { Command } from '../core/command';
import { deliver, styleOf } from '../core/deliver';
import { FOUND, type Io, NOTHING_FOUND } from '../core/io';
import { CONFIG, FORMAT, type Format, type Option, OUT, PATH_DETAILS } from '../core/options';
import { FOR, FROM, periodOf } from '../core/period-options';
import { Progress } from '../core/progress';
import { sarif } from '../core/sarif';
import { configurationOf } from '../core/settings';
import { STANDARD, standardsOf, THRESHOLD } from '../standards/standard-options';
import { conformanceMarkdown, conformanceText } from './conformance-report';

const FAIL_ON: Option = {
  name: 'fail-on',
  value: 'STATUS',
  choices: ['not-met', 'not-visible', 'never'],
  help: 'exit with 1 if a requirement is not-met (default), not-visible too, or never',
};

/** `cdk-backup conformance`: which requirements of standards an app meets. */
export const conformanceCommand: Command = {
  name: 'conformance',
  summary: 'Compares an app with compliance standards, requirement by requirement',
  operands: 'PATH… --standard NAME…',
  details: [
    ...PATH_DETAILS,
    'A requirement is met, not met, not visible in any template, or not applicable. This is',
    'no legal advice: policies, drills and approvals are in no template.',
    '',
    'Exit codes: 0 no requirement is not met; 1 some are not; 2 invalid input.',
  ],
  options: [STANDARD, THRESHOLD, FAIL_ON, FROM, FOR, FORMAT, CONFIG, OUT],
  run,
};

function run(args: Arguments, io: Io): number {
  const paths = pathsOf(args, 'conformance');
  const standards = standardsOf(args, 'conformance');
  const period = periodOf(args, io, 'conformance');
  const { resourceTypes } = configurationOf(args, io);
  const progress = new Progress(io);
  let inventory: Inventory;
  let conformance: Conformance;
  try {
    progress.step(`reading ${paths.join(', ')}`);
    inventory = readInventory(paths, io.stdin);
    progress.step(`comparing with ${standards.map(({ id }) => id).join(', ')}`);
    conformance = conformanceOf(forecastOf(inventory, { period, resourceTypes }), standards, resourceTypes);
  } finally {
    progress.done();
  }
  deliver(render(conformance, inventory, args, io), args, io);
  const { notMet, notVisible } = conformanceJson(conformance).summary;
  const failOn = args.get('fail-on') ?? 'not-met';
  if (failOn === 'never') return NOTHING_FOUND;
  return notMet > 0 || (failOn === 'not-visible' && notVisible > 0) ? FOUND : NOTHING_FOUND;
}

function render(conformance: Conformance, inventory: Inventory, args: Arguments, io: Io): string {
  switch ((args.get('format') ?? 'text') as Format) {
    case 'json':
      return `${JSON.stringify(conformanceJson(conformance), undefined, 2)}\n`;
    case 'markdown':
      return conformanceMarkdown(conformance);
    case 'sarif': {
      const findings = locateFindings(conformanceFindings(conformance, inventory), inventory.stacks);
      return sarif({ ids: [CONFORMANCE], findings, acknowledged: [] }, io.cwd);
    }
    default:
      return conformanceText(conformance, styleOf(args, io));
  }
}
