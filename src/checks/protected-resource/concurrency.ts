import { protectionsOf } from '../../coverage/protections';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { ruleLabel } from '../../inventory/labels';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { ResourceTypes } from '../../inventory/resource-types';
import { BackupCapability, CapabilitySupport } from '../../values/resource-type/capability';
import { Timetable } from '../../viability/core/timetable';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** The number of jobs that AWS's error message names. */
const MAX_CONCURRENT_JOBS = 300;
const HOUR = 60;

/** Rules that start many jobs at once, or copy very often. */
export const concurrencyChecks: readonly Check[] = checksOf(
  ['Backup-JobsAtOnce', 'Backup-CopyFrequency'],
  findProblems,
);

function* findProblems(inventory: Inventory, options: CheckOptions): Iterable<Detection> {
  const timetable = new Timetable(options);
  const copyable = new Copyable(options);
  for (const [plan, resources] of resourcesByPlan(inventory))
    for (const rule of plan.rules.items) {
      const place = at(plan.place, rule.pathInTemplate);
      if (rule.continuous === true) continue;
      if (resources.size > MAX_CONCURRENT_JOBS)
        yield {
          id: 'Backup-JobsAtOnce',
          place,
          message: `${ruleLabel(plan, rule)} starts backups of ${resources.size} resources in the same minute`,
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

/** The resources that each plan certainly protects. */
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

/** Which resources can be copied. */
class Copyable {
  private readonly types: ResourceTypes;

  constructor({ resourceTypes }: CheckOptions) {
    this.types = new ResourceTypes(resourceTypes);
  }

  public has(resource: ResourceItem): boolean {
    const type = this.types.of(resource);
    return [BackupCapability.CROSS_REGION_COPY, BackupCapability.CROSS_ACCOUNT_COPY].some(
      (capability) => type?.supports(capability) === CapabilitySupport.YES,
    );
  }
}
