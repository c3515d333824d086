import { isMap } from './properties';

/** The value of a setting; null where there is none. */
export type Value = boolean | string | null;
/** Settings by name. A setting that is missing is not supported where the handler runs. */
export type Settings = Readonly<Record<string, Value>>;

/** What AWS showed after a change, and when that was. */
export interface Shown {
  readonly value: Value;
  readonly at: number;
}

/**
 * What one custom resource wants of settings that others may want too, and what it needs to undo its changes. All can
 * read all claims: whoever leaves must not take away what another still wants.
 */
export interface Claim {
  readonly owner: string;
  /** The settings that it was asked for. Others are never touched. */
  readonly wants: Settings;
  /** For each setting that it changed: the value without any of us. */
  readonly undo: Settings;
  /** How AWS renders what was written last. */
  readonly shown?: Readonly<Record<string, Shown>>;
  /** What is being written: left behind by a function that stopped halfway. */
  readonly writing?: Settings;
  /** When it was made or last changed: the newest claim of a stack counts. */
  readonly since?: number;
  /** What it wanted before: an update back to that is a rollback, which must not fail. */
  readonly previous?: Settings;
  /** Someone's claim that can't be read: it may want anything. */
  readonly isUnreadable?: boolean;
  /** Written by an earlier version, which had no marks. */
  readonly isLegacy?: boolean;
}

/** Whether a claim leaves nothing to remember. */
export function isEmpty({ wants, undo, isUnreadable }: Claim): boolean {
  return !isUnreadable && Object.keys(wants).length + Object.keys(undo).length === 0;
}

/** A claim from its JSON; undefined if it is damaged. */
export function readClaim(owner: string, json: string): Claim | undefined {
  try {
    const { wants, undo, shown, writing, since, previous } = JSON.parse(json);
    if (!isSettings(wants) || !isSettings(undo)) return undefined;
    return {
      owner,
      wants,
      undo,
      ...(isMap(shown) && Object.values(shown).every(isShown) && { shown: shown as Claim['shown'] }),
      ...(isSettings(writing) && { writing }),
      ...(isSettings(previous) && { previous }),
      ...(Number.isSafeInteger(since) && { since }),
    };
  } catch {
    return undefined;
  }
}

/** The JSON of a claim. */
export function renderClaim({ owner, isUnreadable, isLegacy, ...claim }: Claim): string {
  return JSON.stringify(claim);
}

function isSettings(value: unknown): value is Settings {
  return isMap(value) && Object.values(value).every(isValue);
}

function isShown(value: unknown): boolean {
  return isMap(value) && isValue(value.value) && Number.isSafeInteger(value.at);
}

function isValue(value: unknown): boolean {
  return value === null || typeof value === 'boolean' || typeof value === 'string';
}
