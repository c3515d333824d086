import { Duration } from 'aws-cdk-lib';
import { BackupRule, BackupTier, Retention } from '../../../src';
import { overlapProblems } from '../../../src/values/plan/overlap';
import { refusal } from '../../support/refusal';

const rulesOf = (tier: BackupTier) =>
  tier.rules.map((rule) => [
    rule.name,
    rule.schedule.expressionString,
    String(rule.retention),
    rule.coldStorageAfterDays,
  ]);

test('bronze creates daily backups and keeps them 35 days', () => {
  expect(rulesOf(BackupTier.BRONZE)).toEqual([['daily', 'cron(0 5 ? * * *)', '35 days', undefined]]);
});

test('silver keeps daily backups 35 days, weekly ones 90 days, and monthly ones a year', () => {
  expect(rulesOf(BackupTier.SILVER)).toEqual([
    ['daily', 'cron(0 5 ? * * *)', '35 days', undefined],
    ['weekly', 'cron(0 5 ? * SAT *)', '90 days', undefined],
    ['monthly', 'cron(0 5 1 * ? *)', '365 days', 90],
  ]);
});

test('gold backs up continuously, and keeps monthly backups a year and yearly ones 7 years', () => {
  expect(rulesOf(BackupTier.GOLD)).toEqual([
    ['continuous', 'cron(0 5 ? * * *)', '35 days', undefined],
    ['monthly', 'cron(0 5 1 * ? *)', '365 days', 90],
    ['yearly', 'cron(0 5 1 1 ? *)', '2555 days', 90],
  ]);
  expect(BackupTier.GOLD.rules.map((rule) => rule.isContinuous)).toEqual([true, false, false]);
});

test.each([BackupTier.BRONZE, BackupTier.SILVER, BackupTier.GOLD])(
  'no rule of tier %s is lost to another, and none is warned of',
  (tier) => {
    expect(overlapProblems(tier.rules, new Date('2026-11-21T00:00:00Z'))).toEqual([]);
    expect(tier.rules.flatMap((rule) => rule._warnings)).toEqual([]);
  },
);

test('a custom tier has your rules, and does not change with the list that you passed', () => {
  const rules = [BackupRule.hourly({ retention: Retention.days(7) })];
  const tier = BackupTier.of('platinum', rules);
  rules.push(BackupRule.daily({ retention: Retention.days(35), coldStorageAfter: undefined }));
  tier.rules.pop();

  expect(tier.name).toBe('platinum');
  expect(String(tier)).toBe('platinum');
  expect(tier.rules.map((rule) => rule.name)).toEqual(['hourly']);
});

test('a tier keeps a rule with all its settings', () => {
  const rule = BackupRule.monthly({ retention: Retention.years(1), coldStorageAfter: Duration.days(90) });
  expect(BackupTier.of('cold', [rule]).rules).toEqual([rule]);
});

test.each<[string, unknown, unknown, string]>([
  [
    'no rules',
    'none',
    [],
    '`rules` of the tier `none` must have at least one rule, got none; for example, add `BackupRule.daily({ retention: Retention.days(35) })`',
  ],
  [
    'something else than rules',
    'odd',
    ['daily'],
    '`rules` of the tier `odd` must be `BackupRule` values, got `daily`; for example, add `BackupRule.daily({ retention: Retention.days(35) })`',
  ],
  [
    'no list',
    'odd',
    undefined,
    '`rules` of the tier `odd` must have at least one rule, got undefined; for example, add `BackupRule.daily({ retention: Retention.days(35) })`',
  ],
  [
    'no name',
    '',
    [BackupRule.daily({ retention: Retention.days(35) })],
    '`name` of a tier must be 1 to 256 characters, got an empty string; for example, use `platinum`',
  ],
  [
    'something else than a name',
    7,
    [BackupRule.daily({ retention: Retention.days(35) })],
    '`name` of a tier must be 1 to 256 characters, got 7; for example, use `platinum`',
  ],
])('a tier with %s is refused', (_, name, rules, message) => {
  expect(refusal(() => BackupTier.of(name as string, rules as BackupRule[]))).toBe(message);
});
