import type { Claim, Settings, Shown, Value } from './claim';

/** How the values of a setting compare. */
export interface SettingKind {
  /** Whether two values mean the same. */
  isSame(key: string, one: Value, other: Value): boolean;
  /**
   * The value that satisfies all claims at once, oldest first; undefined if there is none. `isExclusive` if the claims
   * are of different stacks: in one stack the newest claim follows the others.
   */
  combine(key: string, wants: readonly Value[], isExclusive: boolean): Value | undefined;
  /** The value with everything in which `current` protects more than `ours`. */
  strengthen(key: string, value: Value, current: Value, ours: Value): Value;
  /** Why a setting must stay as it is; undefined if it may change. `ours` is what we left there. */
  finalReason?(key: string, current: Value, next: Value, ours: Value | undefined): string | undefined;
  /** Whether AWS shows exactly what was written, so that it need not be remembered. */
  readonly isExact: boolean;
}

/** Everything that decides what happens. */
export interface Situation {
  readonly kind: SettingKind;
  readonly own: Claim;
  readonly others: readonly Claim[];
  readonly current: Settings;
  /** Undefined if the resource is deleted. */
  readonly wants?: Settings;
  /** The settings to set although nothing about them changed. */
  readonly isForced: boolean;
  /** The properties of the resource before the update; undefined if there were none. */
  readonly oldWants?: Settings;
  /** Whether settings that are no longer wanted get their old value. */
  readonly restores: boolean;
  /** The common beginning of the owners of this stack. */
  readonly stack: string;
  readonly now: number;
}

/** The settings that are not as we left them: changed by somebody else, or not shown by AWS yet. */
export function findSurprises(situation: Situation): string[] {
  const { kind, own, wants = {}, current } = situation;
  return [...new Set([...Object.keys(wants), ...Object.keys(own.wants)])].filter((key) => {
    const expected = key in current ? expectedValue(situation, key) : undefined;
    return expected !== undefined && !kind.isSame(key, current[key], expected);
  });
}

/** What AWS shows if nobody else changed the setting; undefined if none of us has set it. */
export function expectedValue({ kind, own, others, current }: Situation, key: string): Value | undefined {
  const claims = [own, ...others];
  const shown = latestShown(claims, key);
  const writings = claims
    .filter(({ writing = {} }) => key in writing)
    .map(({ writing = {} }) => writing[key]);
  if (writings.length > 0) {
    // a function stopped halfway: each of them is ours
    const before = shown?.value ?? undoIn(claims, key);
    const previous = claims.filter((claim) => key in (claim.previous ?? {}));
    const candidates = [
      ...writings,
      ...(before === undefined ? [] : [before]),
      ...previous.map((claim) => claim.previous?.[key] ?? null),
    ];
    return candidates.find((value) => kind.isSame(key, current[key], value)) ?? writings[0];
  }
  if (shown) return shown.value;
  const wanting = claims.filter(({ wants }) => key in wants);
  if (wanting.length === 0) return undefined;
  return targetAmong(kind, key, undoIn(claims, key) ?? null, wanting);
}

export function targetOf({ kind }: Situation, key: string, before: Value, claims: readonly Claim[]): Value {
  return targetAmong(
    kind,
    key,
    before,
    claims.filter(({ wants }) => key in wants),
  );
}

function targetAmong(kind: SettingKind, key: string, before: Value, claims: readonly Claim[]): Value {
  const wants = [...claims].sort((a, b) => (a.since ?? 0) - (b.since ?? 0)).map((claim) => claim.wants[key]);
  const combined = kind.combine(key, wants, false);
  return kind.strengthen(key, combined ?? wants[wants.length - 1], before, null);
}

export function latestShown(claims: readonly Claim[], key: string): Shown | undefined {
  return claims
    .map(({ shown }) => shown?.[key])
    .filter((shown) => shown !== undefined)
    .sort((a, b) => b.at - a.at)[0];
}

export function undoOf({ own, others }: Situation, key: string): Value | undefined {
  return undoIn([own, ...others], key);
}

function undoIn(claims: readonly Claim[], key: string): Value | undefined {
  return claims.find(({ undo }) => key in undo)?.undo[key];
}
