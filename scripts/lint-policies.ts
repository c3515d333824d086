/**
 * `npx projen lint:policies`: parliament and cloudsplaining (PyPI) over every policy, and asl-validator (npm) over every
 * state machine that the examples make. They are installed into `.policies/`, which is kept for the next time.
 *
 * A finding fails it, unless `ALLOWED` explains it. So does an explanation of a finding that no longer occurs, and a tool
 * that doesn't find what is wrong with a bad policy.
 *
 * Exit code 77: skipped, since there is no Python, no PyPI or no npm registry here.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pythonWith } from './emulator/python';
import { ALLOWED } from './policies/allowed';
import { type Document, exampleDocuments } from './policies/documents';
import { exitWith, Skipped } from './skipped';
import { dim, green, red } from './terminal';

const FOLDER = '.policies';
const PYTHON_TOOLS = ['parliament==1.6.4', 'cloudsplaining==0.9.1'];
const VALIDATOR = 'asl-validator@4.0.0';

/** What a tool says about a document. */
export interface Finding {
  readonly tool: string;
  readonly place: string;
  readonly issue: string;
  readonly detail: string;
}

/** Each tool must find something in these. */
const BAD: readonly Document[] = [
  {
    place: 'bad policy',
    kind: 'identity',
    content: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['iam:PutRolePolicy', 's3:GetObjekt'], Resource: '*' }],
    },
  },
  {
    place: 'bad state machine',
    kind: 'state-machine',
    content: { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } },
  },
];

function policyFindings(documents: readonly Document[]): Finding[] {
  const python = pythonWith(join(FOLDER, 'venv'), ...PYTHON_TOOLS);
  const { status, stdout, stderr } = spawnSync(python, [join(__dirname, 'policies', 'analyze.py')], {
    input: JSON.stringify(documents.filter(({ kind }) => kind !== 'state-machine')),
    encoding: 'utf8',
    maxBuffer: 100 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`the analysis of policies failed: ${stderr}`);
  return JSON.parse(stdout) as Finding[];
}

function stateMachineFindings(documents: readonly Document[]): Finding[] {
  const folder = resolve(FOLDER, 'node_modules', 'asl-validator');
  if (!existsSync(folder)) {
    const { status } = spawnSync(
      'npm',
      ['install', '--prefix', FOLDER, '--no-save', '--no-audit', '--no-fund', VALIDATOR],
      { stdio: 'ignore', timeout: 180_000 },
    );
    if (status !== 0) throw new Skipped(`${VALIDATOR} can't be installed from npm`);
  }
  const validate = require(folder) as (definition: unknown) => {
    readonly isValid: boolean;
    readonly errorsText: (separator: string) => string;
  };
  return documents
    .filter(({ kind }) => kind === 'state-machine')
    .flatMap(({ place, content }) => {
      const { isValid, errorsText } = validate(content);
      return isValid ? [] : [{ tool: 'asl-validator', place, issue: 'invalid', detail: errorsText(', ') }];
    });
}

function findingsIn(documents: readonly Document[]): Finding[] {
  return [...policyFindings(documents), ...stateMachineFindings(documents)];
}

function main(): number {
  const blind = ['parliament', 'cloudsplaining', 'asl-validator'].filter(
    (tool) => !findingsIn(BAD).some((finding) => finding.tool === tool),
  );
  for (const tool of blind) console.log(`${red('✘')} ${tool} finds nothing wrong with a bad policy`);

  const documents = exampleDocuments();
  const kinds = new Map(documents.map(({ place, kind }) => [place, kind]));
  const used = new Set<number>();
  const unexplained = findingsIn(documents).filter((finding) => {
    const index = ALLOWED.findIndex(
      ({ tool, issue, kind, detail }) =>
        tool === finding.tool &&
        issue === finding.issue &&
        (kind === undefined || kind === kinds.get(finding.place)) &&
        (detail === undefined || detail.test(finding.detail)),
    );
    if (index >= 0) used.add(index);
    return index < 0;
  });
  for (const { tool, place, issue, detail } of unexplained)
    console.log(`${red('✘')} ${tool} ${issue}: ${place}\n  ${dim(detail)}`);
  const stale = ALLOWED.filter((_, index) => !used.has(index));
  for (const { tool, issue, reason } of stale)
    console.log(`${red('✘')} ${tool} ${issue} no longer occurs: remove its explanation (${reason})`);
  const isGood = blind.length + unexplained.length + stale.length === 0;
  const count = documents.filter(({ kind }) => kind === 'state-machine').length;
  if (isGood)
    console.log(
      `${green('✔')} ${documents.length - count} policies and ${count} state machines: no unexplained findings`,
    );
  return isGood && documents.length > 100 && count > 0 ? 0 : 1;
}

exitWith(main);
