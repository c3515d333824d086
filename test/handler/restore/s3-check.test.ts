import { checkBucket } from '../../../src/handler/restore/s3-check';
import { awsError, FakeAws } from './fake-aws';
import { sayings } from './run-check';

let aws: FakeAws;
beforeEach(() => {
  aws = new FakeAws();
});
const fails = (name: string) => () => {
  throw awsError(name, 'as AWS says');
};
const inputsOf = (name: string) => aws.calls.filter((call) => call.name === name).map(({ input }) => input);

describe('a restored bucket', () => {
  const run = (check = {}, more = {}) =>
    sayings(
      checkBucket,
      { restoredArn: 'arn:aws-cn:s3:::restored', sourceArn: 'arn:aws:s3:::documents', ...more },
      aws,
      check,
    );
  const put = (name: string, objects: Record<string, string>) =>
    aws.buckets.set(name, new Map(Object.entries(objects)));
  const OPEN = ['restored: the bucket exists', 'opens: the objects can be listed'];

  test('is listed and read, and compared with the objects of its source', async () => {
    put('restored', { a: 'one', b: 'two', empty: '' });
    put('documents', { a: 'one', b: 'owt', empty: '' });
    expect(await run()).toEqual([
      ...OPEN,
      'counts: 3 objects, the source has 3',
      'samples failed: 3 objects read, 2 of 3 equal to the source, expected at least 3',
    ]);
    expect(inputsOf('s3:HeadBucket')).toEqual([{ Bucket: 'restored' }]);
    expect(inputsOf('s3:ListObjectsV2')).toEqual([
      { Bucket: 'restored', MaxKeys: 1 },
      { Bucket: 'restored', ContinuationToken: undefined },
      { Bucket: 'documents', ContinuationToken: undefined },
    ]);
    expect(inputsOf('s3:GetObject')[0]).toEqual({ Bucket: 'restored', Key: 'b', Range: 'bytes=0-8388607' });
  });

  test('differs from its source also where only the length differs', async () => {
    put('restored', { a: 'x' });
    put('documents', { a: 'x' });
    const content = { Body: { transformToByteArray: async () => Buffer.from('x') } };
    aws.instead.set('s3:GetObject', [
      () => ({ ...content, ContentLength: 8_388_608 }),
      () => ({ ...content, ContentLength: 1 }),
    ]);
    expect((await run()).at(-1)).toContain('0 of 1 equal to the source');
  });

  test('is compared with what was in its source when the recovery point was made', async () => {
    put('restored', { a: 'x' });
    put('documents', { a: 'y' });
    const created = new Date(aws.now);
    const list = aws.answers;
    for (const [LastModified, recoveryPointCreated, isCompared] of [
      [new Date(aws.now), created, true],
      [new Date(aws.now + 1), created, false],
      [undefined, created, true],
      [new Date(aws.now + 1), undefined, true],
    ]) {
      list['s3:ListObjectsV2'] = () => ({ Contents: [{ Key: 'a', LastModified }] });
      expect((await run({}, { recoveryPointCreated })).at(-1)).toBe(
        isCompared
          ? 'samples failed: 1 objects read, 0 of 1 equal to the source, expected at least 1'
          : 'samples: 1 objects read, none compared: the source has none of them',
      );
    }
  });

  test('is compared with nothing where the source is unknown or gone', async () => {
    put('restored', { a: 'x' });
    const alone = [
      ...OPEN,
      'counts: 1 objects',
      'samples: 1 objects read, none compared: the source has none of them',
    ];
    expect(await run()).toEqual(alone);
    expect(await run({}, { sourceArn: undefined })).toEqual(alone);
    put('documents', { b: 'x' });
    expect((await run()).at(-1)).toBe(alone.at(-1));
    const listed = () => ({ Contents: [{ Key: 'a' }] });
    aws.instead.set('s3:ListObjectsV2', [listed, listed, fails('AccessDenied')]);
    await expect(run()).rejects.toThrow(awsError('AccessDenied', 'as AWS says'));
  });

  test('without objects has none to read', async () => {
    put('restored', {});
    aws.answers['s3:ListObjectsV2'] = () => ({});
    expect(await run({ atLeast: 0 })).toEqual([
      ...OPEN,
      'counts: 0 objects, the source has 0',
      'samples failed: there are no objects to read',
    ]);
  });

  test('whose objects can not be read is not validated', async () => {
    put('restored', { a: 'x' });
    aws.answers['s3:GetObject'] = fails('AccessDenied');
    await expect(run()).rejects.toThrow(awsError('AccessDenied', 'as AWS says'));
  });

  test('that can not be listed in time says so, and is only held to the least number', async () => {
    put('restored', { a: 'x', b: 'y' });
    put('documents', { a: 'x', b: 'y', c: 'z' });
    const page = (Key: string) => ({ Contents: [{ Key }], NextContinuationToken: Key });
    const over = () => {
      aws.now += 14 * 60_000;
      return page('b');
    };
    aws.instead.set('s3:ListObjectsV2', [() => ({}), () => page('a'), over]);
    expect((await run())[2]).toBe('counts: 2 objects (counted in part)');
    expect(inputsOf('s3:ListObjectsV2')[2]).toEqual({ Bucket: 'restored', ContinuationToken: 'a' });
    aws.instead.set('s3:ListObjectsV2', [() => ({}), () => ({ Contents: [{ Key: 'a' }] }), over]);
    expect((await run())[2]).toBe('counts: 1 objects');
    aws.answers['s3:ListObjectsV2'] = () => page('a');
    expect((await run())[2]).toBe('counts: 1000 objects (counted in part)');
  });
});
