import { numberOrToken } from '../../inventory/as-token';
import { at, type Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf, ruleLabel } from '../../inventory/labels';
import { inTemplate, TEMPLATE_NAMES } from '../../inventory/template-names';
import { eachRule } from '../../inventory/traversal';
import { endOf, showText } from '../../template/evaluation/text';
import { type Text, Unknown } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { windowProblems } from '../../values/plan/windows';
import { clockChangeProblems } from '../../values/schedule/clock-changes';
import { isOver } from '../../values/schedule/cron-runs';
import { timeZoneProblems } from '../../values/schedule/zoned-time';
import type { AnalysisOptions } from '../core/analysis-options';
import { type Detection, detectionsFrom } from '../core/detection';
import { Timetable } from '../core/timetable';

/** The schedules of rules and restore tests, and the windows of backup jobs. */
export function* findScheduleProblems(inventory: Inventory, options: AnalysisOptions): Iterable<Detection> {
  const timetable = new Timetable(options);
  for (const { plan, rule } of eachRule(inventory)) {
    const of = () => ruleLabel(plan, rule);
    const base = at(plan.place, rule.pathInTemplate);
    yield* ofSchedule(timetable, base, rule.schedule, rule.timeZone, of);
    yield* ofYears(timetable, base, rule.schedule, rule.timeZone, options.now, of);
    const [start, completion] = [rule.startWindowMinutes, rule.completionWindowMinutes].map(numberOrToken);
    for (const problem of inTemplate(windowProblems(start, completion))) {
      const property =
        problem.property === TEMPLATE_NAMES.completionWindow && completion === undefined
          ? TEMPLATE_NAMES.startWindow
          : problem.property;
      yield* detectionsFrom(at(base, `${rule.pathInTemplate}/${property}`), [problem], of);
    }
  }
  for (const { name, place, schedule, timeZone } of inventory.restoreTestingPlans) {
    const base = at(place, `${place.pathInTemplate}/Properties`);
    const of = () => `restore testing plan ${nameOf(name, place)}`;
    yield* ofSchedule(timetable, base, schedule, timeZone, of);
    yield* ofYears(timetable, base, schedule, timeZone, options.now, of);
  }
}

function* ofSchedule(
  timetable: Timetable,
  base: Place,
  schedule: Text | undefined,
  timeZone: Text | undefined,
  of: () => string,
): Iterable<Detection> {
  const place = at(base, `${base.pathInTemplate}/ScheduleExpression`);
  if (typeof schedule === 'string') yield* detectionsFrom(place, timetable.read(schedule).problems, of);
  if (typeof timeZone !== 'string') return;
  const property = 'ScheduleExpressionTimezone';
  yield* detectionsFrom(
    at(base, `${base.pathInTemplate}/${property}`),
    timeZoneProblems(timeZone, property),
    of,
  );
  const cron = typeof schedule === 'string' ? timetable.cronOf(schedule) : undefined;
  if (!cron) return;
  const skipped = timetable.skippedIn(timeZone);
  yield* detectionsFrom(
    place,
    clockChangeProblems(cron, timeZone, skipped, schedule as string, 'ScheduleExpression'),
    of,
  );
}

/** A schedule whose years are over. */
function* ofYears(
  timetable: Timetable,
  base: Place,
  schedule: Text | undefined,
  timeZone: Text | undefined,
  now: Date,
  of: () => string,
): Iterable<Detection> {
  const past = schedule instanceof Unknown ? pastYear(schedule, now) : undefined;
  if (past !== undefined)
    yield {
      id: 'Backup-ScheduleNeverRuns',
      place: at(base, `${base.pathInTemplate}/ScheduleExpression`),
      message: `\`ScheduleExpression\` of ${of()} must have runs in the future, got ${show(showText(schedule as Unknown))}, whose last year is ${past}`,
      fix: 'write `*` as the year',
    };
  const cron = typeof schedule === 'string' ? timetable.cronOf(schedule) : undefined;
  if (!cron || timeZone instanceof Unknown) return;
  const zone = timeZone === undefined || timeZoneProblems(timeZone).length > 0 ? undefined : timeZone;
  if (!isOver(cron, zone, now)) return;
  yield {
    id: 'Backup-ScheduleNeverRuns',
    place: at(base, `${base.pathInTemplate}/ScheduleExpression`),
    message: `\`ScheduleExpression\` of ${of()} must have runs in the future, got ${show(schedule)}, whose last year is ${cron.years.at(-1)}`,
    fix: 'write `*` as the year',
  };
}

/** The last year of an expression whose other fields aren't known, if it is over everywhere. */
function pastYear(schedule: Unknown, now: Date): number | undefined {
  const field = /\s([\d,-]+)\s*\)\s*$/.exec(endOf(schedule))?.[1];
  const years = field?.split(/[,-]/) ?? [];
  if (years.length === 0 || !years.every((year) => /^\d{4}$/.test(year))) return undefined;
  const last = Math.max(...years.map(Number));
  return last < now.getUTCFullYear() - 1 ? last : undefined;
}
