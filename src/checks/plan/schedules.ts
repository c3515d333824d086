import { at, type Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { DEPLOYMENTS, lawNumber, nameOf, PLAN_OPTIONS, ruleLabel } from '../../inventory/labels';
import type { Text } from '../../template/evaluation/unknown';
import { windowProblems } from '../../values/plan/windows';
import { clockChangeProblems } from '../../values/schedule/clock-changes';
import { timeZoneProblems } from '../../values/schedule/zoned-time';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';
import { Timetable } from '../facts/timetable';

const CRON = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html';
const GUIDE = 'AWS Backup Developer Guide, Backup plan options and configuration';
const asOf = '2026-09-24';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-ScheduleExpression',
    severity: 'error',
    what: 'A schedule is not a cron expression as AWS takes it.',
    why: 'AWS Backup refuses the plan: `Cron expression is not valid`.',
    fix: 'write `cron(minute hour day-of-month month day-of-week year)` with `?` for one of the days',
    docs: CRON,
    source: DEPLOYMENTS,
    asOf,
  },
  {
    id: 'Backup-ScheduleTooOften',
    severity: 'error',
    what: 'A schedule runs more than once an hour.',
    why: 'AWS Backup starts a rule at most once an hour.',
    fix: 'run it once an hour, or use continuous backup where the type has it',
    docs: PLAN_OPTIONS,
    source: GUIDE,
    asOf,
  },
  {
    id: 'Backup-ScheduleNeverRuns',
    severity: 'error',
    what: 'A schedule names a day that there never is, such as 30 February.',
    why: 'The rule never makes a backup.',
    fix: 'name a day that exists',
    docs: CRON,
    source: 'Amazon EventBridge User Guide, cron expressions',
    asOf,
  },
  {
    id: 'Backup-ScheduleSkipsMonths',
    severity: 'warning',
    what: 'A schedule names a day of the month that not every month has.',
    why: 'In the other months there is no backup.',
    fix: 'name a day up to 28, or `L` for the last day of a month',
    docs: CRON,
    source: 'Amazon EventBridge User Guide, cron expressions',
    asOf,
  },
  {
    id: 'Backup-ScheduleStepWithoutEffect',
    severity: 'warning',
    what: 'A step in a schedule has no effect, such as every 12 hours from 12:00.',
    why: 'AWS Backup begins anew every midnight: what does not fit into the day does not run.',
    fix: 'begin earlier, or list the hours',
    docs: PLAN_OPTIONS,
    source: GUIDE,
    asOf,
  },
  {
    id: 'Backup-ScheduleUndocumentedSyntax',
    severity: 'warning',
    what: 'A schedule has a form that AWS does not document.',
    why: 'AWS may refuse it, or mean something else by it.',
    fix: 'write it in a documented form',
    docs: CRON,
    source: 'Amazon EventBridge User Guide, cron expressions',
    asOf,
  },
  {
    id: 'Backup-ScheduleTimeZone',
    severity: 'error',
    what: 'The time zone of a schedule is none of the IANA database.',
    why: 'AWS Backup knows time zones by these names only.',
    fix: 'write for example `Europe/Berlin`, or leave it out for UTC',
    docs: PLAN_OPTIONS,
    source: GUIDE,
    asOf,
  },
  {
    id: 'Backup-ScheduleClockChange',
    severity: 'warning',
    what: 'A schedule runs at a local time that the clock is put forward over once a year.',
    why: 'AWS Backup skips the run, and there is no backup on that day.',
    fix: 'run it at another hour, or in UTC',
    docs: PLAN_OPTIONS,
    source: GUIDE,
    asOf,
  },
  {
    id: 'Backup-StartWindow',
    severity: 'error',
    what: 'A start window is shorter than 60 minutes or longer than 100 years.',
    why: 'AWS Backup refuses the plan.',
    fix: 'use 60 minutes or more, or leave it out for 8 hours',
    docs: PLAN_OPTIONS,
    source: DEPLOYMENTS,
    asOf,
  },
  {
    id: 'Backup-CompletionWindow',
    severity: 'error',
    what: 'A completion window is not at least 60 minutes longer than the start window.',
    why: 'AWS Backup refuses the plan: `CompleteWindowMinutes must be at least 60 minutes greater than StartWindowMinutes`.',
    fix: 'use at least 60 minutes more than the start window, or leave it out for 7 days',
    docs: PLAN_OPTIONS,
    source: DEPLOYMENTS,
    asOf,
  },
];

/** When rules and restore tests run, and how long their jobs may take. */
export const scheduleChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory, options: CheckOptions): Iterable<Seen> {
  const timetable = new Timetable(options);
  for (const plan of inventory.plans)
    for (const rule of plan.rules.items) {
      const of = () => ruleLabel(plan, rule);
      const base = at(plan.place, rule.pathInTemplate);
      yield* scheduled(timetable, base, rule.schedule, rule.timeZone, of);
      const [start, completion] = [rule.startWindowMinutes, rule.completionWindowMinutes].map(lawNumber);
      const words = { start: 'StartWindowMinutes', completion: 'CompletionWindowMinutes' };
      for (const problem of windowProblems(start, completion, words)) {
        const said =
          problem.property === words.completion && completion === undefined ? words.start : problem.property;
        yield* told(at(base, `${rule.pathInTemplate}/${said}`), [problem], of);
      }
    }
  for (const { name, place, schedule, timeZone } of inventory.restoreTestingPlans) {
    const base = at(place, `${place.pathInTemplate}/Properties`);
    yield* scheduled(
      timetable,
      base,
      schedule,
      timeZone,
      () => `restore testing plan ${nameOf(name, place)}`,
    );
  }
}

function* scheduled(
  timetable: Timetable,
  base: Place,
  schedule: Text | undefined,
  timeZone: Text | undefined,
  of: () => string,
): Iterable<Seen> {
  const place = at(base, `${base.pathInTemplate}/ScheduleExpression`);
  if (typeof schedule === 'string') yield* told(place, timetable.read(schedule).problems, of);
  if (typeof timeZone !== 'string') return;
  const property = 'ScheduleExpressionTimezone';
  yield* told(at(base, `${base.pathInTemplate}/${property}`), timeZoneProblems(timeZone, property), of);
  const cron = typeof schedule === 'string' ? timetable.cronOf(schedule) : undefined;
  if (!cron) return;
  const skipped = timetable.skippedIn(timeZone);
  yield* told(
    place,
    clockChangeProblems(cron, timeZone, skipped, schedule as string, 'ScheduleExpression'),
    of,
  );
}
