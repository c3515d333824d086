import type { Claim, Settings, Value } from '../../../src/handler/core/claim';
import type { SettingKind, Situation } from '../../../src/handler/core/situation';

/** Flags: of two stacks, neither may change what the other wants; in one stack the newest claim counts. */
export const FLAGS: SettingKind = {
  isSame: (_, one, other) => one === other,
  combine: (_, wants, isExclusive) => (isExclusive && wants[0] !== wants[1] ? undefined : wants.at(-1)),
  strengthen: (_, value) => value,
  isExact: true,
};

const daysOf = (value: Value) => Number(value ?? 0);

/** The days of a lock: the longest counts, `07` is shown for `7`, and one of 100 days or more can't be changed. */
export const DAYS: SettingKind = {
  isSame: (_, one, other) => daysOf(one) === daysOf(other),
  combine: (_, wants) => String(Math.max(...wants.map(daysOf))),
  strengthen: (_, value, current, ours) =>
    daysOf(current) > daysOf(ours) && daysOf(current) > daysOf(value) ? current : value,
  finalReason: (_, current) => (daysOf(current) >= 100 ? 'a lock of 100 days is final' : undefined),
  isExact: false,
};

/** A claim that has changed nothing. */
export function claimOf(owner: string, wants: Settings, more: Partial<Claim> = {}): Claim {
  return { owner, wants, undo: {}, ...more };
}

/** The situation of the resource `A` in the stack `one`, at 1 second after the epoch. */
export function situationOf(more: Partial<Situation>): Situation {
  return {
    kind: FLAGS,
    own: claimOf('one-A', {}),
    others: [],
    current: {},
    isForced: false,
    restores: true,
    stack: 'one',
    now: 1_000,
    ...more,
  };
}
