import type { Claim } from '../../../src/handler/core/claim';
import {
  expectedValue,
  findSurprises,
  latestShown,
  type Situation,
  targetOf,
  undoOf,
} from '../../../src/handler/core/situation';
import { claimOf, DAYS, situationOf } from '../support/setting-kinds';

const days = (more: Partial<Situation>) => situationOf({ kind: DAYS, current: { days: '9' }, ...more });
const shown = (value: string | null, at: number) => ({ shown: { days: { value, at } } });

describe('what AWS should show', () => {
  test.each<[string, Partial<Situation>, string | null | undefined]>([
    ['nothing where none of us has set it', { own: claimOf('one-A', { other: '1' }) }, undefined],
    ['what is wanted', { own: claimOf('one-A', { days: '7' }) }, '7'],
    [
      'what was there before, if that is stronger',
      { own: claimOf('one-A', { days: '7' }, { undo: { days: '8' } }) },
      '8',
    ],
    [
      'what all want together',
      { own: claimOf('one-A', { days: '7' }), others: [claimOf('two-A', { days: '9' })] },
      '9',
    ],
    ['what another wants', { others: [claimOf('two-A', { days: '5' })] }, '5'],
    ['how it was rendered last', { own: claimOf('one-A', { days: '7' }, shown('07', 3)) }, '07'],
    [
      'how it was rendered last, to whoever wrote it',
      { own: claimOf('one-A', { days: '7' }, shown('07', 3)), others: [claimOf('two-A', {}, shown('8', 4))] },
      '8',
    ],
    ['that there is none, if that was shown', { own: claimOf('one-A', { days: '7' }, shown(null, 3)) }, null],
  ])('is %s', (_, more, value) => {
    expect(expectedValue(days(more), 'days')).toBe(value);
  });
});

describe('where a function stopped while it was writing, AWS may show', () => {
  const own: Claim = claimOf(
    'one-A',
    { days: '7' },
    {
      writing: { days: '7' },
      undo: { days: '3' },
      previous: { days: '5' },
    },
  );
  test.each<[string, Partial<Situation>, string, string | null]>([
    ['what it was writing', { own }, '07', '7'],
    ['what was there before', { own }, '03', '3'],
    ['what it wanted before', { own }, '05', '5'],
    [
      'what another was writing',
      { own, others: [claimOf('two-A', {}, { writing: { days: '6' } })] },
      '6',
      '6',
    ],
    [
      'what another wanted before',
      { own, others: [claimOf('two-A', {}, { previous: { days: '6' } })] },
      '6',
      '6',
    ],
    ['what was shown last', { own: { ...own, ...shown('4', 1) } }, '04', '4'],
    ['not what was there before that', { own: { ...own, ...shown('4', 1) } }, '3', '7'],
    ['nothing of that, which is a change by somebody else', { own }, '9', '7'],
    [
      'none, which is a change by somebody else where nothing is known',
      { own: claimOf('one-A', { days: '7' }, { writing: { days: '7' } }) },
      '0',
      '7',
    ],
  ])('%s', (_, more, current, value) => {
    expect(expectedValue(days({ ...more, current: { days: current } }), 'days')).toBe(value);
  });
});

test('surprises are the settings that are not as we left them, and that AWS has', () => {
  const own = claimOf('one-A', { kept: '1', changed: '2', gone: '3' });
  const others = [claimOf('two-A', { wanted: '4', same: '5', foreign: '6' })];
  const situation = days({
    own,
    others,
    wants: { wanted: '9', same: '9', fresh: '9', missing: '9', changed: '2' },
    current: { kept: '1', changed: '8', wanted: '8', same: '5', foreign: '8', fresh: '8' },
  });
  expect(findSurprises(situation)).toEqual(['wanted', 'changed']);
  expect(findSurprises({ ...situation, wants: undefined })).toEqual(['changed']);
});

test('what is shown last is the latest of all claims, and only of this setting', () => {
  const claims = [
    claimOf('a', {}, shown('1', 5)),
    claimOf('b', {}),
    claimOf('c', {}, shown('2', 9)),
    claimOf('d', {}, { shown: { other: { value: '3', at: 12 } } }),
    claimOf('e', {}, shown('4', 7)),
  ];
  expect(latestShown(claims, 'days')).toEqual({ value: '2', at: 9 });
  expect(latestShown(claims.slice(1, 2), 'days')).toBeUndefined();
});

test('the target is what all claims say, the newest last, and not weaker than what was before', () => {
  const newest = {
    ...DAYS,
    combine: (_: string, wants: readonly unknown[]) => wants.join('<') as string,
    strengthen: (_: string, value: unknown, current: unknown, ours: unknown) =>
      `${value} over ${current} and ${ours}`,
  };
  const claims = [
    claimOf('a', { days: 'a' }, { since: 7 }),
    claimOf('b', { days: 'b' }),
    claimOf('c', { other: 'c' }, { since: 9 }),
    claimOf('d', { days: 'd' }, { since: 3 }),
  ];
  const situation = days({ kind: newest });
  expect(targetOf(situation, 'days', '3', claims)).toBe('b<d<a over 3 and null');
  // of claims that exclude each other, the newest counts
  const excluding = { ...newest, combine: () => undefined };
  expect(targetOf(days({ kind: excluding }), 'days', '3', claims)).toBe('a over 3 and null');
  expect(claims.map(({ owner }) => owner)).toEqual(['a', 'b', 'c', 'd']);
});

test('the value without any of us is the own one, then that of the first other who knows it', () => {
  const others = [claimOf('a', {}, { undo: { x: '1' } }), claimOf('b', {}, { undo: { x: '2', y: null } })];
  const situation = days({ own: claimOf('one-A', {}, { undo: { z: '3' } }), others });
  expect(['x', 'y', 'z', 'none'].map((key) => undoOf(situation, key))).toEqual(['1', null, '3', undefined]);
});
