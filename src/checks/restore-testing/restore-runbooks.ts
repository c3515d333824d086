import { protectionsOf } from '../../coverage/protections';
import { Runbooks } from '../../coverage/runbooks';
import type { Inventory } from '../../inventory/inventory';
import { nameOf, resourceName } from '../../inventory/labels';
import { eachRule } from '../../inventory/traversal';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** Whether restore runbooks have something to restore. */
export const restoreRunbookChecks: readonly Check[] = checksOf(
  ['Backup-RunbookResource', 'Backup-RunbookVault'],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  if (inventory.restoreRunbooks.length === 0) return;
  const protections = protectionsOf(inventory);
  const runbooks = new Runbooks(inventory);
  for (const resource of inventory.resources)
    for (const { place } of runbooks.of(resource))
      if (protections.of(resource).length === 0)
        yield {
          id: 'Backup-RunbookResource',
          place,
          message: `restore runbook \`${place.constructPath ?? place.logicalId}\` restores ${resourceName(resource)}, of which no backup plan of the app makes recovery points`,
        };
  yield* unfilledVaults(inventory);
}

/** The vaults of the app into which nothing puts recovery points. */
function* unfilledVaults(inventory: Inventory): Iterable<Detection> {
  const filled = new Set<string>();
  for (const { rule } of eachRule(inventory))
    for (const link of [rule.vault, rule.airGappedVault, ...rule.copies.items.map(({ vault }) => vault)])
      if (link?.to !== undefined) filled.add(link.to);
  for (const { copies } of inventory.copyStateMachines)
    for (const { vault } of copies) if (vault?.to !== undefined) filled.add(vault.to);
  const vaults = new Map(inventory.vaults.map((vault) => [vault.id, vault]));
  for (const { place, vaults: read } of inventory.restoreRunbooks)
    for (const { vault, isElsewhere } of read) {
      const item = vault?.to === undefined || isElsewhere ? undefined : vaults.get(vault.to);
      if (item && !filled.has(item.id))
        yield {
          id: 'Backup-RunbookVault',
          place,
          message: `restore runbook \`${place.constructPath ?? place.logicalId}\` looks for recovery points in vault ${nameOf(item.name, item.place)}, into which no rule or copy of the app puts any`,
        };
    }
}
