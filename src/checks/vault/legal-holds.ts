import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { vaultLabel } from '../../inventory/labels';
import { inTemplate } from '../../inventory/template-names';
import { eachRule } from '../../inventory/traversal';
import type { LegalHoldItem } from '../../inventory/vault/tiering';
import { arnOrToken, writtenArn } from '../../inventory/written-arns';
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
    'Backup-LegalHoldContinuous',
    'Backup-LegalHoldResource',
    'Backup-LegalHoldDates',
    'Backup-LegalHoldQuota',
  ],
  findProblems,
);

const FORM = { what: 'a time', example: '`2026-01-31T00:00:00Z`' };

function* findProblems(inventory: Inventory, { now }: CheckOptions): Iterable<Detection> {
  const { legalHolds } = inventory;
  yield* ofQuota(legalHolds);
  yield* ofContinuous(inventory);
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
      const written = writtenArn(inventory, place, arn);
      yield* detectionsFrom(
        under(path),
        heldResourceProblems(arnOrToken(arn), property).map((one) =>
          written === undefined ? one : one.with({ fix: `write \`${written}\`` }),
        ),
      );
    }
    for (const problem of dateProblems(hold, now))
      yield* detectionsFrom(under(`RecoveryPointSelection/DateRange/${problem.property}`), [problem]);
  }
}

/** Holds on vaults of the templates that get nothing but continuous backups, which holds don't hold. */
function* ofContinuous(inventory: Inventory): Iterable<Detection> {
  if (inventory.legalHolds.length === 0) return;
  const kinds = new Map<string, Set<boolean>>();
  const add = (id: string | undefined, isContinuous: boolean) => {
    if (id !== undefined) kinds.set(id, (kinds.get(id) ?? new Set()).add(isContinuous));
  };
  for (const { rule } of eachRule(inventory)) {
    add(rule.vault?.to, rule.continuous === true);
    for (const { vault } of rule.copies.items) add(vault?.to, false);
  }
  for (const { place, vaults } of inventory.legalHolds)
    for (const [index, { to }] of vaults.items.entries()) {
      const there = to === undefined ? undefined : kinds.get(to);
      const vault = to === undefined ? undefined : inventory.vaults.find(({ id }) => id === to);
      if (!vault || !there?.has(true) || there.has(false)) continue;
      yield {
        id: 'Backup-LegalHoldContinuous',
        place: at(place, `${place.pathInTemplate}/Properties/RecoveryPointSelection/VaultNames/${index}`),
        message: `\`VaultNames\` has ${vaultLabel(vault)}, into which the rules put only continuous backups, and a legal hold does not hold these`,
      };
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
