import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { inTemplate } from '../../inventory/template-names';
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
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** Legal holds. */
export const legalHoldChecks: readonly Check[] = checksOf(
  [
    'Backup-LegalHoldWildcard',
    'Backup-LegalHoldText',
    'Backup-EmptyLegalHold',
    'Backup-LegalHoldResource',
    'Backup-LegalHoldDates',
    'Backup-LegalHoldQuota',
  ],
  findProblems,
);

const FORM = { what: 'a time', example: '`2026-01-31T00:00:00Z`' };

function* findProblems({ legalHolds }: Inventory, { now }: CheckOptions): Iterable<Detection> {
  yield* ofQuota(legalHolds);
  for (const hold of legalHolds) {
    const { place, title, description, vaults, resources } = hold;
    const under = (path: string) => at(place, `${place.pathInTemplate}/Properties/${path}`);
    for (const [property, text] of [
      ['Title', title],
      ['Description', description],
    ] as const)
      if (!isUnknown(text)) yield* detectionsFrom(under(property), legalHoldTextProblems(property, text));
    if (!vaults.rest && !resources.rest)
      yield* detectionsFrom(
        under('RecoveryPointSelection'),
        legalHoldSelectionProblems(vaults.items.length, resources.items.length, [
          'VaultNames',
          'ResourceIdentifiers',
        ]),
      );
    for (const [index, arn] of resources.items.entries()) {
      const property = `ResourceIdentifiers[${index}]`;
      const path = `RecoveryPointSelection/ResourceIdentifiers/${index}`;
      if (!isUnknown(arn)) yield* detectionsFrom(under(path), heldResourceProblems(arn, property));
    }
    for (const problem of dateProblems(hold, now))
      yield* detectionsFrom(under(`RecoveryPointSelection/DateRange/${problem.property}`), [problem]);
  }
}

/** Accounts with more legal holds than the quota. */
function* ofQuota(legalHolds: readonly LegalHoldItem[]): Iterable<Detection> {
  const byAccount = new Map<string, LegalHoldItem[]>();
  for (const hold of legalHolds) {
    const { account } = hold.place;
    if (account === undefined || (hold.condition && isUnknown(hold.condition.holds))) continue;
    const there = byAccount.get(account);
    if (there) there.push(hold);
    else byAccount.set(account, [hold]);
  }
  for (const there of byAccount.values())
    yield* detectionsFrom(there[there.length - 1].place, legalHoldQuotaProblems(there.length));
}

function dateProblems({ from, to }: LegalHoldItem, now: Date): Problem[] {
  if (isUnknown(from) || isUnknown(to)) return [];
  return inTemplate(heldDatesProblems(dateOf(from), dateOf(to), now, FORM));
}

/** A time, or the text if it isn't a time. */
function dateOf(text: Text | undefined): Date | string | undefined {
  const value = known(text);
  if (value === undefined) return undefined;
  // CloudFormation accepts times as text or in seconds
  const date = new Date(/^\d+$/.test(value) ? Number(value) * 1000 : value);
  return Number.isNaN(date.getTime()) ? value : date;
}
