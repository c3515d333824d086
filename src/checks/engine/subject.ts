import type { Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import type { Problem } from '../../values/core/problem';
import type { Check, CheckOptions, Sighting } from './check';

/** What is said of a check, whatever it finds. */
export type CheckFacts = Omit<Check, 'find'>;

/** A sighting, and the check that it belongs to. */
export interface Seen extends Sighting {
  readonly id: string;
}

/** Looks at an inventory once for all checks of a subject. */
export type Look = (inventory: Inventory, options: CheckOptions) => Iterable<Seen>;

/**
 * The checks of one subject, which share one look at an inventory: the laws behind them tell several things of one
 * value at once. What is seen under an id that is none of these checks is dropped.
 */
export function subject(facts: readonly CheckFacts[], look: Look): readonly Check[] {
  const looked = new WeakMap<Inventory, { options: CheckOptions; byId: ReadonlyMap<string, Seen[]> }>();
  const seenIn = (inventory: Inventory, options: CheckOptions) => {
    const before = looked.get(inventory);
    if (before?.options === options) return before.byId;
    const byId = new Map<string, Seen[]>(facts.map(({ id }) => [id, []]));
    for (const seen of look(inventory, options)) byId.get(seen.id)?.push(seen);
    looked.set(inventory, { options, byId });
    return byId;
  };
  return facts.map((fact) => ({
    ...fact,
    find: (inventory, options) => seenIn(inventory, options).get(fact.id) ?? [],
  }));
}

/**
 * What laws say, as sightings in one place.
 *
 * @param of whose property it is, such as `rule `daily` of plan `gold``
 */
export function told(place: Place, problems: readonly Problem[], of?: () => string): Seen[] {
  return problems.map((problem) => ({
    id: problem.id,
    place,
    message: of ? within(problem, of()) : problem.message,
    fix: problem.fix,
    severity: problem.severity,
  }));
}

/** The message of a problem, with whose property it is. */
function within({ property, message }: Problem, of: string): string {
  const quoted = `\`${property}\``;
  return message.replace(quoted, () => `${quoted} of ${of}`);
}
