import { numberOrToken, textsOrTokens } from '../../inventory/as-token';
import { at, type Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf, vaultLabel } from '../../inventory/labels';
import { linkedVault } from '../../inventory/lookups';
import { eachRule } from '../../inventory/traversal';
import type { TieringItem } from '../../inventory/vault/tiering';
import type { VaultItem } from '../../inventory/vault/vaults';
import { arnOrToken, writtenArn } from '../../inventory/written-arns';
import { arnFields } from '../../template/evaluation/match';
import { showText } from '../../template/evaluation/text';
import { isUnknown, known, type Text } from '../../template/evaluation/unknown';
import type { Problem } from '../../values/core/problem';
import {
  neverTiersProblems,
  tieringBucketProblems,
  tieringDaysProblems,
  tieringSelectionsProblems,
} from '../../values/vault/tiering-laws';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** Tiering configurations, which move backups of Amazon S3 to the low-cost tier. */
export const tieringChecks: readonly Check[] = checksOf(
  [
    'Backup-TieringDays',
    'Backup-TieringType',
    'Backup-TieringSelections',
    'Backup-TieringResources',
    'Backup-TieringBucket',
    'Backup-TieringTwice',
    'Backup-DuplicateTiering',
    'Backup-NeverTiers',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  const vaults = new Set<string>();
  for (const tiering of inventory.tiering) {
    yield* ofSelections(inventory, tiering);
    const { place, vault: link, condition } = tiering;
    const vault = link?.to;
    if (vault === undefined || (condition && isUnknown(condition.holds))) continue;
    if (vaults.has(vault))
      yield {
        id: 'Backup-DuplicateTiering',
        place: at(place, `${place.pathInTemplate}/Properties/BackupVaultName`),
        message: `\`BackupVaultName\` of ${label(tiering)} is a vault that already has a tiering configuration`,
      };
    vaults.add(vault);
  }
}

function* ofSelections(inventory: Inventory, tiering: TieringItem): Iterable<Detection> {
  const { place, selections } = tiering;
  const path = `${place.pathInTemplate}/Properties/ResourceSelection`;
  const of = () => label(tiering);
  const values = selections.items.map(({ resources, afterDays }) => ({
    resources: resources.items.some(isUnknown) ? [] : textsOrTokens(resources.items),
    afterDays: numberOrToken(afterDays),
  }));
  if (!selections.rest)
    yield* detectionsFrom(at(place, path), tieringSelectionsProblems(values, 'ResourceSelection'), of);
  const vault = linkedVault(inventory, tiering.vault);
  const longest = known(vault?.lock?.maxRetentionDays);
  const kept = vault && longestKept(inventory, vault);
  for (const { afterDays, resourceType, resources, pathInTemplate } of selections.items) {
    for (const [i, arn] of resources.items.entries())
      if (arn !== '*')
        yield* detectionsFrom(
          at(place, `${pathInTemplate}/Resources/${i}`),
          bucketProblems(inventory, place, arn),
          of,
        );
    const property = 'TieringDownSettingsInDays';
    const problems: Problem[] = [
      ...tieringDaysProblems(numberOrToken(afterDays), property),
      ...(vault
        ? neverTiersProblems(known(afterDays), longest, property, `the lock of ${vaultLabel(vault)}`)
        : []),
    ];
    if (vault && kept !== undefined && !problems.some(({ id }) => id === 'Backup-NeverTiers'))
      problems.push(
        ...neverTiersProblems(
          known(afterDays),
          kept,
          property,
          `the longest retention of rules and copies into ${vaultLabel(vault)}`,
        ).map((problem) => problem.with({ fix: 'use fewer days, or omit tiering for this vault' })),
      );
    yield* detectionsFrom(at(place, `${pathInTemplate}/${property}`), problems, of);
    if (resourceType !== undefined && !isUnknown(resourceType) && resourceType !== 'S3')
      yield {
        id: 'Backup-TieringType',
        place: at(place, `${pathInTemplate}/ResourceType`),
        message: `\`ResourceType\` of ${of()} must be \`S3\`, got \`${resourceType}\``,
      };
  }
}

function bucketProblems(inventory: Inventory, place: Place, arn: Text): Problem[] {
  const { service } = arnFields(arn) ?? {};
  const isOther = service !== undefined && !isUnknown(service) && service !== 's3';
  const judged = isOther ? showText(arn) : arnOrToken(arn);
  const written = writtenArn(inventory, place, arn);
  return tieringBucketProblems(judged, 'Resources').map((one) =>
    one.with({ fix: written === undefined ? undefined : `write \`${written}\`` }),
  );
}

/** The longest retention of rules and copies into a vault; undefined if one of them isn't known. */
function longestKept(inventory: Inventory, { id }: VaultItem): number | undefined {
  const lifecycles = [...eachRule(inventory)].flatMap(({ rule }) => [
    ...(rule.vault?.to === id || rule.airGappedVault?.to === id ? [rule.lifecycle] : []),
    // a copy without a lifecycle is kept as long as its source
    ...rule.copies.items.flatMap((copy) => (copy.vault?.to === id ? [copy.lifecycle ?? rule.lifecycle] : [])),
  ]);
  const days = lifecycles.map((lifecycle) => known(lifecycle?.deleteAfterDays));
  if (days.length === 0) return undefined;
  return days.reduce((longest, one) =>
    longest === undefined || one === undefined || one === -1 ? undefined : Math.max(longest, one),
  );
}

function label({ name, place }: TieringItem): string {
  return `tiering configuration ${nameOf(name, place)}`;
}
