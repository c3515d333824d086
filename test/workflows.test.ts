import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const FOLDER = join(__dirname, '..', '.github', 'workflows');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { permissions: Record<string, string>; steps: Step[] }>>;
}

const workflows = readdirSync(FOLDER).map((name) => {
  const workflow = parse(readFileSync(join(FOLDER, name), 'utf8')) as Workflow;
  return { name, workflow };
});
const jobs = workflows.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ title: `${name} ${id}`, ...job })),
);

test('there is a build and a check of titles', () => {
  expect(workflows.map(({ name }) => name)).toEqual(['build.yml', 'pull-request-lint.yml']);
  expect(jobs.flatMap(({ steps }) => steps).length).toBeGreaterThan(40);
});

test('every action is pinned to a commit, since a tag can be moved', () => {
  const used = jobs.flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
  expect(used.filter((each) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(each))).toEqual([]);
});

test.each(jobs)('$title only reads', ({ permissions, steps }) => {
  expect(Object.values(permissions).filter((access) => access !== 'read')).toEqual([]);
  expect(steps.filter(({ run }) => /\bgit push\b/.test(run ?? ''))).toEqual([]);
});

test('no workflow has permissions that its jobs do not ask for', () => {
  expect(workflows.map(({ workflow }) => workflow.permissions)).toEqual([
    { contents: 'read' },
    { 'pull-requests': 'read' },
  ]);
});

test('no step after a checkout has the token of the repository', () => {
  const checkouts = jobs.flatMap(({ title, steps }) =>
    steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')).map((step) => ({ title, step })),
  );
  expect(checkouts.map(({ title }) => title)).toHaveLength(6);
  expect(checkouts.filter(({ step }) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  expect(JSON.stringify(jobs)).not.toMatch(/secrets\.(?!GITHUB_TOKEN)/);
});

test('dependencies are those of the lock file', () => {
  const installs = jobs.flatMap(({ steps }) =>
    steps.flatMap(({ run }) => run?.match(/\bnpm (?:install|i|ci)\b/g) ?? []),
  );
  expect(installs.length).toBeGreaterThan(0);
  expect(installs.filter((install) => install !== 'npm ci')).toEqual([]);
});
