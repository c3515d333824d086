import type { Finding } from '../checks/engine/check';
import type { Place } from '../inventory/core/item';
import { isExpired } from '../values/selection/opt-out';

/** A place in which findings are accepted. */
export interface Exception {
  /** The construct path, or the stack with the logical id; `*` stands for any text. */
  readonly place: string;
  /** All checks if undefined. */
  readonly ids?: readonly string[];
  readonly reason: string;
  /** The last day, as `YYYY-MM-DD`. */
  readonly until?: string;
  /** Where it is in the configuration file. */
  readonly path: string;
}

export interface ExceptedFindings<T> {
  readonly open: readonly T[];
  readonly accepted: readonly (T & { readonly reason: string })[];
  /** What needs attention: expired exceptions, and those that no longer match a finding. */
  readonly remarks: readonly string[];
}

/** Separates findings that exceptions accept from the others. An expired exception accepts nothing, and its findings say so. */
export function applyExceptions<T extends Finding>(
  findings: readonly T[],
  exceptions: readonly Exception[],
  now: Date,
): ExceptedFindings<T> {
  if (exceptions.length === 0) return { open: findings, accepted: [], remarks: [] };
  const matchers = exceptions.map((exception) => ({
    exception,
    expired: isExpired(exception.until, now),
    matches: matcherOf(exception),
    used: 0,
  }));
  const open: T[] = [];
  const accepted: (T & { readonly reason: string })[] = [];
  for (const finding of findings) {
    const matching = matchers.filter(({ matches }) => matches(finding));
    for (const one of matching) one.used++;
    const valid = matching.find(({ expired }) => !expired);
    if (valid) accepted.push({ ...finding, reason: valid.exception.reason });
    else if (matching.length > 0) open.push(withRemark(finding, matching[0].exception));
    else open.push(finding);
  }
  const remarks = matchers.flatMap(({ exception: { path, place, until }, used, expired }) => {
    if (used === 0) return [`\`${path}\`: \`${place}\` matches no finding; remove the exception`];
    return expired
      ? [
          `\`${path}\`: the exception for \`${place}\` expired on ${until}; fix its findings, or set a later \`until\``,
        ]
      : [];
  });
  return { open, accepted, remarks };
}

function withRemark<T extends Finding>(finding: T, { reason, until }: Exception): T {
  return { ...finding, message: `${finding.message} (the exception “${reason}” expired on ${until})` };
}

function matcherOf({ place, ids }: Exception): (finding: Finding) => boolean {
  const pattern = placePattern(place);
  return ({ id, place: found }) =>
    (ids === undefined || ids.includes(id)) && namesOf(found).some((name) => pattern.test(name));
}

/** What a place in the configuration matches: itself with everything inside; `*` stands for any text. */
export function placePattern(place: string): RegExp {
  return new RegExp(`^${place.split('*').map(escaped).join('.*')}(?:/.*)?$`, 's');
}

function namesOf({ constructPath, stack, logicalId }: Place): string[] {
  const names = [`${stack}/${logicalId}`];
  return constructPath === undefined ? names : [constructPath, ...names];
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
