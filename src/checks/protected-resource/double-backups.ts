import { protectionsOf } from '../../coverage/protections';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, planLabel } from '../../inventory/labels';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { resourceName } from '../../inventory/resource-labels';
import { isUnknown } from '../../template/evaluation/unknown';
import { automaticBackupProblems } from '../../values/settings/prerequisite-laws';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-AutomaticBackupTwice',
    severity: 'warning',
    what: 'A plan protects a file system of EFS whose automatic backups are not turned off.',
    why: 'Both back it up, and both are paid for. The automatic backups go to a vault that nobody can delete.',
    fix: 'set `BackupPolicy` to `DISABLED`, or leave the file system out of the plan',
    docs: 'https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html',
    source: 'Amazon EFS User Guide, Backing up EFS file systems; aws/aws-cdk#29881',
    asOf: '2026-11-21',
  },
  {
    id: 'Backup-VolumeTwice',
    severity: 'warning',
    what: 'Plans protect an instance of EC2 and a volume that is attached to it.',
    why: 'The backup of an instance holds its volumes: the volume is backed up, and paid for, twice.',
    fix: 'leave the volume out, for example by its tags',
    docs: `${GUIDE}multi-volume-crash-consistent.html`,
    source: 'AWS Backup Developer Guide, Multi-volume, crash-consistent backups',
    asOf: '2026-04-13',
  },
];

/** What is backed up twice. */
export const doubledChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources) {
    const { place, fileSystem, volume, type } = resource;
    if (type !== 'AWS::EFS::FileSystem' && !volume?.attachedTo.length) continue;
    const [plan] = protections.plansOf(resource);
    if (!plan) continue;
    if (fileSystem && type === 'AWS::EFS::FileSystem') {
      const { automaticBackups: status } = fileSystem;
      const here = at(place, `${place.pathInTemplate}/Properties/BackupPolicy`);
      if (!isUnknown(status)) yield* told(here, automaticBackupProblems(status, planLabel(plan)));
    }
    for (const id of volume?.attachedTo ?? []) {
      const instance = inventory.byId.get(id) as ResourceItem | undefined;
      const [other] = instance ? protections.plansOf(instance) : [];
      if (instance && other)
        yield {
          id: 'Backup-VolumeTwice',
          place,
          message: `this volume, which ${planLabel(plan)} protects, is attached to \`${resourceName(instance)}\`, which ${planLabel(other)} protects with its volumes`,
        };
    }
  }
}
