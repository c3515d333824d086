import { protectionsOf } from '../../coverage/protections';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { planLabel, ruleLabel } from '../../inventory/labels';
import type { PlanItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { eachRule } from '../../inventory/traversal';
import { isUnknown, known } from '../../template/evaluation/unknown';
import type { Problem } from '../../values/core/problem';
import { bucketArchiveProblems, bucketEventProblems } from '../../values/resource-type/bucket-laws';
import { versioningProblems } from '../../viability/protected-resource/resource-problems';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** What AWS Backup requires of buckets. */
export const bucketChecks: readonly Check[] = checksOf(
  ['Backup-BucketVersioning', 'Backup-BucketEventBridge', 'Backup-BucketArchive'],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources) {
    if (!resource.bucket) continue;
    const plans = protections.plansOf(resource);
    if (plans.length > 0) yield* ofBucket(resource, plans);
  }
}

function* ofBucket(resource: ResourceItem, plans: readonly PlanItem[]): Iterable<Detection> {
  const { place, bucket } = resource;
  if (!bucket) return;
  const { eventBridge, transitions } = bucket;
  const under = ({ property }: Problem) => at(place, `${place.pathInTemplate}/Properties/${property}`);
  const who = planLabel(plans[0]);
  const continuous = [...eachRule({ plans })].find(({ rule }) => known(rule.continuous) === true);
  const problems = [
    ...versioningProblems(resource, who),
    ...(isUnknown(eventBridge) || !continuous
      ? []
      : bucketEventProblems(eventBridge, ruleLabel(continuous.plan, continuous.rule))),
    ...bucketArchiveProblems(
      transitions.items.flatMap((name) => known(name) ?? []),
      who,
    ),
  ];
  for (const problem of problems) yield* detectionsFrom(under(problem), [problem]);
}
