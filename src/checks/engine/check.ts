import type { Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import type { Problem } from '../../values/core/problem';
import type { ResourceType } from '../../values/resource-type/resource-type';

/** How bad a finding is: AWS refuses it or the job fails; silently wrong or costly; nothing certain is known. */
export type Severity = 'error' | 'warning' | 'note';

/** What a check sees in one place. */
export interface Sighting {
  readonly place: Place;
  /** What is wrong, with the value that was got. Lower case, no full stop. */
  readonly message: string;
  /** The way out, where it is more precise than that of the check. */
  readonly fix?: string;
  /** Where it is milder than the check's own; never worse. */
  readonly severity?: Severity;
}

/** What a check may be told beside the inventory. */
export interface CheckOptions {
  /** Types that override or extend those of the catalog. */
  readonly resourceTypes?: readonly ResourceType[];
  /** The instant from which schedules are compared. */
  readonly now: Date;
}

/**
 * A check: a pure function from an inventory to what is wrong, and what is to be said about that. An error only
 * where the template alone proves it; what is unknown is at most a note.
 */
export interface Check {
  /** `Backup-<RuleName>`, stable, public API. The same id as that of the law behind it, if there is one. */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence: what is reported. */
  readonly what: string;
  /** Why it matters: what AWS does about it. */
  readonly why: string;
  /** The way out, in the imperative. */
  readonly fix: string;
  /** The AWS page. */
  readonly docs: string;
  /** Where the fact comes from. */
  readonly source: string;
  /** When the fact was true. */
  readonly asOf: string;
  readonly find: (inventory: Inventory, options: CheckOptions) => Iterable<Sighting>;
}

/** A sighting with what its check says about it. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly place: Place;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly docs: string;
}

const RANK: Record<Severity, number> = { note: 0, warning: 1, error: 2 };

/** Runs checks over an inventory, in their order; the findings are sorted by nothing else. */
export function runChecks(checks: readonly Check[], inventory: Inventory, options: CheckOptions): Finding[] {
  return checks.flatMap((check) =>
    [...check.find(inventory, options)].map((sighting) => ({
      id: check.id,
      severity: milder(check.severity, sighting.severity),
      place: sighting.place,
      message: sighting.message,
      why: check.why,
      fix: sighting.fix ?? check.fix,
      docs: check.docs,
    })),
  );
}

function milder(own: Severity, said: Severity | undefined): Severity {
  return said !== undefined && RANK[said] < RANK[own] ? said : own;
}

/** The problems of a law that bear the id of a check, as sightings in one place. */
export function sightings(id: string, place: Place, problems: readonly Problem[]): Sighting[] {
  return problems
    .filter((problem) => problem.id === id)
    .map(({ message, fix, severity }) => ({ place, message, fix, severity }));
}
