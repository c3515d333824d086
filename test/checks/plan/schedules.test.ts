import { scheduleChecks } from '../../../src/checks/plan/schedule-checks';
import { findings, ids, PARAMETERS, plan, rulePath, UNKNOWN } from '../../support/findings';

const rule = (properties: object) => ({ Plan: plan(properties) });
const line = (severity: string, id: string, property: string, message: string) =>
  `${severity} Backup-${id} at ${rulePath(0, property)}: ${message}`;
const OF = 'of rule `rule-1` of plan `gold`';

test.each<[string, object, object, string]>([
  [
    'is a cron expression',
    { ScheduleExpression: 'rate(1 day)' },
    { ScheduleExpression: 'cron(0 5 * * ? *)' },
    line(
      'error',
      'ScheduleExpression',
      'ScheduleExpression',
      `\`ScheduleExpression\` ${OF} must be \`cron(minute hour day-of-month month day-of-week year)\`, since AWS Backup does not accept \`rate()\`, got \`rate(1 day)\`; write \`cron(0 5 ? * * *)\``,
    ),
  ],
  [
    'has `?` for one of its days',
    { ScheduleExpression: 'cron(0 5 * * * *)' },
    { ScheduleExpression: 'cron(0 5 ? * * *)' },
    line(
      'error',
      'ScheduleExpression',
      'ScheduleExpression',
      `exactly one of the day-of-month and day-of-week fields of \`ScheduleExpression\` ${OF} must be \`?\`, got \`*\` and \`*\`; write \`cron(0 5 ? * * *)\``,
    ),
  ],
  [
    'runs at most once an hour',
    { ScheduleExpression: 'cron(0/30 * ? * * *)' },
    { ScheduleExpression: 'cron(30 * ? * * *)' },
    line(
      'error',
      'ScheduleTooOften',
      'ScheduleExpression',
      `the minute field of \`ScheduleExpression\` ${OF} must be a single minute, since AWS Backup runs a rule at most once an hour, got \`0/30\`, which matches 2 minutes; write one of them, for example \`0\``,
    ),
  ],
  [
    'names a day that exists',
    { ScheduleExpression: 'cron(0 5 30 2 ? *)' },
    { ScheduleExpression: 'cron(0 5 28 2 ? *)' },
    line(
      'error',
      'ScheduleNeverRuns',
      'ScheduleExpression',
      `the day-of-month field of \`ScheduleExpression\` ${OF} must be a day that exists, got \`30\`, which never occurs in month \`2\` of year \`*\`; to run on the last one of the month, write \`L\``,
    ),
  ],
  [
    'should name a day that every month has',
    { ScheduleExpression: 'cron(0 5 31 * ? *)' },
    { ScheduleExpression: 'cron(0 5 L * ? *)' },
    line(
      'warning',
      'ScheduleSkipsMonths',
      'ScheduleExpression',
      `the day-of-month field of \`ScheduleExpression\` ${OF} should be a day that every month has, got \`31\`, which skips FEB, APR, JUN, SEP, NOV; to run on the last day of the month, write \`L\``,
    ),
  ],
  [
    'should have steps that lead somewhere',
    { ScheduleExpression: 'cron(0 12/12 ? * * *)' },
    { ScheduleExpression: 'cron(0 0/12 ? * * *)' },
    line(
      'warning',
      'ScheduleStepWithoutEffect',
      'ScheduleExpression',
      `the hour field of \`ScheduleExpression\` ${OF} should match more than one value when it has a step, got \`12/12\`, which matches only 12, since AWS wraps around after 23; write \`0/12\`, or \`12\``,
    ),
  ],
  [
    'should have a form that AWS documents',
    { ScheduleExpression: 'cron(0 5 ? * 2/2 *)' },
    { ScheduleExpression: 'cron(0 5 ? * MON,WED,FRI *)' },
    line(
      'warning',
      'ScheduleUndocumentedSyntax',
      'ScheduleExpression',
      `the day-of-week field of \`ScheduleExpression\` ${OF} should not have a step, which AWS documents only on older pages, got \`2/2\`; write \`MON,WED,FRI\` instead`,
    ),
  ],
  [
    'is read in a time zone that exists',
    { ScheduleExpressionTimezone: 'Berlin' },
    { ScheduleExpressionTimezone: 'Europe/Berlin' },
    line(
      'error',
      'ScheduleTimeZone',
      'ScheduleExpressionTimezone',
      `\`ScheduleExpressionTimezone\` ${OF} must be a name from the IANA time zone database, got \`Berlin\`; for example, write \`Europe/Berlin\`, or omit it to use UTC`,
    ),
  ],
  [
    'should not lie where the clock moves forward',
    { ScheduleExpression: 'cron(30 2 ? * * *)', ScheduleExpressionTimezone: 'Europe/Berlin' },
    { ScheduleExpression: 'cron(30 3 ? * * *)', ScheduleExpressionTimezone: 'Europe/Berlin' },
    line(
      'warning',
      'ScheduleClockChange',
      'ScheduleExpression',
      `\`ScheduleExpression\` ${OF} is \`cron(30 2 ? * * *)\` in Europe/Berlin, where clocks move forward from 02:00 to 03:00 on 2027-03-28, so there is no backup on that day; run it before 02:00, at 03:00 or later, or in UTC`,
    ),
  ],
  [
    'starts within 60 minutes or more',
    { StartWindowMinutes: 59 },
    { StartWindowMinutes: 60 },
    line(
      'error',
      'StartWindow',
      'StartWindowMinutes',
      `\`StartWindowMinutes\` ${OF} must be a whole number from 60 to 52560000 minutes, got 59; use 60 minutes or more`,
    ),
  ],
  [
    'completes at least 60 minutes after its start window',
    { StartWindowMinutes: 60, CompletionWindowMinutes: 119 },
    { StartWindowMinutes: 60, CompletionWindowMinutes: 120 },
    line(
      'error',
      'CompletionWindow',
      'CompletionWindowMinutes',
      `\`CompletionWindowMinutes\` ${OF} must be at least 60 minutes longer than \`StartWindowMinutes\` (60 minutes), got 119 minutes; use 120 minutes or more`,
    ),
  ],
  [
    'should complete after the default start window too',
    { CompletionWindowMinutes: 180 },
    { CompletionWindowMinutes: 540 },
    line(
      'warning',
      'CompletionWindowDefault',
      'CompletionWindowMinutes',
      `\`CompletionWindowMinutes\` ${OF} should be at least 60 minutes longer than \`StartWindowMinutes\`, which is 480 minutes by AWS Backup's default, got 180 minutes; use 540 minutes or more, or set \`StartWindowMinutes\` too`,
    ),
  ],
])('the schedule of a rule %s', (_, bad, good, expected) => {
  expect(findings(scheduleChecks, rule(bad))).toEqual([expected]);
  expect(ids(scheduleChecks, rule(good))).toEqual([]);
});

test('a completion window that is omitted is compared with the start window', () => {
  expect(findings(scheduleChecks, rule({ StartWindowMinutes: 10_080 }))).toEqual([
    line(
      'warning',
      'CompletionWindowDefault',
      'StartWindowMinutes',
      `\`CompletionWindowMinutes\` ${OF} should be at least 60 minutes longer than \`StartWindowMinutes\` (10080 minutes), but is 10080 minutes by AWS Backup's default; set \`CompletionWindowMinutes\` too, to 10140 minutes or more`,
    ),
  ]);
});

test('what is omitted or not known is not checked', () => {
  const open = {
    ScheduleExpression: UNKNOWN,
    ScheduleExpressionTimezone: UNKNOWN,
    StartWindowMinutes: UNKNOWN,
    CompletionWindowMinutes: 60,
  };
  expect(ids(scheduleChecks, rule(open), PARAMETERS)).toEqual([]);
  expect(ids(scheduleChecks, rule({ ScheduleExpression: undefined }))).toEqual([]);
});

test('restore testing plans have schedules too', () => {
  const test = (ScheduleExpression: string) => ({
    Test: {
      Type: 'AWS::Backup::RestoreTestingPlan',
      Properties: { RestoreTestingPlanName: 'weekly', ScheduleExpression },
    },
  });
  expect(findings(scheduleChecks, test('cron(0 5 * * MON *)'))).toEqual([
    'error Backup-ScheduleExpression at Resources/Test/Properties/ScheduleExpression: exactly one of the day-of-month and day-of-week fields of `ScheduleExpression` of restore testing plan `weekly` must be `?`, got `*` and `MON`; write `cron(0 5 ? * MON *)`',
  ]);
  expect(ids(scheduleChecks, test('cron(0 5 ? * MON *)'))).toEqual([]);
});
