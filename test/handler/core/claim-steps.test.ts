import type { Claim } from '../../../src/handler/core/claim';
import { planSteps } from '../../../src/handler/core/claim-steps';
import { Failure } from '../../../src/handler/core/failure';
import type { Situation } from '../../../src/handler/core/situation';
import { claimOf, DAYS, situationOf } from '../support/setting-kinds';

/** What is planned where nothing happens to a setting. */
const NOTHING = {
  changes: {},
  heirs: new Map(),
  settled: [],
  drifted: [],
  kept: {},
  unsupported: [],
};
const plan = (more: Partial<Situation>) => planSteps(situationOf(more));

describe('a setting that is wanted', () => {
  test('is changed, with what it was before in the claim, before and after', () => {
    const claim = { owner: 'one-A', wants: { a: true }, undo: { a: false }, since: 1_000 };
    expect(plan({ wants: { a: true }, current: { a: false, b: false } })).toEqual({
      ...NOTHING,
      changes: { a: true },
      ahead: [{ ...claim, writing: { a: true } }],
      own: claim,
    });
  });

  test('is only claimed where it is as it should be', () => {
    const claim = { owner: 'one-A', wants: { a: true }, undo: {}, since: 1_000 };
    expect(plan({ wants: { a: true }, current: { a: true } })).toStrictEqual({
      ...NOTHING,
      settled: ['a'],
      ahead: [{ ...claim, writing: {} }],
      own: claim,
    });
  });

  test('is neither claimed nor changed where it is not supported', () => {
    const claim = { owner: 'one-A', wants: { a: true }, undo: {}, since: 1_000 };
    expect(plan({ wants: { a: true, b: true }, current: { a: true } })).toEqual({
      ...NOTHING,
      settled: ['a'],
      unsupported: ['b'],
      ahead: [{ ...claim, writing: {} }],
      own: claim,
    });
  });

  test('needs no undoing where what is wanted now is what was there before', () => {
    const own = claimOf('one-A', { a: false }, { undo: { a: true, gone: true, none: null }, since: 1 });
    const steps = plan({ own, wants: { a: true }, current: { a: false } });
    const claim = { since: 1_000, previous: { a: false } };
    expect(steps.changes).toEqual({ a: true });
    expect(steps.own).toEqual(claimOf('one-A', { a: true }, { ...claim, undo: { gone: true } }));
    expect(steps.ahead).toEqual([
      claimOf('one-A', { a: true }, { ...claim, undo: own.undo, writing: { a: true } }),
    ]);
  });

  const OWN = claimOf('one-A', { a: true }, { undo: { a: false }, since: 1 });
  test.each<[string, Partial<Situation>, Partial<Claim>]>([
    ['without properties from before', { oldWants: undefined }, {}],
    ['that was not in the properties from before', { oldWants: { b: true } }, {}],
    ['that had another value in the properties from before', { oldWants: { a: false } }, {}],
    ['by force', { isForced: true }, {}],
    ['that a function was writing when it stopped', {}, { writing: { a: true } }],
    ['that the claim does not have', {}, { wants: {}, undo: {} }],
    ['that the claim has with another value', {}, { wants: { a: false } }],
  ])('is set again: one %s', (_, more, claim) => {
    const own = { ...OWN, ...claim };
    const steps = plan({ own, wants: { a: true }, oldWants: { a: true }, current: { a: false }, ...more });
    expect([steps.changes, steps.own?.since]).toEqual([{ a: true }, 1_000]);
  });

  test('is left alone where the update does not change it, whatever somebody made of it', () => {
    const steps = plan({ own: OWN, wants: { a: true }, oldWants: { a: true }, current: { a: false } });
    expect(steps).toEqual({ ...NOTHING, drifted: ['a'], own: OWN, ahead: [{ ...OWN, writing: {} }] });
    const undrifted = plan({ own: OWN, wants: { a: true }, oldWants: { a: true }, current: { a: true } });
    expect(undrifted.drifted).toEqual([]);
  });

  test('dates a claim that has no date', () => {
    const own = { ...OWN, since: undefined };
    const steps = plan({ own, wants: { a: true }, oldWants: { a: true }, current: { a: true } });
    expect(steps.own?.since).toBe(1_000);
  });

  test('is claimed together with the last value that was wanted before it', () => {
    const own = { ...OWN, previous: { a: false } };
    const same = plan({ own, wants: { a: true }, oldWants: { a: true }, current: { a: true } });
    expect(same.own?.previous).toEqual({ a: false });
    const gone = plan({ own, wants: {}, oldWants: { a: true }, current: { a: true } });
    expect(gone.own?.previous).toEqual({ a: true });
    expect(gone.ahead[0].wants).toEqual({ a: true });
  });
});

describe('a setting that another stack wants otherwise', () => {
  const OTHER = claimOf('two-A', { a: false });
  const REFUSAL = 'a is set to another value by two-A; change it there first, or remove it from one of them';

  test.each<[string, Partial<Situation>]>([
    ['is wanted for the first time', {}],
    ['was wanted with another value', { own: claimOf('one-A', { a: false }) }],
    ['had another value before', { own: claimOf('one-A', { a: false }, { previous: { a: false } }) }],
  ])('is refused where it %s', (_, more) => {
    const wanting = () => plan({ others: [OTHER], wants: { a: true }, current: { a: false }, ...more });
    expect(wanting).toThrow(new Failure(REFUSAL));
  });

  test('is refused also where none is wanted', () => {
    expect(() => plan({ others: [OTHER], wants: { a: null }, current: { a: false } })).toThrow(
      new Failure(REFUSAL),
    );
  });

  test('stays in a rollback, which must not fail', () => {
    const own = claimOf('one-A', { a: false }, { previous: { a: true }, undo: { a: true }, since: 1 });
    const steps = plan({ own, others: [OTHER], wants: { a: true }, current: { a: false } });
    expect([steps.changes, steps.kept]).toEqual([{}, { a: 'it is set to another value by two-A' }]);
  });

  test.each<[string, Claim, Partial<Situation>]>([
    ['the claim of the other is on something else', claimOf('two-A', { b: false }), {}],
    ['the other wants the same', claimOf('two-A', { a: true }), {}],
    ['the other is of the same stack', claimOf('one-B', { a: false }), {}],
    ['it was wanted before the other came', OTHER, { own: claimOf('one-A', { a: true }) }],
  ])('is set where %s', (_, other, more) => {
    const steps = plan({ others: [other], wants: { a: true }, current: { a: false }, ...more });
    expect(steps.changes).toEqual({ a: true });
  });

  test('is refused where the names of the stacks only begin alike', () => {
    const others = [claimOf('one2-A', { a: false })];
    expect(() => plan({ others, wants: { a: true }, current: { a: false } })).toThrow(
      new Failure(
        'a is set to another value by one2-A; change it there first, or remove it from one of them',
      ),
    );
  });
});

describe('what was there without any of us', () => {
  test('is known from others that changed the setting before', () => {
    const others = [claimOf('two-A', { days: '7' }, { undo: { days: '3' }, since: 5 })];
    const steps = plan({ kind: DAYS, others, wants: { days: '9' }, current: { days: '7' } });
    expect(steps.changes).toEqual({ days: '9' });
    expect(steps.own?.undo).toEqual({ days: '3' });
    expect(steps.ahead).toEqual([expect.objectContaining({ owner: 'one-A' })]);
  });

  test('has what somebody added to the protection since, for all who remember it', () => {
    const own = claimOf('one-A', { days: '5' }, { undo: { days: '3' }, since: 1 });
    const others = [
      claimOf('two-A', { days: '10' }, { undo: { days: '3' }, since: 2 }),
      claimOf('two-B', { days: '4' }, { undo: { days: '30' }, since: 3 }),
      claimOf('two-C', { days: '4' }, { since: 4 }),
    ];
    const steps = plan({ kind: DAYS, own, others, wants: { days: '6' }, current: { days: '30' } });
    expect(steps).toEqual({
      ...NOTHING,
      drifted: ['days'],
      settled: ['days'],
      ahead: [
        { ...others[0], undo: { days: '30' } },
        {
          owner: 'one-A',
          previous: { days: '5' },
          wants: { days: '6' },
          undo: { days: '30' },
          since: 1_000,
          writing: {},
        },
      ],
      own: {
        owner: 'one-A',
        previous: { days: '5' },
        wants: { days: '6' },
        undo: { days: '30' },
        since: 1_000,
      },
    });
  });

  test('has nothing of what somebody took away from the protection', () => {
    const own = claimOf('one-A', { days: '20' }, { undo: { days: '3' }, since: 1 });
    const steps = plan({ kind: DAYS, own, wants: { days: '20' }, current: { days: '8' } });
    expect([steps.drifted, steps.changes, steps.own?.undo]).toEqual([
      ['days'],
      { days: '20' },
      { days: '3' },
    ]);
  });
});

describe('a setting that is final', () => {
  const REASON = 'a lock of 100 days is final';
  const own = (days: string, more: Partial<Claim> = {}) =>
    claimOf('one-A', { days }, { undo: { days: '3' }, since: 1, ...more });

  test.each<[string, Claim, string]>([
    ['wanted with another value', own('200'), '20'],
    ['wanted as before, and not met', own('300'), '300'],
    [
      'wanted as in an update before the last, which is no rollback',
      own('200', { previous: { days: '40' } }),
      '20',
    ],
  ])('fails a deployment where it is %s', (_, claim, days) => {
    const failing = () => plan({ kind: DAYS, own: claim, wants: { days }, current: { days: '200' } });
    expect(failing).toThrow(new Failure(REASON));
  });

  test.each<[string, Claim, string]>([
    [
      'more than meets what is wanted as before',
      own('50', { shown: { days: { value: '200', at: 1 } } }),
      '50',
    ],
    ['must not fail a rollback', own('200', { previous: { days: '20' } }), '20'],
  ])('stays where it %s', (_, claim, days) => {
    const steps = plan({ kind: DAYS, own: claim, wants: { days }, current: { days: '200' } });
    expect([steps.changes, steps.kept, steps.settled]).toEqual([{}, { days: REASON }, []]);
  });
});
