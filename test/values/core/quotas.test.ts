import { sentence } from '../../../src/values/core/problem';
import {
  placeQuotaProblems,
  QUOTAS,
  type Quota,
  type QuotaSubject,
  quotaProblems,
  selectionsPerPlanProblems,
} from '../../../src/values/core/quotas';

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

describe('a quota', () => {
  const told = (quota: Quota, count: number, subject: QuotaSubject) =>
    quotaProblems('Backup-ConditionsPerSelection', 'tags', count, quota, subject).map(sentence);
  const tags: QuotaSubject = { whose: (label) => label('tags') };
  const { tagsPerSelection: HARD, tagsPerRule: SOFT } = QUOTAS;

  test.each<[string, Quota, number, QuotaSubject, string[]]>([
    ['that is met', HARD, 30, tags, []],
    [
      'that can be raised',
      SOFT,
      11,
      tags,
      ["`tags` should be at most 10, got 11, which exceeds AWS Backup's quota"],
    ],
    ['that cannot', HARD, 31, tags, ['`tags` can be at most 30, got 31']],
    [
      'of something that can be raised',
      SOFT,
      11,
      { ...tags, of: 'a rule', what: 'tags', fix: 'omit one' },
      ["`tags` should be at most 10 tags, got 11, which exceeds AWS Backup's quota for a rule; omit one"],
    ],
    [
      'of something that cannot be raised',
      HARD,
      31,
      { whose: 'selection `gold`', has: true, of: 'a selection', what: 'tags' },
      ['selection `gold` can have at most 30 tags in a selection, got 31'],
    ],
  ])('%s', (_, quota, count, subject, messages) => {
    expect(told(quota, count, subject)).toEqual(messages);
  });

  test('of selections belongs to the plan', () => {
    expect(selectionsPerPlanProblems(100, 'selections', 'plan `gold`')).toEqual([]);
    expect(selectionsPerPlanProblems(101, 'selections', 'plan `gold`').map(sentence)).toEqual([
      'plan `gold` can have at most 100 selections, got 101; select by tags that more resources share, or create a second plan',
    ]);
  });

  test('per account and Region is exceeded by more than it allows', () => {
    expect(placeQuotaProblems('Backup-PlanQuota', 'plans', 300, QUOTAS.plans)).toEqual([]);
    expect(placeQuotaProblems('Backup-PlanQuota', 'plans', 301, QUOTAS.plans).map(sentence)).toEqual([
      "`plans` should be at most 300 in an account and Region, got 301 in this app, which exceeds AWS Backup's quota; request a quota increase from AWS, then acknowledge this warning",
    ]);
  });
});
