import { at, type Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { FINDINGS, type FindingFacts, type FindingId, type Severity } from '../../values/findings/registry';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type { Detection } from './detection';

/** What a check gets besides the inventory. */
export interface CheckOptions {
  /** Types that override or extend those of the catalog. */
  readonly resourceTypes?: readonly ResourceType[];
  /** The instant from which schedules are compared. */
  readonly now: Date;
}

/** Finds something in an inventory. */
export type FindDetections = (inventory: Inventory, options: CheckOptions) => Iterable<Detection>;

/**
 * A check: a pure function from an inventory to detections, with what the registry says about them. It is an error
 * only if the template alone proves it; what can't be determined is at most a note.
 */
export interface Check extends FindingFacts {
  /** `Backup-<RuleName>`, stable, public API. The same id as that of the law behind the check, if there is one. */
  readonly id: FindingId;
  readonly find: FindDetections;
}

/** A detection with what the registry says about it. */
export interface Finding {
  readonly id: FindingId;
  readonly severity: Severity;
  readonly place: Place;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly docs: string;
}

/**
 * The checks of one subject. They share one pass over the inventory, because the laws behind them report several
 * problems of one value at once. Detections with other ids are dropped.
 */
export function checksOf(ids: readonly FindingId[], find: FindDetections): readonly Check[] {
  const cache = new WeakMap<Inventory, { options: CheckOptions; byId: ReadonlyMap<string, Detection[]> }>();
  const detectionsById = (inventory: Inventory, options: CheckOptions) => {
    const cached = cache.get(inventory);
    if (cached?.options === options) return cached.byId;
    const byId = new Map<string, Detection[]>(ids.map((id) => [id, []]));
    for (const detection of find(inventory, options)) byId.get(detection.id)?.push(detection);
    cache.set(inventory, { options, byId });
    return byId;
  };
  return ids.map((id) => ({
    id,
    ...FINDINGS[id],
    find: (inventory, options) => detectionsById(inventory, options).get(id) ?? [],
  }));
}

/**
 * Runs checks over an inventory, and over the templates of stack sets in it. The findings are in the order of the checks.
 * What CloudFormation misses is not reported again by checks that miss it too.
 */
export function runChecks(checks: readonly Check[], inventory: Inventory, options: CheckOptions): Finding[] {
  const missing = new Set(
    inventory.faults.flatMap((fault) => (fault.missing ? keyOf(fault.place, fault.missing) : [])),
  );
  const isNews = ({ id, place }: Detection) =>
    missing.size === 0 || FAULTS.has(id) || !missing.has(keyOf(place, place.pathInTemplate));
  const own = checks.flatMap(({ id, severity, why, fix, docs, find }) =>
    [...find(inventory, options)].filter(isNews).map((detection) => ({
      id,
      severity,
      place: detection.place,
      message: detection.message,
      why,
      fix: detection.fix ?? fix,
      docs,
    })),
  );
  const embedded = inventory.embedded.flatMap((one) =>
    runChecks(checks, one.inventory, options).map((finding) => ({
      ...finding,
      place: at(
        one.place,
        `${one.place.pathInTemplate}/Properties/TemplateBody/${finding.place.pathInTemplate}`,
      ),
    })),
  );
  return [...own, ...embedded];
}

const FAULTS: ReadonlySet<FindingId> = new Set(['Backup-MissingProperty', 'Backup-UnknownProperty']);

function keyOf({ stackId }: Place, path: string): string {
  return `${stackId}|${path}`;
}
