import { numberText, trimmed } from '../../../src/values/core/plain-text';

test.each([
  [0, 0, '0'],
  [999, 0, '999'],
  [1_000, 0, '1,000'],
  [999_999, 0, '999,999'],
  [1_234_567, 0, '1,234,567'],
  [1_234.5, 2, '1,234.50'],
  [12.345, 1, '12.3'],
  [-999, 0, '-999'],
  [-1_000, 0, '-1,000'],
  [-123_456.7, 1, '-123,456.7'],
])('%d with %d digits is written as %s', (amount, digits, text) => {
  expect(numberText(amount, digits)).toBe(text);
});

test('a number is written without digits after the point by default', () => {
  expect(numberText(1_234.56)).toBe('1,235');
});

test('the two ends of a text can lose different characters', () => {
  expect(trimmed('--a--', /-/, /!/)).toBe('a--');
  expect(trimmed('--a!!', /-/, /!/)).toBe('a');
});
