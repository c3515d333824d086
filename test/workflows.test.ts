import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const FOLDER = join(__dirname, '..', '.github', 'workflows');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflows = readdirSync(FOLDER).map((name) => {
  const workflow = parse(readFileSync(join(FOLDER, name), 'utf8')) as Workflow;
  return { name, workflow };
});
const jobs = workflows.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ title: `${name} ${id}`, ...job })),
);
const PUBLISHING = ['npm', 'pypi', 'nuget', 'maven', 'golang'].map((registry) => `publish-${registry}`);
const releaseJobs = Object.entries(workflows.find(({ name }) => name === 'release.yml')?.workflow.jobs ?? {});
const isOn = (variable: string) => `\${{ vars.${variable} == 'on' }}`;
const ordinaryJobs = jobs.filter(({ title }) => !/^release\.yml (provenance|publish-)/.test(title));

test('there is a build, a check of titles, upgrades and releases', () => {
  expect(workflows.map(({ name }) => name)).toEqual([
    'build.yml',
    'pull-request-lint.yml',
    'release.yml',
    'upgrade.yml',
  ]);
  expect(jobs.flatMap(({ steps }) => steps).length).toBeGreaterThan(40);
});

test('every action is pinned to a commit, since a tag can be moved', () => {
  const used = jobs.flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
  expect(used.filter((each) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(each))).toEqual([]);
});

test.each(ordinaryJobs)('$title only reads', ({ permissions, steps }) => {
  expect(Object.values(permissions).filter((access) => access !== 'read')).toEqual([]);
  expect(steps.filter(({ run }) => /\bgit push\b/.test(run ?? ''))).toEqual([]);
});

test('no workflow has permissions that its jobs do not ask for', () => {
  expect(workflows.map(({ workflow }) => workflow.permissions)).toEqual([
    { contents: 'read' },
    { 'pull-requests': 'read' },
    { contents: 'read' },
    { contents: 'read' },
  ]);
});

test('no step after a checkout has the token of the repository', () => {
  const checkouts = jobs.flatMap(({ title, steps }) =>
    steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')).map((step) => ({ title, step })),
  );
  expect(checkouts.map(({ title }) => title)).toHaveLength(9);
  expect(checkouts.filter(({ step }) => step.with?.['persist-credentials'] !== false)).toEqual([]);
});

test('only publishing and upgrades have secrets', () => {
  const withSecrets = jobs.filter(({ steps }) => /secrets\.(?!GITHUB_TOKEN)/.test(JSON.stringify(steps)));
  expect(withSecrets.map(({ title }) => title)).toEqual([
    'release.yml publish-nuget',
    'release.yml publish-maven',
    'release.yml publish-golang',
    'upgrade.yml pr',
  ]);
});

describe('a release', () => {
  test('is started by hand, and does nothing until a variable of the repository turns it on', () => {
    expect(Object.keys(workflows.find(({ name }) => name === 'release.yml')?.workflow.on ?? {})).toEqual([
      'workflow_dispatch',
    ]);
    expect(releaseJobs.map(([id]) => id)).toEqual(['build', 'provenance', ...PUBLISHING]);
    for (const [, job] of releaseJobs) expect(job.if).toBe(isOn('RELEASE'));
    const upgrade = workflows.find(({ name }) => name === 'upgrade.yml')?.workflow.jobs.upgrade;
    expect(upgrade?.if).toBe(isOn('UPGRADE'));
  });

  test('publishes what was built, tested and attested, once a reviewer of the environment agrees', () => {
    for (const [id, { needs, environment, steps }] of releaseJobs) {
      if (!PUBLISHING.includes(id)) continue;
      expect(needs).toEqual(['build', 'provenance']);
      expect(environment).toBe('release');
      expect(steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))).toEqual([]);
    }
  });

  test('writes nothing but identities and attestations', () => {
    const permissions = Object.fromEntries(releaseJobs.map(([id, job]) => [id, job.permissions]));
    const identity = { 'id-token': 'write' };
    expect(permissions).toEqual({
      build: { contents: 'read' },
      provenance: { ...identity, attestations: 'write' },
      'publish-npm': identity,
      'publish-pypi': identity,
      'publish-nuget': identity,
      'publish-maven': {},
      'publish-golang': {},
    });
  });

  test('publishes with one version of the tool', () => {
    const tools = releaseJobs
      .filter(([id]) => PUBLISHING.includes(id))
      .map(([, { steps }]) => steps.at(-1)?.run?.replace(/publib-\w+$/, ''));
    expect(new Set(tools)).toEqual(new Set([expect.stringMatching(/^npx --yes --package publib@[\d.]+ $/)]));
  });
});

test('dependencies are those of the lock file', () => {
  const installs = jobs.flatMap(({ steps }) =>
    steps.flatMap(({ run }) => run?.match(/\bnpm (?:install|i|ci)\b/g) ?? []),
  );
  expect(installs.length).toBeGreaterThan(0);
  expect(installs.filter((install) => install !== 'npm ci')).toEqual([]);
});
