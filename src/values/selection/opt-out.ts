import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';

/** The tag that says why a resource isn't backed up. */
export const OPT_OUT_REASON_TAG = 'backup:opt-out-reason';
/** The tag that says until which day that holds, as `YYYY-MM-DD`. */
export const OPT_OUT_UNTIL_TAG = 'backup:opt-out-until';

const MAX_REASON = 256;
/** What every service takes in the value of a tag. Source: AWS General Reference "Tagging AWS resources", 2026. */
const REASON = /^[\p{L}\p{N}\p{Zs}+\-=._:/@]*$/u;

/** The law of the reason of an opt-out, which must fit into a tag. */
export function optOutReasonProblems(reason: unknown, property = 'reason'): Problem[] {
  if (!isKnown(reason)) return [];
  const problem = { id: 'Backup-OptOutReason', severity: 'error', property } as const;
  if (typeof reason !== 'string' || reason.trim() === '')
    return [
      {
        ...problem,
        message: `\`${property}\` must say why the resource needs no backup, got ${show(reason)}`,
        fix: "write for example 'cache - rebuilt from the orders table'",
      },
    ];
  const length = [...reason].length;
  if (length > MAX_REASON)
    return [
      {
        ...problem,
        message: `\`${property}\` must be at most ${MAX_REASON} characters, since it becomes the value of a tag, got ${length} characters`,
        fix: 'shorten it',
      },
    ];
  if (REASON.test(reason)) return [];
  return [
    {
      ...problem,
      message: `\`${property}\` must be letters, digits, spaces and \`+ - = . _ : / @\`, since it becomes the value of a tag, got ${show(reason)}`,
      fix: `use ${show(fitting(reason))}`,
    },
  ];
}

/** The nearest reason that fits into a tag. */
function fitting(reason: string): string {
  const text = reason
    .replace(/\s*[;,]\s*/g, ' - ')
    .replace(/&/g, ' and ')
    .replace(/['’"“”`]/g, '')
    .replace(/[^\p{L}\p{N}\p{Zs}+\-=._:/@]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? 'rebuilt from its source' : text;
}

/** The law of the last day of an opt-out. */
export function optOutUntilProblems(until: unknown, property = 'until'): Problem[] {
  if (until === undefined || !isKnown(until) || dayOf(until) !== undefined) return [];
  return [
    {
      id: 'Backup-OptOutUntil',
      severity: 'error',
      property,
      message: `\`${property}\` must be a day as \`YYYY-MM-DD\`, got ${show(until)}`,
      fix: untilFix(until),
    },
  ];
}

function untilFix(until: unknown): string {
  const date = until instanceof Date ? until : new Date(Number.NaN);
  return `write for example '${Number.isNaN(date.getTime()) ? '2030-12-31' : date.toISOString().slice(0, 10)}'`;
}

/** Midnight at the beginning of a day in UTC; undefined for what is no day of the calendar. */
function dayOf(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day.getTime() : undefined;
}

/**
 * Whether an opt-out is over: it holds to the end of its day in UTC. One without a day never ends; one of which the
 * day can't be read has ended, since nobody can tell that it hasn't.
 */
export function isExpired(until: string | undefined, now: Date): boolean {
  if (until === undefined) return false;
  const day = dayOf(until.trim());
  return day === undefined || now.getTime() >= day + 24 * 3_600_000;
}
