import type { Claim, Value } from './claim';
import { Failure } from './failure';
import { expectedValue, latestShown, type Situation, targetOf, undoOf } from './situation';

/** What happens to one subject, in this order. Each step can be repeated after it was done halfway. */
export interface Steps {
  /** The settings to change. */
  readonly changes: Record<string, Value>;
  /** The claims to write before anything is changed. With them, a retry knows what was set before. */
  readonly ahead: readonly Claim[];
  /** The own claim afterwards; undefined if it is to be removed. */
  readonly own?: Claim;
  /** The heirs: who remembers how each changed setting looks afterwards. */
  readonly heirs: ReadonlyMap<string, string>;
  /** Settings that were found as they are wanted. */
  readonly settled: readonly string[];
  /** Settings that somebody else changed since. */
  readonly drifted: string[];
  /** Settings that stay although nobody here wants them, with the reason. */
  readonly kept: Record<string, string>;
  /** Settings that can't be set here. */
  readonly unsupported: string[];
}

/** The steps to what is wanted now. */
export function planSteps(situation: Situation): Steps {
  const { own, wants = {}, current } = situation;
  const plan: Plan = {
    situation,
    undo: { ...own.undo },
    heirs: new Map(),
    inherited: new Map(),
    changes: {},
    drifted: [],
    kept: {},
    isRenewed: false,
    settled: [],
  };
  for (const key of Object.keys(wants)) if (key in current) claimSetting(plan, key);
  for (const key of new Set([...Object.keys(own.wants), ...Object.keys(own.undo)]))
    if (!(key in wants) && key in current) releaseSetting(plan, key);
  return stepsOf(plan);
}

interface Plan {
  readonly situation: Situation;
  readonly undo: Record<string, Value>;
  readonly heirs: Map<string, Claim>;
  readonly inherited: Map<string, string>;
  readonly changes: Record<string, Value>;
  readonly drifted: string[];
  readonly kept: Record<string, string>;
  isRenewed: boolean;
  readonly settled: string[];
}

function claimSetting(plan: Plan, key: string): void {
  const { kind, own, others, wants = {}, oldWants, isForced, stack, current, now } = plan.situation;
  const wanted = wants[key];
  const contrary = others.find(
    (other) =>
      key in other.wants &&
      !other.owner.startsWith(`${stack}-`) &&
      kind.combine(key, [other.wants[key], wanted], true) === undefined,
  );
  const isNew = !(key in own.wants) || !kind.isSame(key, own.wants[key], wanted);
  const { previous = {} } = own;
  const isRollback = key in previous && kind.isSame(key, previous[key], wanted);
  if (contrary && isNew && isRollback) {
    plan.kept[key] = `it is set to another value by ${contrary.owner}`;
    return;
  }
  if (contrary && isNew)
    throw new Failure(
      `${key} is set to another value by ${contrary.owner}; change it there first, or remove it from one of them`,
    );
  const expected = expectedValue(plan.situation, key);
  const isDrifted = expected !== undefined && !kind.isSame(key, current[key], expected);
  if (isDrifted) plan.drifted.push(key);
  const isUnchanged =
    !isNew && oldWants !== undefined && key in oldWants && kind.isSame(key, oldWants[key], wanted);
  if (isUnchanged && !isForced && !(key in (own.writing ?? {}))) return;

  plan.isRenewed = true;
  const known = undoOf(plan.situation, key);
  // what somebody added to the protection since belongs to what is there without us
  const before =
    known === undefined
      ? current[key]
      : isDrifted
        ? kind.strengthen(key, known, current[key], expected)
        : known;
  for (const other of others)
    if (key in other.undo && !kind.isSame(key, other.undo[key], before)) {
      const heir = plan.heirs.get(other.owner) ?? other;
      plan.heirs.set(other.owner, { ...heir, undo: { ...heir.undo, [key]: before } });
    }
  const target = targetOf(plan.situation, key, before, [...others, { ...own, wants, since: now }]);
  if (kind.isSame(key, current[key], target)) {
    if (key in plan.undo) plan.undo[key] = before;
    plan.settled.push(key);
    return;
  }
  const reason = kind.finalReason?.(key, current[key], target, expected);
  if (reason !== undefined) {
    // what protects at least as well as what did not change is no failure, and a rollback must not fail
    const isMet = kind.isSame(key, kind.strengthen(key, target, current[key], null), current[key]);
    if (!isRollback && (isNew || !isMet)) throw new Failure(reason);
    plan.kept[key] = reason;
    return;
  }
  plan.undo[key] = before;
  plan.changes[key] = target;
}

function releaseSetting(plan: Plan, key: string): void {
  const { kind, own, others, current, restores } = plan.situation;
  const before = undoOf(plan.situation, key);
  const heir = others.find((other) => key in other.wants);
  const expected = expectedValue(plan.situation, key);
  if (heir) inherit(plan, key, heir);
  delete plan.undo[key];
  const isDrifted = expected !== undefined && !kind.isSame(key, current[key], expected);
  if (isDrifted) plan.drifted.push(key);
  if (!restores || before === undefined) return;
  const target = heir ? targetOf(plan.situation, key, before, others) : before;
  if (kind.isSame(key, current[key], target)) return;
  if (!(key in own.undo) && !heir) return;
  if (others.some(({ isUnreadable }) => isUnreadable)) {
    plan.kept[key] = 'a claim that can not be read may want it';
    return;
  }
  if (isDrifted) {
    plan.kept[key] = 'it was changed by somebody else since';
    return;
  }
  const reason = kind.finalReason?.(key, current[key], target, expected);
  if (reason !== undefined) plan.kept[key] = reason;
  else plan.changes[key] = target;
}

/** Who still wants a setting takes over what is needed to undo it. */
function inherit(plan: Plan, key: string, heir: Claim): void {
  const { own, others } = plan.situation;
  const known = plan.heirs.get(heir.owner) ?? heir;
  const undo = key in own.undo && !others.some((other) => key in other.undo) ? { [key]: own.undo[key] } : {};
  const shown = latestShown([own, ...others], key);
  plan.heirs.set(heir.owner, {
    ...known,
    undo: { ...known.undo, ...undo },
    ...(shown && { shown: { ...known.shown, [key]: shown } }),
  });
  plan.inherited.set(key, heir.owner);
}

function stepsOf(plan: Plan): Steps {
  const { kind, own, wants, current, now } = plan.situation;
  const heirs = [...plan.heirs.values()].map((heir) => withWriting(plan, heir));
  const base = {
    changes: plan.changes,
    settled: plan.settled,
    heirs: plan.inherited,
    drifted: plan.drifted,
    kept: plan.kept,
  };
  const unsupported = Object.keys(wants ?? {}).filter((key) => !(key in current));
  if (wants === undefined) return { ...base, ahead: heirs, unsupported };

  const supported = Object.fromEntries(Object.entries(wants).filter(([key]) => key in current));
  // the newest claim is the one that set something last
  const since = plan.isRenewed || own.since === undefined ? now : own.since;
  const replaced = Object.keys(own.wants).filter(
    (key) => !(key in supported) || !kind.isSame(key, own.wants[key], supported[key]),
  );
  const previous = replaced.length > 0 ? pick(own.wants, replaced) : own.previous;
  const claim: Claim = {
    owner: own.owner,
    ...(previous && { previous }),
    wants: supported,
    undo: plan.undo,
    ...(own.shown && { shown: pick(own.shown, Object.keys(supported)) }),
    since,
  };
  // until all is done the claim still has what it restores: a retry finds the same situation
  const ahead: Claim = {
    ...claim,
    wants: { ...own.wants, ...supported },
    undo: { ...own.undo, ...plan.undo },
    ...(own.shown && { shown: own.shown }),
    writing: { ...own.writing, ...pick(plan.changes, Object.keys(supported)) },
  };
  // a setting that is what it was before needs no undoing
  const undone = Object.keys(plan.undo).filter(
    (key) => !kind.isSame(key, plan.undo[key], supported[key] ?? null),
  );
  return {
    ...base,
    ahead: [...heirs, ahead],
    own: { ...claim, undo: pick(plan.undo, undone) },
    unsupported,
  };
}

function withWriting(plan: Plan, heir: Claim): Claim {
  if (plan.situation.kind.isExact) return heir;
  const keys = Object.keys(plan.changes).filter((key) => plan.inherited.get(key) === heir.owner);
  return keys.length > 0 ? { ...heir, writing: { ...heir.writing, ...pick(plan.changes, keys) } } : heir;
}

function pick<T>(settings: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(keys.filter((key) => key in settings).map((key) => [key, settings[key]]));
}
