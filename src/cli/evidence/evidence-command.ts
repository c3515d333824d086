import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ALL_CHECKS } from '../../checks/all-checks';
import { partFindings } from '../../checks/engine/acknowledged-findings';
import { runChecks } from '../../checks/engine/check';
import {
  type AcceptedFinding,
  type EvidenceStatement,
  evidenceOf,
} from '../../compliance/evidence/statement';
import { applyExceptions } from '../../configuration/exceptions';
import { forecastOf } from '../../forecast/outlook/forecast';
import { type Inventory, inventoryOf } from '../../inventory/inventory';
import type { StackSource } from '../../template/input/source';
import { readSources } from '../../template/input/sources';
import type { Statement } from '../../verifier/statement';
import { verifyStatement } from '../../verifier/verifier';
import { Arguments, pathsOf } from '../core/arguments';
import type { Command } from '../core/command';
import { writeFile } from '../core/deliver';
import { FOUND, type Io, NOTHING_FOUND } from '../core/io';
import { CONFIG, type Option, PATH_DETAILS } from '../core/options';
import { periodOf } from '../core/period-options';
import { configurationOf } from '../core/settings';
import { count } from '../core/style';
import { UsageError } from '../core/usage-error';
import { STANDARD, standardsOf, THRESHOLD } from '../standards/standard-options';
import { evidenceMarkdown } from './evidence-markdown';

const OUT_FOLDER: Option = {
  name: 'out',
  value: 'DIR',
  help: 'the folder for evidence.json and evidence.md',
};
const AT: Option = { name: 'at', value: 'DATE', help: 'the day of the statement (default: today)' };
const VERIFY: Option = {
  name: 'verify',
  value: 'FILE',
  help: 'verify the claims of a statement against the templates instead of writing one',
};
/** The prefix of acknowledged IDs. */
const PLUGIN = 'BackupChecks';

/** `cdk-backup evidence`: a statement of what a design guarantees, and its verification. */
export const evidenceCommand: Command = {
  name: 'evidence',
  summary: 'Writes a statement of what the design guarantees, or verifies one',
  operands: 'PATH… --standard NAME… --out DIR',
  details: [
    ...PATH_DETAILS,
    'The statement has the format of in-toto, so that existing tools can sign it. The same',
    'templates and day give the same statement.',
    '',
    'Exit codes: 0; 1 a claim of the statement to verify is false; 2 invalid input.',
  ],
  options: [STANDARD, THRESHOLD, OUT_FOLDER, AT, VERIFY, CONFIG],
  run,
};

function run(args: Arguments, io: Io): number {
  const paths = pathsOf(args, 'evidence');
  const file = args.get('verify');
  const sources = readSources(paths, io.stdin);
  return file === undefined ? write(sources, args, io) : verify(file, sources, io);
}

function write(sources: readonly StackSource[], args: Arguments, io: Io): number {
  const standards = standardsOf(args, 'evidence');
  const folder = args.get('out');
  if (folder === undefined) throw new UsageError('specify a folder with `--out`', 'evidence');
  const configuration = configurationOf(args, io);
  const { resourceTypes } = configuration;
  const period = periodOf(renamed(args), io, 'evidence');
  const inventory = inventoryOf(sources);
  const { open, acknowledged } = findingsOf(inventory, new Date(period.from), resourceTypes);
  const { accepted } = applyExceptions(open, configuration.exceptions ?? [], new Date(period.from));
  const statement = evidenceOf(forecastOf(inventory, { period, resourceTypes }), {
    standards,
    templates: hashes(sources, io),
    accepted: [...acknowledged, ...accepted],
    version: (require('../../../package.json') as { version: string }).version,
    resourceTypes,
  });
  makeFolder(path.resolve(io.cwd, folder), folder);
  writeFile(path.join(folder, 'evidence.json'), `${JSON.stringify(statement, undefined, 2)}\n`, io);
  writeFile(path.join(folder, 'evidence.md'), evidenceMarkdown(statement), io);
  io.stdout.write(
    `${path.join(folder, 'evidence.json')} and evidence.md: ${count(statement.predicate.resources.length, 'resource')}, ${count(standards.length, 'standard')}\n`,
  );
  return NOTHING_FOUND;
}

function findingsOf(
  inventory: Inventory,
  now: Date,
  resourceTypes: Parameters<typeof runChecks>[2]['resourceTypes'],
): {
  readonly open: readonly ReturnType<typeof runChecks>[number][];
  readonly acknowledged: readonly AcceptedFinding[];
} {
  return partFindings(runChecks(ALL_CHECKS, inventory, { now, resourceTypes }), inventory.stacks, PLUGIN);
}

/** `--at` is the first day of the forecast. */
function renamed(args: Arguments): Arguments {
  const at = args.get('at');
  return new Arguments(args.operands, at === undefined ? new Map() : new Map([['from', [at]]]));
}

function verify(file: string, sources: readonly StackSource[], io: Io): number {
  const statement = readStatement(path.resolve(io.cwd, file), file);
  const hashed = new Map(hashes(sources, io).map(({ name, sha256 }) => [name, sha256]));
  const problems = verifyStatement(
    statement,
    sources.map(({ file: template, name, account, region, template: body }) => ({
      stack: name,
      name: path.basename(template),
      sha256: hashed.get(path.basename(template)) ?? '',
      account,
      region,
      template: body,
    })),
  );
  for (const problem of problems) io.stdout.write(`${problem}\n`);
  if (problems.length > 0) return FOUND;
  io.stdout.write(`every claim holds: ${count(statement.predicate.resources.length, 'resource')}\n`);
  return NOTHING_FOUND;
}

function readStatement(file: string, named: string): Statement {
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'not JSON' : "can't be read";
    throw new UsageError(`${named}: ${reason}`, 'evidence');
  }
  const resources = (value as EvidenceStatement | null)?.predicate?.resources;
  if (!Array.isArray(resources))
    throw new UsageError(`${named}: not a statement of \`cdk-backup evidence\``, 'evidence');
  return value as Statement;
}

/** The hashes of the templates, in the order of their names. */
function hashes(
  sources: readonly StackSource[],
  io: Io,
): { readonly name: string; readonly sha256: string }[] {
  const files = [...new Set(sources.map(({ file }) => file))];
  if (files.includes('-') || files.includes('stdin'))
    throw new UsageError('`-` has no file to hash; write the template to a file', 'evidence');
  const all = files.map((file) => ({
    name: path.basename(file),
    sha256: createHash('sha256')
      .update(fs.readFileSync(path.resolve(io.cwd, file)))
      .digest('hex'),
  }));
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function makeFolder(folder: string, named: string): void {
  try {
    fs.mkdirSync(folder, { recursive: true });
  } catch {
    throw new UsageError(`${named}: can't be created`, 'evidence');
  }
}
