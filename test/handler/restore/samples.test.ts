import { describeError, isTemporary, NotYet, nameOfError } from '../../../src/handler/restore/aws-calls';
import { compareCounts, nameOfArn } from '../../../src/handler/restore/check';
import { compareSamples, hashOf } from '../../../src/handler/restore/samples';
import { awsError, FakeAws } from './fake-aws';

describe('numbers of items', () => {
  test.each<[number, number | undefined, object, string]>([
    [90, 100, {}, 'true 90 items, the source has 100'],
    [89, 100, {}, 'false 89 items, expected at least 90, the source has 100'],
    [4, 5, {}, 'true 4 items, the source has 5'],
    [50, 100, { share: 0.5 }, 'true 50 items, the source has 100'],
    [90, 100, { atLeast: 91 }, 'false 90 items, expected at least 91, the source has 100'],
    [0, 0, {}, 'false 0 items, expected at least 1, the source has 0'],
    [1, undefined, {}, 'true 1 items'],
    [0, undefined, {}, 'false 0 items, expected at least 1'],
  ])('%d, of %p in the source, are enough or not: %j', (restored, source, check, said) => {
    const { level, ok, says } = compareCounts('items', restored, source, check as never);
    expect([level, `${ok} ${says}`]).toEqual(['counts', said]);
  });
});

describe('samples', () => {
  const sample = async (
    all: string[],
    check: object,
    sourceHash?: (each: string) => Promise<string | undefined>,
  ) => {
    const read: string[] = [];
    const steps = compareSamples(all, check as never, new FakeAws().tools(), {
      what: 'files',
      hash: async (each) => {
        read.push(each);
        return hashOf(each);
      },
      sourceHash,
    });
    const { value } = await steps.next();
    return { read, said: value && `${value.ok} ${value.says}` };
  };
  const all = Array.from({ length: 50 }, (_, n) => `f${n}`);

  test('are 20 at random, each once, or as many as the check wants, or as there are', async () => {
    const { read, said } = await sample(all, {});
    expect([read.length, new Set(read).size, read[0], said]).toEqual([
      20,
      20,
      'f25',
      'true 20 files read, none compared: the source has none of them',
    ]);
    expect((await sample(all, { samples: 3 })).read).toEqual(['f25', 'f24', 'f26']);
    expect((await sample(all.slice(0, 2), {})).read).toEqual(['f1', 'f0']);
    expect((await sample([], {})).said).toBe('false there are no files to read');
  });

  test.each<[number, object, string]>([
    [4, {}, 'true 5 files read, 4 of 5 equal to the source'],
    [3, {}, 'false 5 files read, 3 of 5 equal to the source, expected at least 4'],
    [3, { sampleShare: 0.6 }, 'true 5 files read, 3 of 5 equal to the source'],
    [3, { sampleShare: 0.7 }, 'false 5 files read, 3 of 5 equal to the source, expected at least 4'],
  ])('of which %d of 5 equal the source are enough or not: %j', async (equal, check, said) => {
    const five = all.slice(0, 5);
    const theirs = async (each: string) => hashOf(five.indexOf(each) < equal ? each : 'other');
    expect((await sample(five, check, theirs)).said).toBe(said);
  });
});

describe('an error of AWS', () => {
  test.each([
    'ThrottlingException',
    'TooManyRequestsException',
    'RequestLimitExceeded',
    'LimitExceededException',
    'ServiceUnavailable',
    'InternalServerError',
    'DependencyFailureException',
    'TimeoutError',
    'ECONNRESET',
  ])('passes: %s', (name) => {
    expect(isTemporary(awsError(name))).toBe(true);
  });

  test('otherwise stays, also without a name', () => {
    expect([awsError('AccessDenied'), undefined, {}].map(isTemporary)).toEqual([false, false, false]);
    expect([nameOfError(undefined), nameOfError({}), nameOfError(awsError('A'))]).toEqual(['', '', 'A']);
    expect([new NotYet('a').name, nameOfArn('arn:aws:s3:::a/b'), nameOfArn('a:b')]).toEqual([
      'NotYet',
      'b',
      'b',
    ]);
  });

  test.each<[unknown, string]>([
    [awsError('AccessDenied', 'no'), 'AccessDenied: no'],
    [awsError('AccessDenied', 'AccessDenied: no'), 'AccessDenied: no'],
    [awsError('AccessDenied', 'an AccessDenied'), 'AccessDenied: an AccessDenied'],
    [new Error('no'), 'no'],
    [{ message: 'no' }, 'no'],
    ['text', 'text'],
    [undefined, 'undefined'],
    [null, 'null'],
  ])('is described in one line: %j', (error, line) => {
    expect(describeError(error)).toBe(line);
  });
});
