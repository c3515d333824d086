import { QUOTAS } from '../../../src/values/core/quotas';

/** AWS's table, repeated here, so that a typo in ours shows. */
const TABLE: [keyof typeof QUOTAS, number, 'error' | 'warning'][] = [
  ['plans', 300, 'warning'],
  ['vaults', 300, 'warning'],
  ['rulesPerPlan', 10, 'warning'],
  ['copiesPerRule', 5, 'warning'],
  ['tagsPerRule', 10, 'warning'],
  ['selectionsPerPlan', 100, 'error'],
  ['tagSelectionsPerPlan', 10, 'warning'],
  ['tagsPerSelection', 30, 'error'],
  ['conditionsPerSelection', 30, 'error'],
  ['arnsPerSelection', 500, 'error'],
  ['wildcardArnsPerSelection', 30, 'error'],
];

test.each(TABLE)('%s: at most %d, and more is an %s', (name, max, severity) => {
  expect(QUOTAS[name]).toMatchObject({ max, severity });
});

test('no quota is left out of that table', () => {
  expect(Object.keys(QUOTAS)).toEqual(TABLE.map(([name]) => name));
});

test.each(Object.entries(QUOTAS))('%s has a source and a date', (_name, quota) => {
  expect(quota.source).toMatch(
    /^https:\/\/docs\.aws\.amazon\.com\/aws-backup\/latest\/devguide\/[\w-]+\.html$/,
  );
  expect(quota.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
});
