import type { SlowJob } from './slow-jobs';

/** A resource without a recovery point for its objective. */
export interface LateResource {
  readonly arn: string;
  readonly type: string;
  /** The objective, such as `rule daily of plan gold`. */
  readonly what: string;
  /** When its newest recovery point was created; undefined if there is none for the objective. */
  readonly newest?: number;
  /** Until when there had to be one. */
  readonly since: number;
}

/** What is known of a resource and an objective. */
export interface Finding {
  /** The dimension of the metrics. */
  readonly tier: string;
  readonly type: string;
  /** The age against the objective; 1 is the limit, and less than 0 is as good as 0. */
  readonly share: number;
  readonly late?: LateResource;
}

/** The name of an objective's resources if there is none. */
export const NOTHING = 'nothing is backed up';

/** How many names a message has: more than somebody reads, and far from the limit of Amazon SNS. */
const MOST_NAMES = 100;

/** One message with the names, worded like the alerts of events. */
export function messageOf(
  { check, runbook, console }: { check: string; runbook?: string; console?: string },
  { fresh, late, now }: { fresh: readonly LateResource[]; late: number; now: number },
): { Subject: string; Message: string } {
  const names = [...fresh].sort((a, b) => b.since - a.since || (a.arn < b.arn ? -1 : 1));
  const lines = names.slice(0, MOST_NAMES).map(({ arn, type, what, newest, since }) => {
    const subject = type === '' ? arn : `${arn} (${type})`;
    const last = newest === undefined ? 'no recovery point' : `last recovery point ${timeOf(newest)}`;
    return `${subject}, ${what}: ${last}, expected by ${timeOf(since)}`;
  });
  const more = names.length - lines.length;
  const one = fresh.length === 1;
  return {
    Subject: `Backup missing: ${one ? '1 resource' : `${fresh.length} resources`}`,
    Message: [
      `${one ? 'A backup' : `${fresh.length} backups`} did not happen, found by check ${check} at ${timeOf(now)}.`,
      '',
      ...lines,
      ...(more > 0 ? [`and ${more} more, listed in the log of the check`] : []),
      ...(late > fresh.length ? ['', `Missing in all, with earlier messages: ${late}`] : []),
      ...(runbook === undefined ? [] : ['', `What to do: ${runbook}`]),
      ...(console === undefined ? [] : ['', `Console: ${console}`]),
    ].join('\n'),
  };
}

/** Copies and restore tests that are longer than their target. */
export function slowMessageOf(
  { check, runbook, console }: { check: string; runbook?: string; console?: string },
  { slow, now }: { slow: readonly SlowJob[]; now: number },
): { Subject: string; Message: string } {
  const lines = slow.slice(0, MOST_NAMES).map(({ what, job, target, took, started }) => {
    const end = took === undefined ? 'still runs' : `took ${Math.round(took)} minutes`;
    return `${what}: started ${timeOf(started)}, ${end}, target ${target} minutes, job ${job}`;
  });
  const one = slow.length === 1;
  return {
    Subject: `Backup too slow: ${one ? '1 job' : `${slow.length} jobs`}`,
    Message: [
      `${one ? 'A job took' : `${slow.length} jobs took`} longer than the target, found by check ${check} at ${timeOf(now)}.`,
      '',
      ...lines,
      ...(slow.length > lines.length ? [`and ${slow.length - lines.length} more`] : []),
      ...(runbook === undefined ? [] : ['', `What to do: ${runbook}`]),
      ...(console === undefined ? [] : ['', `Console: ${console}`]),
    ].join('\n'),
  };
}

/** The last chance to remove a lock in compliance mode. */
export function lockMessageOf(
  { runbook, console }: { runbook?: string; console?: string },
  { vault, at }: { vault: string; at: number },
): { Subject: string; Message: string } {
  return {
    Subject: 'Backup vault lock becomes final',
    Message: [
      `The lock of vault ${vault} becomes final at ${timeOf(at)}. After that, nobody can change or remove it, and no recovery point can be deleted early.`,
      ...(runbook === undefined ? [] : ['', `What to do: ${runbook}`]),
      ...(console === undefined ? [] : ['', `Console: ${console}`]),
    ].join('\n'),
  };
}

function timeOf(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
}
