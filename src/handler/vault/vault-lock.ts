import { isMap } from '../core/properties';

/** The lock of a vault. As JSON it is a value of a claim. */
export interface Lock {
  readonly min?: number;
  readonly max?: number;
  readonly compliance?: true;
  /** What was asked for; AWS does not show it. */
  readonly coolingOff?: number;
  /** When a compliance lock becomes final; only in what AWS shows. */
  readonly lockDate?: string;
}

type LockText = string | null;

/** What counts when two locks are compared. */
export function comparableLock(text: string): object {
  const { min, max, compliance } = JSON.parse(text) as Lock;
  return { min, max, compliance };
}

/** The lock that satisfies all; undefined if there is none. */
export function strictestLock(locks: readonly string[]): string | undefined {
  const all = locks.map((lock) => JSON.parse(lock) as Lock);
  const min = strictest(all, 'min', Math.max);
  const max = strictest(all, 'max', Math.min);
  if (min !== undefined && max !== undefined && max < min) return undefined;
  const newest = all.filter(({ compliance }) => compliance).pop();
  return JSON.stringify({
    min,
    max,
    ...(newest && { compliance: true, coolingOff: newest.coolingOff }),
  });
}

/** The lock, as strict as `current` wherever that is stricter than `ours`. */
export function keepStrictness(lock: LockText, current: LockText, ours: LockText): LockText {
  const [next, shown, own]: Lock[] = [lock, current, ours].map((text) =>
    text === null ? {} : JSON.parse(text),
  );
  const keepsMin = (shown.min ?? 0) > (own.min ?? 0);
  const keepsMax = (shown.max ?? Number.POSITIVE_INFINITY) < (own.max ?? Number.POSITIVE_INFINITY);
  const keepsKind = shown.compliance && !own.compliance;
  if (!keepsMin && !keepsMax && !keepsKind) return lock;
  const kept: Lock = {
    ...(keepsMin && { min: shown.min }),
    ...(keepsMax && { max: shown.max }),
    ...(keepsKind && { compliance: true }),
  };
  return strictestLock([JSON.stringify(kept), JSON.stringify(next)]) ?? current;
}

/** Why a compliance lock must stay as it is; undefined if it may change. */
export function finalLockReason(current: LockText, isOurs: boolean, now: number): string | undefined {
  const { lockDate }: Lock = current === null ? {} : JSON.parse(current);
  if (lockDate === undefined) return undefined;
  if (Date.parse(lockDate) <= now) return `nobody can change its compliance lock, final since ${lockDate}`;
  return isOurs
    ? undefined
    : `its compliance lock, in its cooling-off period until ${lockDate}, can not be restored once changed; change it where it was set`;
}

/** Whether a value is a lock. */
export function isLock(value: unknown): boolean {
  if (!isMap(value)) return false;
  return [value.min, value.max, value.coolingOff].every(
    (days) => days === undefined || Number.isSafeInteger(days),
  );
}

function strictest(
  locks: readonly Lock[],
  bound: 'min' | 'max',
  choose: (...days: number[]) => number,
): number | undefined {
  const days = locks.map((lock) => lock[bound]).filter((each) => each !== undefined);
  return days.length > 0 ? choose(...days) : undefined;
}
