import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { copyJobLabel, copyLabel, resourceName, vaultLabel } from '../../inventory/labels';
import { enumerateNames } from '../../values/core/enumeration';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';
import { type JobKeyHop, jobKeyHops, type KeyHop, keyHops } from '../facts/copy-key-hops';

/** Whether the keys at both ends of copies to other accounts allow them. */
export const copyKeyAccessChecks: readonly Check[] = checksOf(
  ['Backup-JobSourceKeyAccess', 'Backup-SourceKeyAccess', 'Backup-DestinationKeyAccess'],
  findProblems,
);

function* findProblems(inventory: Inventory, { resourceTypes }: CheckOptions): Iterable<Detection> {
  const reported = new Set<string>();
  for (const hop of keyHops(inventory, resourceTypes)) {
    if (hop.missing.length === 0) continue;
    const { key, account, plan, resource, statements } = hop;
    const once = [hop.end, key.id, account, resource && `${resource.id}|${plan.id}`].join('|');
    if (reported.has(once)) continue;
    reported.add(once);
    yield {
      ...(resource ? atSource(hop, resourceName(resource)) : atDestination(hop)),
      fix: `add to the \`KeyPolicy\` of key \`${key.place.logicalId}\`: ${statements}`,
    };
  }
  for (const hop of jobKeyHops(inventory)) {
    const once = [hop.end, hop.key.id, hop.account, ''].join('|');
    if (hop.missing.length === 0 || reported.has(once)) continue;
    reported.add(once);
    yield ofJob(hop);
  }
}

/** A copy that a state machine starts. Which types it copies isn't known. */
function ofJob({ machine, copy, end, key, vault, account, missing, statements }: JobKeyHop): Detection {
  const isSource = end === 'source';
  return {
    id: isSource ? 'Backup-JobSourceKeyAccess' : 'Backup-DestinationKeyAccess',
    place: at(key.place, `${key.place.pathInTemplate}/Properties/KeyPolicy`),
    message: `\`KeyPolicy\` of key \`${key.place.logicalId}\` of ${vaultLabel(vault)} does not allow account ${account} to perform ${enumerateNames(missing)}, and ${copyJobLabel(machine, copy)} ${isSource ? 'goes' : 'comes from'} there`,
    fix: `add to the \`KeyPolicy\` of key \`${key.place.logicalId}\`: ${statements}`,
  };
}

function atSource(hop: KeyHop, name: string): Detection {
  const { key, account, missing, resource } = hop;
  return {
    id: 'Backup-SourceKeyAccess',
    place: resource?.place ?? key.place,
    message: `\`${name}\` is encrypted with key \`${key.place.logicalId}\`, whose policy does not allow account ${account} to perform ${enumerateNames(missing)}, and ${copyLabel(hop.plan, hop.rule, hop.copy)} goes there`,
  };
}

function atDestination(hop: KeyHop): Detection {
  const { key, account, missing, vault } = hop;
  const whose = vault ? ` of ${vaultLabel(vault)}` : '';
  return {
    id: 'Backup-DestinationKeyAccess',
    place: at(key.place, `${key.place.pathInTemplate}/Properties/KeyPolicy`),
    message: `\`KeyPolicy\` of key \`${key.place.logicalId}\`${whose} does not allow account ${account} to perform ${enumerateNames(missing)}, and ${copyLabel(hop.plan, hop.rule, hop.copy)} comes from there`,
  };
}
