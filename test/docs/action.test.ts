import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { COMMANDS } from '../../src/cli/commands';
import { readArguments } from '../../src/cli/core/arguments';
import { cdkBackup, planTemplate } from '../cli/core/command';

const ROOT = join(__dirname, '..', '..');
const ACTION = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
const STEPS: readonly Step[] = ACTION.runs.steps;

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly env?: Record<string, string>;
  readonly with?: Record<string, string>;
}

/**
 * Records its arguments, and runs the command in the test's process: it asks for the exit code and the files by name, and the
 * test answers. Here the answers are prepared, because they are the same in each run.
 */
const NPX = `#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$STATE/npx"
format=; out=; fail=
while [ $# -gt 0 ]; do
  case "$1" in
    --format) format="$2"; shift ;;
    --out) out="$2"; shift ;;
    --fail-on) fail="$2"; shift ;;
  esac
  shift
done
[ ! -f "$STATE/refused" ] || { echo 'cdk-backup: cdk.out: no such file' >&2; exit 2; }
cp "$STATE/answer.$format" "$out"
[ "$fail" = never ] || exit "$(cat "$STATE/code")"
`;

/** Keeps comments in files, as GitHub does on its side. */
const GH = `#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$STATE/gh"
method=GET; url=; body=
shift
while [ $# -gt 0 ]; do
  case "$1" in
    --method) method="$2"; shift ;;
    --field) body="\${2#body=@}"; shift ;;
    --jq) shift ;;
    --*) ;;
    *) url="$1" ;;
  esac
  shift
done
mkdir -p "$STATE/comments"
case "$method" in
  GET) for file in "$STATE/comments"/*; do
         [ ! -f "$file" ] || ! head -n 1 "$file" | grep -q '^<!-- cdk-backup -->' || basename "$file"
       done ;;
  POST) cp "$body" "$STATE/comments/$(( $(ls "$STATE/comments" | wc -l) + 1 ))" ;;
  PATCH) cp "$body" "$STATE/comments/\${url##*/}" ;;
esac
`;

/** A dry run of the action: its own scripts, with stand-ins for `npx` and `gh`. */
class DryRun {
  public readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'action-')));

  constructor() {
    mkdirSync(join(this.folder, 'bin'));
    for (const [name, text] of [
      ['npx', NPX],
      ['gh', GH],
    ]) {
      writeFileSync(join(this.folder, 'bin', name), text);
      chmodSync(join(this.folder, 'bin', name), 0o755);
    }
  }

  /** Prepares what the command answers, by running it. */
  public input(...rules: string[]): this {
    const template = join(this.folder, 'app.json');
    writeFileSync(template, JSON.stringify(rules.length === 0 ? { Resources: {} } : planTemplate(...rules)));
    for (const format of ['text', 'sarif', 'markdown']) {
      const { stdout, code } = cdkBackup(['check', template, '--format', format]);
      writeFileSync(join(this.folder, `answer.${format}`), stdout);
      writeFileSync(join(this.folder, 'code'), String(code));
    }
    return this;
  }

  /** Runs the steps with `run`, as GitHub does: with the outputs of the steps before, and the environment of the step. */
  public run(inputs: Record<string, string> = {}, pullRequest = '7') {
    const outputFile = join(this.folder, 'output');
    writeFileSync(outputFile, '');
    const defaults = Object.entries(ACTION.inputs as Record<string, { default?: string }>);
    const values: Record<string, string> = {
      ...Object.fromEntries(defaults.map(([name, input]) => [`inputs.${name}`, input.default ?? ''])),
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value])),
      'github.event.pull_request.number': pullRequest,
    };
    const evaluated = (text: string) =>
      text.replace(/\$\{\{ (.*?) \}\}/g, (_, name: string) => values[name] ?? '');
    const ran: { name: string; code: number | null; stdout: string; stderr: string }[] = [];
    for (const step of STEPS) {
      if (!holds(step.if, values)) continue;
      if (!step.run) {
        ran.push({ name: step.name, code: 0, stdout: '', stderr: '' });
        continue;
      }
      const env = Object.fromEntries(
        Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluated(value)]),
      );
      const { status, stdout, stderr } = spawnSync(
        'bash',
        ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run],
        {
          cwd: this.folder,
          encoding: 'utf8',
          env: {
            ...env,
            PATH: `${join(this.folder, 'bin')}:${process.env.PATH}`,
            STATE: this.folder,
            RUNNER_TEMP: this.folder,
            GITHUB_ACTION_PATH: ROOT,
            GITHUB_OUTPUT: outputFile,
            GITHUB_REPOSITORY: 'shop/orders',
          },
        },
      );
      for (const line of readFileSync(outputFile, 'utf8').trim().split('\n')) {
        const at = line.indexOf('=');
        if (step.id) values[`steps.${step.id}.outputs.${line.slice(0, at)}`] = line.slice(at + 1);
      }
      ran.push({ name: step.name, code: status, stdout, stderr });
    }
    return { steps: ran, last: ran[ran.length - 1], values };
  }

  public lines(name: string): string[] {
    const path = join(this.folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  }

  public comments(): string[] {
    const folder = join(this.folder, 'comments');
    if (!existsSync(folder)) return [];
    const names = execFileSync('ls', [folder], { encoding: 'utf8' }).trim().split('\n').filter(Boolean);
    return names.map((name) => readFileSync(join(folder, name), 'utf8'));
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The conditions of our steps: comparisons and names with `&&` between them. */
function holds(condition: string | undefined, values: Record<string, string>): boolean {
  if (condition === undefined) return true;
  return condition.split(' && ').every((part) => {
    const [, name, operator, text] = /^([\w.-]+)(?: (==|!=) '(.*)')?$/.exec(part) as RegExpExecArray;
    const value = values[name] ?? '';
    if (operator === undefined) return value !== '';
    return operator === '==' ? value === text : value !== text;
  });
}

let dry: DryRun;
beforeEach(() => {
  dry = new DryRun();
});
afterEach(() => dry.remove());

test('the action checks, uploads SARIF, writes a comment, and fails the job on an error', () => {
  const { steps, last, values } = dry.input('no!').run();
  expect(steps.map(({ name, code }) => [name, code])).toEqual([
    ['Check', 0],
    ['Upload to code scanning', 0],
    ['Comment on the pull request', 0],
    ['Result', 1],
  ]);
  expect(last.name).toBe('Result');
  expect(steps[0].stdout).toContain('Backup-RuleName');
  const upload = STEPS.find(({ uses }) => uses?.startsWith('github/codeql-action/upload-sarif@'));
  expect(upload?.with?.sarif_file).toMatch(/ steps\.check\.outputs\.sarif-file /);
  expect(JSON.parse(readFileSync(values['steps.check.outputs.sarif-file'], 'utf8')).version).toBe('2.1.0');
  expect(dry.comments()).toEqual([expect.stringMatching(/^<!-- cdk-backup -->\n## AWS Backup: 1 error/)]);
});

test('the comment is updated, not repeated, also if nothing is found any more', () => {
  dry.input('no!').run();
  dry.input('no!', 'no?').run();
  expect(dry.comments()).toEqual([expect.stringContaining('## AWS Backup: 2 errors')]);
  const { last } = dry.input().run();
  expect(last.code).toBe(0);
  expect(dry.comments()).toEqual([expect.stringContaining('## AWS Backup: nothing found')]);
});

test('without findings, there is no comment; nor outside of pull requests, nor where it is turned off', () => {
  dry.input().run();
  dry.input('no!').run({}, '');
  dry.input('no!').run({ comment: 'false' });
  expect(dry.comments()).toEqual([]);
});

test('the inputs become arguments that the command understands, and are never run as code', () => {
  const hostile = '$(touch owned)`touch owned`;touch owned';
  dry.input('daily').run({
    path: 'cdk.out other.json',
    version: '1.2.3',
    config: hostile,
    baseline: 'known.json',
    'fail-on': 'warning',
  });
  const calls = dry.lines('npx');
  expect(calls).toHaveLength(3);
  expect(calls[0]).toBe(
    `--yes --package cdk-backup-constructs@1.2.3 cdk-backup check --config=${hostile} --baseline=known.json --format text --out ${dry.folder}/cdk-backup.txt --fail-on warning -- cdk.out other.json`,
  );
  expect(existsSync(join(dry.folder, 'owned'))).toBe(false);
  for (const call of dry.lines('npx').map((line) => line.replace(hostile, 'x.json'))) {
    const args = call.split(' cdk-backup ')[1].split(' ');
    // the command gets as far as the configuration, which doesn't exist
    expect(cdkBackup(args).stderr).toMatch(/^cdk-backup: .*x\.json: no such file\n$/);
  }
});

test('the version of the project is used if there is one, otherwise the latest', () => {
  dry.input().run();
  expect(dry.lines('npx')[0]).toMatch(/^--yes --package cdk-backup-constructs cdk-backup check /);
  mkdirSync(join(dry.folder, 'node_modules/.bin'), { recursive: true });
  writeFileSync(join(dry.folder, 'node_modules/.bin/cdk-backup'), '');
  chmodSync(join(dry.folder, 'node_modules/.bin/cdk-backup'), 0o755);
  dry.input().run();
  expect(dry.lines('npx').at(-1)).toMatch(/^--no-install cdk-backup check /);
});

test('unusable input fails the job with its reason, and neither uploads nor comments', () => {
  dry.input('no!');
  writeFileSync(join(dry.folder, 'refused'), '');
  const { steps } = dry.run();
  expect(steps.map(({ name, code }) => [name, code])).toEqual([
    ['Check', 0],
    ['Result', 2],
  ]);
  expect(steps[0].stderr).toContain('cdk-backup: cdk.out: no such file');
});

test('every step has what GitHub requires of composite actions, and names only known inputs and outputs', () => {
  expect(ACTION.runs.using).toBe('composite');
  const inputs = Object.keys(ACTION.inputs);
  for (const step of STEPS) {
    expect(step.uses !== undefined || (step.run !== undefined && step.shell === 'bash')).toBe(true);
    for (const [, name] of JSON.stringify(step).matchAll(/inputs\.([\w-]+)/g)) expect(inputs).toContain(name);
  }
  const script = readFileSync(join(ROOT, 'action/check.sh'), 'utf8');
  for (const [, name] of JSON.stringify(ACTION).matchAll(/steps\.check\.outputs\.([\w-]+)/g))
    expect(script).toContain(`${name}=`);
});

test('the hooks of pre-commit run commands that exist, on files that are templates', () => {
  const hooks = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as {
    id: string;
    entry: string;
    args?: string[];
    files?: string;
  }[];
  expect(hooks.map(({ id }) => id)).toEqual(['cdk-backup', 'cdk-backup-templates']);
  for (const { entry, args = ['a.template.json'] } of hooks) {
    const [name, ...given] = entry.split(' cdk-backup ')[1].split(' ');
    const command = COMMANDS.find((known) => known.name === name);
    expect(command && readArguments(command, [...given, ...args])?.operands).toEqual(args);
  }
  const pattern = new RegExp(hooks[1].files ?? '');
  expect(
    ['a/orders.template.json', 'template.yaml', 'x.template.yml'].every((name) => pattern.test(name)),
  ).toBe(true);
  expect(['package.json', 'template.json.bak'].some((name) => pattern.test(name))).toBe(false);
});
