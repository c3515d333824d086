import { answer, type Operation } from '../../../src/handler/core/answer';
import { Failure, Unfinished } from '../../../src/handler/core/failure';
import { retrying } from '../../../src/handler/core/retry';
import { answered, awsError, request, TYPE, URL } from '../support/requests';
import { VirtualRuntime } from '../support/virtual-runtime';

const CONTEXT = { getRemainingTimeInMillis: () => 300_000 };

/** Does the same for everything. */
function doing(work: Operation['apply']): Operation {
  return { apply: work, remove: work };
}

describe('a response is always sent', () => {
  test.each(['Create', 'Update', 'Delete'])('%s: with the attributes', async (type) => {
    const body = await answered(
      doing(async () => ({ Arn: 'arn' })),
      request(type, {}),
    );
    expect(body).toEqual({
      Status: 'SUCCESS',
      StackId: expect.stringContaining(':stack/app/'),
      RequestId: 'request-1',
      LogicalResourceId: 'Thing',
      PhysicalResourceId: '1a2b3c-Thing',
      Data: { Arn: 'arn' },
    });
  });

  const failing = doing(async () => {
    throw awsError('AccessDenied', 'not you');
  });
  test.each([
    [
      'an error of AWS, with its name and a hint',
      failing,
      request('Create', {}),
      'AccessDenied: not you; look for a service control policy or a permissions boundary that denies it',
    ],
    [
      'an unknown type of request',
      failing,
      request('Destroy', {}),
      '`RequestType` must be Create, Update or Delete, got Destroy',
    ],
    [
      'an unknown type of resource',
      failing,
      request('Create', {}, { ResourceType: 'Custom::Other' }),
      '`ResourceType` must be one of Custom::Thing, got Custom::Other',
    ],
    [
      'a type of resource that is a property of every object',
      failing,
      request('Create', {}, { ResourceType: 'constructor' }),
      '`ResourceType` must be one of Custom::Thing, got constructor',
    ],
    ['no properties', failing, request('Create', undefined), 'the request has no `ResourceProperties`'],
    ['null as properties', failing, request('Create', null), 'the request has no `ResourceProperties`'],
    [
      'something thrown that is no error',
      doing(() => Promise.reject('words')),
      request('Update', {}),
      'Error: words',
    ],
    [
      'work that never ends',
      doing(() => new Promise(() => undefined)),
      request('Delete', {}),
      'the time limit of the function was reached before everything was done; deploy again to continue',
    ],
  ])('to %s', async (_, operation, event, reason) => {
    const body = await answered(operation, event);
    expect(body).toMatchObject({ Status: 'FAILED', Reason: reason, PhysicalResourceId: '1a2b3c-Thing' });
  });

  test('within 4096 bytes, however long the error is', async () => {
    const body = await answered(
      doing(() => Promise.reject(new Failure('x'.repeat(9_000)))),
      request('Create', {}),
    );
    expect(Buffer.byteLength(String(body.Reason))).toBe(1_000);
    expect(JSON.stringify(body).length).toBeLessThan(4_096);
  });

  test('again and again while sending fails', async () => {
    const runtime = new VirtualRuntime();
    runtime.failingSends = 3;
    const body = await answered(
      doing(async () => ({})),
      request('Create', {}),
      runtime,
    );
    expect(body.Status).toBe('SUCCESS');
  });

  test('and AWS Lambda sees an error where sending never succeeds', async () => {
    const runtime = new VirtualRuntime();
    runtime.failingSends = Number.POSITIVE_INFINITY;
    const work = answer(request('Create', {}), CONTEXT, { [TYPE]: doing(async () => ({})) }, runtime);
    await expect(runtime.until(work)).rejects.toThrow('connection lost');
  });
});

test('an update and a deletion keep the physical id that CloudFormation says', async () => {
  const event = request('Update', {}, { PhysicalResourceId: 'as-it-was' });
  expect(
    await answered(
      doing(async () => ({})),
      event,
    ),
  ).toMatchObject({ PhysicalResourceId: 'as-it-was' });
});

test('a resource of its own has the physical id that its type makes of it', async () => {
  const operation: Operation = {
    ...doing(async () => ({ Name: 'gold' })),
    idOf: ({ Name }, { LogicalResourceId }) => `${LogicalResourceId}-${Name}`,
  };
  const event = (type: string) => request(type, {}, { PhysicalResourceId: 'as-it-was' });
  expect(await answered(operation, event('Update'))).toMatchObject({ PhysicalResourceId: 'Thing-gold' });
  expect(await answered(operation, event('Delete'))).toMatchObject({ PhysicalResourceId: 'as-it-was' });
});

test('work that goes on in another invocation is not answered yet', async () => {
  const runtime = new VirtualRuntime();
  const operations = { [TYPE]: doing(() => Promise.reject(new Unfinished('half is done'))) };
  const working = answer(request('Create', {}), CONTEXT, operations, runtime);
  await expect(runtime.until(working)).rejects.toThrow(new Unfinished('half is done'));
  expect([runtime.lines, runtime.sent]).toEqual([['Create Custom::Thing Thing continues: half is done'], []]);
});

test('an answer is sent until a second before the function is stopped', async () => {
  const runtime = new VirtualRuntime();
  runtime.failingSends = Number.POSITIVE_INFINITY;
  const times: number[] = [];
  const send: VirtualRuntime['send'] = async () => {
    times.push(runtime.now());
    throw new Error('connection lost');
  };
  const sending = answer(
    request('Create', {}),
    { getRemainingTimeInMillis: () => 72_000 },
    { [TYPE]: doing(async () => ({})) },
    { ...runtime, send, random: () => 1 },
  );
  await expect(runtime.until(sending)).rejects.toThrow('connection lost');
  expect(times).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500, 51_500]);
});

test('nothing goes on sleeping after the answer', async () => {
  const runtime = new VirtualRuntime();
  const signals: (AbortSignal | undefined)[] = [];
  const sleep: VirtualRuntime['sleep'] = (milliseconds, signal) => {
    signals.push(signal);
    return runtime.sleep(milliseconds, signal);
  };
  const operations = { [TYPE]: doing(async () => ({})) };
  await runtime.until(answer(request('Create', {}), CONTEXT, operations, { ...runtime, sleep }));
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
});

test('work asks again whether its request is current, and fails if it is not', async () => {
  const runtime = new VirtualRuntime();
  const states = ['CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS'];
  const stacks = {
    describeStackResource: async () => ({
      StackResourceDetail: { ResourceStatus: states.shift() ?? 'DELETE_COMPLETE' } as never,
    }),
  };
  let asked = 0;
  const operation = doing(async (_, { assertCurrent }) => {
    for (; ; asked++) await assertCurrent?.();
  });
  await runtime.until(answer(request('Create', {}), CONTEXT, { [TYPE]: operation }, runtime, stacks));
  expect([asked, runtime.sent[0].body.Reason, runtime.lines]).toEqual([
    1,
    'the request is obsolete, so nothing was changed: CloudFormation reports Thing in DELETE_COMPLETE',
    [
      'Create Custom::Thing Thing failed: the request is obsolete, so nothing was changed: CloudFormation reports Thing in DELETE_COMPLETE',
    ],
  ]);
});

test.each([
  [undefined, 'the event is not a request of CloudFormation'],
  [{}, 'the event is not a request of CloudFormation: it has no ResponseURL'],
  [{ ResponseURL: 'https://example.com' }, 'the event is not a request of CloudFormation: it has no StackId'],
])('what nobody can answer is refused: %j', async (event, message) => {
  await expect(answer(event, CONTEXT, {}, new VirtualRuntime())).rejects.toThrow(new Failure(message));
});

test('neither the URL of the response nor a property is logged', async () => {
  const runtime = new VirtualRuntime();
  await answered(
    doing(async () => ({ Password: 'secret' })),
    request('Create', { Password: 'secret' }),
    runtime,
  );
  expect(runtime.lines).toEqual(['Create Custom::Thing Thing succeeded']);
  expect(runtime.sent[0].url).toBe(URL);
});

describe('a call is tried again', () => {
  /** Fails with the error as often as said, then says how often it was called. */
  function calling(error: Error, failures: number): { operation: Operation; calls: () => number } {
    let calls = 0;
    const operation = doing(async (_, work) => {
      await retrying(work, async () => {
        if (calls++ < failures) throw error;
      });
      return {};
    });
    return { operation, calls: () => calls };
  }

  test.each([
    awsError('ThrottlingException'),
    awsError('ServiceUnavailableException', 'later', 503),
    awsError('NewKindOfFailure', 'oops', 500),
    awsError('AccessDeniedException', 'the policy is seconds old'),
    Object.assign(new Error('socket'), { code: 'ECONNRESET' }),
    Object.assign(new Error('again'), { name: 'Odd', $retryable: {} }),
  ])('after %s', async (error) => {
    const { operation, calls } = calling(error, 4);
    expect(await answered(operation, request('Create', {}))).toMatchObject({ Status: 'SUCCESS' });
    expect(calls()).toBe(5);
  });

  test('but not after an error that stays', async () => {
    const { operation, calls } = calling(awsError('InvalidParameterValueException'), 1);
    expect(await answered(operation, request('Create', {}))).toMatchObject({
      Reason: 'InvalidParameterValueException: no',
    });
    expect(calls()).toBe(1);
  });

  test('until the time of the function is nearly over', async () => {
    const runtime = new VirtualRuntime();
    const { operation, calls } = calling(awsError('ThrottlingException', 'slow down'), 1_000);
    expect(await answered(operation, request('Create', {}), runtime, 60_000)).toMatchObject({
      Reason: 'ThrottlingException: slow down; deploy again when the account is less busy',
    });
    expect(calls()).toBeGreaterThan(5);
    expect(runtime.now()).toBeLessThan(40_000);
  });

  test('for half a minute where access is denied', async () => {
    const runtime = new VirtualRuntime();
    const { operation } = calling(awsError('AccessDenied'), 1_000);
    expect(await answered(operation, request('Create', {}), runtime)).toMatchObject({ Status: 'FAILED' });
    expect(runtime.now()).toBeGreaterThan(25_000);
    expect(runtime.now()).toBeLessThan(60_000);
  });
});
