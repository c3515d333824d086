import { planName, type ResourceCoverage, resultOfPlans } from '../../coverage/coverage';
import { organizationPlans } from '../../coverage/organization-plans';
import { RuleReader } from '../../coverage/rule-facts';
import { ScheduleIntervals } from '../../coverage/schedule-intervals';
import type { PlanItem } from '../../inventory/plan/plans';
import type { SelectionItem } from '../../inventory/plan/selections';
import { NOTHING, Unknown } from '../../template/evaluation/unknown';
import { LegalHolds } from '../points/legal-holds';
import { Lineages } from '../points/lineages';
import { PlanSchedules } from '../points/plan-schedules';
import { numbersOf } from '../points/resource-numbers';
import { Survivals } from '../survival/survival';
import type { Forecast, ResourceForecast } from './forecast';

const ELSEWHERE = new Unknown('reference', 'the resources that the plan selects are in no template');

/**
 * What each plan with a selection does for what it selects, whatever that is: one resource without a type for each plan, in the
 * account and the Region of the plan.
 */
export function forecastPlansAlone({ inventory, period, types }: Forecast): ResourceForecast[] {
  const organization = organizationPlans(inventory);
  const selections = [...inventory.selections, ...organization.selections];
  const rules = new RuleReader(inventory, new ScheduleIntervals(new Date(period.from)));
  const lineages = new Lineages(inventory, new PlanSchedules(period), types, new LegalHolds(inventory));
  const survivals = new Survivals(inventory, period);
  return [...inventory.plans, ...organization.plans].flatMap((plan) => {
    const own = selections.filter((selection) => selection.plan?.to === plan.id);
    if (own.length === 0) return [];
    const coverage = coverageOfSelected(plan, own, rules);
    const points = lineages.of(coverage);
    const survival = survivals.of(coverage.resource, undefined, points);
    return [{ ...numbersOf(points, undefined, period.to), ...survival, coverage, points }];
  });
}

function coverageOfSelected(
  plan: PlanItem,
  selections: readonly SelectionItem[],
  rules: RuleReader,
): ResourceCoverage {
  const plans = [{ name: planName(plan), plan, rules: rules.rulesOf(plan), selections, throughStack: false }];
  return {
    resource: {
      id: plan.id,
      type: plan.type,
      place: plan.place,
      dependsOn: [],
      resourceType: ELSEWHERE,
      name: ELSEWHERE,
      arn: ELSEWHERE,
      tags: NOTHING,
    },
    status: 'protected',
    reasons: [],
    failing: [],
    tested: false,
    tests: [],
    plans,
    runbooks: [],
    perhaps: [],
    ...resultOfPlans(plans, undefined),
    notes: [],
  };
}
