/** Settings by name: on or off. A setting that isn't there is not supported where the handler runs. */
export type Settings = Readonly<Record<string, boolean>>;

/**
 * What one custom resource wants of settings that it shares with others, and how to undo what it did. Everybody's
 * claims are kept where all can read them, since who leaves must not take away what another wants too.
 */
export interface Claim {
  readonly owner: string;
  /** What it was told to set; what it wasn't told isn't here and is never touched. */
  readonly wants: Settings;
  /** What was before anybody's claim, for each setting that it changed. */
  readonly undo: Settings;
}

/** What is to be done, in this order: each step can be done again after it was done half. */
export interface Steps {
  /** Claims to write before anything is changed: with them a retry knows what was before. */
  readonly ahead: readonly Claim[];
  /** The settings to change. */
  readonly changes: Settings;
  /** The own claim afterwards, undefined where nothing is left of it. */
  readonly after?: Claim;
  /** Settings that somebody has changed since the claim was made. */
  readonly drift: readonly string[];
  /** What it was told to set, but can't be set here. */
  readonly unsupported: readonly string[];
}

/** The steps to what is wanted. What the claim had wanted, but wants no more, is given back. */
export function claimSteps(
  own: Claim,
  wants: Settings,
  current: Settings,
  others: readonly Claim[],
  restores: boolean,
): Steps {
  const supported = Object.keys(wants).filter((key) => key in current);
  const undo = { ...own.undo };
  const changes: Record<string, boolean> = {};
  for (const key of supported) {
    if (current[key] === wants[key]) continue;
    changes[key] = wants[key];
    undo[key] ??= others.find((other) => key in other.undo)?.undo[key] ?? current[key];
  }
  const released = Object.keys(own.undo).filter((key) => !supported.includes(key));
  const given = restores ? giveBack(own, released, current, others) : NOTHING;

  const told = pick(wants, supported);
  // a setting that is what it was before needs no undoing
  const kept = supported.filter((key) => key in undo && undo[key] !== wants[key]);
  return {
    ahead: [...given.claims, { owner: own.owner, wants: told, undo }],
    changes: { ...changes, ...given.changes },
    after: { owner: own.owner, wants: told, undo: pick(undo, kept) },
    drift: driftOf(own, current),
    unsupported: Object.keys(wants).filter((key) => !(key in current)),
  };
}

/** The steps to a world without the claim. */
export function releaseSteps(
  own: Claim,
  current: Settings,
  others: readonly Claim[],
  restores: boolean,
): Steps {
  const given = restores ? giveBack(own, Object.keys(own.undo), current, others) : NOTHING;
  return { ahead: given.claims, changes: given.changes, drift: driftOf(own, current), unsupported: [] };
}

interface GivenBack {
  readonly claims: readonly Claim[];
  readonly changes: Settings;
}

const NOTHING: GivenBack = { claims: [], changes: {} };

/**
 * Gives settings back. Who else wants what is set now inherits the duty to undo it, and what somebody changed behind
 * our back stays as it is.
 */
function giveBack(
  own: Claim,
  keys: readonly string[],
  current: Settings,
  others: readonly Claim[],
): GivenBack {
  const heirs = new Map<string, Claim>();
  const changes: Record<string, boolean> = {};
  for (const key of keys) {
    const before = own.undo[key];
    const agreeing = others.filter((other) => other.wants[key] === !before);
    if (agreeing.some((other) => key in other.undo)) continue;
    if (agreeing.length > 0) {
      const heir = heirs.get(agreeing[0].owner) ?? agreeing[0];
      heirs.set(heir.owner, { ...heir, undo: { ...heir.undo, [key]: before } });
    } else if (current[key] === !before) {
      changes[key] = before;
    }
  }
  return { claims: [...heirs.values()], changes };
}

/** What was set and is not so any more. */
function driftOf(own: Claim, current: Settings): string[] {
  return Object.keys(own.wants).filter((key) => key in current && current[key] !== own.wants[key]);
}

function pick(settings: Settings, keys: readonly string[]): Settings {
  return Object.fromEntries(keys.map((key) => [key, settings[key]]));
}
