import type { RestoreTest } from '../../coverage/restore-tests';
import type { ResourceForecast } from '../../forecast/outlook/forecast';
import type { ControlItem } from '../../inventory/audit/audits';
import { tagValue } from '../../inventory/core/tags';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { dayCount, show } from '../../values/core/amounts';
import { BackupCapability, CapabilitySupport } from '../../values/resource-type/capability';
import { readCron } from '../../values/schedule/cron';
import { maximumGapMinutes } from '../../values/schedule/cron-runs';
import type { Question } from './question';
import { timeText } from './schedule';
import { dependsOnSelected, type Situation } from './situation';
import type { Verdict } from './verdict';

const DAY = 1_440;

/** TEST: are restores tested, often enough? */
export function restoreTests(question: Question, situation: Situation): Verdict[] {
  const limit = question.numbers.maxTestIntervalDays?.value ?? Number.POSITIVE_INFINITY;
  const now = new Date(situation.forecast.period.from);
  const answer = (resource: ResourceForecast): Verdict[] => {
    const { place } = resource.coverage.resource;
    const { tests } = resource.coverage;
    if (situation.typeOf(resource)?.supports(BackupCapability.RESTORE_TESTING) === CapabilitySupport.NO)
      return [
        {
          status: 'not-visible',
          place,
          value: 'AWS Backup can’t test restores of this type; keep records of your own tests',
        },
      ];
    if (tests.length === 0)
      return [{ status: 'not-met', place, value: 'no restore testing selection covers it' }];
    const fitting = question.flags.randomSample ? tests.filter(isRandom) : tests;
    if (fitting.length === 0)
      return [
        { status: 'not-met', place, value: 'restore tests pick the latest recovery point, not a random one' },
      ];
    const intervals = fitting.map((test) => intervalDays(test, now));
    const days = Math.min(...intervals.map((one) => one ?? Number.POSITIVE_INFINITY));
    if (days > limit && intervals.some((one) => one === undefined))
      return [
        {
          status: 'not-visible',
          place,
          value: 'the schedule of its restore tests is known only at deployment',
        },
      ];
    const most = limit === Number.POSITIVE_INFINITY ? '' : `; at least every ${dayCount(limit)}`;
    return [
      {
        status: days <= limit ? 'met' : 'not-met',
        place,
        value: `restores are tested every ${timeText(days * DAY)}${most}`,
      },
    ];
  };
  return situation.ofProtected(question, answer, dependsOnSelected);
}

function isRandom({ plan }: RestoreTest): boolean {
  return known(plan?.algorithm) === 'RANDOM_WITHIN_WINDOW';
}

/** The longest time between two tests in days; undefined if it isn't known. */
export function intervalDays({ plan }: RestoreTest, now: Date): number | undefined {
  const schedule = known(plan?.schedule);
  const { cron } = schedule === undefined ? { cron: undefined } : readCron(schedule);
  const minutes = cron && maximumGapMinutes(cron, now);
  return minutes === undefined || !Number.isFinite(minutes) ? undefined : minutes / DAY;
}

/** RTO: is the time that a restore may take measured? */
export function restoreTime(question: Question, situation: Situation): Verdict[] {
  const limit = question.numbers.maxRestoreTimeMinutes?.value;
  if (limit === undefined)
    return [
      {
        status: 'not-visible',
        value: 'no maximum restore time was chosen; set the threshold `maxRestoreTimeMinutes`',
      },
    ];
  const controls = situation.inventory.frameworks.flatMap(({ controls: { items } }) =>
    items.filter(({ name }) => known(name) === 'RESTORE_TIME_FOR_RESOURCES_MEET_TARGET'),
  );
  const answer = (resource: ResourceForecast): Verdict[] => {
    const { place } = resource.coverage.resource;
    const targets = controls.filter((control) => evaluates(control, resource)).map(targetOf);
    const known = targets.filter((target) => target !== undefined);
    const value = `restores within ${timeText(limit)}`;
    if (known.some((target) => target <= limit))
      return [{ status: 'met', place, value: `a framework measures ${value}` }];
    if (targets.length > known.length)
      return [
        { status: 'not-visible', place, value: 'the maximum restore time is known only at deployment' },
      ];
    return [{ status: 'not-met', place, value: `no framework measures ${value}` }];
  };
  return situation.ofProtected(question, answer, dependsOnSelected);
}

function targetOf({ parameters }: ControlItem): number | undefined {
  const value = parameters.items.find(({ name }) => known(name) === 'maxRestoreTime')?.value;
  return value === undefined || isUnknown(value) ? undefined : Number(value);
}

/** Whether the scope of a control certainly includes a resource. */
function evaluates(
  { scope }: ControlItem,
  { coverage: { resource }, resourceType }: ResourceForecast,
): boolean {
  if (!scope) return true;
  const { resourceIds, resourceTypes, tags } = scope;
  if (resourceTypes.items.length > 0 && !resourceTypes.items.includes(resourceType ?? '')) return false;
  if (resourceIds.items.length > 0 && !resourceIds.items.some((id) => id === resource.name)) return false;
  return tags.items.every(({ key, value }) => {
    const own = tagValue(resource.tags, known(key) ?? '');
    return own !== undefined && !isUnknown(own) && (value === '' || value === own);
  });
}

/** SCAN: are backups scanned for malware? No clause demands scans, so their absence isn't a failure. */
export function malwareScans(question: Question, situation: Situation): Verdict[] {
  const answer = (resource: ResourceForecast): Verdict[] => {
    const { place } = resource.coverage.resource;
    const type = situation.typeOf(resource);
    if (type?.supports(BackupCapability.MALWARE_SCAN) === CapabilitySupport.NO)
      return [{ status: 'not-visible', place, value: `AWS Backup can’t scan backups of ${type.name}` }];
    const scanning = resource.coverage.plans.find(
      ({ plan, rules }) =>
        plan?.scans.items.some(({ resourceTypes }) =>
          resourceTypes.items.some((name) => name === 'ALL' || name === resource.resourceType),
        ) && rules.some(({ rule }) => rule.scanActions.items.length > 0),
    );
    return scanning
      ? [{ status: 'met', place, value: `plan ${show(scanning.name)} scans its backups` }]
      : [
          {
            status: 'not-visible',
            place,
            value: 'no plan scans its backups; keep the results of other integrity checks',
          },
        ];
  };
  return situation.ofProtected(question, answer, dependsOnSelected);
}
