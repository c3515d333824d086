import { ScheduleLaw } from '../../../src/policy/language/policy-schedule';
import { sentence } from '../../../src/values/core/problem';

/** When AWS was seen to judge. */
const AT = new Date('2026-09-13T07:40:00Z');

const judge = (law: ScheduleLaw, fields: string) =>
  law.problems(`cron(${fields})`, 'schedule').map((problem) => `${problem.severity}: ${sentence(problem)}`);
const errors = (law: ScheduleLaw, fields: string) =>
  judge(law, fields).filter((problem) => problem.startsWith('error'));

const ALWAYS = [
  ...[
    '0 5 ? * * *',
    '0 5 ? * MON-FRI *',
    '0 5 ? * mon *',
    '0 5 1,15 * ? *',
    '0  5 ? * * *',
    '0 20-2 ? * * *',
  ],
  ...['0 5 L * ? *', '0 5 LW * ? *', '0 5 15W * ? *', '0 5 31W * ? *', '0 5 ? * L *', '0 5 ? * 6L *'],
  ...[
    '0 5 ? * 1L *',
    '0 5 ? * MONL *',
    '0 5 ? * MON#2 *',
    '0 5 ? * SUN#5 *',
    '0 5 ? FEB SAT#5 *',
    '0 5 ? * 7-1 *',
  ],
  ...[
    '0 5 ? NOV-FEB * *',
    '0 5 ? JAN * 2030-2035',
    '0 5 ? JAN * 2030/2',
    '0 5 ? JAN * 2030',
    '0 5 ? * MON-FRI/2 *',
  ],
  ...['0,0 5 ? * * *', '5-5 5 ? * * *', '1/59 5 ? * * *', '0 5,5 1 * ? *', '0 5-5 1 * ? *', '0 5,6 1 * ? *'],
  ...[
    '0 5 29 FEB ? *',
    '0 5 29 FEB ? 2028,2032',
    '0 5 1 JAN ? 2030,2031',
    '0 5 1,29 FEB ? *',
    '0 5 1/28 * ? *',
  ],
];

/** Quartz has them, AWS Backup's documentation hasn't. */
const UNDOCUMENTED = [
  ...[
    '0 5 L-3 * ? *',
    '0 5 L-30 * ? *',
    '0 5 L-3W * ? *',
    '0 5 1-5W * ? *',
    '0 5 10-15W * ? *',
    '0 5 1W,15W * ? *',
    '0 5 1,10-15W * ? *',
  ],
  ...['0 5 ? * 1#1,2 *', '0 5 ? * 1,2#1 *', '0 5 1 * ?', '0 5 1 * ? * *', '0 5 1 * ? * garbage'],
];

const NEVER = [
  ...[
    '* * * * * *',
    '* 5 ? * * *',
    '0/15 * ? * * *',
    '0,30 5 ? * * *',
    '*/60 5 ? * * *',
    '0/60 5 ? * * *',
    '0/59 5 ? * * *',
  ],
  ...[
    '0 5 ? * 0 *',
    '0 5 ? * 0L *',
    '0 5 W1,5 * ? *',
    '0 5 1,5WW * ? *',
    '0 5 1,W5 * ? *',
    '0 5 1-W5 * ? *',
    '0 5 ,5W * ? *',
    '0 5 ? * X#2,TUE *',
    '0 5 ? * #2,TUE *',
    '0 5 ? * MON#0 *',
    '0 5 ? * MON#6 *',
    '0 5 ? * MON#1/2 *',
    '0 5 ? * MON#2,TUE#3 *',
  ],
  ...['0 5 ? * 1L,2L *', '0 5 ? * 1-2L *', '0 5 L,L * ? *', '0 5 L-31 * ? *', '0 5 ? JAN * 2035-2030'],
  ...['0 5 ? JAN * 2200', '0 5 ? JAN * 1969', '0 5 ? * * 9999', '0 5 31 FEB ? *', '0 5 31W FEB ? *'],
  ...['0 5 29 FEB ? 2027', '0 5 29 FEB ? 2028', '0 5 1 JAN ? 1970', '0 5 1 JAN ? 2025', '0 5 1 JAN ? 2030'],
];

describe('schedules that AWS Organizations was observed to accept', () => {
  test.each(ALWAYS)('cron(%s)', (fields) => {
    expect(errors(new ScheduleLaw(AT), fields)).toEqual([]);
    expect(errors(new ScheduleLaw(), fields)).toEqual([]);
  });

  test.each(UNDOCUMENTED)('cron(%s), which AWS Backup does not document', (fields) => {
    for (const law of [new ScheduleLaw(AT), new ScheduleLaw()])
      expect(judge(law, fields)).toEqual([
        expect.stringContaining(
          `warning: \`schedule\` should use the syntax that AWS Backup documents, got \`cron(${fields})\`, which AWS Organizations accepts and AWS Backup does not document; `,
        ),
      ]);
  });
});

describe('schedules that AWS Organizations was observed to refuse', () => {
  test.each(NEVER)('cron(%s)', (fields) => {
    expect(errors(new ScheduleLaw(AT), fields)).not.toEqual([]);
    expect(errors(new ScheduleLaw(), fields)).not.toEqual([]);
  });

  test.each([
    '',
    'bad',
    'rate(1 day)',
    'cron()',
    'cron(0 5 ? *)',
    'cron(0 5 ? * * *) ',
    ' cron(0 5 ? * * *)',
  ])('%p', (expression) => {
    const [problem, ...others] = new ScheduleLaw(AT).problems(expression, 'schedule');
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ id: 'Backup-PolicySchedule', severity: 'error', property: 'schedule' });
    expect(problem.message).toMatch(
      /^`schedule` must be `cron\(minute hour day-of-month month day-of-week year\)`/,
    );
  });
});

describe('several minutes an hour', () => {
  const hour = (at: string, fields: string) => errors(new ScheduleLaw(new Date(`2026-09-13T${at}Z`)), fields);

  test('AWS Organizations looks at the next two runs from now', () => {
    expect(hour('07:40:00', '0,59 7 ? * * *')).toEqual([]);
    expect(hour('07:40:00', '0,59 8 ? * * *')).not.toEqual([]);
    expect(hour('07:40:00', '0,59 6 ? * * *')).not.toEqual([]);
    expect(hour('08:45:51', '44,46 8 ? * * *')).toEqual([]);
    expect(hour('08:46:03', '44,46 8 ? * * *')).not.toEqual([]);
  });

  test('without an instant they are refused, because they are refused at nearly all times', () => {
    expect(judge(new ScheduleLaw(), '0,59 7 ? * * *')).toEqual([
      'error: `schedule` must leave at least 60 minutes between runs, got `cron(0,59 7 ? * * *)`; use a single minute, such as `0`',
    ]);
  });
});

test('a schedule whose years are over is refused if the time is known', () => {
  const fields = '0 5 ? JAN * 2025';
  expect(judge(new ScheduleLaw(AT), fields)).toEqual([
    'error: `schedule` must have at least two future runs, got `cron(0 5 ? JAN * 2025)`; write a schedule that keeps running: AWS Organizations checks the next two runs',
  ]);
  expect(judge(new ScheduleLaw(), fields)).toEqual([]);
  expect(judge(new ScheduleLaw(), '0 5 1 JAN ? 2030')).toEqual([
    'error: `schedule` must mean at least two runs, got `cron(0 5 1 JAN ? 2030)`; write a schedule that keeps running: AWS Organizations checks the next two runs',
  ]);
});

test('an invalid field is named in the message', () => {
  expect(judge(new ScheduleLaw(), '0 24 ? * * *')).toEqual([
    'error: the hour field of `schedule` must be 0 to 23, `*`, a range (`8-18`), a step (`0/6`) or a list (`6,18`), got `24`; write `0` for midnight',
  ]);
  expect(judge(new ScheduleLaw(), '0 5 1 * MON *')).toEqual([
    'error: exactly one of the day-of-month and day-of-week fields of `schedule` must be `?`, got `1` and `MON`; for example, write `cron(0 5 ? * * *)`',
  ]);
  expect(judge(new ScheduleLaw(), '0 5 31 FEB ? *')).toEqual([
    'error: `schedule` must mean days that exist, got `31` in month `FEB` of year `*`',
  ]);
  expect(judge(new ScheduleLaw(), '0 5 ? FEB MON#5 2027')).toEqual([
    'error: `schedule` must mean days that exist, got `MON#5` in month `FEB` of year `2027`',
  ]);
  expect(judge(new ScheduleLaw(), '0 5 30W FEB ? *')).toEqual([
    'error: `schedule` must mean days that exist, got `30W` in month `FEB` of year `*`',
  ]);
});

describe('the archive tier requires 28 days between the next two runs', () => {
  const monthly = (fields: string, at?: Date) => new ScheduleLaw(at).isMonthlyOrRarer(`cron(${fields})`);

  test.each([
    ...[
      '0 5 1 * ? *',
      '0 5 1 1 ? *',
      '0 5 L * ? *',
      '0 5 LW * ? *',
      '0 5 15W * ? *',
      '0 5 31W * ? *',
      '0 5 1,1 * ? *',
    ],
    ...[
      '0 5,5 1 * ? *',
      '0 5-5 1 * ? *',
      '0 5 ? * MON#1 *',
      '0 5 ? JAN,MAR MON#1 *',
      '0 5 ? FEB SAT#5 *',
      '0 5 ? * SUN#5 *',
    ],
    ...[
      '0 5 1,29 JAN ? *',
      '0 5 1,29 FEB ? *',
      '0 5 1,30 JAN ? *',
      '0 5 1/28 JAN ? *',
      '0 5 1 JAN,FEB ? 2030',
    ],
    ...[
      '0 5 29 FEB ? *',
      '0 5 1W,15W * ? *',
      '0 5 ? * 1#1,2 *',
      '0 5 ? * 1,2#1 *',
      '0 5 1 * ?',
      '0 5 1 * ? * garbage',
    ],
  ])('cron(%s) is accepted at any time', (fields) => {
    expect(monthly(fields, AT)).toBe(true);
    expect(monthly(fields)).toBe(true);
  });

  test.each(['0 5 1,29 JAN,FEB ? *', '0 5 1,30 JAN,FEB ? *', '0 5 1,29 JAN,MAR ? *'])(
    'cron(%s) is taken in September, not always',
    (fields) => {
      expect(monthly(fields, AT)).toBe(true);
      expect(monthly(fields, new Date('2027-01-15T00:00:00Z'))).toBe(fields.includes('MAR'));
    },
  );

  test.each(['0 5 L-3 * ? *', '0 5 L-3W * ? *'])('cron(%s) is not decided', (fields) => {
    expect(monthly(fields, AT)).toBeUndefined();
    expect(monthly(fields)).toBeUndefined();
  });

  test.each([
    ...[
      '0 5 ? * * *',
      '0 5 ? * SUN *',
      '0 5 ? * L *',
      '0 5 1,29 * ? *',
      '0 5 1,28 FEB ? *',
      '0 5 1/28 * ? *',
    ],
    ...[
      '0 5,6 1 * ? *',
      '0 5 ? JAN * 2030',
      '0 5 1,28 JAN,FEB ? *',
      '0 5 ? * 1-2L *',
      '0 5 1-5W * ? *',
      '0 5 31 FEB ? *',
    ],
  ])('cron(%s) is refused', (fields) => {
    expect(monthly(fields, AT)).toBe(false);
    expect(monthly(fields)).toBe(false);
  });
});

test('a schedule that AWS Backup does not document is refused if it runs too often', () => {
  expect(judge(new ScheduleLaw(), '0,30 5 1W,15W * ? *')).toEqual([
    expect.stringContaining('warning: `schedule` should use the syntax that AWS Backup documents'),
    'error: `schedule` must leave at least 60 minutes between runs, got `cron(0,30 5 1W,15W * ? *)`; use a single minute, such as `0`',
  ]);
  expect(judge(new ScheduleLaw(AT), '0 5 1W,15W * ? 2025')).toEqual([
    expect.stringContaining('warning: `schedule` should use the syntax that AWS Backup documents'),
    'error: `schedule` must have at least two future runs, got `cron(0 5 1W,15W * ? 2025)`; write a schedule that keeps running: AWS Organizations checks the next two runs',
  ]);
});

test('an expression is read once, and reported with each path', () => {
  const law = new ScheduleLaw();
  const [first] = law.problems('rate(1 day)', 'plans/a/rules/b/schedule_expression');
  const [second] = law.problems('rate(1 day)', 'plans/$&/rules/c/schedule_expression');
  expect(first.property).toBe('plans/a/rules/b/schedule_expression');
  expect(second.message).toContain('`plans/$&/rules/c/schedule_expression` must be');
});
