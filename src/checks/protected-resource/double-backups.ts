import { protectionsOf } from '../../coverage/protections';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { planLabel, resourceName } from '../../inventory/labels';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { isUnknown } from '../../template/evaluation/unknown';
import { automaticBackupProblems } from '../../values/settings/prerequisite-laws';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** Resources that are backed up twice. */
export const doubleBackupChecks: readonly Check[] = checksOf(
  ['Backup-AutomaticBackupTwice', 'Backup-VolumeTwice'],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources) {
    const { place, fileSystem, volume, type } = resource;
    if (type !== 'AWS::EFS::FileSystem' && !volume?.attachedTo.length) continue;
    const [plan] = protections.plansOf(resource);
    if (!plan) continue;
    if (fileSystem && type === 'AWS::EFS::FileSystem') {
      const { automaticBackups: status, availabilityZone } = fileSystem;
      const isOneZone = availabilityZone !== undefined && (!isUnknown(availabilityZone) || undefined);
      const here = at(place, `${place.pathInTemplate}/Properties/BackupPolicy`);
      if (!isUnknown(status))
        yield* detectionsFrom(here, automaticBackupProblems(status, isOneZone, planLabel(plan)));
    }
    for (const id of volume?.attachedTo ?? []) {
      const instance = inventory.byId.get(id) as ResourceItem | undefined;
      const [other] = instance ? protections.plansOf(instance) : [];
      if (instance && other)
        yield {
          id: 'Backup-VolumeTwice',
          place,
          message: `this volume, which ${planLabel(plan)} protects, is attached to \`${resourceName(instance)}\`, which ${planLabel(other)} protects together with its volumes`,
        };
    }
  }
}
