import {
  type FailingRule,
  type PlanCoverage,
  planName,
  type ResourceCoverage,
} from '../../coverage/coverage';
import { resourceName } from '../../inventory/labels';
import type { PlanItem } from '../../inventory/plan/plans';
import { known } from '../../template/evaluation/unknown';
import { dateText } from '../core/period';
import type { Forecast, ResourceForecast } from '../outlook/forecast';
import { type Changes, type ForecastResource, moreIsStronger, retentionText } from './change';
import { type Pair, pairUp } from './pairs';
import { SurvivabilityChanges } from './survivability';

/** What changes for the resources: which exist, which are protected, and by what. */
export function compareResources(
  before: Forecast,
  after: Forecast,
  plans: ReadonlyMap<PlanItem, PlanItem>,
  changes: Changes,
): void {
  const all = ({ resources }: Forecast): ForecastResource[] =>
    resources.map((forecast) => ({ ...forecast.coverage.resource, forecast }));
  const { pairs, removed, added } = pairUp(all(before), all(after), ({ name }) => name, true);
  for (const one of removed) reportRemoved(one, before, changes);
  for (const one of added) reportAdded(one, changes);
  const survivals = new SurvivabilityChanges();
  for (const pair of pairs) {
    reportIdentity(pair, changes);
    compareProtection(pair, plans, changes);
    survivals.compare(pair);
  }
  survivals.report(changes);
}

function reportRemoved(one: ForecastResource, { period }: Forecast, changes: Changes): void {
  const { forecast, place } = one;
  const isProtected = forecast.coverage.status === 'protected';
  const ends = forecast.points.lineages.map(({ retentionDays }) => retentionDays);
  const longest = Math.max(0, ...ends);
  const until =
    longest === Number.POSITIVE_INFINITY
      ? 'until someone deletes them'
      : `for up to ${retentionText(longest)}, until ${dateText(period.from + longest * 86_400_000).slice(0, 10)} at the latest`;
  changes.add('resource', isProtected ? 'weaker' : 'neutral', place, {
    subject: resourceName(one),
    before: isProtected ? 'protected' : 'not protected',
    message: `\`${resourceName(one)}\` is removed${isProtected ? `; its recovery points live on ${until}` : ''}`,
  });
}

function reportAdded(one: ForecastResource, changes: Changes): void {
  const { status } = one.forecast.coverage;
  const direction = status === 'protected' ? 'stronger' : status === 'opted-out' ? 'neutral' : 'weaker';
  changes.add('resource', direction, one.place, {
    subject: resourceName(one),
    after: statusText(one.forecast.coverage),
    message: `\`${resourceName(one)}\` is new and ${statusText(one.forecast.coverage)}`,
  });
}

function reportIdentity({ before: old, after: now, by }: Pair<ForecastResource>, changes: Changes): void {
  const [was, is] = [
    `${old.place.stack}/${old.place.logicalId}`,
    `${now.place.stack}/${now.place.logicalId}`,
  ];
  const subject = resourceName(now);
  const renamed = known(old.name) !== known(now.name);
  if (by === 'name')
    changes.add('renamed', 'neutral', now.place, {
      subject,
      before: was,
      after: is,
      message: `\`${subject}\` has another logical id: CloudFormation may fail because it already exists`,
    });
  else if (by === 'type' || renamed) {
    const vaults = [...new Set(old.forecast.points.lineages.map(({ vault }) => `\`${vault.name}\``))];
    const where =
      vaults.length > 0
        ? `the recovery points of the old one remain in ${vaults.join(', ')}`
        : 'its data is lost';
    changes.add('replaced', 'weaker', now.place, {
      subject,
      before: renamed && by !== 'type' ? (known(old.name) ?? was) : was,
      after: renamed && by !== 'type' ? (known(now.name) ?? is) : is,
      message: `\`${subject}\` is replaced by an empty resource: ${where}`,
    });
  }
}

function compareProtection(
  { before: old, after: now }: Pair<ForecastResource>,
  plans: ReadonlyMap<PlanItem, PlanItem>,
  changes: Changes,
): void {
  const [was, is] = [old.forecast.coverage, now.forecast.coverage];
  const subject = resourceName(now);
  const [before, after] = [statusText(was), statusText(is)];
  if (was.status !== is.status) {
    const one = was.status === 'protected' || is.status === 'protected' ? 'protection' : 'opt-out';
    const direction = one === 'opt-out' ? 'neutral' : is.status === 'protected' ? 'stronger' : 'weaker';
    changes.add(one, direction, now.place, {
      subject,
      before,
      after,
      message: `\`${subject}\` is ${before} before, and ${after} after${causeOf(old, now)}`,
    });
    return;
  }
  if (optOutText(was) !== optOutText(is))
    changes.add('opt-out', 'neutral', now.place, {
      subject,
      before: optOutText(was),
      after: optOutText(is),
      message: `the opt-out of \`${subject}\` changes`,
    });
  if (is.status !== 'protected') return;
  if (samePlans(was.plans, is.plans, plans)) reportFailures(old, now, plans, changes);
  else reportPlans(old, now, changes);
}

/** Rules whose jobs begin or cease to fail, while others of the plans protect the resource. */
function reportFailures(
  old: ForecastResource,
  now: ForecastResource,
  plans: ReadonlyMap<PlanItem, PlanItem>,
  changes: Changes,
): void {
  const [was, is] = [old.forecast.coverage, now.forecast.coverage];
  const key = (plan: PlanItem | undefined, name: string) => `${plan?.id}|${name}`;
  const successor = (plan: PlanItem | undefined) => plan && (plans.get(plan) ?? plan);
  const working = (coverage: ResourceCoverage, of: (plan: PlanItem | undefined) => PlanItem | undefined) =>
    new Set(coverage.plans.flatMap(({ plan, rules }) => rules.map(({ name }) => key(of(plan), name))));
  const subject = resourceName(now);
  const report = (rules: readonly FailingRule[], direction: 'weaker' | 'stronger') => {
    if (rules.length === 0) return;
    const fails = direction === 'weaker';
    const names = rules.map(({ name, plan }) => `\`${name}\` of plan \`${planName(plan)}\``).join(', ');
    const ids = [...new Set(rules.flatMap(({ reasons }) => reasons))].sort().join(', ');
    const states = ['recovery points', `none: every job fails (${ids})`];
    changes.add('protection', direction, now.place, {
      subject,
      before: fails ? states[0] : states[1],
      after: fails ? states[1] : states[0],
      message: `\`${subject}\` gets ${fails ? 'no more' : 'its'} recovery points from rule ${names}: every job ${fails ? 'fails' : 'failed before'} (${ids})`,
    });
  };
  const [worked, works] = [working(was, successor), working(is, (plan) => plan)];
  report(
    is.failing.filter(({ plan, name }) => worked.has(key(plan, name))),
    'weaker',
  );
  report(
    was.failing.filter(({ plan, name }) => works.has(key(successor(plan), name))),
    'stronger',
  );
}

/** Other plans than before: the first of RPO, retention, copies that differs. */
function reportPlans(old: ForecastResource, now: ForecastResource, changes: Changes): void {
  const subject = resourceName(now);
  const [was, is] = [old.forecast, now.forecast];
  const [before, after] = [namesOf(was.coverage.plans), namesOf(is.coverage.plans)];
  const numbers = (one: ResourceForecast) => [
    -(one.continuousRpoMinutes ?? one.rpoMinutes ?? Number.MAX_SAFE_INTEGER),
    Math.min(Number.MAX_SAFE_INTEGER, one.coverage.longestRetentionDays ?? 0),
    one.copies.created > 0 ? 1 : 0,
  ];
  const [a, b] = [numbers(was), numbers(is)];
  const directions = a.map((amount, i) => moreIsStronger(amount, b[i]));
  const direction =
    directions.find((one) => one === 'weaker') ?? directions.find((one) => one === 'stronger') ?? 'neutral';
  changes.add('protection', direction, now.place, {
    subject,
    before,
    after,
    message: `\`${subject}\` is protected by ${after}, and by ${before} before`,
  });
}

function samePlans(
  was: readonly PlanCoverage[],
  is: readonly PlanCoverage[],
  plans: ReadonlyMap<PlanItem, PlanItem>,
): boolean {
  const before = new Set<unknown>(was.map(({ plan, name }) => (plan ? (plans.get(plan) ?? plan) : name)));
  const after = new Set<unknown>(is.map(({ plan, name }) => plan ?? name));
  return before.size === after.size && [...after].every((one) => before.has(one));
}

/** Why the protection changes: jobs that fail, the tags of the resource, or the selections. */
function causeOf(old: ForecastResource, now: ForecastResource): string {
  const [failed, fails] = [old, now].map(({ forecast }) => forecast.coverage.reasons.join(', '));
  if (fails !== '') return `: every job fails (${fails})`;
  if (failed !== '') return `: every job failed before (${failed})`;
  const tags = ({ tags: { items } }: ForecastResource) =>
    JSON.stringify(
      items.flatMap(({ key, value, source }) => (source === 'cloudformation' ? [] : [[key, known(value)]])),
    );
  return tags(old) === tags(now) ? ': the plans or selections change' : ': its tags change';
}

function optOutText({ optOut }: ResourceCoverage): string | null {
  return optOut ? `${optOut.reason}${optOut.until === undefined ? '' : ` until ${optOut.until}`}` : null;
}

function statusText({ status, plans, optOut }: ResourceCoverage): string {
  if (status === 'protected') return `protected by ${namesOf(plans)}`;
  return status === 'opted-out' ? `opted out (${optOut?.reason})` : 'not protected';
}

function namesOf(plans: readonly PlanCoverage[]): string {
  return [...new Set(plans.map(({ name }) => `\`${name}\``))].join(', ');
}
