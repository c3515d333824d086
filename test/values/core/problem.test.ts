import { BackupError, problem, refuse, sentence, throwErrors } from '../../../src/values/core/problem';
import { thrown } from '../../support/refusal';

const short = problem({
  id: 'Backup-RetentionRange',
  property: 'a',
  message: (label) => `${label('a')} must be 2 to 5, got 1`,
  fix: 'use 2 or more',
});
const unknown = problem({ id: 'Backup-PlanProps', property: 'b', message: '`b` is no property' });
const risky = problem({ id: 'Backup-ShortRetention', property: 'c', message: '`c` costs money' });

test('the registry gives a problem its severity', () => {
  expect([short.severity, risky.severity]).toEqual(['error', 'warning']);
});

test('a reader renders a problem with its own names, and names the owner of the property once', () => {
  const gap = problem({
    id: 'Backup-ColdStorageGap',
    property: 'retention',
    message: (label) =>
      `${label('retention')} must exceed ${label('cold')}, got a short ${label('retention')}`,
    fix: (label) => `omit ${label('cold')}`,
  });
  const names = (property: string) =>
    ({ retention: 'DeleteAfterDays', cold: 'MoveToColdStorageAfterDays' })[property];
  expect(sentence(gap)).toBe('`retention` must exceed `cold`, got a short `retention`; omit `cold`');
  const read = gap.as({ names, of: 'rule `daily`' });
  expect(sentence(read)).toBe(
    '`DeleteAfterDays` of rule `daily` must exceed `MoveToColdStorageAfterDays`, got a short `DeleteAfterDays`; omit `MoveToColdStorageAfterDays`',
  );
  expect(read.property).toBe('DeleteAfterDays');
  expect(read.with({ fix: undefined }).message).toBe(read.message);
});

test('a problem reads as what is wrong; and the fix', () => {
  expect(sentence(short)).toBe('`a` must be 2 to 5, got 1; use 2 or more');
});

test('a problem without a fix ends with what was found', () => {
  expect(sentence(unknown)).toBe('`b` is no property');
});

test('an error with one problem is its sentence', () => {
  expect(thrown(() => throwErrors([short]))?.message).toBe('`a` must be 2 to 5, got 1; use 2 or more');
});

test('an error with one problem names its subject at the end', () => {
  expect(thrown(() => throwErrors([short], 'Stack/Plan'))?.message).toBe(
    '`a` must be 2 to 5, got 1; use 2 or more (in `Stack/Plan`)',
  );
});

test('several problems come in one error, one line each', () => {
  expect(thrown(() => throwErrors([short, unknown]))?.message).toBe(
    '2 problems:\n  - `a` must be 2 to 5, got 1; use 2 or more\n  - `b` is no property',
  );
});

test('an error with several problems names their subject at the start', () => {
  expect(thrown(() => throwErrors([short, unknown], 'Stack/Plan'))?.message).toBe(
    '2 problems of `Stack/Plan`:\n  - `a` must be 2 to 5, got 1; use 2 or more\n  - `b` is no property',
  );
});

test('warnings are never thrown, neither alone nor beside errors', () => {
  expect(thrown(() => throwErrors([risky]))).toBeUndefined();
  expect(thrown(() => throwErrors([]))).toBeUndefined();
  expect(thrown(() => throwErrors([risky, short]))?.problems).toEqual([short]);
});

test('a refusal is an error with its one problem', () => {
  const error = refuse('Backup-RetentionRange', 'a', '`a` must be 2 to 5, got 1', 'use 2 or more');
  expect(error).toBeInstanceOf(BackupError);
  expect(error.name).toBe('BackupError');
  expect(error.problems).toEqual([short]);
  expect(error.message).toBe('`a` must be 2 to 5, got 1; use 2 or more');
});

describe('a problem of a list', () => {
  const base = problem({
    id: 'Backup-RetentionRange',
    property: 'retention',
    message: (label) => `${label('retention')} must be longer than ${label('cold')}`,
    fix: (label) => `omit ${label('cold')}`,
  });

  test('can be renamed twice, and keeps names that a reader does not have', () => {
    const once = base.as({ names: (property) => ({ retention: 'Delete' })[property] });
    const twice = once.as({ names: (property) => ({ Delete: 'DELETE', cold: 'COLD' })[property] });
    expect([once, twice].map(sentence)).toEqual([
      '`Delete` must be longer than `cold`; omit `cold`',
      '`DELETE` must be longer than `COLD`; omit `COLD`',
    ]);
    expect([once, twice, twice.as({})].map(({ property }) => property)).toEqual([
      'Delete',
      'DELETE',
      'DELETE',
    ]);
  });

  test('belongs to its owner, and to the owner of that', () => {
    const owned = base.as({ of: 'rule `daily`' }).as({ of: 'plan `gold`' });
    expect(sentence(owned)).toBe(
      '`retention` of rule `daily` of plan `gold` must be longer than `cold`; omit `cold`',
    );
    expect(sentence(owned.as({}))).toBe(sentence(owned));
    expect(sentence(base.as({}))).toBe('`retention` must be longer than `cold`; omit `cold`');
  });

  test('can be continued, or changed, without a change of the first', () => {
    const renamed = base.as({ names: () => 'days' });
    expect(sentence(renamed.followedBy(' (2 of 3)'))).toBe(
      '`days` must be longer than `days` (2 of 3); omit `days`',
    );
    expect(sentence(short.with({ fix: undefined, message: 'no' }).followedBy('!'))).toBe('no!');
    expect(sentence(base)).toBe('`retention` must be longer than `cold`; omit `cold`');
  });
});
