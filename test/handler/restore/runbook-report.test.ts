import {
  judgeWave,
  RestoreFailed,
  readableCause,
  reportRun,
} from '../../../src/handler/restore/runbook-report';
import { awsError, FakeAws } from './fake-aws';

const SETTINGS = { bucket: 'runs' };
let aws: FakeAws;
beforeEach(() => {
  aws = new FakeAws();
  aws.answers['s3:GetObject'] = (({ Key }: { Key: string }) => {
    const found = aws.kept.get(Key);
    if (!found) throw awsError('NoSuchKey');
    return { Body: { transformToByteArray: async () => Buffer.from(JSON.stringify(found)) } };
  }) as never;
});

describe('a wave', () => {
  const RESTORED = {
    id: 'a',
    label: 'App/a',
    status: 'RESTORED' as const,
    restoredArn: 'arn:a',
    jobId: 'job-1',
  };
  const judge = (...results: Parameters<typeof judgeWave>[0]['results'][number][]) =>
    judgeWave({ run: 'run-1', results }, SETTINGS, aws.tools());

  test('remembers what it restored, without the names for people', async () => {
    expect(await judge(RESTORED, { ...RESTORED, id: 'b' })).toEqual({ restored: 2 });
    const { label: _, ...kept } = RESTORED;
    expect([...aws.kept]).toEqual([
      ['runs/run-1/a-done.json', kept],
      ['runs/run-1/b-done.json', { ...kept, id: 'b' }],
    ]);
  });

  test('fails with the causes of all that failed, after it remembered the rest', async () => {
    const failed = { id: 'b', label: 'App/b', status: 'FAILED' as const };
    const cause = '{"errorMessage":"no role","errorType":"RestoreEnded"}';
    await expect(judge({ ...failed, cause }, failed, RESTORED)).rejects.toThrow(
      new RestoreFailed('App/b: no role; App/b: no reason given'),
    );
    expect([...aws.kept.keys()]).toEqual(['runs/run-1/a-done.json']);
    expect(new RestoreFailed('a').name).toBe('RestoreFailed');
  });
});

test.each([
  ['{"errorMessage":"no role"}', 'no role'],
  ['CopyFailed: {"errorMessage":"no {key}"} in a', 'CopyFailed: no {key} in a'],
  ['{"errorMessage":""}', ''],
  ['{"errorType":"A"}', '{"errorType":"A"}'],
  ['no role', 'no role'],
  ['{no JSON}', '{no JSON}'],
  ['} first {', '} first {'],
  ['{ only', '{ only'],
  ['only }', 'only }'],
  ['', ''],
])('the cause %j is read as %j', (cause, readable) => {
  expect(readableCause(cause)).toBe(readable);
});

describe('the report of a run', () => {
  const stepOf = (id: string, more: object = {}) => ({
    id,
    arn: `arn:${id}`,
    label: `App/${id}`,
    type: 'S3',
    ...more,
  });
  const table = (logicalId?: string) => ({
    imports: { type: 'AWS::DynamoDB::Table', identifier: 'TableName', logicalId },
  });
  const doneOf = (id: string) =>
    aws.kept.set(`runs/run-1/${id}-done.json`, {
      id,
      restoredArn: `arn:aws:x:::restored-${id}`,
      jobId: `job-${id}`,
    });
  const report = (cause?: string) => reportRun({ run: 'run-1', cause }, SETTINGS, aws.tools());
  beforeEach(() => {
    const waves = [[stepOf('a'), stepOf('b', table('Orders'))], [stepOf('c', table())]];
    aws.kept.set('runs/run-1/plan.json', { waves });
    aws.answers['backup:DescribeRestoreJob'] = (({ RestoreJobId }: { RestoreJobId: string }) =>
      RestoreJobId === 'job-c'
        ? { CreationDate: new Date(0) }
        : { CreationDate: new Date(1_000), CompletionDate: new Date(91_600) }) as never;
  });
  const NEXT = {
    a: "App/a: CloudFormation can't import S3; refer to `restored-a` by its name",
    b: 'App/b: give the construct of `Orders` a new id, set its TableName to `restored-b` where the type has it as a property, and keep DeletionPolicy: Retain',
    c: 'App/c: add a resource of type AWS::DynamoDB::Table to the app, then import `restored-c` as its TableName',
    save: 'save `importMap` as import.json, then run: cdk import --resource-mapping import.json',
    goOn: 'go on with the input {"runId":"run-1"}: what is restored is not restored again',
  };
  const restored = (id: string, seconds?: number) => ({
    label: `App/${id}`,
    arn: `arn:${id}`,
    restoredArn: `arn:aws:x:::restored-${id}`,
    seconds,
  });

  test('says what is restored as what, how long that took, and how to get it back into code', async () => {
    for (const id of ['a', 'b', 'c']) doneOf(id);
    const made = {
      run: 'run-1',
      status: 'SUCCEEDED',
      cause: undefined,
      restored: [restored('a', 91), restored('b', 91), restored('c')],
      left: [],
      importMap: { Orders: { TableName: 'restored-b' } },
      next: [NEXT.a, NEXT.b, NEXT.c, NEXT.save],
    };
    expect(await report()).toEqual(made);
    expect(aws.kept.get('runs/run-1/report.json')).toEqual(JSON.parse(JSON.stringify(made)));
  });

  test('says why a run failed, what is left, and how to go on', async () => {
    doneOf('a');
    expect(await report('Lambda: {"errorMessage":"no role"}')).toEqual({
      run: 'run-1',
      status: 'FAILED',
      cause: 'Lambda: no role',
      restored: [restored('a', 91)],
      left: ['App/b', 'App/c'],
      importMap: {},
      next: [NEXT.a, NEXT.goOn],
    });
    aws.kept.delete('runs/run-1/report.json');
    expect((await report('')).status).toBe('FAILED');
  });

  test('is empty where nothing was planned', async () => {
    aws.kept.clear();
    expect(await report()).toMatchObject({ status: 'SUCCEEDED', restored: [], left: [], next: [] });
  });

  test('does not say how long a job took that has no beginning', async () => {
    doneOf('a');
    aws.answers['backup:DescribeRestoreJob'] = () => ({ CompletionDate: new Date(1) });
    expect((await report()).restored[0].seconds).toBeUndefined();
    expect(aws.calls.find(({ name }) => name === 'backup:DescribeRestoreJob')?.input).toEqual({
      RestoreJobId: 'job-a',
    });
  });
});
