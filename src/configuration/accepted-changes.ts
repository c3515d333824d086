import type { Change, ChangeKind } from '../forecast/difference/change';
import { type Difference, summaryOf } from '../forecast/difference/summary';
import { isExpired } from '../values/selection/opt-out';
import { placePattern } from './exceptions';

/** A place in which changes are accepted although they make something weaker. */
export interface AcceptedChange {
  /** The stack with the logical id; `*` stands for any text. */
  readonly place: string;
  /** All kinds if undefined. */
  readonly kinds?: readonly ChangeKind[];
  readonly reason: string;
  /** The last day, as `YYYY-MM-DD`. */
  readonly until?: string;
}

/** The difference with the reasons of weaker changes that are accepted. What expired accepts nothing, and its changes say so. */
export function withAcceptedChanges(
  difference: Difference,
  accepted: readonly AcceptedChange[],
  now: Date,
): Difference {
  if (accepted.length === 0) return difference;
  const entries = accepted.map((entry) => ({ ...entry, pattern: placePattern(entry.place) }));
  const mark = (change: Change): Change => {
    if (change.direction !== 'weaker') return change;
    const place = `${change.stack}/${change.logicalId}`;
    const matching = entries.filter(
      ({ kinds, pattern }) => (kinds?.includes(change.kind) ?? true) && pattern.test(place),
    );
    const valid = matching.find(({ until }) => !isExpired(until, now));
    if (valid) return { ...change, accepted: valid.reason };
    if (matching.length === 0) return change;
    const [{ reason, until }] = matching;
    return { ...change, message: `${change.message} (accepted until ${until}: ${reason})` };
  };
  return summaryOf(difference.changes.map(mark));
}
