import { optOutOf } from '../../coverage/opt-outs';
import { protectionsOf } from '../../coverage/protections';
import type { Inventory } from '../../inventory/inventory';
import { planLabel } from '../../inventory/labels';
import { show } from '../../values/core/amounts';
import { OPT_OUT_UNTIL_TAG, optOutUntilProblems } from '../../values/selection/opt-out';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject } from '../engine/subject';

const DOCS = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html';
const SOURCE = 'this library: `BackupOptOut`';
const AS_OF = '2026-11-21';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-OptOutSelected',
    severity: 'warning',
    what: 'A plan protects a resource that is opted out of backups.',
    why: 'The opt-out takes nothing out of a selection: the resource is backed up, and paid for.',
    fix: 'exclude it from the selection, or take the opt-out away',
    docs: DOCS,
    source: SOURCE,
    asOf: AS_OF,
  },
  {
    id: 'Backup-OptOutExpired',
    severity: 'warning',
    what: 'The opt-out of a resource that no plan protects is over.',
    why: 'Somebody said that the resource needs no backup until a day that has passed.',
    fix: 'let a plan select it, or say a new day and why',
    docs: DOCS,
    source: SOURCE,
    asOf: AS_OF,
  },
  {
    id: 'Backup-OptOutUntil',
    severity: 'warning',
    what: 'The last day of an opt-out is no day.',
    why: 'Nobody can tell when it ends: it counts as ended.',
    fix: 'write the day as `YYYY-MM-DD`',
    docs: DOCS,
    source: SOURCE,
    asOf: AS_OF,
  },
];

/** What opted out and nevertheless is protected, or did so until a day that has passed. */
export const optOutChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory, { now }: CheckOptions): Iterable<Seen> {
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources) {
    const optOut = optOutOf(resource, now);
    if (!optOut) continue;
    const { place, tags } = resource;
    const until = tags.items.find(({ key }) => key === OPT_OUT_UNTIL_TAG)?.value;
    const wrong = typeof until === 'string' ? optOutUntilProblems(until, OPT_OUT_UNTIL_TAG) : [];
    for (const { id, message } of wrong) yield { id, place, message };
    const [plan] = protections.plansOf(resource);
    if (plan && !optOut.expired)
      yield {
        id: 'Backup-OptOutSelected',
        place,
        message: `this resource is opted out (${show(optOut.reason)}), but ${planLabel(plan)} protects it`,
      };
    if (optOut.expired && wrong.length === 0 && protections.of(resource).length === 0)
      yield {
        id: 'Backup-OptOutExpired',
        place,
        message: `this resource was opted out until ${show(optOut.until)} (${show(optOut.reason)}), and no plan protects it`,
      };
  }
}
