// @ts-expect-error it has no types
import { awsCronExpressionValidator } from 'aws-cron-expression-validator';
import { Cron as Croner } from 'croner';
import { CronosExpression } from 'cronosjs';
import { cronProblems, readCron } from '../../../src/values/schedule/cron';
import type { Cron } from '../../../src/values/schedule/cron-field-spec';
import { occurrences } from '../../../src/values/schedule/cron-runs';
import {
  awsSpelling,
  type Expression,
  type Item,
  Random,
  randomExpression,
  unixSpelling,
  wraps,
} from './cron-generator';

/**
 * Our parser against three libraries that others wrote, on thousands of random expressions; the same ones in every
 * run. Where they differ, the difference must be of a kind that is named here, with who is right and why
 * (docs/cron.md has the table for readers). A difference of a new kind fails, and so does a kind that no longer
 * occurs.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const RUNS = 6;

type Runs = readonly string[];

describe('next runs in UTC, against croner and cronosjs', () => {
  const EXPRESSIONS = 6000;

  const KINDS = {
    // We are right: AWS takes them (SAT-THU is in use), as Quartz does.
    cronerRefusesWrappingRanges: 'croner: From value is larger than to value',
    // We are right, for the same reason; cronosjs wraps in all other fields.
    cronosRefusesWrappingDaysOfMonth: 'cronosjs: start greater than end in non wraparound field',
    // We are right: the first year of AWS's field is 1970, so `*/8` is 1970, 1978, … For croner it is 0, 8, ….
    cronerCountsYearsFromZero: 'croner: `*/8` as year',
    // Not known of AWS. As croner, we leave such months out, as a plain 31 does. cronosjs moves the run.
    cronosMovesNearestWorkingDay: 'cronosjs: 31W in a month of 30 days',
    // We are right to say so: croner finds nothing either. cronosjs would search forever and isn't asked.
    weRefuseWhatNeverRuns: 'we: 30 February',
  };
  const seen = new Map<string, number>();
  const note = (kind: string) => seen.set(kind, (seen.get(kind) ?? 0) + 1);
  let compared = 0;

  beforeAll(() => {
    const random = new Random(20_261_121);
    for (let i = 0; i < EXPRESSIONS; i++) {
      const expression = randomExpression(random);
      const after = new Date(Date.UTC(2025, 0) + random.whole(0, 5 * 365 * 24 * 60) * MINUTE);
      compare(expression, after);
    }
  });

  function compare(expression: Expression, after: Date): void {
    const spelling = awsSpelling(expression);
    const { cron, problems } = readCron(`cron(${spelling})`);
    if (!cron) {
      const errors = problems.filter(({ severity }) => severity === 'error').map(({ id }) => id);
      expect([spelling, errors]).toEqual([spelling, ['Backup-ScheduleNeverRuns']]);
      expect([spelling, croner(unixSpelling(expression, true), new Date(0))]).toEqual([spelling, []]);
      note(KINDS.weRefuseWhatNeverRuns);
      return;
    }
    const ours = first(ourRuns(cron, after), RUNS);
    compared++;

    let forCroner = unixSpelling(expression);
    if (wrappingRanges(expression).length > 0) {
      expect(() => croner(forCroner, after)).toThrow('From value is larger than to value');
      note(KINDS.cronerRefusesWrappingRanges);
      forCroner = unixSpelling(expression, true);
    }
    let theirs = croner(forCroner, after);
    if (!same(theirs, ours) && expression.years.some(({ from, step }) => from === undefined && step)) {
      note(KINDS.cronerCountsYearsFromZero);
      theirs = croner(forCroner.replace(/\*\/(\d+)$/, '1970/$1'), after);
    }
    expectSame(theirs, ours, spelling, 'croner');

    let forCronos = unixSpelling(expression);
    const { days } = expression;
    if (days.kind === 'daysOfMonth' && days.items.some(wraps)) {
      expect(() => cronos(forCronos, after)).toThrow('start greater than end in non wraparound field');
      note(KINDS.cronosRefusesWrappingDaysOfMonth);
      forCronos = unixSpelling(expression, true);
    }
    theirs = cronos(forCronos, after);
    if (!same(theirs, ours) && days.kind === 'nearestWorkingDay' && days.day > 28) {
      note(KINDS.cronosMovesNearestWorkingDay);
      theirs = first(inMonthsThatHave(days.day, cronosRuns(forCronos, after), 400), RUNS);
      // the longest gap is that of 29 February; the search above may have ended before
      if (theirs.length < ours.length && days.day === 29) theirs = ours;
    }
    expectSame(theirs, ours, spelling, 'cronosjs');
  }

  test('more than 5,000 expressions were compared', () => {
    expect(compared).toBeGreaterThan(5000);
  });

  test('they differ in the ways that are named, and in no other', () => {
    expect([...seen.keys()].sort()).toEqual(Object.values(KINDS).sort());
  });
});

describe('next runs across changes of the clock, against croner and cronosjs', () => {
  const KINDS = {
    // We are right: a schedule "runs only once and doesn't repeat" (AWS, EventBridge Scheduler and daylight saving).
    cronerRepeats: 'croner: runs both times where several hours of the day are named',
    // We are right: an invocation at a time that does not exist "gets skipped" (AWS, on the same page).
    cronerMovesOutOfTheGap: 'croner: runs at the end of the gap where a single time of the day is named',
    // We are right, for the same reason. cronosjs thinks of full hours only.
    cronosRunsInTheGap: 'cronosjs: runs at another minute where the clock is put forward by 30 or 15 minutes',
    // We take the first of two times. cronosjs does so too where the clock is put back by an hour within a day.
    cronosTakesTheSecond:
      'cronosjs: runs the second time where the clock is put back by 30 minutes or to yesterday',
  };
  /** Where each library is to agree but for the kinds given; the dates are shortly before a change of the clock. */
  const CHANGES: [zone: string, before: string, kinds: string[]][] = [
    ['America/New_York', '2026-03-07T12:00Z', [KINDS.cronerMovesOutOfTheGap]],
    ['America/New_York', '2026-10-31T12:00Z', [KINDS.cronerRepeats]],
    ['Europe/Berlin', '2026-03-28T12:00Z', [KINDS.cronerMovesOutOfTheGap]],
    ['Europe/Berlin', '2026-10-24T12:00Z', [KINDS.cronerRepeats]],
    ['Asia/Seoul', '2026-03-28T12:00Z', []],
    ['Pacific/Apia', '2011-12-29T12:00Z', []],
    ['Africa/Casablanca', '2026-02-14T12:00Z', [KINDS.cronerRepeats]],
    ['Africa/Casablanca', '2026-03-21T12:00Z', [KINDS.cronerMovesOutOfTheGap]],
    ['America/Sao_Paulo', '2018-02-17T12:00Z', [KINDS.cronerRepeats, KINDS.cronosTakesTheSecond]],
    ['America/Sao_Paulo', '2018-11-03T12:00Z', [KINDS.cronerMovesOutOfTheGap]],
    ['America/Boa_Vista', '2000-10-14T12:00Z', [KINDS.cronerRepeats, KINDS.cronosTakesTheSecond]],
    ['Australia/Lord_Howe', '2026-04-04T06:00Z', [KINDS.cronerRepeats, KINDS.cronosTakesTheSecond]],
    ['Australia/Lord_Howe', '2026-10-03T06:00Z', [KINDS.cronerMovesOutOfTheGap, KINDS.cronosRunsInTheGap]],
    ['Asia/Kathmandu', '1985-12-31T06:00Z', [KINDS.cronerMovesOutOfTheGap, KINDS.cronosRunsInTheGap]],
  ];

  test.each(CHANGES)('in %s after %s', (zone, before, kinds) => {
    const random = new Random(Date.parse(before) / MINUTE);
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'short',
    });
    const clock = (run: string) => format.format(new Date(run));
    const isSecond = (run: string) =>
      [0.5, 1].some((hours) => clock(new Date(Date.parse(run) - hours * HOUR).toISOString()) === clock(run));
    const isEndOfGap = (run: string) => {
      const [hour, minute] = clock(run).slice(-5).split(':').map(Number);
      const before = clock(new Date(Date.parse(run) - MINUTE).toISOString()).slice(-5);
      const [hourBefore, minuteBefore] = before.split(':').map(Number);
      return (hour * 60 + minute - hourBefore * 60 - minuteBefore + 1440) % 1440 !== 1;
    };
    const seen = new Set<string>();

    for (let i = 0; i < 80; i++) {
      const any = randomExpression(random);
      const hour = random.whole(0, 3);
      const expression: Expression = {
        ...any,
        // a single early hour in every second one
        hours: random.chance(0.5) ? [{ from: hour, to: hour }] : any.hours,
        days: { kind: 'everyDay', field: 'dayOfMonth' },
        months: [{}],
        years: [{}],
      };
      const spelling = awsSpelling(expression);
      const { cron } = readCron(`cron(${spelling})`);
      if (!cron) throw new Error(spelling);
      const after = new Date(Date.parse(before) + random.whole(0, 23) * HOUR);
      const end = new Date(Date.parse(before) + 60 * HOUR).toISOString();
      const ours = first(ourRuns(cron, after, zone), 70, end);

      const minute = String(expression.minute).padStart(2, '0');
      const fromCroner = first(cronerRuns(unixSpelling(expression, true), after, zone), 70, end);
      const explainedCroner = fromCroner.filter((run) => {
        if (ours.includes(run)) return true;
        if (isSecond(run)) seen.add(KINDS.cronerRepeats);
        else if (isEndOfGap(run)) seen.add(KINDS.cronerMovesOutOfTheGap);
        else return true;
        return false;
      });
      expectSame(explainedCroner, ours, spelling, 'croner');

      const fromCronos = first(cronosRuns(unixSpelling(expression), after, zone), 70, end);
      const explained = fromCronos.filter((run) => {
        if (ours.includes(run)) return true;
        if (!clock(run).endsWith(`:${minute}`)) seen.add(KINDS.cronosRunsInTheGap);
        else if (isSecond(run)) seen.add(KINDS.cronosTakesTheSecond);
        else return true;
        return false;
      });
      const second = new Set(fromCronos.filter(isSecond).map(clock));
      const explainable = ours.filter((run) => fromCronos.includes(run) || !second.has(clock(run)));
      expectSame(explained, explainable, spelling, 'cronosjs');
    }
    expect([...seen].sort()).toEqual([...kinds].sort());
  });
});

describe('validity, against aws-cron-expression-validator', () => {
  const EXPRESSIONS = 20_000;
  type Fields = readonly string[];

  /** What we take and the validator does not. With the text put into a form that it knows, it must take it too. */
  const WE_TAKE: Record<string, (fields: Fields) => Fields> = {
    // We are right: AWS's page has `cron(15 10 ? * 6L 2022-2023)` as example.
    'a day of the week with L': (f) => put(f, 4, f[4].replace(/^([1-7]|[A-Z]{3})L$/i, 'L')),
    // We are right: seen to be taken by EventBridge's console (grumBit/aws_cron_expression_validator#18).
    'LW as day of the month': (f) => put(f, 2, f[2].replace(/^LW$/i, 'L')),
    // We are right, seen there as well.
    'names in small letters': (f) => f.map((text) => text.toUpperCase()),
    // We are right: AWS's page allows `,`, `-` and `/` in these fields; `11-23/2` is in use (its issue #6).
    'a step after a range, or in a list': (f) =>
      f.map((text, at) =>
        at !== 4 && /[-,]/.test(text) ? text.replace(/\/\d+/g, '').replace(/\*/g, '1970') : text,
      ),
    // Undecided, hence a warning of ours: AWS's page has no `/` for this field, older pages of AWS do.
    'a step in day-of-week': (f) => put(f, 4, f[4].replace(/\/\d+/g, '')),
  };

  /** What the validator takes and we do not. */
  const WE_REFUSE: Record<string, (fields: Fields) => boolean> = {
    // Ours is the law of AWS Backup, the validator knows EventBridge's, which runs every minute.
    'more than one minute in an hour': ([minute]) => /[*,-]|\d\/\d/.test(minute),
    // We are right: such a rule makes no backup; the validator does not look at the calendar.
    'a date that never comes': ([, , day, month, weekDay, year]) =>
      (/\d/.test(day) && (day.match(/\d+/g) ?? []).every((n) => Number(n) > 28) && month !== '*') ||
      (weekDay.endsWith('#5') && year !== '*'),
    // We are right: seen to be refused by EventBridge (aws/aws-sdk-js#4212).
    'a step of 60 minutes or more': ([minute]) => /\/0*[6-9]\d$|\/\d*[1-9]\d\d$/.test(minute),
    // We are right: AWS's page has neither for this field.
    '? or L as year': ([, , , , , year]) => year === '?' || year === 'L',
    // We are right: `*` is no end of a range.
    'a range to or from *': (fields) => fields.some((text) => /\*-|-\*/.test(text)),
    // We are right: a range of years can't wrap around, the first year does not follow on the last.
    'years in descending order': ([, , , , , year]) =>
      year.split(',').some((item) => /^(\d{4})-(\d{4})$/.test(item) && item.slice(0, 4) > item.slice(5)),
  };

  const seen = new Map<string, number>();
  const note = (kind: string) => seen.set(kind, (seen.get(kind) ?? 0) + 1);
  const verdicts = { both: 0, none: 0 };

  beforeAll(() => {
    const random = new Random(42);
    for (let i = 0; i < EXPRESSIONS; i++) {
      const text = mutate(random, awsSpelling(randomExpression(random)));
      const problems = cronProblems(`cron(${text})`);
      const ours = problems.every(({ severity }) => severity === 'warning');
      const theirs = isValid(text);
      const fields = text.split(' ');
      if (ours === theirs) verdicts[ours ? 'both' : 'none']++;
      else if (theirs) {
        const kinds = Object.keys(WE_REFUSE).filter((kind) => WE_REFUSE[kind](fields));
        if (kinds.length === 0) throw new Error(`only we refuse ${text}: ${JSON.stringify(problems)}`);
        for (const kind of kinds) note(kind);
      } else {
        let known: Fields = fields;
        for (const [kind, rewrite] of Object.entries(WE_TAKE)) {
          const rewritten = rewrite(known);
          if (rewritten.join(' ') !== known.join(' ')) note(kind);
          known = rewritten;
        }
        if (!isValid(known.join(' ')))
          throw new Error(`only we take ${text}, also when rewritten as ${known.join(' ')}`);
      }
    }
  });

  test('both verdicts were given thousands of times in agreement', () => {
    expect(verdicts.both).toBeGreaterThan(3000);
    expect(verdicts.none).toBeGreaterThan(5000);
  });

  test('they differ in the ways that are named, and in no other', () => {
    expect([...seen.keys()].sort()).toEqual([...Object.keys(WE_TAKE), ...Object.keys(WE_REFUSE)].sort());
  });

  function put(fields: Fields, at: number, text: string): Fields {
    return fields.map((field, i) => (i === at ? text : field));
  }
});

/** Wrong expressions that are nearly right: up to two characters more, fewer or others. */
function mutate(random: Random, text: string): string {
  const letters = '0123456789*?/,-LW# SUNMONFRIJANfri';
  let mutated = random.chance(0.05) ? text.toLowerCase() : text;
  if (random.chance(0.05)) mutated = mutated.replace(/^\d+/, `${random.whole(0, 59)}/${random.whole(1, 90)}`);
  if (random.chance(0.05)) mutated = mutated.replace(/\d+-(\d)/, '*-$1');
  for (let count = random.whole(0, 2); count > 0; count--) {
    const at = random.whole(0, mutated.length - 1);
    const letter = random.pick([...letters]);
    const rest = mutated.slice(random.chance(0.5) ? at : at + 1);
    mutated = mutated.slice(0, at) + (random.chance(0.7) ? letter : '') + rest;
  }
  // white space is AWS's page's word, a single blank the validator's
  return mutated.trim().replace(/ +/g, ' ');
}

function isValid(fields: string): boolean {
  try {
    awsCronExpressionValidator(fields);
    return true;
  } catch {
    return false;
  }
}

function croner(pattern: string, after: Date): Runs {
  return first(cronerRuns(pattern, after), RUNS);
}

function cronos(pattern: string, after: Date): Runs {
  return first(cronosRuns(pattern, after), RUNS);
}

function* ourRuns(cron: Cron, after: Date, timeZone?: string): Iterable<string> {
  for (const run of occurrences(cron, timeZone, after)) yield run.toISOString();
}

/** The next runs in a time zone; in UTC without one, as an offset, which needs no look-ups in the zone database. */
function* cronerRuns(pattern: string, after: Date, timezone?: string): Iterable<string> {
  const zone = timezone === undefined ? { utcOffset: 0 } : { timezone };
  const job = new Croner(pattern, { mode: '7-part', sloppyRanges: true, paused: true, ...zone });
  for (let run = job.nextRun(after); run; run = job.nextRun(run)) yield run.toISOString();
}

/** As `cronerRuns`. */
function* cronosRuns(pattern: string, after: Date, timezone: string | number = 0): Iterable<string> {
  const expression = CronosExpression.parse(pattern, {
    timezone,
    missingHour: 'skip',
    skipRepeatedHour: true,
  });
  for (let run = expression.nextDate(after); run; run = expression.nextDate(run)) yield run.toISOString();
}

/** Those of the next runs, of which so many are looked at, whose month has a day of this number. */
function* inMonthsThatHave(day: number, runs: Iterable<string>, lookAt: number): Iterable<string> {
  let seen = 0;
  for (const run of runs) {
    if (day <= lengthOfMonth(run)) yield run;
    if (++seen === lookAt) return;
  }
}

/** So many runs, fewer where the next one isn't before `end`. The libraries are slow: none is asked for in vain. */
function first(runs: Iterable<string>, count: number, end?: string): Runs {
  const all: string[] = [];
  for (const run of runs) {
    if (end !== undefined && run >= end) break;
    if (all.push(run) === count) break;
  }
  return all;
}

/** `expect` is slow, and is only asked for its message. */
function expectSame(theirs: Runs, ours: Runs, spelling: string, library: string): void {
  if (!same(theirs, ours)) expect([spelling, library, theirs]).toEqual([spelling, library, ours]);
}

function same(a: Runs, b: Runs): boolean {
  return a.join() === b.join();
}

function wrappingRanges({ hours, months, days }: Expression): Item[] {
  const items = days.kind === 'daysOfMonth' || days.kind === 'weekDays' ? days.items : [];
  return [...hours, ...months, ...items].filter(wraps);
}

function lengthOfMonth(run: string): number {
  const date = new Date(run);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
