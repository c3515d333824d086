import {
  MAX_POLICY_CHARACTERS,
  policySize,
  policySizeProblems,
} from '../../../src/policy/language/policy-size';
import { sentence } from '../../../src/values/core/problem';

/** A document with plans of so many characters, their names and commas included. */
const plans = (sizes: Record<string, number>) => ({
  plans: Object.fromEntries(
    Object.entries(sizes).map(([name, size]) => [name, { t: 'x'.repeat(size - name.length - 11) }]),
  ),
});
const said = (content: unknown) => policySizeProblems(content).map(sentence);

test('a policy document may have 10000 characters', () => {
  expect(MAX_POLICY_CHARACTERS).toBe(10_000);
  expect(said(plans({ a: 10_000 - 12 }))).toEqual([]);
  expect(said(plans({ a: 10_000 - 11 }))).toEqual([
    'the document must be at most 10000 characters, got 10001; split it, and attach the parts to different organizational units',
  ]);
});

test('the length of each plan is reported, longest first', () => {
  expect(policySize(plans({ a: 100, b: 300, c: 200 }))).toEqual({
    used: 100 + 300 + 200 + 2 + 12,
    left: 10_000 - 614,
    plans: [
      { name: 'b', characters: 300 },
      { name: 'c', characters: 200 },
      { name: 'a', characters: 100 },
    ],
  });
});

test.each<[string, Record<string, number>, string]>([
  [
    'the largest plan where that is enough',
    { a: 4000, b: 5000, c: 3000 },
    'got 12014; move the plan `b` (5000 characters) to a policy of its own',
  ],
  [
    'the largest plan where that is just enough, with its comma',
    { a: 4994, b: 5000, c: 4993 },
    'got 15001; move the plan `b` (5000 characters) to a policy of its own',
  ],
  [
    'another one where a character is left',
    { a: 4994, b: 5000, c: 4994 },
    'got 15002; move the plans `b` (5000 characters), `a` (4994 characters) to a policy of their own',
  ],
  [
    'several plans where it takes more',
    { a: 6000, b: 7000, c: 8000, d: 100 },
    'got 21115; move the plans `c` (8000 characters), `b` (7000 characters) to a policy of their own',
  ],
  [
    'all plans but one, which is too long itself',
    { a: 12_000, b: 11_000 },
    'got 23013; move the plan `a` (12000 characters) to a policy of its own, and split the rest',
  ],
])('to be moved elsewhere: %s', (_title, sizes, expected) => {
  expect(said(plans(sizes))).toEqual([`the document must be at most 10000 characters, ${expected}`]);
});

test('a string counts as it is, with its whitespace', () => {
  const text = JSON.stringify(plans({ a: 5000, b: 4000 }), undefined, 2);
  expect(policySize(text)).toEqual({ used: text.length, left: 10_000 - text.length, plans: [] });
  expect(said(' '.repeat(10_001))).toEqual([
    'the document must be at most 10000 characters, got 10001; split it, and attach the parts to different organizational units',
  ]);
});

test('characters are counted, not bytes', () => {
  expect(policySize({ plans: { ü: {} } })?.used).toBe('{"plans":{"ü":{}}}'.length);
});

test('what can not be written as JSON has no size', () => {
  const endless: Record<string, unknown> = {};
  endless.plans = endless;
  for (const content of [undefined, endless, { a: 10n }, () => 1]) {
    expect(policySize(content)).toBeUndefined();
    expect(said(content)).toEqual(['the document must be an object that can be written as JSON']);
  }
});
