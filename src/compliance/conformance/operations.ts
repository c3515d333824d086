import type { Inventory } from '../../inventory/inventory';
import { known } from '../../template/evaluation/unknown';
import { dayCount, show } from '../../values/core/amounts';
import { KEY_FACTS } from '../../values/standards/key-facts';
import type { Question } from './question';
import { linkedBucket } from './report-buckets';
import type { Situation } from './situation';
import type { Verdict } from './verdict';

/** States of jobs that failed. */
const FAILED: readonly string[] = ['FAILED', 'ABORTED', 'EXPIRED', 'PARTIAL'];
const FAILED_METRICS: readonly string[] = [
  'NumberOfBackupJobsFailed',
  'NumberOfBackupJobsAborted',
  'NumberOfBackupJobsExpired',
];
/** Vault events of failed backup jobs; `BACKUP_JOB_COMPLETED` is sent for every end. */
const FAILED_EVENTS: readonly string[] = ['BACKUP_JOB_FAILED', 'BACKUP_JOB_COMPLETED', 'BACKUP_JOB_EXPIRED'];

/** MON: is someone notified of failures? In each account and Region that has plans of protected resources. */
export function monitoring(question: Question, situation: Situation): Verdict[] {
  const seen = new Set<string>();
  return situation.ofProtected(question, ({ coverage }) =>
    coverage.plans.flatMap(({ plan, name }): Verdict[] => {
      const { account, region } = (plan ?? coverage.resource).place;
      const key = `${account ?? ''}|${region ?? ''}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const { place } = plan ?? coverage.resource;
      const by = findNotification(situation.inventory, account, region);
      const where = `${account ?? 'any account'}/${region ?? 'any Region'}`;
      return by
        ? [
            {
              status: 'met',
              place,
              value: `failures of plan ${show(name)} in ${where} are reported by ${by}`,
            },
          ]
        : [{ status: 'not-met', place, value: `nothing reports failures of plan ${show(name)} in ${where}` }];
    }),
  );
}

/** What reports failures of backup jobs in an account and Region. */
export function findNotification(
  { eventRules, metrics, vaults }: Inventory,
  account: string | undefined,
  region: string | undefined,
): string | undefined {
  const isHere = ({ place }: { readonly place: { account?: string; region?: string } }) =>
    (place.account ?? account) === (account ?? place.account) &&
    (place.region ?? region) === (region ?? place.region);
  const rule = eventRules.find(
    (one) =>
      isHere(one) &&
      one.active &&
      (one.kinds === undefined || one.kinds.includes('Backup Job State Change')) &&
      (one.states === undefined || one.states.some((state) => FAILED.includes(state))),
  );
  if (rule) return `EventBridge rule ${show(rule.place.logicalId)}`;
  const alarm = metrics.find(
    (one) =>
      isHere(one) &&
      one.alarm !== undefined &&
      known(one.namespace) === 'AWS/Backup' &&
      FAILED_METRICS.includes(known(one.metric) ?? ''),
  );
  if (alarm) return `alarm ${show(alarm.place.logicalId)}`;
  const vault = vaults.find(
    (one) =>
      isHere(one) &&
      one.notifications?.events.items.some((event) => FAILED_EVENTS.includes(known(event) ?? '')),
  );
  return vault && `the notifications of vault ${show(known(vault.name) ?? vault.place.logicalId)}`;
}

/** EVID: is evidence produced, and kept long enough? */
export function evidence(question: Question, { inventory }: Situation): Verdict[] {
  const least = question.numbers.minEvidenceRetentionDays?.value;
  if (inventory.reportPlans.length === 0) return [{ status: 'not-met', value: 'there is no report plan' }];
  return inventory.reportPlans.map((report): Verdict => {
    const { place } = report;
    const name = `report plan ${show(known(report.name) ?? place.logicalId)}`;
    if (least === undefined) return { status: 'met', place, value: `${name} delivers reports` };
    const bucket = linkedBucket(inventory, report.bucket);
    if (!bucket)
      return {
        status: 'not-visible',
        place,
        value: `${name}: its bucket, which must keep reports ${dayCount(least)}, is in no template`,
      };
    const days = bucket.bucket?.expirationDays;
    if (days === undefined)
      return {
        status: 'met',
        place,
        value: `${name}: its bucket keeps reports; at least ${dayCount(least)}`,
      };
    if (typeof days !== 'number')
      return {
        status: 'not-visible',
        place,
        value: `${name}: how long its bucket keeps reports is known only at deployment`,
      };
    return {
      status: days >= least ? 'met' : 'not-met',
      place,
      value: `${name}: its bucket keeps reports ${dayCount(days)}; at least ${dayCount(least)}`,
    };
  });
}

/** HOLD: can backups be frozen on demand? */
export function legalHolds(question: Question, { inventory }: Situation): Verdict[] {
  const { legalHolds: holds } = inventory;
  if (holds.length === 0) return [{ status: 'not-visible', value: KEY_FACTS[question.key].unseen }];
  return holds.map(({ place }) => ({ status: 'met', place, value: `legal hold ${show(place.logicalId)}` }));
}

/** DOC: something that no template shows. */
export function documents({ key }: Question): Verdict[] {
  return [{ status: 'not-visible', value: KEY_FACTS[key].unseen }];
}
