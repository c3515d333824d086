import { TimeZone, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { sentence } from '../../../src/values/core/problem';
import {
  losesRunsProblem,
  type OverlappingRule,
  overlapProblems,
  swallowedRules,
} from '../../../src/values/plan/overlap';
import { Retention } from '../../../src/values/plan/retention';
import { BackupSchedule } from '../../../src/values/schedule/backup-schedule';
import { WeekDay } from '../../../src/values/schedule/week-day';

const FROM = new Date('2026-03-02T00:00:00Z'); // a Monday
const HOURS = 60;

interface Given {
  readonly window?: number;
  readonly continuous?: boolean;
}

function rule(
  name: string,
  schedule: BackupSchedule,
  retention: Retention,
  given: Given = {},
): OverlappingRule {
  return {
    name,
    schedule,
    retention,
    startWindowMinutes: given.window,
    isContinuous: given.continuous ?? false,
  };
}

const warned = (...rules: OverlappingRule[]) =>
  overlapProblems(rules, FROM).map((problem) => `${problem.severity} ${problem.id} ${sentence(problem)}`);
/** The rules that never run. */
const lost = (...rules: OverlappingRule[]) =>
  overlapProblems(rules, FROM).map(({ message }) => /has `([^`]+)`/.exec(message)?.[1]);

const daily = (hour: number, timeZone?: TimeZone) => BackupSchedule.daily({ hour, timeZone });
const { days } = Retention;

describe('a rule that never runs', () => {
  test('is reported with both rules, their retentions and their start windows', () => {
    expect(warned(rule('short', daily(5), days(35)), rule('long', daily(6), days(90)))).toEqual([
      'warning Backup-RuleNeverRuns `rules` has `short` (kept 35 days), which never runs: its start window always overlaps with the start window of `long` (kept 90 days), and AWS Backup runs only the rule with the longer retention; move the schedules further apart than their start windows (480 and 480 minutes), or shorten these windows',
    ]);
  });

  test('is reported whichever of the two comes first in the plan, and whichever runs first', () => {
    expect(lost(rule('long', daily(6), days(90)), rule('short', daily(5), days(35)))).toEqual(['short']);
    expect(lost(rule('short', daily(5), days(35)), rule('long', daily(4), days(90)))).toEqual(['short']);
  });

  test('may lose to several rules together', () => {
    const week = [WeekDay.MONDAY, WeekDay.TUESDAY, WeekDay.WEDNESDAY, WeekDay.THURSDAY, WeekDay.FRIDAY];
    expect(
      warned(
        rule('daily', daily(5), days(35)),
        rule('work', BackupSchedule.weekly({ weekDays: week }), days(90)),
        rule('rest', BackupSchedule.weekly({ weekDays: [WeekDay.SATURDAY, WeekDay.SUNDAY] }), days(365), {
          window: 60,
        }),
      ),
    ).toEqual([
      'warning Backup-RuleNeverRuns `rules` has `daily` (kept 35 days), which never runs: its start window always overlaps with the start window of `work` (kept 90 days) or `rest` (kept 365 days), and AWS Backup runs only the rule with the longer retention; move the schedules further apart than their start windows (480 and 480 or 60 minutes), or shorten these windows',
    ]);
  });

  test('loses to a rule that is kept forever', () => {
    expect(lost(rule('long', daily(5), days(36_500)), rule('ever', daily(5), Retention.forever()))).toEqual([
      'long',
    ]);
  });

  test('is reported for each of several rules', () => {
    expect(
      lost(
        rule('a', daily(5), days(7)),
        rule('b', daily(6), days(35)),
        rule('c', BackupSchedule.hourly(), days(90)),
      ),
    ).toEqual(['a', 'b']);
  });

  test('may run only once a year: on the same day as a monthly rule with a longer retention', () => {
    expect(
      lost(
        rule('yearly', BackupSchedule.yearly({ month: 7 }), days(90)),
        rule('monthly', BackupSchedule.monthly(), days(365)),
      ),
    ).toEqual(['yearly']);
  });
});

describe('no warning is given of rules', () => {
  test("that lose some of their runs: AWS's example of an hourly rule beside one that runs every 12 hours", () => {
    expect(
      warned(
        rule('hourly', BackupSchedule.hourly(), days(1), { window: 1 * HOURS }),
        rule('every 12 hours', BackupSchedule.everyHours(12), days(7), { window: 8 * HOURS }),
      ),
    ).toEqual([]);
  });

  test('that run on more days than the longer ones: daily, weekly, monthly and yearly at the same time', () => {
    expect(
      warned(
        rule('daily', daily(5), days(35)),
        rule('weekly', BackupSchedule.weekly(), days(90)),
        rule('monthly', BackupSchedule.monthly(), days(365)),
        rule('yearly', BackupSchedule.yearly(), days(2555)),
      ),
    ).toEqual([]);
  });

  test('that have equal retentions', () => {
    expect(warned(rule('a', daily(5), days(35)), rule('b', daily(5), days(35)))).toEqual([]);
    expect(
      warned(rule('a', daily(5), Retention.forever()), rule('b', daily(5), Retention.forever())),
    ).toEqual([]);
  });

  test('that are continuous, on either side', () => {
    const snapshots = (keep: number) => rule('snapshots', daily(5), days(keep));
    const continuous = rule('continuous', daily(5), days(35), { continuous: true });
    expect(warned(continuous, snapshots(90))).toEqual([]);
    expect(warned(continuous, snapshots(7))).toEqual([]);
  });

  test('that are alone', () => {
    expect(warned()).toEqual([]);
    expect(warned(rule('a', daily(5), days(35)))).toEqual([]);
  });

  test('whose schedule never comes, or not within 366 days', () => {
    const past = BackupSchedule.cron({ year: '2020' });
    const leapDay = BackupSchedule.yearly({ month: 2, day: 29 });
    for (const schedule of [past, leapDay])
      expect(
        warned(rule('rare', schedule, days(7)), rule('hourly', BackupSchedule.hourly(), days(35))),
      ).toEqual([]);
    expect(warned(rule('a', daily(5), days(7)), rule('past', past, days(35)))).toEqual([]);
  });
});

describe('two start windows', () => {
  const windows = (hour: number, short: number, long: number) =>
    lost(
      rule('short', daily(5), days(7), { window: short }),
      rule('long', daily(hour), days(35), { window: long }),
    );

  test.each`
    hour  | short  | long    | verdict      | why
    ${5}  | ${60}  | ${60}   | ${['short']} | ${'they are the same'}
    ${6}  | ${60}  | ${60}   | ${[]}        | ${'the longer begins when the shorter ends'}
    ${6}  | ${61}  | ${60}   | ${['short']} | ${'the longer begins before the shorter ends'}
    ${4}  | ${60}  | ${60}   | ${[]}        | ${'the longer ends when the shorter begins'}
    ${4}  | ${60}  | ${61}   | ${['short']} | ${'the longer ends after the shorter begins'}
    ${22} | ${60}  | ${420}  | ${[]}        | ${'the longer of the day before ends when the shorter begins'}
    ${22} | ${60}  | ${421}  | ${['short']} | ${'the longer of the day before ends after the shorter begins'}
    ${13} | ${480} | ${60}   | ${[]}        | ${'the longer begins when the shorter ends'}
    ${6}  | ${60}  | ${1440} | ${['short']} | ${'the longer is open at any time'}
  `('of $short minutes at 5:00 and of $long minutes at $hour:00: $why', ({ hour, short, long, verdict }) => {
    expect(windows(hour, short, long)).toEqual(verdict);
  });

  test('default to 480 minutes each', () => {
    expect(lost(rule('a', daily(5), days(7)), rule('b', daily(12), days(35)))).toEqual(['a']);
    expect(lost(rule('a', daily(5), days(7)), rule('b', daily(13), days(35)))).toEqual([]);
  });
});

describe('time zones', () => {
  const SEOUL = TimeZone.ASIA_SEOUL;

  test('are taken into account', () => {
    const window = 60;
    expect(
      lost(rule('utc', daily(5), days(7), { window }), rule('seoul', daily(14, SEOUL), days(35), { window })),
    ).toEqual(['utc']);
    expect(
      lost(rule('utc', daily(5), days(7), { window }), rule('seoul', daily(5, SEOUL), days(35), { window })),
    ).toEqual([]);
  });

  test('with daylight-saving time overlap for a part of the year only', () => {
    const window = 60;
    expect(
      lost(
        rule('utc', daily(5), days(7), { window }),
        rule('berlin', daily(6, TimeZone.EUROPE_BERLIN), days(35), { window }),
      ),
    ).toEqual([]);
  });
});

describe('what is known only at deployment', () => {
  const token = Token.asNumber({ Ref: 'Number' });
  const text = Token.asString({ Ref: 'Text' });
  const known = rule('known', daily(5), days(35));

  test.each<[string, OverlappingRule]>([
    ['the retention', rule('token', daily(5), days(token))],
    ['the start window', rule('token', daily(5), days(7), { window: token })],
    ['the start window of the longer rule', rule('token', daily(5), days(90), { window: token })],
    ['the schedule', rule('token', BackupSchedule.expression(text), days(7))],
    ['the schedule of the longer rule', rule('token', BackupSchedule.expression(text), days(90))],
    ['the time zone', rule('token', daily(5, TimeZone.of(text)), days(7))],
    ['the time zone of the longer rule', rule('token', daily(5, TimeZone.of(text)), days(90))],
  ])('is left out: %s', (_, unknown) => {
    expect(warned(known, unknown)).toEqual([]);
    expect(warned(unknown, known)).toEqual([]);
  });

  test('does not hide what is known', () => {
    expect(
      lost(known, rule('token', daily(5), days(90), { window: token }), rule('long', daily(5), days(365))),
    ).toEqual(['known']);
    expect(
      lost(known, rule('token', daily(5), days(token)), rule('ever', daily(5), Retention.forever())),
    ).toEqual(['known']);
  });
});

test('the comparison stops at the first run without a conflict', () => {
  let steps = 0;
  const counted = (schedule: BackupSchedule): BackupSchedule =>
    Object.create(schedule, {
      _runsFrom: {
        value: function* (after: Date) {
          for (const run of schedule._runsFrom(after) ?? []) {
            steps += 1;
            yield run;
          }
        },
      },
    });
  expect(
    warned(
      rule('hourly', counted(BackupSchedule.hourly()), days(7), { window: 60 }),
      rule('daily', counted(daily(5)), days(35), { window: 60 }),
      rule('weekly', counted(BackupSchedule.weekly()), days(90), { window: 60 }),
    ),
  ).toEqual([]);
  expect(steps).toBeLessThan(20);
});

test('for any rules, reports exactly those whose every run of a year meets a rule with a longer retention', () => {
  const schedule = fc.oneof(
    fc.integer({ min: 0, max: 23 }).map((hour) => daily(hour)),
    fc.constantFrom(2, 6, 12).map((hours) => BackupSchedule.everyHours(hours)),
    fc.constantFrom(WeekDay.MONDAY, WeekDay.SUNDAY).map((day) => BackupSchedule.weekly({ weekDays: [day] })),
    fc.constant(BackupSchedule.monthlyOnLastDay()),
    fc.integer({ min: 0, max: 23 }).map((hour) => daily(hour, TimeZone.AMERICA_NEW_YORK)),
  );
  const rules = fc.array(
    fc.record({
      schedule,
      retention: fc.constantFrom(days(7), days(35), days(90), Retention.forever()),
      startWindowMinutes: fc.constantFrom(undefined, 60, 120, 720, 1440, 10_080),
      isContinuous: fc.constant(false),
    }),
    { minLength: 2, maxLength: 4 },
  );
  const MINUTE = 60_000;
  const YEAR = 366 * 1440 * MINUTE;

  fc.assert(
    fc.property(rules, (given) => {
      const named = given.map((one, index) => ({ ...one, name: `rule${index}` }));
      const spans = named.map(({ schedule, startWindowMinutes = 480 }) => {
        const runs: [number, number][] = [];
        for (const run of schedule._runsFrom(new Date(FROM.getTime() - 10_080 * MINUTE)) ?? []) {
          if (run.getTime() >= FROM.getTime() + YEAR + 10_080 * MINUTE) break;
          runs.push([run.getTime(), run.getTime() + startWindowMinutes * MINUTE]);
        }
        return runs;
      });
      const length = ({ inDays = Number.POSITIVE_INFINITY }: Retention) => inDays;
      const expected = named.filter((shorter, i) =>
        spans[i]
          .filter(([start]) => start > FROM.getTime() && start < FROM.getTime() + YEAR)
          .every(([start, end]) =>
            named.some(
              (longer, j) =>
                length(longer.retention) > length(shorter.retention) &&
                spans[j].some(([s, e]) => s < end && start < e),
            ),
          ),
      );
      expect(lost(...named)).toEqual(expected.map(({ name }) => name));
    }),
    { numRuns: 150 },
  );
});

describe('a rule that runs several times within the start window of another', () => {
  const swallowed = (...rules: OverlappingRule[]) =>
    swallowedRules(rules, FROM)
      .map((swallowed) => losesRunsProblem(swallowed))
      .map((problem) => `${problem.severity} ${problem.id} ${sentence(problem)}`);
  const hourly = (window: number) => rule('hourly', BackupSchedule.hourly(), days(1), { window });

  test('loses several runs for each run of the other', () => {
    expect(swallowed(hourly(60), rule('daily', daily(5), days(35)))).toEqual([
      'warning Backup-RuleLosesRuns `rules` has `hourly` (kept 1 day), which loses 8 runs for each run of `daily` (kept 35 days), whose start window is 480 minutes: where start windows overlap, AWS Backup runs only the rule with the longer retention; shorten the start window of `daily` to as little as 60 minutes',
    ]);
  });

  test('is reported with the rule that it loses the most runs to', () => {
    const [short, long] = [
      rule('short', daily(5), days(35), { window: 120 }),
      rule('long', daily(5), days(90), { window: 240 }),
    ];
    for (const others of [
      [short, long],
      [long, short],
    ])
      expect(swallowedRules([hourly(60), ...others], FROM)).toMatchObject([
        { rule: { name: 'hourly' }, winner: { name: 'long' }, lost: 4 },
      ]);
  });

  test('loses the runs whose own start window reaches into that of the other', () => {
    const lostOf = (own: number) =>
      swallowedRules([hourly(own), rule('daily', daily(5), days(35), { window: 120 })], FROM).map(
        ({ lost }) => lost,
      );
    expect([60, 61, 180, 181].map(lostOf)).toEqual([[2], [3], [4], [5]]);
  });

  test('loses one run, as is meant, where the other starts within the hour', () => {
    expect(swallowed(hourly(60), rule('daily', daily(5), days(35), { window: 60 }))).toEqual([]);
  });

  test('loses nothing to a rule with a shorter retention, or at other times', () => {
    const atNight = BackupSchedule.cron({ minute: '0', hour: '20-22' });
    expect(
      swallowed(rule('hourly', BackupSchedule.hourly(), days(90)), rule('daily', daily(5), days(35))),
    ).toEqual([]);
    expect(
      swallowed(rule('evening', atNight, days(1), { window: 60 }), rule('daily', daily(5), days(35))),
    ).toEqual([]);
  });

  test('is not checked if it is continuous or has a token', () => {
    expect(
      swallowed(
        rule('hourly', BackupSchedule.hourly(), days(1), { continuous: true }),
        rule('daily', daily(5), days(35)),
      ),
    ).toEqual([]);
    const window = Token.asNumber({ Ref: 'Window' });
    expect(swallowed(hourly(window), rule('daily', daily(5), days(35)))).toEqual([]);
    expect(swallowed(hourly(60), rule('daily', daily(5), days(35), { window }))).toEqual([]);
  });
});
