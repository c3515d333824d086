import { planName, type ResourceCoverage } from '../../coverage/coverage';
import type { ResourceForecast } from '../../forecast/outlook/forecast';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { dayCount, show } from '../../values/core/amounts';
import { enumerateNames } from '../../values/core/enumeration';
import type { Question } from './question';
import { dependsOnSelected, nothingAsked, type Situation } from './situation';
import type { Verdict } from './verdict';

/** SCOPE: is every resource protected by a backup plan? */
export function scope(question: Question, situation: Situation): Verdict[] {
  const asked = situation.asked(question);
  const own = asked.map(({ coverage }) => protection(coverage));
  if (asked.some(({ coverage }) => coverage.status !== 'opted-out')) return own;
  const plans = situation.plansAlone(question).flatMap(dependsOnSelected);
  return own.length + plans.length > 0 ? [...own, ...plans] : [nothingAsked(question)];
}

function protection({ resource, status, plans, perhaps, optOut, reasons }: ResourceCoverage): Verdict {
  const { place } = resource;
  const names = (of: typeof plans) => enumerateNames([...new Set(of.map(({ name }) => name))]);
  if (status === 'protected') return { status: 'met', place, value: `protected by plan ${names(plans)}` };
  if (status === 'opted-out')
    return { status: 'not-applicable', place, value: `opted out: ${optOut?.reason ?? ''}` };
  if (perhaps.length > 0)
    return {
      status: 'not-visible',
      place,
      value: `may be protected by plan ${names(perhaps)}, depending on values known only at deployment`,
    };
  const because = reasons.length > 0 ? ` (${reasons.join(', ')})` : '';
  return { status: 'not-met', place, value: `no backup plan certainly protects it${because}` };
}

/** TIER: are resources classified by tags? Selecting them by name or type says nothing about their priority. */
export function tier(question: Question, situation: Situation): Verdict[] {
  return situation.ofProtected(question, ({ coverage }) => {
    const selections = coverage.plans.flatMap(({ selections: own }) => own);
    const byTag = selections.filter(
      ({ listOfTags, conditions }) => listOfTags.items.length + conditions.items.length > 0,
    );
    const { place } = coverage.resource;
    return byTag.length > 0
      ? [
          {
            status: 'met',
            place,
            value: `selected by a tag into plan ${enumerateNames(coverage.plans.map(({ plan, name }) => (plan ? planName(plan) : name)))}`,
          },
        ]
      : [{ status: 'not-visible', place, value: 'not selected by a tag, so no priority shows' }];
  });
}

/** OWN: does the service itself keep backups, apart from AWS Backup? */
export function ownBackups(question: Question, situation: Situation): Verdict[] {
  const asked = situation.asked(question);
  return asked.length === 0
    ? [nothingAsked(question)]
    : asked.map((resource) => serviceBackups(resource, question.numbers.minRetentionDays));
}

function serviceBackups(
  { coverage: { resource, status } }: ResourceForecast,
  minimum: Question['numbers']['minRetentionDays'],
): Verdict {
  const { place, table, database, fileSystem } = resource;
  if (status === 'opted-out') return { status: 'not-applicable', place, value: 'opted out' };
  if (!table && !database && !fileSystem)
    return {
      status: 'not-applicable',
      place,
      value: 'the service has no backups of its own that a template sets',
    };
  if (table) {
    const on = table.pointInTimeRecovery;
    if (isUnknown(on)) return { status: 'not-visible', place, value: on.reason };
    return { status: on ? 'met' : 'not-met', place, value: `point-in-time recovery is ${on ? 'on' : 'off'}` };
  }
  if (database) {
    const days = database.retentionDays ?? 1; // the default of the services
    if (isUnknown(days)) return { status: 'not-visible', place, value: days.reason };
    const least = minimum?.origin === 'default' ? 1 : (minimum?.value ?? 1);
    return {
      status: days >= least ? 'met' : 'not-met',
      place,
      value: `automatic backups are kept ${dayCount(days)}; at least ${dayCount(least)}`,
    };
  }
  const automatic = known(fileSystem?.automaticBackups);
  if (automatic === undefined)
    return { status: 'not-visible', place, value: 'the template doesn’t set automatic backups' };
  return {
    status: automatic === 'ENABLED' ? 'met' : 'not-met',
    place,
    value: `automatic backups are ${show(automatic)}`,
  };
}
