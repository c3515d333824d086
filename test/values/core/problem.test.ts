import { BackupError, type Problem, refuse, sentence, throwErrors } from '../../../src/values/core/problem';
import { thrown } from '../../support/refusal';

const short: Problem = {
  id: 'Backup-A',
  severity: 'error',
  property: 'a',
  message: '`a` must be 2 to 5, got 1',
  fix: 'use 2 or more',
};
const unknown: Problem = { id: 'Backup-B', severity: 'error', property: 'b', message: '`b` is no property' };
const risky: Problem = { id: 'Backup-C', severity: 'warning', property: 'c', message: '`c` costs money' };

test('a problem reads as what is wrong; and the way out', () => {
  expect(sentence(short)).toBe('`a` must be 2 to 5, got 1; use 2 or more');
});

test('a problem without a way out ends with what was got', () => {
  expect(sentence(unknown)).toBe('`b` is no property');
});

test('the error of one problem is its sentence', () => {
  expect(thrown(() => throwErrors([short]))?.message).toBe('`a` must be 2 to 5, got 1; use 2 or more');
});

test('the error of one problem names at its end what it is about', () => {
  expect(thrown(() => throwErrors([short], 'Stack/Plan'))?.message).toBe(
    '`a` must be 2 to 5, got 1; use 2 or more (in `Stack/Plan`)',
  );
});

test('several problems come in one error, a line each', () => {
  expect(thrown(() => throwErrors([short, unknown]))?.message).toBe(
    '2 problems:\n  - `a` must be 2 to 5, got 1; use 2 or more\n  - `b` is no property',
  );
});

test('the error of several problems names at its head what they are about', () => {
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
  const error = refuse('Backup-A', 'a', '`a` must be 2 to 5, got 1', 'use 2 or more');
  expect(error).toBeInstanceOf(BackupError);
  expect(error.name).toBe('BackupError');
  expect(error.problems).toEqual([short]);
  expect(error.message).toBe('`a` must be 2 to 5, got 1; use 2 or more');
});
