import { ClaimLedger, type LegacyReader } from '../../../src/handler/core/claim-ledger';
import type { Work } from '../../../src/handler/core/runtime';
import { findLegacyValue } from '../../../src/handler/core/saved-values';
import { FakeParameters } from '../support/fakes';
import { VirtualRuntime } from '../support/virtual-runtime';

const ROOT = '/cdk-backup-constructs/things';
const encoded = (text: string) => Buffer.from(text).toString('base64');
const json = (a: string, undo = {}) => JSON.stringify({ wants: { a }, undo });
const claim = (owner: string, a: string) => ({ owner, wants: { a }, undo: {} });

function place() {
  const runtime = new VirtualRuntime();
  const work: Work = { ...runtime, deadline: 900_000 };
  return { runtime, work, here: new FakeParameters(), elsewhere: new FakeParameters() };
}

describe('texts that an earlier version saved', () => {
  const [long, other] = ['a text of several parts: ü', 'x'];
  const parts = [encoded(long).slice(0, 8), encoded(long).slice(8, 16), encoded(long).slice(16)];
  test.each<[string, Record<string, string>, [string, string][]]>([
    ['of one part', { 'lock/0': `1:${encoded(other)}` }, [['lock', other]]],
    [
      'of three parts, in any order',
      { 'lock/2': parts[2], 'lock/0': `3:${parts[0]}`, 'lock/1': parts[1] },
      [['lock', long]],
    ],
    ['with line breaks', { 'lock/0': `1:${encoded(other)}\n` }, [['lock', other]]],
    [
      'on several topics',
      { 'lock/0': `1:${encoded(other)}`, 'policy/0': `1:${encoded(long)}` },
      [
        ['lock', other],
        ['policy', long],
      ],
    ],
    ['of which a part is missing', { 'lock/0': `3:${parts[0]}`, 'lock/2': parts[2] }, []],
    ['without their first part', { 'lock/1': parts[1], 'lock/2': parts[2] }, []],
    ['that do not say how many parts there are', { 'lock/0': encoded(other) }, []],
    ['of more parts than anybody saved', { 'lock/0': `1000:${encoded(other)}` }, []],
    ['with something before the number', { 'lock/0': `x1:${encoded(other)}` }, []],
  ])('%s are read whole or not at all', (_, saved, texts) => {
    const found = new Map(Object.entries(saved).map(([name, value]) => [`/app/thing/${name}`, value]));
    // what is not below the name belongs to others
    found.set('/app/thing2/lock/0', `1:${encoded('other')}`);
    found.set('/app/thing', `1:${encoded('other')}`);
    expect([...findLegacyValue('/app/thing', found)]).toEqual(texts);
  });
});

describe('claims of an earlier version', () => {
  const reader: LegacyReader = (texts) => {
    const a = texts.get('a');
    return a === undefined ? undefined : { wants: { a }, undo: {} };
  };

  test('are read from its texts, unless there is a claim of today', async () => {
    const { runtime, work, here } = place();
    for (const [name, value] of [
      ['me/a/0', `1:${encoded('old')}`],
      ['other/a/0', `1:${encoded('old')}`],
      ['other', json('new')],
      ['third/b/0', `1:${encoded('old')}`],
    ])
      here.values.set(`${ROOT}/${name}`, value);
    const ledger = new ClaimLedger(here, { folder: 'things' }, work, reader);
    expect(await runtime.until(ledger.read('me'))).toEqual({
      own: { ...claim('me', 'old'), isLegacy: true },
      others: [claim('other', 'new'), { owner: 'third', wants: {}, undo: {}, isUnreadable: true }],
    });
    expect(runtime.lines).toEqual(['the claim of third can not be read and counts as a claim on everything']);
  });

  test('are read elsewhere, too, and those of today count before them', async () => {
    const { runtime, work, here, elsewhere } = place();
    elsewhere.values.set(`${ROOT}/me`, json('old'));
    elsewhere.values.set(`${ROOT}/other`, json('old'));
    elsewhere.values.set(`${ROOT}/z`, json('old'));
    for (const owner of ['other', 'a']) here.values.set(`${ROOT}/${owner}`, json('new'));
    const ledger = new ClaimLedger(here, { folder: 'things', legacy: elsewhere }, work);
    expect(await runtime.until(ledger.read('me'))).toEqual({
      own: claim('me', 'old'),
      others: [claim('a', 'new'), claim('other', 'new'), claim('z', 'old')],
    });
    await runtime.until(ledger.write(claim('me', 'new')));
    expect([here.values.size, elsewhere.values.size]).toEqual([3, 3]);
    await runtime.until(ledger.remove('me'));
    expect([[...here.values.keys()], [...elsewhere.values.keys()]]).toEqual([
      ['other', 'a'].map((owner) => `${ROOT}/${owner}`),
      ['other', 'z'].map((owner) => `${ROOT}/${owner}`),
    ]);
  });
});
