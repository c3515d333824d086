import { protectionsOf } from '../../coverage/protections';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, planLabel, ruleLabel } from '../../inventory/labels';
import type { PlanItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { isUnknown, known } from '../../template/evaluation/unknown';
import type { Problem } from '../../values/core/problem';
import {
  bucketArchiveProblems,
  bucketEventProblems,
  bucketVersioningProblems,
} from '../../values/resource-type/bucket-laws';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const S3 = `${GUIDE}s3-backups.html`;
const SOURCE = 'AWS Backup Developer Guide, Amazon S3 backups';
const AS_OF = '2026-09-24';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-BucketVersioning',
    severity: 'error',
    what: 'A plan protects a bucket without versioning.',
    why: 'AWS Backup backs up buckets with versioning only: every backup job of the bucket fails.',
    fix: 'turn versioning on with `VersioningConfiguration`, and let a lifecycle rule expire noncurrent versions',
    docs: S3,
    source: SOURCE,
    asOf: AS_OF,
  },
  {
    id: 'Backup-BucketEventBridge',
    severity: 'warning',
    what: 'A continuous rule protects a bucket that does not send its events to Amazon EventBridge.',
    why: 'Continuous backup follows these events. Without them it stops, without a failed job or a notification.',
    fix: 'turn them on with `NotificationConfiguration` and its `EventBridgeConfiguration`',
    docs: S3,
    source: SOURCE,
    asOf: AS_OF,
  },
  {
    id: 'Backup-BucketArchive',
    severity: 'warning',
    what: 'A plan protects a bucket whose lifecycle moves objects to S3 Glacier Flexible Retrieval or Deep Archive.',
    why: 'AWS Backup does not back up objects of these storage classes: they are silently missing in a backup.',
    fix: 'keep objects in a storage class that is backed up, such as S3 Glacier Instant Retrieval, or accept that old objects are in the bucket alone',
    docs: S3,
    source: SOURCE,
    asOf: AS_OF,
  },
];

/** What AWS Backup needs of buckets. */
export const bucketChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources) {
    if (!resource.bucket) continue;
    const plans = protections.plansOf(resource);
    if (plans.length > 0) yield* bucketSeen(resource, plans);
  }
}

function* bucketSeen({ place, bucket }: ResourceItem, plans: readonly PlanItem[]): Iterable<Seen> {
  if (!bucket) return;
  const { versioned, eventBridge, transitions } = bucket;
  const under = ({ property }: Problem) => at(place, `${place.pathInTemplate}/Properties/${property}`);
  const who = planLabel(plans[0]);
  const continuous = plans
    .flatMap((plan) => plan.rules.items.map((rule) => ({ plan, rule })))
    .find(({ rule }) => known(rule.continuous) === true);
  const problems = [
    ...(isUnknown(versioned) ? [] : bucketVersioningProblems(versioned, who)),
    ...(isUnknown(eventBridge) || !continuous
      ? []
      : bucketEventProblems(eventBridge, ruleLabel(continuous.plan, continuous.rule))),
    ...bucketArchiveProblems(
      transitions.items.flatMap((name) => known(name) ?? []),
      who,
    ),
  ];
  for (const problem of problems) yield* told(under(problem), [problem]);
}
