import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, LIMITS } from '../../inventory/labels';
import type { LegalHoldItem } from '../../inventory/vault/tiering';
import { isUnknown, known, type Text } from '../../template/evaluation/unknown';
import type { Problem } from '../../values/core/problem';
import {
  heldDatesProblems,
  heldResourceProblems,
  legalHoldQuotaProblems,
  legalHoldSelectionProblems,
  legalHoldTextProblems,
} from '../../values/vault/legal-hold-laws';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const source = 'API reference CreateLegalHold and RecoveryPointSelection';
const docs = `${GUIDE}API_CreateLegalHold.html`;
const asOf = '2026-08-31';
const REFUSED = 'AWS Backup refuses the hold.';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-LegalHoldText',
    severity: 'error',
    what: 'The title or the description of a legal hold is blank.',
    why: REFUSED,
    fix: 'say what the hold is for: it is read by whoever has to cancel it',
    docs,
    source,
    asOf,
  },
  {
    id: 'Backup-EmptyLegalHold',
    severity: 'error',
    what: 'A legal hold names neither vaults nor resources.',
    why: REFUSED,
    fix: 'name the vaults whose recovery points must stay',
    docs,
    source,
    asOf,
  },
  {
    id: 'Backup-LegalHoldResource',
    severity: 'error',
    what: 'A legal hold names a resource by what is no ARN; a warning where it has a wildcard.',
    why: 'AWS documents ARNs of resources, and nothing of wildcards: such a hold may hold nothing.',
    fix: 'name each resource by its ARN, or hold a whole vault',
    docs,
    source,
    asOf,
  },
  {
    id: 'Backup-LegalHoldDates',
    severity: 'error',
    what: 'A legal hold has one of its two dates only, a date in the future, or its dates in the wrong order.',
    why: REFUSED,
    fix: 'say both dates, the earlier one first, or neither',
    docs,
    source,
    asOf,
  },
  {
    id: 'Backup-LegalHoldQuota',
    severity: 'error',
    what: 'The templates make more than 50 legal holds in one account.',
    why: 'AWS Backup refuses what exceeds the quota, which can not be raised.',
    fix: 'hold several vaults or resources with one',
    docs: LIMITS,
    source: 'AWS Backup Developer Guide, Quotas',
    asOf: '2026-09-24',
  },
];

/** Legal holds. */
export const legalHoldChecks: readonly Check[] = subject(FACTS, look);

const WORDS = {
  from: 'FromDate',
  to: 'ToDate',
  form: { what: 'a time', example: '`2026-01-31T00:00:00Z`' },
};

function* look({ legalHolds }: Inventory, { now }: CheckOptions): Iterable<Seen> {
  yield* quotaSeen(legalHolds);
  for (const hold of legalHolds) {
    const { place, title, description, vaults, resources } = hold;
    const under = (path: string) => at(place, `${place.pathInTemplate}/Properties/${path}`);
    for (const [property, text] of [
      ['Title', title],
      ['Description', description],
    ] as const)
      if (!isUnknown(text)) yield* told(under(property), legalHoldTextProblems(property, text));
    if (!vaults.rest && !resources.rest)
      yield* told(
        under('RecoveryPointSelection'),
        legalHoldSelectionProblems(vaults.items.length, resources.items.length, [
          'VaultNames',
          'ResourceIdentifiers',
        ]),
      );
    for (const [index, arn] of resources.items.entries()) {
      const property = `ResourceIdentifiers[${index}]`;
      const path = `RecoveryPointSelection/ResourceIdentifiers/${index}`;
      if (!isUnknown(arn)) yield* told(under(path), heldResourceProblems(arn, property));
    }
    for (const problem of dateProblems(hold, now))
      yield* told(under(`RecoveryPointSelection/DateRange/${problem.property}`), [problem]);
  }
}

/** The holds of each account that go beyond the quota. */
function* quotaSeen(legalHolds: readonly LegalHoldItem[]): Iterable<Seen> {
  const byAccount = new Map<string, LegalHoldItem[]>();
  for (const hold of legalHolds) {
    const { account } = hold.place;
    if (account === undefined || (hold.condition && isUnknown(hold.condition.holds))) continue;
    const there = byAccount.get(account);
    if (there) there.push(hold);
    else byAccount.set(account, [hold]);
  }
  for (const there of byAccount.values())
    yield* told(there[there.length - 1].place, legalHoldQuotaProblems(there.length));
}

function dateProblems({ from, to }: LegalHoldItem, now: Date): Problem[] {
  if (isUnknown(from) || isUnknown(to)) return [];
  return heldDatesProblems(dateOf(from), dateOf(to), now, WORDS);
}

/** A time as the law takes it; what is none stays the text that it is. */
function dateOf(text: Text | undefined): Date | string | undefined {
  const said = known(text);
  if (said === undefined) return undefined;
  // CloudFormation takes times as texts, or as seconds
  const date = new Date(/^\d+$/.test(said) ? Number(said) * 1000 : said);
  return Number.isNaN(date.getTime()) ? said : date;
}
