import { createHash } from 'node:crypto';
import type { RunbookInput } from '../../../src/handler/restore/runbook-input';
import { mergeMetadata, planRun, type RunbookTarget } from '../../../src/handler/restore/runbook-plan';
import type { RunbookVault } from '../../../src/handler/restore/runbook-points';
import { awsError, FakeAws } from './fake-aws';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const targetOf = (name: string, more: Partial<RunbookTarget> = {}): RunbookTarget => ({
  arn: `arn:${name}`,
  type: 'S3',
  label: `App/${name}`,
  order: 1,
  changes: {},
  defaults: {},
  copiesTags: true,
  overrides: {},
  takesItems: true,
  takesTime: true,
  requires: [],
  ...more,
});
const GOLD: RunbookVault = { name: 'gold' };

let aws: FakeAws;
/** What the recovery points have as metadata. */
let known: Record<string, string>;
beforeEach(() => {
  aws = new FakeAws();
  known = {};
  aws.answers['backup:ListRecoveryPointsByBackupVault'] = (({
    ByResourceArn,
  }: {
    ByResourceArn: string;
  }) => ({
    RecoveryPoints: [
      { RecoveryPointArn: `${ByResourceArn}#1`, CreationDate: new Date(0), Status: 'COMPLETED' },
      {
        RecoveryPointArn: `${ByResourceArn}:continuous:`,
        CreationDate: new Date(0),
        Status: 'AVAILABLE',
      },
    ],
  })) as never;
  aws.answers['backup:GetRecoveryPointRestoreMetadata'] = () => ({ RestoreMetadata: known });
  aws.answers['s3:GetObject'] = (({ Key }: { Key: string }) => {
    const found = aws.kept.get(Key);
    if (!found) throw awsError('NoSuchKey');
    return { Body: { transformToByteArray: async () => Buffer.from(JSON.stringify(found)) } };
  }) as never;
});
const plan = (
  input: RunbookInput,
  targets: readonly RunbookTarget[] = [targetOf('a')],
  vaults: readonly RunbookVault[] = [GOLD],
) => planRun({ input, execution: 'run-1', targets, vaults }, { bucket: 'runs' }, aws.tools());
const dry = (input: RunbookInput, targets?: readonly RunbookTarget[], vaults?: readonly RunbookVault[]) =>
  plan({ ...input, dryRun: true }, targets, vaults);
/** What the only step of a plan restores with. */
const metadataOf = async (target: Partial<RunbookTarget>, input: RunbookInput = {}) =>
  (await dry({ everything: true, ...input }, [targetOf('a', target)])).waves[0][0].metadata;

describe('a plan', () => {
  test('restores each resource as it is in its recovery point, changed where it must be', async () => {
    known = { Key: 'theirs', other: 'b' };
    const imports = { type: 'AWS::S3::Bucket', identifier: 'BucketName', logicalId: 'Bucket' };
    const target = targetOf('a', { changes: { key: 'mine' }, copiesTags: false, imports, order: 7 });
    const name = `arn:a#1`;
    const step = {
      id: hash('arn:a').slice(0, 16),
      arn: 'arn:a',
      label: 'App/a',
      type: 'S3',
      order: 7,
      vault: 'gold',
      recoveryPointArn: name,
      recoveryPointCreated: '1970-01-01T00:00:00.000Z',
      copy: undefined,
      copiesTags: false,
      metadata: { Key: 'mine', other: 'b' },
      changed: { key: 'mine' },
      token: hash(`run-1 arn:a ${name}`),
      imports,
    };
    const summary =
      '1. App/a (S3) from arn:a#1 of 1970-01-01T00:00:00.000Z in gold, with {"Key":"mine","other":"b"}';
    const made = { run: 'run-1', dryRun: false, problems: [], waves: [[step]], summary };
    expect(await plan({ everything: true }, [target])).toEqual(made);
    expect(aws.kept.get('runs/run-1/plan.json')).toEqual(JSON.parse(JSON.stringify(made)));
    const { Body: _, ...kept } = aws.calls.find(({ name: each }) => each === 's3:PutObject')?.input ?? {};
    expect(kept).toEqual({ Bucket: 'runs', Key: 'runs/run-1/plan.json', ContentType: 'application/json' });
  });

  test('says where its recovery points are copied back from', async () => {
    const copy = { account: '444455556666', region: 'eu-central-1', roleArn: 'r', stateMachineArn: 's' };
    const { waves, summary } = await dry({ everything: true }, undefined, [{ name: 'central', copy }]);
    expect([waves[0][0].vault, waves[0][0].copy, summary]).toEqual([
      'central of account 444455556666 in eu-central-1',
      copy,
      '1. App/a (S3) from arn:a#1 of 1970-01-01T00:00:00.000Z in central of account 444455556666 in eu-central-1, copied back first, with {}',
    ]);
  });

  test('has a wave for each order, the lowest first', async () => {
    const targets = [targetOf('a', { order: 10 }), targetOf('b', { order: 9 }), targetOf('c', { order: 10 })];
    const { waves, summary } = await dry({ everything: true }, targets);
    expect(waves.map((wave) => wave.map(({ label }) => label))).toEqual([['App/b'], ['App/a', 'App/c']]);
    expect(summary.split('\n').map((line) => line.slice(0, 8))).toEqual(['1. App/b', '2. App/a', '2. App/c']);
  });

  test('has what was chosen by ARN or label', async () => {
    const targets = ['a', 'b', 'c'].map((name) => targetOf(name));
    const { waves } = await dry({ resources: ['arn:c', 'App/a'] }, targets);
    expect(waves[0].map(({ label }) => label)).toEqual(['App/a', 'App/c']);
  });

  test('passes over what does not have the tag, and reports what else is wrong', async () => {
    const tags: Record<string, object> = { 'arn:b#1': { app: 'shop' } };
    aws.answers['backup:ListTags'] = (({ ResourceArn }: { ResourceArn: string }) => ({
      Tags: tags[ResourceArn],
    })) as never;
    const tag = { key: 'app', value: 'shop' };
    const targets = [targetOf('a'), targetOf('b')];
    const { waves } = await dry({ tag }, targets);
    expect(waves[0].map(({ label }) => label)).toEqual(['App/b']);
    aws.instead.set('backup:ListRecoveryPointsByBackupVault', [
      () => {
        throw awsError('AccessDenied', 'no');
      },
    ]);
    const { problems } = await dry({ tag }, targets);
    expect(problems).toEqual(["App/a: its recovery points in gold can't be read: AccessDenied: no"]);
    expect((await dry({ tag: { ...tag, value: 'x' } }, targets)).problems).toEqual([
      'nothing is chosen to restore',
    ]);
  });

  test('goes on where a vault can not be read and another can, except in a drill', async () => {
    const unread = "App/a: its recovery points in silver can't be read: AccessDenied: no";
    const refuse = () => {
      throw awsError('AccessDenied', 'no');
    };
    const vaults = [{ name: 'silver' }, GOLD];
    aws.instead.set('backup:ListRecoveryPointsByBackupVault', [refuse]);
    const real = await plan({ everything: true }, undefined, vaults);
    expect([real.problems, real.waves.length, real.summary.split('\n')]).toEqual([
      [],
      1,
      [`note: ${unread}`, expect.stringMatching(/^1\. App\/a /)],
    ]);
    aws.instead.set('backup:ListRecoveryPointsByBackupVault', [refuse]);
    const drill = await dry({ everything: true }, undefined, vaults);
    expect([drill.problems, drill.summary.split('\n')[0]]).toEqual([[unread], `problem: ${unread}`]);
  });

  test('with problems is not kept', async () => {
    const { problems, waves, summary, dryRun } = await plan({});
    expect([problems, waves, dryRun]).toEqual([
      ['set exactly one of `resources`, `tag` and `everything`'],
      [],
      false,
    ]);
    expect([summary, aws.calls]).toEqual([`problem: ${problems[0]}`, []]);
  });
});

describe('the metadata of a restore', () => {
  test('has the new name, the same in each execution of the run and another in each run', async () => {
    const name = `restored-app-a-${hash('run-1 arn:a').slice(0, 8)}`;
    expect(await metadataOf({ changes: { Name: 'x-{name}' } })).toEqual({ Name: `x-${name}` });
  });

  test.each([
    ['My App/Orders_Table!', 'my-app-orders-table'],
    ['123/-Orders', 'orders'],
    ['数据', 'resource'],
    ['--', 'resource'],
    [`${'x'.repeat(10)}/${'y'.repeat(39)}`, 'y'.repeat(39)],
    [`${'x'.repeat(10)}${'y'.repeat(40)}`, 'y'.repeat(40)],
  ])('has a name that every service accepts: of %s', async (label, base) => {
    const { Name } = await metadataOf({ label, changes: { Name: '{name}' } });
    expect(Name.replace(/[0-9a-f]{8}$/, '')).toBe(`restored-${base}-`);
  });

  test('has defaults only where the recovery point lacks them, however that spells them', async () => {
    known = { ENCRYPTED: 'false' };
    expect(await metadataOf({ defaults: { Encrypted: 'true', Mode: 'general' } })).toEqual({
      ENCRYPTED: 'false',
      Mode: 'general',
    });
  });

  test('is yours before all, for this restore and then for all', async () => {
    const target = { changes: { a: '1', b: '1', c: '1' }, overrides: { A: '2', B: '2' } };
    for (const name of ['arn:a', 'App/a'])
      expect(await metadataOf(target, { metadata: { [name]: { a: '3' } } })).toEqual({
        a: '3',
        b: '2',
        c: '1',
      });
    expect(await metadataOf(target)).toEqual({ a: '2', b: '2', c: '1' });
  });

  test('has the items and the time that were asked for', async () => {
    for (const name of ['arn:a', 'App/a'])
      expect(await metadataOf({}, { items: { [name]: ['b', 'c'] } })).toEqual({
        ItemsToRestore: '["b","c"]',
      });
    expect(await metadataOf({}, { pointInTime: '2026-11-29T05:00:00+01:00' })).toEqual({
      RestoreTime: '2026-11-29T04:00:00.000Z',
    });
  });

  test('keeps the spelling that is there, and adds what is new', () => {
    expect(mergeMetadata({ aB: '1', c: '2' }, { Ab: '3', D: '4', d: '5' })).toEqual({
      aB: '3',
      c: '2',
      D: '5',
    });
  });
});

describe('a resource that can not be restored as asked', () => {
  test.each<[string, RunbookInput, Partial<RunbookTarget>, string | undefined]>([
    ['in part', { items: { 'arn:a': ['x'] } }, { takesItems: false }, "App/a: S3 can't be restored in part"],
    [
      'to a point in time',
      { everything: undefined, resources: ['arn:a'], pointInTime: '2026-11-29' },
      { takesTime: false },
      "App/a: S3 can't be restored to a point in time",
    ],
    ['to a point in time, with everything', { pointInTime: '2026-11-29' }, { takesTime: false }, undefined],
    [
      'without metadata',
      { metadata: { 'arn:a': { b: '' } } },
      { requires: ['a', 'b', 'c'], changes: { c: '1' } },
      'App/a: the restore needs the metadata `a`, `b`',
    ],
  ])('is refused, or restored as it can be: %s', async (_, input, target, problem) => {
    const { problems, waves } = await dry({ everything: true, ...input }, [targetOf('a', target)]);
    expect(problems).toEqual(problem === undefined ? [] : [problem]);
    if (problem === undefined) expect(waves[0][0].recoveryPointArn).toBe('arn:a#1');
  });

  test('does not keep the others from being looked at', async () => {
    const targets = [targetOf('a', { requires: ['x'] }), targetOf('b', { requires: ['x'] }), targetOf('c')];
    const { problems, waves } = await dry({ everything: true }, targets);
    expect([problems.length, waves.flat().length]).toEqual([2, 1]);
  });
});

describe('a run that goes on', () => {
  test('keeps its plan, and knows what is restored and what is started', async () => {
    const targets = ['a', 'b', 'c'].map((name) => targetOf(name));
    await plan({ everything: true }, targets);
    const [a, b] = ['arn:a', 'arn:b'].map((arn) => hash(arn).slice(0, 16));
    const done = { status: 'RESTORED', id: a, restoredArn: 'arn:restored', jobId: 'job-1' };
    aws.kept.set(`runs/run-1/${a}-done.json`, done);
    aws.kept.set(`runs/run-1/${a}-started.json`, { jobId: 'job-1' });
    aws.kept.set(`runs/run-1/${b}-started.json`, { jobId: 'job-2' });
    aws.calls.length = 0;
    const request = { input: { runId: 'run-1' }, execution: 'run-2', targets: [], vaults: [] };
    const { run, dryRun, waves } = await planRun(request, { bucket: 'runs' }, aws.tools());
    expect([run, dryRun, waves[0].map(({ done: each, jobId }) => [each, jobId])]).toEqual([
      'run-1',
      false,
      [
        [done, undefined],
        [undefined, 'job-2'],
        [undefined, undefined],
      ],
    ]);
    expect(new Set(aws.calls.map(({ name }) => name))).toEqual(new Set(['s3:GetObject']));
  });

  test('can be rehearsed, which looks at nothing but its plan', async () => {
    await plan({ everything: true });
    aws.calls.length = 0;
    const { dryRun, waves } = await plan({ runId: 'run-1', dryRun: true });
    expect([dryRun, waves.length, aws.calls.length]).toEqual([true, 1, 1]);
  });

  test('must exist', async () => {
    for (const dryRun of [true, undefined])
      expect(await plan({ runId: 'run-9', dryRun })).toEqual({
        run: 'run-9',
        dryRun: dryRun === true,
        problems: ['there is no run `run-9` to go on with'],
        waves: [],
        summary: 'problem: there is no run `run-9` to go on with',
      });
  });

  test('whose plan can not be read fails', async () => {
    aws.answers['s3:GetObject'] = () => {
      throw awsError('AccessDenied', 'no');
    };
    await expect(plan({ runId: 'run-1' })).rejects.toThrow(awsError('AccessDenied', 'no'));
    aws.answers['s3:GetObject'] = () => ({});
    await expect(plan({ runId: 'run-1' })).rejects.toThrow('Unexpected end of JSON input');
  });
});
