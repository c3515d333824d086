import { answer, type Operation } from '../../../src/handler/core/answer';
import { errorName, explain, Failure, TimeIsOver, Unfinished } from '../../../src/handler/core/failure';
import { homeRegion } from '../../../src/handler/core/home-region';
import { describeLateDelivery } from '../../../src/handler/core/late-delivery';
import {
  flag,
  mapOf,
  maybeText,
  settings,
  text,
  textMap,
  texts,
  wholeNumber,
} from '../../../src/handler/core/properties';
import {
  type CustomResourceRequest,
  expiryOf,
  ownerMark,
  ownerOf,
  responseBody,
  stackOf,
  unanswerable,
} from '../../../src/handler/core/protocol';
import { eventually, retrying } from '../../../src/handler/core/retry';
import type { Work } from '../../../src/handler/core/runtime';
import { awsError, request, TYPE } from '../support/requests';
import { VirtualRuntime } from '../support/virtual-runtime';

const requestOf = (more: object = {}) =>
  request('Create', {}, { ...more }) as unknown as CustomResourceRequest;

describe('a request', () => {
  test.each<[unknown, string | undefined]>([
    [requestOf(), undefined],
    [null, 'the event is not a request of CloudFormation'],
    ['Create', 'the event is not a request of CloudFormation'],
    ...['ResponseURL', 'StackId', 'RequestId', 'LogicalResourceId'].flatMap((key): [unknown, string][] =>
      ['', undefined, 1].map((value) => [
        requestOf({ [key]: value }),
        `the event is not a request of CloudFormation: it has no ${key}`,
      ]),
    ),
  ])('can be answered if it says where, and for what: %j', (event, problem) => {
    expect(unanswerable(event)).toBe(problem);
  });

  test.each([
    ['arn:aws:cloudformation:us-east-1:111122223333:stack/app/1a2b3c', 'Thing', '1a2b3c', '1a2b3c-Thing'],
    ['arn:aws:cloudformation:us-east-1:111122223333:stack/app/1a:2b', 'Th/ng', '1a-2b', '1a-2b-Th-ng'],
    ['odd stack', 'A.b-c_d', 'odd-stack', 'odd-stack-A.b-c_d'],
  ])(
    'of the stack %s and the resource %s has an owner that names both',
    (StackId, LogicalResourceId, stack, owner) => {
      expect(stackOf({ StackId })).toBe(stack);
      expect(ownerOf(requestOf({ StackId, LogicalResourceId }))).toBe(owner);
    },
  );

  test('has a mark that fits into a tag: the end of a long logical id', () => {
    const id = `${'x'.repeat(10)}${'y'.repeat(200)}`;
    expect(ownerMark(requestOf({ LogicalResourceId: id }))).toBe(`1a2b3c-${'y'.repeat(200)}`);
    expect(ownerMark(requestOf())).toBe('1a2b3c-Thing');
  });

  const SIGNED = Date.UTC(2026, 10, 29, 1, 2, 3);
  test.each<[string, object, number]>([
    ['X-Amz-Date=20261129T010203Z&X-Amz-Expires=60', {}, SIGNED + 60_000],
    ['X-Amz-Date=20261129T010203Z&X-Amz-Expires=7200', { ServiceTimeout: '3600' }, SIGNED + 3_600_000],
    ['X-Amz-Date=20261129T010203Z&X-Amz-Expires=60', { ServiceTimeout: '3600' }, SIGNED + 60_000],
    ['X-Amz-Date=20261129T010203Z', { ServiceTimeout: '90' }, SIGNED + 90_000],
    ['X-Amz-Date=20261129T010203Z', {}, Number.POSITIVE_INFINITY],
    ['X-Amz-Date=20261129T010203Z&X-Amz-Expires=soon', { ServiceTimeout: '0' }, Number.POSITIVE_INFINITY],
    ['X-Amz-Date=20261129T010203Z0&X-Amz-Expires=60', {}, Number.POSITIVE_INFINITY],
    ['X-Amz-Date=020261129T010203Z&X-Amz-Expires=60', {}, Number.POSITIVE_INFINITY],
    ['Expires=1800000000', {}, 1_800_000_000_000],
    ['Expires=0', {}, Number.POSITIVE_INFINITY],
    ['Expires=-5', {}, Number.POSITIVE_INFINITY],
    ['Expires=1.5', {}, Number.POSITIVE_INFINITY],
    ['Expires=soon', {}, Number.POSITIVE_INFINITY],
    ['', {}, Number.POSITIVE_INFINITY],
  ])(
    'is waited for until the URL %s expires, or the service timeout %j ends',
    (query, ResourceProperties, expiry) => {
      expect(expiryOf(requestOf({ ResponseURL: `https://example.com/a?${query}`, ResourceProperties }))).toBe(
        expiry,
      );
    },
  );

  test('without properties is waited for as long as its URL says', () => {
    const ResponseURL = 'https://example.com/a?X-Amz-Date=20261129T010203Z&X-Amz-Expires=60';
    expect(expiryOf(requestOf({ ResponseURL, ResourceProperties: undefined }))).toBe(SIGNED + 60_000);
  });
});

describe('a response', () => {
  const body = (more: object, outcome: Parameters<typeof responseBody>[1]) =>
    JSON.parse(responseBody(requestOf(more), outcome));

  test.each<[object, object, string]>([
    [{ physicalId: 'made' }, { PhysicalResourceId: 'before' }, 'made'],
    [{ physicalId: undefined }, { PhysicalResourceId: 'before' }, 'before'],
    [{ physicalId: '' }, { PhysicalResourceId: 'before' }, 'before'],
    [{}, {}, '1a2b3c-Thing'],
  ])('has the id that was made (%j), or that there was (%j), or the owner', (made, more, id) => {
    expect(body(more, { attributes: {}, ...made }).PhysicalResourceId).toBe(id);
    expect(body(more, { reason: 'x' }).PhysicalResourceId).toBe(id === 'made' ? 'before' : id);
  });

  test.each<[string, number, string]>([
    ['x'.repeat(1_000), 1_000, 'x'],
    ['x'.repeat(1_001), 1_000, '…'],
    ['漢'.repeat(400), 999, '…'],
    ['é'.repeat(501), 999, '…'],
  ])('has as much of a reason as fits, and whole characters', (reason, bytes, end) => {
    const { Reason } = body({}, { reason });
    expect(Buffer.byteLength(Reason)).toBe(bytes);
    expect(Reason.endsWith(end)).toBe(true);
    expect(Reason).not.toContain('\ufffd');
  });

  test('has as much of each attribute as fits', () => {
    const { Data } = body({}, { attributes: { Short: 'a', Long: 'x'.repeat(501), Whole: 'x'.repeat(500) } });
    expect(Data).toEqual({ Short: 'a', Long: `${'x'.repeat(497)}…`, Whole: 'x'.repeat(500) });
  });

  test('with many attributes has less of each', () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`A${index}`, 'x'.repeat(400)]),
    );
    const text = responseBody(requestOf(), { attributes });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_096);
    expect(Buffer.byteLength(text)).toBeGreaterThan(2_000);
  });
});

describe('properties', () => {
  const said = {
    yes: 'true',
    no: false,
    words: 'a',
    empty: '',
    list: ['a'],
    number: '7',
    map: { a: 'b' },
    none: null,
  };
  const fails = (read: () => unknown, message: string) => expect(read).toThrow(new Failure(message));

  test('are flags', () => {
    expect([flag(said, 'yes', false), flag(said, 'no', true), flag(said, 'other', true)]).toEqual([
      true,
      false,
      true,
    ]);
    expect([flag({ a: true }, 'a', false), flag({ a: 'false' }, 'a', true)]).toEqual([true, false]);
    for (const name of ['words', 'none', 'number'])
      fails(() => flag(said, name, true), `the property \`${name}\` must be true or false`);
  });

  test('are strings that must or may be there', () => {
    expect([text(said, 'words'), maybeText(said, 'words'), maybeText(said, 'other')]).toEqual([
      'a',
      'a',
      undefined,
    ]);
    for (const name of ['empty', 'other', 'list', 'none'])
      fails(() => text(said, name), `the property \`${name}\` is missing`);
    fails(() => maybeText(said, 'empty'), 'the property `empty` is missing');
  });

  test('are maps of flags', () => {
    expect([
      settings({ a: { b: 'true', c: false } }, 'a'),
      settings({}, 'a'),
      settings({ a: null }, 'a'),
    ]).toEqual([{ b: true, c: false }, {}, {}]);
    fails(() => settings(said, 'list'), 'the property `list` must be a map of true and false');
    fails(() => settings(said, 'words'), 'the property `words` must be a map of true and false');
    fails(() => settings(said, 'map'), 'the property `map.a` must be true or false');
  });

  test.each([
    ['7', 7],
    [7, 7],
    ['-7', -7],
    ['0', 0],
    [undefined, undefined],
  ])('are whole numbers: %j', (value, number) => {
    expect(wholeNumber({ days: value }, 'days')).toBe(number);
  });

  test.each(['', ' ', '1.5', 1.5, 'x', true, null, '9007199254740993', [7]])(
    'are no other numbers: %j',
    (value) => {
      fails(() => wholeNumber({ days: value }, 'days'), 'the property `days` must be a whole number');
    },
  );

  test('are lists of strings, and maps of them', () => {
    expect([texts(said, 'list'), texts(said, 'other'), texts(said, 'none')]).toEqual([['a'], [], []]);
    for (const value of ['a', ['a', ''], ['a', 1], { a: 'b' }])
      fails(() => texts({ a: value }, 'a'), 'the property `a` must be a list of strings');
    expect([textMap(said, 'map'), textMap(said, 'other'), textMap(said, 'none')]).toEqual([
      { a: 'b' },
      {},
      {},
    ]);
    for (const value of ['a', ['a'], { a: 1 }, { a: 'b', c: null }])
      fails(() => textMap({ a: value }, 'a'), 'the property `a` must be a map of strings');
  });

  test('are maps, or the JSON of one', () => {
    expect([mapOf('a', { b: 1 }), mapOf('a', '{"b":1}')]).toEqual([{ b: 1 }, { b: 1 }]);
    for (const value of ['[]', 'null', '1', 'x', [], null, 1])
      fails(() => mapOf('a', value), 'the property `a` must be a map');
  });
});

describe('an error', () => {
  test.each<[string, unknown]>([
    ['ThrottlingException', awsError('ThrottlingException')],
    ['ECONNRESET', Object.assign(new Error('x'), { code: 'ECONNRESET' })],
    ['TypeError', Object.assign(new TypeError('x'), { code: 'ECONNRESET' })],
    ['EPIPE', { name: '', code: 'EPIPE' }],
    ['Error', { name: 1, code: 2 }],
    ['Error', new Error('x')],
    ['Error', 'text'],
    ['Error', null],
    ['Error', undefined],
  ])('has the name of AWS or of Node.js: %s', (name, error) => {
    expect(errorName(error)).toBe(name);
  });

  test.each<[string, unknown]>([
    ['as it is', new Failure('as it is')],
    ['goes on', new Unfinished('goes on')],
    [
      'the time limit of the function was reached before everything was done; deploy again to continue',
      new TimeIsOver(),
    ],
    ['Odd: no details', awsError('Odd', '')],
    ['Odd: words', awsError('Odd', 'words')],
    ['ExpiredTokenException: old; deploy again', awsError('ExpiredTokenException', 'old')],
    [
      'LimitExceededException: all; remove what you do not need, or request a higher quota',
      awsError('LimitExceededException', 'all'),
    ],
    [
      'ParameterLimitExceeded: all; remove parameters from AWS Systems Manager, or request a higher quota',
      awsError('ParameterLimitExceeded', 'all'),
    ],
    ['ServiceUnavailableException: x; deploy again later', awsError('ServiceUnavailableException', 'x')],
    [
      'AccessDeniedException: x; look for a service control policy or a permissions boundary that denies it',
      awsError('AccessDeniedException', 'x'),
    ],
    [
      'InvalidRequestException: x; set organization settings in the management account; a locked vault can not be changed',
      awsError('InvalidRequestException', 'x'),
    ],
    [
      'ThrottlingException: x; deploy again when the account is less busy',
      awsError('ThrottlingException', 'x'),
    ],
    ['Error: words', 'words'],
  ])('is explained with what to do: %s', (words, error) => {
    expect(explain(error)).toBe(words);
  });

  test('says by its name which one it is', () => {
    expect([new Failure('x').name, new Unfinished('x').name, new TimeIsOver().name]).toEqual([
      'Failure',
      'Unfinished',
      'TimeIsOver',
    ]);
  });
});

/** The limits of a request that has some seconds. */
const workIn = (runtime: VirtualRuntime, seconds: number, more: Partial<Work> = {}): Work => ({
  ...runtime,
  deadline: runtime.now() + seconds * 1_000,
  ...more,
});

describe('a call', () => {
  test('is tried again after pauses that grow to 20 seconds', async () => {
    const runtime = new VirtualRuntime();
    const times: number[] = [];
    const call = async () => {
      times.push(runtime.now());
      if (times.length <= 9) throw awsError('ThrottlingException');
      return 'done';
    };
    const work = workIn(runtime, 200, { random: () => 1 });
    expect(await runtime.until(retrying(work, call))).toBe('done');
    const pauses = times.slice(1).map((time, index) => time - times[index]);
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000, 20_000]);
  });

  test.each<[string, Partial<Work>, number]>([
    ['at the deadline', { deadline: 0 }, 1],
    ['after it', { deadline: -1 }, 0],
    ['after the request was answered', { signal: AbortSignal.abort() }, 0],
  ])('is made or not %s', async (_, more, calls) => {
    const runtime = new VirtualRuntime();
    let made = 0;
    const result = runtime.until(retrying(workIn(runtime, 60, more), async () => made++));
    if (calls === 0) await expect(result).rejects.toThrow(new TimeIsOver());
    else await result;
    expect(made).toBe(calls);
  });

  test.each([
    [0.499, 1],
    [0.5, 1],
    [0.501, 2],
  ])('is not tried again where the pause would end at the deadline: %d seconds', async (seconds, calls) => {
    const runtime = new VirtualRuntime();
    let made = 0;
    const call = async () => {
      made++;
      throw awsError('ThrottlingException');
    };
    const work = workIn(runtime, seconds, { random: () => 1 });
    await expect(runtime.until(retrying(work, call))).rejects.toThrow();
    expect(made).toBe(calls);
  });

  const CODES = [
    'ConcurrentModification',
    'ConcurrentModificationException',
    'ConflictException',
    'DependencyFailureException',
    'EAI_AGAIN',
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'InternalServerError',
    'NetworkingError',
    'PolicyChangesInProgressException',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'RequestTimeout',
    'RequestTimeoutException',
    'ServiceUnavailableException',
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'TimeoutError',
    'TooManyRequestsException',
    'TooManyUpdates',
    'AccessDenied',
    'AccessDeniedException',
    'InvalidClientTokenId',
    'UnrecognizedClientException',
  ];
  test.each<[string, unknown, boolean]>([
    ...CODES.map((name): [string, unknown, boolean] => [name, awsError(name), true]),
    ['status 500', awsError('Odd', 'x', 500), true],
    ['status 499', awsError('Odd', 'x', 499), false],
    ['no status', Object.assign(new Error('x'), { name: 'Odd' }), false],
    ['a failure', new Failure('x'), false],
    ['work that goes on', new Unfinished('x'), false],
    [
      'a failure with a status',
      Object.assign(new Failure('x'), { $metadata: { httpStatusCode: 500 } }),
      false,
    ],
    ['an error that says so', Object.assign(new Error('x'), { $retryable: { throttling: true } }), true],
    ['an error that says nothing', Object.assign(new Error('x'), { $retryable: undefined }), false],
  ])('is tried again or not after %s', async (_, error, isRetried) => {
    const runtime = new VirtualRuntime();
    let calls = 0;
    const call = async () => {
      if (calls++ === 0) throw error;
    };
    const result = runtime.until(retrying(workIn(runtime, 60), call));
    if (isRetried) await result;
    else await expect(result).rejects.toBe(error);
    expect(calls).toBe(isRetried ? 2 : 1);
  });

  test.each(['AccessDenied', 'InvalidClientTokenId'])(
    'is tried again after %s for half a minute only',
    async (name) => {
      const runtime = new VirtualRuntime(100_000);
      let last = 0;
      const call = async () => {
        last = runtime.now();
        throw awsError(name);
      };
      const pauses = [500, 1_000, 2_000, 4_000, 8_000];
      await expect(
        runtime.until(retrying(workIn(runtime, 600, { random: () => 1 }), call)),
      ).rejects.toThrow();
      // after 15.5 seconds it is tried again, after 31.5 no more
      expect(last - 100_000).toBe(pauses.reduce((sum, pause) => sum + pause, 0) + 16_000);
    },
  );
});

describe('what AWS shows late', () => {
  test.each<[string, number, number, number, boolean]>([
    ['at once', 0, 60, 10, true],
    ['within the time', 7, 60, 10, true],
    ['after it', 12, 60, 10, false],
    ['within the time, after the deadline', 7, 5, 10, false],
  ])('is waited for: %s', async (_, shownAfter, deadline, within, isReached) => {
    const runtime = new VirtualRuntime();
    const isShown = async () => runtime.now() >= shownAfter * 1_000;
    const work = workIn(runtime, deadline, { random: () => 1 });
    expect(await runtime.until(eventually(work, isShown, within * 1_000))).toBe(isReached);
    expect(runtime.now()).toBeLessThan(Math.min(deadline, within) * 1_000);
  });

  test('is not waited for where the pause would end at the limit', async () => {
    const runtime = new VirtualRuntime();
    let looks = 0;
    const look = async () => {
      looks++;
      return false;
    };
    const work = workIn(runtime, 60, { random: () => 1 });
    expect(await runtime.until(eventually(work, look, 500))).toBe(false);
    expect([looks, runtime.now()]).toEqual([1, 0]);
    expect(await runtime.until(eventually(work, look, 501))).toBe(false);
    expect([looks, runtime.now()]).toEqual([3, 500]);
  });
});

describe('a request that CloudFormation does not wait for any more', () => {
  const late = (type: string, ResourceStatus: string | undefined, PhysicalResourceId = 'id') => {
    const runtime = new VirtualRuntime();
    const client = {
      describeStackResource: async () => ({
        StackResourceDetail: { ResourceStatus, PhysicalResourceId } as never,
      }),
    };
    const event = { ...requestOf(), RequestType: type, PhysicalResourceId: 'id' } as CustomResourceRequest;
    return runtime.until(describeLateDelivery(client, event, workIn(runtime, 60)));
  };

  test.each<[string, string | undefined, boolean]>([
    ['Create', 'CREATE_IN_PROGRESS', false],
    ['Create', 'CREATE_COMPLETE', true],
    ['Create', 'CREATE_FAILED', true],
    ['Create', 'DELETE_IN_PROGRESS', true],
    ['Create', 'DELETE_COMPLETE', true],
    ['Create', undefined, false],
    ['Update', 'UPDATE_IN_PROGRESS', false],
    ['Update', 'UPDATE_COMPLETE', true],
    ['Delete', 'DELETE_IN_PROGRESS', false],
    ['Delete', 'DELETE_COMPLETE', true],
    ['Delete', 'DELETE_FAILED', false],
    ['Delete', 'CREATE_COMPLETE', true],
    ['Delete', 'UPDATE_COMPLETE', true],
    ['Delete', 'IMPORT_COMPLETE', true],
    ['Delete', 'UPDATE_ROLLBACK_COMPLETE', false],
    ['Delete', 'CREATE_FAILED', false],
  ])('%s while the resource is in %s', async (type, status, isLate) => {
    expect(await late(type, status)).toBe(isLate ? `CloudFormation reports Thing in ${status}` : undefined);
  });

  test('is not the deletion of what was replaced: the new resource is complete under the same name', async () => {
    expect(await late('Delete', 'UPDATE_COMPLETE', 'other')).toBeUndefined();
    expect(await late('Delete', 'DELETE_COMPLETE', 'other')).toBe(
      'CloudFormation reports Thing in DELETE_COMPLETE',
    );
  });

  test('is read again for a while, since CloudFormation may show its state late', async () => {
    const runtime = new VirtualRuntime();
    const inputs: unknown[] = [];
    const client = {
      describeStackResource: async (input: unknown) => {
        inputs.push(input);
        const ResourceStatus =
          runtime.now() < 10_000 ? ('CREATE_COMPLETE' as const) : ('UPDATE_IN_PROGRESS' as const);
        return { StackResourceDetail: { ResourceStatus } as never };
      },
    };
    const event = { ...requestOf(), RequestType: 'Update' } as CustomResourceRequest;
    expect(await runtime.until(describeLateDelivery(client, event, workIn(runtime, 60)))).toBeUndefined();
    expect(inputs[0]).toEqual({
      StackName: 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1a2b3c',
      LogicalResourceId: 'Thing',
    });
  });

  test('counts as current where its state can not be read, and the log says so', async () => {
    const runtime = new VirtualRuntime();
    const client = { describeStackResource: () => Promise.reject(awsError('ValidationError', 'no stack')) };
    expect(
      await runtime.until(describeLateDelivery(client, requestOf(), workIn(runtime, 60))),
    ).toBeUndefined();
    expect(runtime.lines).toEqual(["can't read the state of the resource: ValidationError: no stack"]);
    await expect(
      runtime.until(describeLateDelivery(client, requestOf(), workIn(runtime, -1))),
    ).rejects.toThrow(new TimeIsOver());
  });

  test('is not asked for longer than 20 seconds where AWS is busy', async () => {
    const runtime = new VirtualRuntime();
    const client = { describeStackResource: () => Promise.reject(awsError('Throttling', 'slow down')) };
    const work = workIn(runtime, 600, { random: () => 1 });
    expect(await runtime.until(describeLateDelivery(client, requestOf(), work))).toBeUndefined();
    expect(runtime.now()).toBe(15_500); // the next pause would last 16 seconds
  });

  test.each<[string, object]>([
    ['Create', { StackResourceDetail: { ResourceStatus: 'DELETE_COMPLETE' } }],
    ['Delete', { StackResourceDetail: { ResourceStatus: 'DELETE_COMPLETE' } }],
  ])('changes nothing: %s', async (type, shown) => {
    const runtime = new VirtualRuntime();
    let calls = 0;
    const work = async () => ({ Calls: String(++calls) });
    const operations = { [TYPE]: { apply: work, remove: work } };
    const context = { getRemainingTimeInMillis: () => 300_000 };
    const stacks = { describeStackResource: async () => shown as never };
    await runtime.until(answer(request(type, {}), context, operations, runtime, stacks));
    expect(runtime.sent[0].body).toMatchObject({
      Status: 'FAILED',
      Reason:
        'the request is obsolete, so nothing was changed: CloudFormation reports Thing in DELETE_COMPLETE',
    });
    expect(calls).toBe(0);
  });
});

describe('the time of a request', () => {
  const DATE = 'X-Amz-Date=19700101T000000Z';
  test.each<[string, number, number]>([
    // the rest of the function, less 20 seconds for the answer and 26 for the last call
    ['', 300_000, 254_000],
    [`?${DATE}&X-Amz-Expires=100`, 300_000, 74_000],
    [`?${DATE}&X-Amz-Expires=7200`, 300_000, 254_000],
  ])(
    'ends before the function and before CloudFormation stops waiting: %s',
    async (query, remaining, deadline) => {
      const runtime = new VirtualRuntime();
      let found: Work | undefined;
      const work: Operation['apply'] = async (_, each) => {
        found = each;
        return {};
      };
      const operations = { [TYPE]: { apply: work, remove: work } };
      const event = request('Create', {}, { ResponseURL: `https://example.com/${query}` });
      await runtime.until(answer(event, { getRemainingTimeInMillis: () => remaining }, operations, runtime));
      expect(found?.deadline).toBe(deadline);
      expect(found?.signal?.aborted).toBe(true); // nothing is called after the answer
    },
  );
});

test.each([
  ['eu-west-1', 'us-east-1'],
  ['us-east-1', 'us-east-1'],
  ['cn-north-1', 'cn-northwest-1'],
  ['us-gov-east-1', 'us-gov-west-1'],
])('the claims on an organization are, for %s, in %s', (region, home) => {
  expect(homeRegion(region)).toBe(home);
});
