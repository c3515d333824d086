import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';

/** The tag with the reason why a resource isn't backed up. */
export const OPT_OUT_REASON_TAG = 'backup:opt-out-reason';
/** The tag with the last day of an opt-out, as `YYYY-MM-DD`. */
export const OPT_OUT_UNTIL_TAG = 'backup:opt-out-until';

const MAX_REASON = 256;
/** The characters that every service accepts in tag values. Source: AWS General Reference "Tagging AWS resources", 2026. */
const REASON = /^[\p{L}\p{N}\p{Zs}+\-=._:/@]*$/u;

/** The law for the reason of an opt-out, which must be a valid tag value. */
export function optOutReasonProblems(reason: unknown, property = 'reason'): Problem[] {
  if (!isKnown(reason)) return [];
  const base = { id: 'Backup-OptOutReason', property } as const;
  if (typeof reason !== 'string' || reason.trim() === '')
    return [
      problem({
        ...base,
        message: (label) =>
          `${label(property)} must say why the resource needs no backup, got ${show(reason)}`,
        fix: "for example, write 'cache - rebuilt from the orders table'",
      }),
    ];
  const length = [...reason].length;
  if (length > MAX_REASON)
    return [
      problem({
        ...base,
        message: (label) =>
          `${label(property)} must be at most ${MAX_REASON} characters, since it becomes the value of a tag, got ${length} characters`,
        fix: 'shorten it',
      }),
    ];
  if (REASON.test(reason)) return [];
  return [
    problem({
      ...base,
      message: (label) =>
        `${label(property)} must be letters, digits, spaces and \`+ - = . _ : / @\`, since it becomes the value of a tag, got ${show(reason)}`,
      fix: `use ${show(fitting(reason))}`,
    }),
  ];
}

/** The most similar reason that is a valid tag value. */
function fitting(reason: string): string {
  const text = reason
    .replace(/[;,]/g, ' - ')
    .replace(/&/g, ' and ')
    .replace(/['’"“”`]/g, '')
    .replace(/[^\p{L}\p{N}\p{Zs}+\-=._:/@]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? 'rebuilt from its source' : text;
}

/** The law for the last day of an opt-out. */
export function optOutUntilProblems(until: unknown, property = 'until'): Problem[] {
  if (until === undefined || !isKnown(until) || dayOf(until) !== undefined) return [];
  return [
    problem({
      id: 'Backup-OptOutDate',
      property,
      message: (label) => `${label(property)} must be a day as \`YYYY-MM-DD\`, got ${show(until)}`,
      fix: untilFix(until),
    }),
  ];
}

function untilFix(until: unknown): string {
  const date = until instanceof Date ? until : new Date(Number.NaN);
  return `for example, write '${Number.isNaN(date.getTime()) ? '2030-12-31' : date.toISOString().slice(0, 10)}'`;
}

/** Midnight at the start of a day in UTC; undefined if the text isn't a valid day. */
function dayOf(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day.getTime() : undefined;
}

/**
 * Whether an opt-out has expired: it lasts until the end of its day in UTC. Without a day it never expires. With an
 * unreadable day it counts as expired.
 */
export function isExpired(until: string | undefined, now: Date): boolean {
  if (until === undefined) return false;
  const day = dayOf(until.trim());
  return day === undefined || now.getTime() >= day + 24 * 3_600_000;
}
