import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, lawNumber, lawTexts, nameOf, vaultLabel } from '../../inventory/labels';
import { linkedVault } from '../../inventory/lookups';
import type { TieringItem } from '../../inventory/vault/tiering';
import type { VaultItem } from '../../inventory/vault/vaults';
import { isUnknown, known } from '../../template/evaluation/unknown';
import type { Problem } from '../../values/core/problem';
import {
  neverTiersProblems,
  tieringDaysProblems,
  tieringSelectionsProblems,
} from '../../values/vault/tiering-laws';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const docs = `${GUIDE}API_ResourceSelection.html`;
const source = 'API reference ResourceSelection and CreateTieringConfiguration';
const asOf = '2026-09-24';
const fact = (
  id: string,
  severity: CheckFacts['severity'],
  what: string,
  why: string,
  fix: string,
): CheckFacts => ({ id: `Backup-${id}`, severity, what, why, fix, docs, source, asOf });
const REFUSED = 'AWS Backup refuses the configuration.';

const FACTS: readonly CheckFacts[] = [
  fact(
    'TieringDays',
    'error',
    'Backups are to move to the low-cost tier after less than 60 days, or more than 36500.',
    REFUSED,
    'use 60 to 36500 days',
  ),
  fact(
    'TieringType',
    'error',
    'A tiering configuration is for another type than Amazon S3.',
    REFUSED,
    'use `S3`',
  ),
  fact(
    'TieringSelections',
    'error',
    'A tiering configuration has no selection, or more than 5.',
    REFUSED,
    'use 1 to 5 selections',
  ),
  fact(
    'TieringResources',
    'error',
    'A tiering configuration names more than 100 buckets.',
    REFUSED,
    'select all buckets with `*`',
  ),
  fact(
    'TieringTwice',
    'warning',
    'A tiering configuration selects a bucket twice.',
    'AWS does not document after how many days its backups move then.',
    'leave one of them out',
  ),
  fact(
    'DuplicateTiering',
    'error',
    'Two tiering configurations are for the same vault.',
    'A vault has one: AWS Backup refuses the second with `AlreadyExistsException`.',
    'put the selections into one configuration',
  ),
  fact(
    'NeverTiers',
    'warning',
    'The lock of a vault, or what rules and copies put into it, keeps nothing as long as it takes to move to the low-cost tier.',
    'Nothing ever moves.',
    'use fewer days, or leave tiering out for this vault',
  ),
];

/** When backups of Amazon S3 move to the low-cost tier. */
export const tieringChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
  const taken = new Set<string>();
  for (const tiering of inventory.tiering) {
    yield* ofSelections(inventory, tiering);
    const { place, vault: link, condition } = tiering;
    const vault = link?.to;
    if (vault === undefined || (condition && isUnknown(condition.holds))) continue;
    if (taken.has(vault))
      yield {
        id: 'Backup-DuplicateTiering',
        place: at(place, `${place.pathInTemplate}/Properties/BackupVaultName`),
        message: `\`BackupVaultName\` of ${label(tiering)} is the vault of another tiering configuration`,
      };
    taken.add(vault);
  }
}

function* ofSelections(inventory: Inventory, tiering: TieringItem): Iterable<Seen> {
  const { place, selections } = tiering;
  const path = `${place.pathInTemplate}/Properties/ResourceSelection`;
  const of = () => label(tiering);
  const values = selections.items.map(({ resources, afterDays }) => ({
    resources: resources.items.some(isUnknown) ? [] : lawTexts(resources.items),
    afterDays: lawNumber(afterDays),
  }));
  if (!selections.rest)
    yield* told(at(place, path), tieringSelectionsProblems(values, 'ResourceSelection'), of);
  const vault = linkedVault(inventory, tiering.vault);
  const longest = known(vault?.lock?.maxRetentionDays);
  const kept = vault && longestKept(inventory, vault);
  for (const { afterDays, resourceType, pathInTemplate } of selections.items) {
    const property = 'TieringDownSettingsInDays';
    const problems: Problem[] = [
      ...tieringDaysProblems(lawNumber(afterDays), property),
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
          `the longest rule or copy into ${vaultLabel(vault)}`,
        ).map((problem) => ({ ...problem, fix: 'use fewer days, or leave tiering out for this vault' })),
      );
    yield* told(at(place, `${pathInTemplate}/${property}`), problems, of);
    if (resourceType !== undefined && !isUnknown(resourceType) && resourceType !== 'S3')
      yield {
        id: 'Backup-TieringType',
        place: at(place, `${pathInTemplate}/ResourceType`),
        message: `\`ResourceType\` of ${of()} must be \`S3\`, got \`${resourceType}\``,
      };
  }
}

/** The longest retention of what rules and copies put into a vault; undefined where it isn't known of all. */
function longestKept(inventory: Inventory, { id }: VaultItem): number | undefined {
  const lifecycles = inventory.plans.flatMap(({ rules }) =>
    rules.items.flatMap((rule) => [
      ...(rule.vault?.to === id || rule.airGappedVault?.to === id ? [rule.lifecycle] : []),
      // a copy that says nothing is kept as long as its source
      ...rule.copies.items.flatMap((copy) =>
        copy.vault?.to === id ? [copy.lifecycle ?? rule.lifecycle] : [],
      ),
    ]),
  );
  const days = lifecycles.map((lifecycle) => known(lifecycle?.deleteAfterDays));
  if (days.length === 0) return undefined;
  return days.reduce((longest, one) =>
    longest === undefined || one === undefined || one === -1 ? undefined : Math.max(longest, one),
  );
}

function label({ name, place }: TieringItem): string {
  return `tiering configuration ${nameOf(name, place)}`;
}
