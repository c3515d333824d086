import { Aws, Duration } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import {
  BackupCapability,
  BackupRule,
  BackupTier,
  CapabilitySupport,
  ResourceType,
  Retention,
} from '../../../src';
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

test('silver keeps daily backups 35 days, weekly ones 91 days, and monthly ones a year', () => {
  expect(rulesOf(BackupTier.SILVER)).toEqual([
    ['daily', 'cron(0 5 ? * * *)', '35 days', undefined],
    ['weekly', 'cron(0 5 ? * SAT *)', '91 days', undefined],
    ['monthly', 'cron(0 5 1 * ? *)', '365 days', undefined],
  ]);
});

test('gold backs up continuously, and keeps weekly backups 91 days, monthly ones a year and yearly ones 7 years', () => {
  expect(rulesOf(BackupTier.GOLD)).toEqual([
    ['continuous', 'cron(0 5 ? * * *)', '35 days', undefined],
    ['weekly', 'cron(0 5 ? * SAT *)', '91 days', undefined],
    ['monthly', 'cron(0 5 1 * ? *)', '365 days', undefined],
    ['yearly', 'cron(0 5 1 1 ? *)', '2555 days', undefined],
  ]);
  expect(BackupTier.GOLD.rules.map((rule) => rule.isContinuous)).toEqual([true, false, false, false]);
});

test.each([BackupTier.BRONZE, BackupTier.SILVER, BackupTier.GOLD])(
  'no rule of tier %s is lost to another, and none is warned of',
  (tier) => {
    expect(overlapProblems(tier.rules, new Date('2026-11-21T00:00:00Z'))).toEqual([]);
    expect(tier.rules.flatMap((rule) => rule._warnings)).toEqual([]);
  },
);

test.each(['g', 'Gold', 'gold & silver'.replace('&', '-'), 'team/a:gold=1', 'Größe 2', 'g'.repeat(256)])(
  'a tier can be named %s',
  (name) => {
    expect(BackupTier.of(name, BackupTier.BRONZE.rules).name).toBe(name);
  },
);

test('a name that is known only at deployment is refused, since it is needed at synthesis', () => {
  expect(() => BackupTier.of(Aws.REGION, BackupTier.BRONZE.rules)).toThrow('got a token');
});

describe('each preset meets or exceeds the one before', () => {
  const HOUR = 3_600_000;
  const DAY = 24 * HOUR;
  const NEVER = Number.POSITIVE_INFINITY;
  const presets = [BackupTier.BRONZE, BackupTier.SILVER, BackupTier.GOLD];

  /** Whether a rule of a preset runs at 05:00 UTC of a day: a second, simpler way to read its schedule. */
  const runsOn = ({ schedule }: BackupRule, time: number) => {
    const [, , day, month, weekDay] = schedule.expressionString.replace(/^cron\(|\)$/g, '').split(' ');
    const date = new Date(time);
    return (
      (['*', '?'].includes(day) || Number(day) === date.getUTCDate()) &&
      (month === '*' || Number(month) === date.getUTCMonth() + 1) &&
      (['*', '?'].includes(weekDay) || (weekDay === 'SAT' && date.getUTCDay() === 6))
    );
  };

  /**
   * How much is lost if the state at a moment is wanted: the time from the last recovery point before it that still
   * exists, zero where any moment can be restored.
   */
  const lossAt = (tier: BackupTier, type: ResourceType, wanted: number, now: number) => {
    const pointInTime = type.supports(BackupCapability.CONTINUOUS) === CapabilitySupport.YES;
    const isAlive = (rule: BackupRule, time: number) => time + (rule.retention.inDays ?? NEVER) * DAY > now;
    const moments = tier.rules.some((rule) => rule.isContinuous && pointInTime && isAlive(rule, wanted));
    if (moments) return 0;
    const runs = tier.rules.filter((rule) => !(rule.isContinuous && pointInTime));
    const midnight = Math.floor(wanted / DAY) * DAY;
    for (let day = midnight; day > now - 8 * 366 * DAY; day -= DAY) {
      const time = day + 5 * HOUR;
      if (time <= wanted && runs.some((rule) => runsOn(rule, time) && isAlive(rule, time)))
        return wanted - time;
    }
    return NEVER;
  };

  test.each(ResourceType.all().map((type) => [`${type}`, type] as const))(
    'for %s: never a larger loss, however old the wanted state is',
    (_, type) => {
      const start = Date.UTC(2026, 0, 1);
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 365 * 24 * 4 }),
          fc.oneof(fc.integer({ min: 0, max: 40 * 24 }), fc.integer({ min: 0, max: 2600 * 24 })),
          (hours, age) => {
            const now = start + hours * HOUR;
            const [bronze, silver, gold] = presets.map((tier) => lossAt(tier, type, now - age * HOUR, now));
            expect(silver).toBeLessThanOrEqual(bronze);
            expect(gold).toBeLessThanOrEqual(silver);
          },
        ),
        { numRuns: 25 },
      );
    },
  );

  test('and its oldest recovery point is at least as old', () => {
    const longest = presets.map(({ rules }) =>
      Math.max(...rules.map(({ retention }) => retention.inDays ?? NEVER)),
    );
    expect(longest).toEqual([35, 365, 2555]);
  });

  test('and none uses cold storage', () => {
    expect(presets.flatMap(({ rules }) => rules).filter((rule) => rule.coldStorageAfterDays)).toEqual([]);
  });
});

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
    '`rules` of the tier `odd` must have at least one rule, got nothing; for example, add `BackupRule.daily({ retention: Retention.days(35) })`',
  ],
  ...(
    [
      ['no name', '', 'an empty string'],
      ['something else than a name', 7, '7'],
      ['a character that no tag value has', 'gold & silver', '`gold & silver`'],
      ['a line break', 'gold\nsilver', '"gold\\nsilver"'],
      ['a space at the end', 'gold ', '`gold `'],
      ['a prefix of AWS', 'aws:gold', '`aws:gold`'],
      ['a name that is too long', 'g'.repeat(257), '257 characters'],
    ] as const
  ).map(([what, name, got]): [string, unknown, unknown, string] => [
    what,
    name,
    [BackupRule.daily({ retention: Retention.days(35) })],
    `\`name\` of a tier must be a tag value: 1 to 256 letters, digits, spaces inside and \`+ - = . _ : / @\`, without \`aws:\` at the beginning, got ${got}; for example, use \`platinum\``,
  ]),
])('a tier with %s is refused', (_, name, rules, message) => {
  expect(refusal(() => BackupTier.of(name as string, rules as BackupRule[]))).toBe(message);
});
