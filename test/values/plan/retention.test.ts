import { Duration, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { isKnown } from '../../../src/values/core/amounts';
import { BackupError } from '../../../src/values/core/problem';
import { MAX_RETENTION_DAYS, Retention } from '../../../src/values/plan/retention';
import { anything, NUMBER_TOKENS } from '../../support/anything';
import { refusal } from '../../support/refusal';

const forever = 'use `Retention.forever()` to keep recovery points until someone deletes them';

describe('Retention counts in days', () => {
  test.each([
    ['Retention.days(1)', Retention.days(1), 1],
    ['Retention.days(36500)', Retention.days(36_500), 36_500],
    ['Retention.weeks(2): 7 days each', Retention.weeks(2), 14],
    ['Retention.weeks(5214), the most', Retention.weeks(5214), 36_498],
    ['Retention.months(3): 30 days each', Retention.months(3), 90],
    ['Retention.months(1216), the most', Retention.months(1216), 36_480],
    ['Retention.years(7): 365 days each', Retention.years(7), 2555],
    ['Retention.years(100), the most', Retention.years(100), 36_500],
    ['Retention.of(Duration.days(35))', Retention.of(Duration.days(35)), 35],
    ['Retention.of(Duration.hours(48))', Retention.of(Duration.hours(48)), 2],
  ])('%s', (_text, retention, days) => {
    expect(retention.inDays).toBe(days);
    expect(retention.isForever).toBe(false);
  });

  test('Retention.forever() has no days', () => {
    expect(Retention.forever().inDays).toBeUndefined();
    expect(Retention.forever().isForever).toBe(true);
  });
});

test.each([
  ['1 day', Retention.days(1)],
  ['35 days', Retention.days(35)],
  ['2555 days', Retention.years(7)],
  ['forever', Retention.forever()],
  ['a number of days known at deployment', Retention.days(Token.asNumber({ Ref: 'Days' }))],
])('a retention reads as "%s"', (text, retention) => {
  expect(`${retention}`).toBe(text);
});

describe('Retention rejects what AWS would reject', () => {
  test.each<[string, () => Retention, string]>([
    [
      'no day',
      () => Retention.days(0),
      `\`Retention.days\` must be a whole number from 1 to 36500 days, got 0; ${forever}`,
    ],
    [
      '-1, which means forever to the API',
      () => Retention.days(-1),
      `\`Retention.days\` must be a whole number from 1 to 36500 days, got -1; ${forever}`,
    ],
    [
      'more than 100 years in days',
      () => Retention.days(36_501),
      `\`Retention.days\` must be a whole number from 1 to 36500 days, got 36501; ${forever}`,
    ],
    [
      'more than 100 years in weeks',
      () => Retention.weeks(5215),
      `\`Retention.weeks\` must be a whole number from 1 to 5214 weeks, got 5215; ${forever}`,
    ],
    [
      'more than 100 years in months',
      () => Retention.months(1217),
      `\`Retention.months\` must be a whole number from 1 to 1216 months, got 1217; ${forever}`,
    ],
    [
      'more than 100 years',
      () => Retention.years(101),
      `\`Retention.years\` must be a whole number from 1 to 100 years, got 101; ${forever}`,
    ],
    [
      'half a day, which is less than the shortest retention',
      () => Retention.days(0.5),
      '`Retention.days` must be a whole number from 1 to 36500 days, got 0.5; use 1',
    ],
    [
      'infinity',
      () => Retention.days(Number.POSITIVE_INFINITY),
      `\`Retention.days\` must be a whole number from 1 to 36500 days, got Infinity; ${forever}`,
    ],
    [
      'a part of a day',
      () => Retention.days(1.5),
      '`Retention.days` must be a whole number from 1 to 36500 days, got 1.5; use 2',
    ],
    [
      'a part of a year',
      () => Retention.years(0.5),
      `\`Retention.years\` must be a whole number from 1 to 100 years, got 0.5; use \`Retention.days(183)\``,
    ],
    [
      'a duration of no day',
      () => Retention.of(Duration.days(0)),
      `\`Retention.of\` must be a whole number from 1 to 36500 days, got 0; ${forever}`,
    ],
    [
      'a duration of a part of a day',
      () => Retention.of(Duration.hours(36)),
      '`Retention.of` must be a whole number of days, got 1 day 12 hours; write `Duration.days(2)`',
    ],
  ])('%s', (_title, make, message) => {
    expect(refusal(make)).toBe(message);
  });
});

describe('untyped callers get the same errors', () => {
  const untyped = Retention as unknown as Record<'days' | 'weeks' | 'of', (...given: unknown[]) => Retention>;
  test.each<[string, () => Retention, string]>([
    [
      "Retention.days('35')",
      () => untyped.days('35'),
      '`Retention.days` must be a whole number from 1 to 36500 days, got the string `35`; write the number 35',
    ],
    [
      'Retention.days()',
      () => untyped.days(),
      `\`Retention.days\` must be a whole number from 1 to 36500 days, got nothing; ${forever}`,
    ],
    [
      'Retention.days(null)',
      () => untyped.days(null),
      `\`Retention.days\` must be a whole number from 1 to 36500 days, got null; ${forever}`,
    ],
    [
      'Retention.days(NaN)',
      () => untyped.days(Number.NaN),
      '`Retention.days` must be a whole number from 1 to 36500 days, got NaN',
    ],
    [
      'Retention.days(Duration.days(35))',
      () => untyped.days(Duration.days(35)),
      '`Retention.days` must be a whole number from 1 to 36500 days, got an instance of `Duration`',
    ],
    [
      "Retention.of('35')",
      () => untyped.of('35'),
      '`Retention.of` must be a `Duration`, got the string `35`; write `Duration.days(35)`',
    ],
    [
      'Retention.of(35)',
      () => untyped.of(35),
      '`Retention.of` must be a `Duration`, got 35; write `Duration.days(35)`',
    ],
    [
      'Retention.of()',
      () => untyped.of(),
      '`Retention.of` must be a `Duration`, got nothing; write `Duration.days(…)`',
    ],
  ])('%s', (_title, make, message) => {
    expect(refusal(make)).toBe(message);
  });
});

describe('days that are known only at deployment', () => {
  test.each(NUMBER_TOKENS)('%s passes through Retention.days', (_name, token) => {
    expect(Retention.days(token as number).inDays).toBe(token);
    expect(Retention.days(token as number).isForever).toBe(false);
  });

  test('a token passes through Retention.of where it stands for days', () => {
    const token = Token.asNumber({ Ref: 'Days' });
    expect(Retention.of(Duration.days(token)).inDays).toBe(token);
  });

  test('a token of another unit is rejected, because it cannot be converted', () => {
    expect(refusal(() => Retention.of(Duration.hours(Token.asNumber({ Ref: 'Hours' }))))).toBe(
      "`Retention.of` must be given in days when it is a token, because tokens can't be converted, got `Duration.hours` of a token; write `Duration.days(…)`",
    );
  });

  test.each(['weeks', 'months', 'years'] as const)('no token stands for %s', (unit) => {
    expect(refusal(() => Retention[unit](Token.asNumber({ Ref: 'Amount' })))).toBe(
      `\`Retention.${unit}\` doesn't accept a token, since ${unit} can't be converted to days at synthesis; use \`Retention.days\` with a token that stands for days`,
    );
  });
});

test('what Retention accepts lies in 1 to 36500 days, and everything else is rejected with a message', () => {
  const factories = [Retention.days, Retention.weeks, Retention.months, Retention.years, Retention.of] as ((
    given: unknown,
  ) => Retention)[];
  const given = fc.oneof(
    anything,
    fc.integer({ min: -10, max: MAX_RETENTION_DAYS + 10 }),
    fc.integer({ min: 0, max: 1_000_000 }).map(Duration.hours),
  );
  fc.assert(
    fc.property(fc.constantFrom(...factories), given, (factory, amount) => {
      let days: number | undefined;
      try {
        days = factory(amount).inDays;
      } catch (error) {
        expect(error).toBeInstanceOf(BackupError);
        expect((error as Error).message).toMatch(/^`Retention\.\w+` (must be|doesn't accept) .+$/);
        return;
      }
      if (!isKnown(days)) return;
      expect(Number.isInteger(days)).toBe(true);
      expect(days).toBeGreaterThanOrEqual(1);
      expect(days).toBeLessThanOrEqual(36_500);
    }),
    { numRuns: 3000 },
  );
});

test('every number of days from 1 to 36500 is possible', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 36_500 }), (days) => {
      expect(Retention.days(days).inDays).toBe(days);
      expect(Retention.of(Duration.days(days)).inDays).toBe(days);
    }),
  );
});
