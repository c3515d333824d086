import { enumerate, enumerateNames, firstNames, summarizeNames } from '../../../src/values/core/enumeration';

const NAMES = ['A', 'B', 'C', 'D', 'E'];
const first = (count: number) => NAMES.slice(0, count);

test.each([
  [[], '', ''],
  [['a'], 'a', 'a'],
  [['a', 'b'], 'a and b', 'a or b'],
  [['a', 'b', 'c'], 'a, b and c', 'a, b or c'],
])('%j is enumerated as `%s`, or as `%s`', (texts, and, or) => {
  expect([enumerate(texts), enumerate(texts, 'or')]).toEqual([and, or]);
});

test('names stand in backticks, and what the eye would miss is escaped', () => {
  expect(enumerateNames(['Orders', 'a`b'])).toBe('`Orders` and "a`b"');
});

test.each([
  [1, '`A`', '`A`'],
  [3, '`A`, `B` and `C`', '`A`, `B` and `C`'],
  [4, '4 vaults', '`A`, `B`, `C` and 1 more'],
  [5, '5 vaults', '`A`, `B`, `C` and 2 more'],
])('%d names are summarized as `%s`, or begun as `%s`', (count, summary, beginning) => {
  expect([summarizeNames(first(count), 'vaults'), firstNames(first(count))]).toEqual([summary, beginning]);
});
