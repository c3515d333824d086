import { protectionsOf } from '../../coverage/protections';
import { at } from '../../inventory/core/item';

import type { Inventory } from '../../inventory/inventory';
import { GUIDE, ruleLabel } from '../../inventory/labels';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { ResourceTypes } from '../../inventory/resource-types';
import { Capability, Support } from '../../values/resource-type/capability';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject } from '../engine/subject';
import { Timetable } from '../facts/timetable';

const DASHBOARDS = 'AWS Backup Developer Guide, Job dashboards: errors of jobs';
const ERRORS = `${GUIDE}backup-dashboard.html`;
const asOf = '2026-04-13';

/** As many jobs as AWS's error names. */
const MOST_AT_ONCE = 300;
const HOUR = 60;

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-JobsAtOnce',
    severity: 'note',
    what: `A rule starts the backups of more than ${MOST_AT_ONCE} resources of the app at one minute.`,
    why: 'AWS Backup runs a limited number of jobs at a time: the others wait, and expire at the end of a short start window, or fail with "Subscriber limit exceeded".',
    fix: 'make the start window longer, or spread the resources over rules with other times',
    docs: ERRORS,
    source: DASHBOARDS,
    asOf,
  },
  {
    id: 'Backup-CopyFrequency',
    severity: 'note',
    what: 'A rule that runs every hour copies each of its snapshots.',
    why: 'A copy that takes longer than the time to the next one delays it, until a job fails with "There are too many copy jobs running for resource".',
    fix: 'copy with a rule that runs more rarely',
    docs: ERRORS,
    source: DASHBOARDS,
    asOf,
  },
];

/** Rules that ask for much at one time. */
export const crowdChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory, options: CheckOptions): Iterable<Seen> {
  const timetable = new Timetable(options);
  const copyable = new Copyable(options);
  for (const [plan, resources] of resourcesByPlan(inventory))
    for (const rule of plan.rules.items) {
      const place = at(plan.place, rule.pathInTemplate);
      if (rule.continuous === true) continue;
      if (resources.size > MOST_AT_ONCE)
        yield {
          id: 'Backup-JobsAtOnce',
          place,
          message: `${ruleLabel(plan, rule)} starts the backups of ${resources.size} resources at one minute`,
        };
      if (copiesHourly(rule, timetable) && [...resources].some((resource) => copyable.has(resource)))
        yield {
          id: 'Backup-CopyFrequency',
          place: at(plan.place, `${rule.pathInTemplate}/CopyActions`),
          message: `${ruleLabel(plan, rule)} runs every hour and copies each snapshot`,
        };
    }
}

function copiesHourly(rule: RuleItem, timetable: Timetable): boolean {
  return rule.copies.items.length > 0 && timetable.longestGap(rule.schedule) === HOUR;
}

/** The resources that plans certainly protect. */
function resourcesByPlan(inventory: Inventory): ReadonlyMap<PlanItem, ReadonlySet<ResourceItem>> {
  const protections = protectionsOf(inventory);
  const byPlan = new Map<PlanItem, Set<ResourceItem>>();
  for (const resource of inventory.resources)
    for (const plan of protections.plansOf(resource)) {
      const own = byPlan.get(plan);
      if (own) own.add(resource);
      else byPlan.set(plan, new Set([resource]));
    }
  return byPlan;
}

/** Which resources are copied at all. */
class Copyable {
  private readonly types: ResourceTypes;

  constructor({ resourceTypes }: CheckOptions) {
    this.types = new ResourceTypes(resourceTypes);
  }

  public has(resource: ResourceItem): boolean {
    const type = this.types.of(resource);
    return [Capability.CROSS_REGION_COPY, Capability.CROSS_ACCOUNT_COPY].some(
      (capability) => type?.supports(capability) === Support.YES,
    );
  }
}
