import type { Claim } from '../../../src/handler/core/claim';
import { planSteps } from '../../../src/handler/core/claim-steps';
import type { Situation } from '../../../src/handler/core/situation';
import { claimOf, DAYS, situationOf } from '../support/setting-kinds';

/** What is planned where nothing happens to a setting that is released with its resource. */
const NOTHING = {
  changes: {},
  ahead: [],
  heirs: new Map(),
  settled: [],
  drifted: [],
  kept: {},
  unsupported: [],
};
const plan = (more: Partial<Situation>) => planSteps(situationOf(more));

describe('a setting that is no longer wanted', () => {
  const OWN = claimOf('one-A', { a: true }, { undo: { a: false }, since: 1 });

  test('gets its old value when its resource is deleted', () => {
    expect(plan({ own: OWN, current: { a: true } })).toEqual({ ...NOTHING, changes: { a: false } });
  });

  test('gets its old value in an update, while the claim keeps what a retry needs', () => {
    const own = { ...OWN, wants: { a: true, b: true }, shown: { a: { value: true, at: 1 } } };
    const steps = plan({ own, wants: { b: true }, oldWants: own.wants, current: { a: true, b: true } });
    const claim = { owner: 'one-A', wants: { b: true }, undo: {}, since: 1, previous: { a: true } };
    expect(steps).toEqual({
      ...NOTHING,
      changes: { a: false },
      ahead: [{ ...own, previous: { a: true }, writing: {} }],
      own: { ...claim, shown: {} },
    });
  });

  test('is not renewed by that, so that a newer claim still counts', () => {
    const steps = plan({ own: OWN, wants: {}, current: { a: true } });
    expect(steps.own?.since).toBe(1);
  });

  test.each([
    ['while a function was writing it', { a: true }],
    ['with nothing of what was set', undefined],
  ])('gets its old value also where only that was saved, %s', (_, writing) => {
    const own = claimOf('one-A', {}, { undo: { a: false }, writing });
    expect(plan({ own, current: { a: true } })).toEqual({ ...NOTHING, changes: { a: false } });
  });

  test.each<[string, Partial<Situation>]>([
    ['it has its old value', { current: { a: false } }],
    ['it is not supported any more', { current: {} }],
    ['old values are not restored', { restores: false }],
    ['nothing was changed to set it', { own: claimOf('one-A', { a: true }) }],
    [
      'another changed it, and did not want it any more',
      { own: claimOf('one-A', { a: true }), others: [claimOf('two-A', {}, { undo: { a: false } })] },
    ],
  ])('stays where %s', (_, more) => {
    const { changes, kept } = plan({ own: OWN, current: { a: true }, ...more });
    expect([changes, kept]).toEqual([{}, {}]);
  });

  test.each<[string, Partial<Situation>, string, string[]]>([
    [
      'a claim can not be read',
      { others: [{ ...claimOf('two-A', {}), isUnreadable: true }] },
      'a claim that can not be read may want it',
      [],
    ],
    [
      'somebody changed it',
      { own: claimOf('one-A', { a: true }, { undo: { a: null } }), current: { a: false } },
      'it was changed by somebody else since',
      ['a'],
    ],
    [
      'it is final',
      {
        kind: DAYS,
        own: claimOf('one-A', { a: '100' }, { undo: { a: '3' } }),
        current: { a: '100' },
      },
      'a lock of 100 days is final',
      [],
    ],
  ])('stays where %s, and the log says why', (_, more, reason, drifted) => {
    const steps = plan({ own: OWN, current: { a: true }, ...more });
    expect(steps).toEqual({ ...NOTHING, kept: { a: reason }, drifted });
  });
});

describe('a setting that others still want', () => {
  const OWN = claimOf('one-A', { days: '9' }, { undo: { days: '3' }, since: 2 });
  const release = (others: Claim[], more: Partial<Situation> = {}) =>
    plan({ kind: DAYS, own: OWN, others, current: { days: '9' }, ...more });

  test('gets what these want, and the first of them remembers how to undo it', () => {
    const others = [claimOf('two-A', { days: '5' }, { since: 1 }), claimOf('two-B', { days: '4' })];
    expect(release(others)).toEqual({
      ...NOTHING,
      changes: { days: '5' },
      ahead: [{ ...others[0], undo: { days: '3' }, writing: { days: '5' } }],
      heirs: new Map([['days', 'two-A']]),
    });
  });

  test('stays as it is where nobody knows what was there before', () => {
    const own = claimOf('one-A', { days: '9' });
    expect(release([claimOf('two-A', { days: '5' })], { own }).changes).toEqual({});
  });

  test('is remembered by the one who wants it, not by the first', () => {
    const others = [claimOf('two-A', { other: '5' }), claimOf('two-B', { days: '9' }, { undo: { x: '1' } })];
    expect(release(others)).toEqual({
      ...NOTHING,
      ahead: [{ ...others[1], undo: { x: '1', days: '3' } }],
      heirs: new Map([['days', 'two-B']]),
    });
  });

  test('is not remembered twice where one of them knows how to undo it', () => {
    const others = [claimOf('two-A', { days: '5' }), claimOf('two-B', {}, { undo: { days: '2' } })];
    expect(release(others).ahead).toEqual([{ ...others[0], writing: { days: '5' } }]);
  });

  test('is left as AWS showed it last, for its heir', () => {
    const own = { ...OWN, shown: { days: { value: '09', at: 7 } } };
    const others = [
      claimOf('two-A', { days: '9' }, { shown: { days: { value: '9', at: 5 }, x: { value: '1', at: 1 } } }),
    ];
    expect(release(others, { own }).ahead).toEqual([
      {
        ...others[0],
        undo: { days: '3' },
        shown: { days: { value: '09', at: 7 }, x: { value: '1', at: 1 } },
      },
    ]);
  });

  test('makes one heir of all settings that are released, which keeps what it was writing', () => {
    const own = claimOf('one-A', { days: '9', x: '8' }, { undo: { days: '3', x: '1' } });
    const others = [claimOf('two-A', { days: '5', x: '8' }, { writing: { y: '7' } })];
    expect(plan({ kind: DAYS, own, others, current: { days: '9', x: '8' } })).toEqual({
      ...NOTHING,
      changes: { days: '5' },
      ahead: [{ ...others[0], undo: { days: '3', x: '1' }, writing: { y: '7', days: '5' } }],
      heirs: new Map([
        ['days', 'two-A'],
        ['x', 'two-A'],
      ]),
    });
  });

  test('is not marked as being written where AWS shows exactly what was written', () => {
    const own = claimOf('one-A', { a: true }, { undo: { a: false }, since: 2 });
    const others = [claimOf('one-B', { a: false }, { since: 1 })];
    expect(plan({ own, others, current: { a: true } })).toEqual({
      ...NOTHING,
      changes: { a: false },
      ahead: [{ ...others[0], undo: { a: false } }],
      heirs: new Map([['a', 'one-B']]),
    });
  });

  test('is written by its heir only: what the resource itself changes is its own', () => {
    const own = claimOf('one-A', { days: '9' }, { undo: { days: '3' } });
    const others = [claimOf('two-A', { days: '5' })];
    const steps = plan({
      kind: DAYS,
      own,
      others,
      wants: { x: '4' },
      current: { days: '9', x: '1' },
    });
    expect(steps.ahead).toEqual([
      { ...others[0], undo: { days: '3' }, writing: { days: '5' } },
      {
        owner: 'one-A',
        previous: { days: '9' },
        wants: { days: '9', x: '4' },
        undo: { days: '3', x: '1' },
        since: 1_000,
        writing: { x: '4' },
      },
    ]);
    expect(steps.own).toEqual({
      owner: 'one-A',
      previous: { days: '9' },
      wants: { x: '4' },
      undo: { x: '1' },
      since: 1_000,
    });
  });
});
