import { canonical } from '../../../src/handler/core/canonical';
import { type Claim, isEmpty, readClaim, renderClaim } from '../../../src/handler/core/claim';
import { ClaimLedger } from '../../../src/handler/core/claim-ledger';
import { Failure, TimeIsOver } from '../../../src/handler/core/failure';
import { renewed, withMutex } from '../../../src/handler/core/mutex';
import {
  createParameter,
  readParameters,
  removeParameter,
  writeParameter,
} from '../../../src/handler/core/parameters';
import type { Work } from '../../../src/handler/core/runtime';
import { isGeneration, readSaved, removeSaved, writeSaved } from '../../../src/handler/core/saved-values';
import { FakeParameters } from '../support/fakes';
import { awsError } from '../support/requests';
import { VirtualRuntime } from '../support/virtual-runtime';

function place(seconds = 900, start = 0) {
  const runtime = new VirtualRuntime(start);
  const parameters = new FakeParameters();
  const work: Work = { ...runtime, deadline: start + seconds * 1_000 };
  return { runtime, parameters, work };
}
const NAME = '/app/claim';

describe('a saved text', () => {
  test.each([
    ['short', 'a', 1],
    ['as long as a parameter', 'x'.repeat(4_000), 1],
    ['one byte longer', 'x'.repeat(4_001), 3],
    ['one that is longer in bytes than in characters', 'ü'.repeat(2_001), 3],
    ['with parts that are exactly full', 'x'.repeat(4_500), 3],
    ['of three parts', 'x'.repeat(4_501), 4],
    ['that looks like a head', 'parts:1', 1],
  ])('is read as it was written: %s', async (_, text, count) => {
    const { runtime, parameters, work } = place();
    await runtime.until(writeSaved(parameters, NAME, text, work));
    expect(parameters.values.size).toBe(count);
    expect(readSaved(NAME, parameters.values)).toBe(text);
    for (const value of parameters.values.values()) expect(value.length).toBeLessThanOrEqual(4_000);
    await runtime.until(removeSaved(parameters, NAME, work));
    expect(parameters.values.size).toBe(0);
  });

  test('leaves nothing of the one before, and nothing else is touched', async () => {
    const { runtime, parameters, work } = place();
    parameters.values.set('/app/claims', 'other');
    for (const [index, text] of ['x'.repeat(9_000), 'y'.repeat(5_000), 'short'].entries()) {
      await runtime.until(writeSaved(parameters, NAME, text, { ...work, now: () => index }));
      expect(readSaved(NAME, parameters.values)).toBe(text);
      expect(parameters.values.size).toBe([6, 5, 2][index]);
    }
    expect(Object.fromEntries(parameters.values)).toEqual({ [NAME]: 'short', '/app/claims': 'other' });
  });

  test('is the old one or the new one, wherever a function stops', async () => {
    const [old, next] = ['o'.repeat(5_000), 'n'.repeat(7_000)];
    for (let call = 0; ; call++) {
      const { runtime, parameters, work } = place();
      await runtime.until(writeSaved(parameters, NAME, old, work));
      const begin = parameters.faults.calls;
      parameters.faults.fault = { call: begin + call, error: awsError('Stopped'), times: 99 };
      const later = { ...work, now: () => 1_000 };
      const isDone = await runtime.until(writeSaved(parameters, NAME, next, later)).then(
        () => true,
        () => false,
      );
      expect([old, next]).toContain(readSaved(NAME, parameters.values));
      if (isDone) break;
      expect(call).toBeLessThan(30);
    }
  });

  test('of which a part is missing is none', () => {
    const values = new Map([
      [NAME, 'parts:2:g1-1'],
      [`${NAME}/g1-1/0`, 'eA=='],
    ]);
    expect(readSaved(NAME, values)).toBeUndefined();
    expect(readSaved('/app/other', values)).toBeUndefined();
    expect(readSaved(NAME, new Map([[NAME, 'parts:x:g1-1']]))).toBe('parts:x:g1-1');
  });

  test.each([
    ['g1-2', true],
    ['gabc-0z', true],
    ['g1', false],
    ['x1-2', false],
    ['g1-2-3', false],
    ['ag1-2', false],
    ['g1-2/', false],
    ['', false],
    [undefined, false],
  ])('has parts of generations, as %s is one or not', (name, is) => {
    expect(isGeneration(name)).toBe(is);
  });
});

describe('parameters', () => {
  test('are read page by page, and those without a value are empty', async () => {
    const { runtime, work } = place();
    const pages = [
      { Parameters: [{ Name: '/a/1', Value: 'x' }, { Value: 'nameless' }], NextToken: '2' },
      { Parameters: [{ Name: '/a/2' }] },
    ];
    const inputs: unknown[] = [];
    const getParametersByPath = async (input: object) => {
      inputs.push(input);
      return pages[inputs.length - 1];
    };
    const client = { getParametersByPath } as never;
    expect([...(await runtime.until(readParameters(client, '/a', work)))]).toEqual([
      ['/a/1', 'x'],
      ['/a/2', ''],
    ]);
    expect(inputs).toEqual([
      { Path: '/a', Recursive: true, NextToken: undefined },
      { Path: '/a', Recursive: true, NextToken: '2' },
    ]);
  });

  test('are written over, but created only once', async () => {
    const { runtime, parameters, work } = place();
    const inputs: unknown[] = [];
    const { putParameter } = parameters;
    parameters.putParameter = (input) => {
      inputs.push(input);
      return putParameter(input);
    };
    await runtime.until(writeParameter(parameters, NAME, 'a', work));
    await runtime.until(writeParameter(parameters, NAME, 'b', work));
    expect(await runtime.until(createParameter(parameters, NAME, 'c', work))).toBe(false);
    expect(await runtime.until(createParameter(parameters, '/app/new', 'c', work))).toBe(true);
    expect([...parameters.values.values()]).toEqual(['b', 'c']);
    expect(inputs.slice(0, 1)).toEqual([
      {
        Name: NAME,
        Value: 'a',
        Description: 'What a stack has set in AWS Backup, and what was set before',
        Type: 'String',
        Overwrite: true,
      },
    ]);
    expect(inputs.at(-1)).toEqual({ Name: '/app/new', Value: 'c', Type: 'String', Overwrite: false });
    parameters.putParameter = () => Promise.reject(awsError('Odd'));
    await expect(runtime.until(createParameter(parameters, NAME, 'c', work))).rejects.toThrow('no');
  });

  test('that are gone need no removal', async () => {
    const { runtime, parameters, work } = place();
    await runtime.until(removeParameter(parameters, NAME, work));
    parameters.deleteParameter = () => Promise.reject(awsError('Odd'));
    await expect(runtime.until(removeParameter(parameters, NAME, work))).rejects.toThrow('no');
  });
});

describe('a claim', () => {
  const CLAIM: Claim = {
    owner: 'a',
    wants: { lock: 'x', on: true, none: null },
    undo: { lock: null },
    shown: { lock: { value: 'y', at: 7 } },
    writing: { lock: 'z' },
    previous: { lock: 'p' },
    since: 9,
  };

  test('is read as it was written, without its owner', () => {
    expect(readClaim('a', renderClaim(CLAIM))).toEqual(CLAIM);
    expect(JSON.parse(renderClaim({ ...CLAIM, isUnreadable: true }))).toEqual({ ...CLAIM, owner: undefined });
    expect(readClaim('b', '{"wants":{},"undo":{}}')).toEqual({ owner: 'b', wants: {}, undo: {} });
  });

  test.each([
    '',
    '{',
    'null',
    '[]',
    '{}',
    '{"wants":{}}',
    '{"undo":{}}',
    '{"wants":[],"undo":{}}',
    '{"wants":{},"undo":{"a":1}}',
    '{"wants":{"a":{}},"undo":{}}',
    '{"wants":null,"undo":{}}',
  ])('that is damaged is none: %s', (json) => {
    expect(readClaim('a', json)).toBeUndefined();
  });

  test.each([
    ['shown', { lock: { value: 1, at: 1 } }],
    ['shown', { lock: { value: 'x', at: 'now' } }],
    ['shown', { lock: { value: 'x', at: 1.5 } }],
    ['shown', { lock: null }],
    ['shown', []],
    ['writing', { lock: 1 }],
    ['writing', 'x'],
    ['previous', { lock: [] }],
    ['previous', null],
    ['since', 'now'],
    ['since', 1.5],
  ])('of which %s is damaged is read without it: %j', (name, value) => {
    const { [name as 'since']: _, ...rest } = CLAIM;
    expect(readClaim('a', JSON.stringify({ ...CLAIM, [name]: value }))).toEqual(rest);
  });

  test.each<[Partial<Claim>, boolean]>([
    [{}, true],
    [{ wants: { a: null } }, false],
    [{ undo: { a: null } }, false],
    [{ isUnreadable: true }, false],
    [{ since: 1 }, true],
  ])('leaves nothing to remember: %j %s', (more, is) => {
    expect(isEmpty({ owner: 'a', wants: {}, undo: {}, ...more })).toBe(is);
  });

  test.each([
    [[1, 2], [2, 1], true],
    [['a'], 'a', true],
    [{ a: 1, b: [2] }, { b: 2, a: 1 }, true],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [{ a: [{ c: 1, d: 2 }] }, { a: { d: 2, c: 1 } }, true],
    [[1, 2], [1, 3], false],
    [[1, 1], [1], false],
    [[], '', false],
    [{ a: 1 }, { b: 1 }, false],
    [null, 'null', false],
    ['1', 1, false],
  ])('compares what it wants as AWS does: %j and %j are the same: %s', (one, other, is) => {
    expect(canonical(one) === canonical(other)).toBe(is);
  });
});

test('what a claim wants is rendered as it always was, since hashes of it are in tags of vaults', () => {
  const lock = JSON.stringify({ min: 7 });
  expect(canonical({ lock, b: [true, null], a: ['x'], none: undefined })).toBe(
    '{"a":"x","b":[null,true],"lock":"{\\"min\\":7}"}',
  );
});

describe('the claims on a subject', () => {
  const ROOT = '/cdk-backup-constructs/vaults';
  const json = (lock: string) => JSON.stringify({ wants: { lock }, undo: {} });
  const claim = (owner: string, lock: string) => ({ owner, wants: { lock }, undo: {} });

  test('are those of all owners, in the order of their names, and of no other subject', async () => {
    const { runtime, parameters, work } = place();
    for (const [name, value] of [
      [`${ROOT}/c/gold`, json('c')],
      [`${ROOT}/me/gold`, json('m')],
      [`${ROOT}/a/gold`, json('a')],
      [`${ROOT}/b/silver`, json('b')],
      [`${ROOT}/b/gold2`, json('b')],
      [`${ROOT}/lock/gold/head`, 'token 1'],
      [`${ROOT}/gone/gold/g1-1/0`, 'garbage of a claim that is gone'],
      [`${ROOT}2/x/gold`, json('x')],
    ])
      parameters.values.set(name, value);
    const ledger = new ClaimLedger(parameters, { folder: 'vaults', subject: 'gold' }, work);
    expect(await runtime.until(ledger.read('me'))).toEqual({
      own: claim('me', 'm'),
      others: [claim('a', 'a'), claim('c', 'c')],
    });
    expect(await runtime.until(ledger.read('new'))).toEqual({
      others: [claim('a', 'a'), claim('c', 'c'), claim('me', 'm')],
    });
    expect(runtime.lines).toEqual([]);
  });

  test('of a folder with one subject are by owner alone', async () => {
    const { runtime, parameters, work } = place();
    const ledger = new ClaimLedger(parameters, { folder: 'region' }, work);
    await runtime.until(ledger.write(claim('me', 'm')));
    await runtime.until(ledger.write({ ...claim('other', 'x'.repeat(9_000)), since: 4 }));
    expect([...parameters.values.keys()][0]).toBe('/cdk-backup-constructs/region/me');
    expect(await runtime.until(ledger.read('me'))).toEqual({
      own: claim('me', 'm'),
      others: [{ ...claim('other', 'x'.repeat(9_000)), since: 4 }],
    });
    await runtime.until(ledger.remove('other'));
    await runtime.until(ledger.remove('nobody'));
    expect([...parameters.values.keys()]).toEqual(['/cdk-backup-constructs/region/me']);
  });

  test('that are damaged count as a claim on everything, and the own one as none', async () => {
    const { runtime, parameters, work } = place();
    parameters.values.set(`${ROOT}/me/gold`, '{');
    parameters.values.set(`${ROOT}/other/gold/policy/0`, 'x');
    const ledger = new ClaimLedger(parameters, { folder: 'vaults', subject: 'gold' }, work);
    expect(await runtime.until(ledger.read('me'))).toEqual({
      others: [{ owner: 'other', wants: {}, undo: {}, isUnreadable: true }],
    });
    expect(runtime.lines).toEqual([
      'the saved claim of me is damaged and counts as none; what is set stays as it is',
      'the claim of other can not be read and counts as a claim on everything',
    ]);
  });
});

describe('mutual exclusion', () => {
  const PATH = '/app/lock';
  const LATER = 'another deployment is changing the same settings; deploy again when it is done';

  test('lets one at a time, and leaves nothing', async () => {
    const { runtime, parameters, work } = place();
    let inside = 0;
    const order: number[] = [];
    const enter = (id: number) =>
      withMutex(parameters, PATH, { ...work, random: () => id / 10 }, async (guarded) => {
        expect(++inside).toBe(1);
        await guarded.sleep(7_000);
        inside--;
        order.push(id);
        return id;
      });
    expect(await runtime.until(Promise.all([enter(1), enter(2), enter(3)]))).toEqual([1, 2, 3]);
    expect(order.sort()).toEqual([1, 2, 3]);
    expect(parameters.values.size).toBe(0);
  });

  test('is left when the task fails, with its error', async () => {
    const { runtime, parameters, work } = place();
    const failing = withMutex(parameters, PATH, work, () => Promise.reject(new Error('inside')));
    await expect(runtime.until(failing)).rejects.toThrow('inside');
    expect(parameters.values.size).toBe(0);
  });

  test('asks again whether the request is current if it had to wait, and only then', async () => {
    const { runtime, parameters, work } = place(900, 1_000_000);
    let asked = 0;
    const assertCurrent = async () => {
      asked++;
    };
    await runtime.until(withMutex(parameters, PATH, { ...work, assertCurrent }, async () => undefined));
    expect(asked).toBe(0);
    parameters.values.set(`${PATH}/head`, `t ${1_010_000}`);
    await runtime.until(withMutex(parameters, PATH, { ...work, assertCurrent }, async () => undefined));
    expect(asked).toBe(1);
  });

  test.each<[string, Record<string, string>, number | undefined]>([
    ['nobody', {}, 0],
    ['one that expired and whose last call has ended', { head: 't 100000' }, 126_001],
    ['one whose last call may not have ended', { head: 't 100000' }, undefined],
    ['one whose successor expired too', { head: 't 1', 'after-t': 'u 2' }, 200_000],
    ['one whose successor holds it', { head: 't 1', 'after-t': 'u 300000' }, undefined],
    ['one that can not be read', { head: '' }, 26_001],
    ['something that follows nobody', { head: 't 1', 'after-x': 'u 900000' }, 200_000],
  ])('succeeds %s, or waits and says so', async (_, held, now) => {
    const at = now ?? 126_000;
    const { runtime, parameters, work } = place(900, at);
    for (const [name, value] of Object.entries(held)) parameters.values.set(`${PATH}/${name}`, value);
    const deadline = at + 100;
    const result = runtime.until(withMutex(parameters, PATH, { ...work, deadline }, async () => 'done'));
    if (now === undefined) await expect(result).rejects.toThrow(LATER);
    else expect(await result).toBe('done');
  });

  test.each([
    ['t 1', 'after-t'],
    ['', 'after-none'],
    [' 1', 'after-none'],
    ['a/../{b}-c.d_e 1', 'after-a..b-c.d_e'],
    ['t soon', 'after-t'],
  ])('succeeds the lock %j under a name that AWS accepts', async (head, name) => {
    const { runtime, parameters, work } = place(900, 1_000_000);
    parameters.values.set(`${PATH}/head`, head);
    const inside = withMutex(parameters, PATH, work, async () => [...parameters.values.keys()]);
    expect(await runtime.until(inside)).toEqual([`${PATH}/head`, `${PATH}/${name}`]);
  });

  test.each([
    [2_500, 0],
    [2_501, 2_500],
  ])('is not waited for where the pause would end with the time: %d milliseconds', async (deadline, end) => {
    const { runtime, parameters, work } = place();
    parameters.values.set(`${PATH}/head`, 'other 900000');
    const waiting = withMutex(parameters, PATH, { ...work, deadline }, async () => undefined);
    await expect(runtime.until(waiting)).rejects.toThrow(new Failure(LATER));
    expect(runtime.now()).toBe(end);
  });

  test('is kept by each text that is saved meanwhile', async () => {
    const { runtime, parameters, work } = place();
    const saving = withMutex(parameters, PATH, work, async (guarded) => {
      await guarded.sleep(41_000);
      await writeSaved(parameters, NAME, 'a', guarded);
      return guarded.deadline;
    });
    expect(await runtime.until(saving)).toBe(41_000 + 94_000);
  });

  test('gives tasks the time until the lock expires, and more as long as it is renewed', async () => {
    const { runtime, parameters, work } = place();
    const deadlines = await runtime.until(
      withMutex(parameters, PATH, work, async (guarded) => {
        const found = [guarded.deadline];
        await guarded.sleep(39_999);
        await renewed(guarded); // more than 80 of 120 seconds are left
        found.push(guarded.deadline);
        await guarded.sleep(1);
        await renewed(guarded);
        found.push(guarded.deadline);
        expect([...parameters.values.values()][0]).toMatch(/ 160000$/);
        return found;
      }),
    );
    expect(deadlines).toEqual([94_000, 94_000, 134_000]);
    expect(parameters.values.size).toBe(0);
    expect(
      await runtime.until(
        withMutex(parameters, PATH, { ...work, deadline: 50_000 }, async (guarded) => guarded.deadline),
      ),
    ).toBe(50_000);
    await renewed(work); // there is nothing to renew without a lock
  });

  test('is not left to somebody else: a lock that expired belongs to its next holder', async () => {
    const { runtime, parameters, work } = place();
    await runtime.until(
      withMutex(parameters, PATH, work, async (guarded) => {
        await guarded.sleep(60_000);
        const [[head, value]] = parameters.values;
        parameters.values.set(`${PATH}/after-${value.split(' ')[0]}`, 'other 900000');
        expect(head).toBe(`${PATH}/head`);
      }),
    );
    expect([...parameters.values.values()].at(-1)).toBe('other 900000');
    expect(parameters.values.size).toBe(2);
  });

  test('is left without the lock of whoever comes at this very moment', async () => {
    const { runtime, parameters, work } = place();
    const { deleteParameter } = parameters;
    parameters.deleteParameter = async (input) => {
      await deleteParameter(input);
      parameters.deleteParameter = deleteParameter;
      parameters.values.set(`${PATH}/head`, 'other 900000');
    };
    await runtime.until(withMutex(parameters, PATH, work, async () => undefined));
    expect([...parameters.values]).toEqual([[`${PATH}/head`, 'other 900000']]);
  });

  test('is left alone where reading it takes so long that it may have expired', async () => {
    const { runtime, parameters, work } = place();
    const { getParametersByPath } = parameters;
    const locked = withMutex(parameters, PATH, work, async () => {
      parameters.getParametersByPath = async (input) => {
        await runtime.sleep(95_000);
        return getParametersByPath(input);
      };
    });
    await runtime.until(locked);
    expect([...parameters.values.keys()]).toEqual([`${PATH}/head`]);
    expect(runtime.lines).toEqual([
      'the lock /app/lock/head expires by itself: TimeIsOver: the time limit of the function was reached before everything was done; deploy again to continue',
    ]);
  });

  test('leaves nothing behind where the lock that it succeeded is gone meanwhile', async () => {
    const { runtime, parameters, work } = place(900, 1_000_000);
    parameters.values.set(`${PATH}/head`, 't 1');
    const { putParameter } = parameters;
    parameters.putParameter = async (input) => {
      await putParameter(input);
      if (input.Name === `${PATH}/after-t`) parameters.values.delete(`${PATH}/head`);
    };
    const inside = withMutex(parameters, PATH, work, async () => [...parameters.values.keys()]);
    expect(await runtime.until(inside)).toEqual([`${PATH}/head`]);
  });

  test('removes what expired before it, when it is left', async () => {
    const { runtime, parameters, work } = place(900, 1_000_000);
    parameters.values.set(`${PATH}/head`, 't 1');
    parameters.values.set(`${PATH}/after-t`, 'u 2');
    await runtime.until(withMutex(parameters, PATH, work, async () => undefined));
    expect(parameters.values.size).toBe(0);
  });

  test('expires by itself where it can not be left, and the log says so', async () => {
    const { runtime, parameters, work } = place();
    parameters.deleteParameter = () => Promise.reject(awsError('Odd'));
    await runtime.until(withMutex(parameters, PATH, work, async () => undefined));
    expect(runtime.lines).toEqual(['the lock /app/lock/head expires by itself: Odd: no']);
  });

  test('ends with the time of the request', async () => {
    const { runtime, parameters, work } = place();
    await expect(
      runtime.until(withMutex(parameters, PATH, { ...work, deadline: -1 }, async () => 1)),
    ).rejects.toThrow(new TimeIsOver());
  });
});
