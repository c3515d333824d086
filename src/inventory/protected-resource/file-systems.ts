import { type Maybe, type Text, Unknown } from '../../template/evaluation/unknown';
import { LUSTRE_DEFAULT } from '../../values/settings/prerequisite-laws';
import type { Cursor } from '../core/cursor';
import { encryption, type ResourceFacts } from './resource-facts';

export function readEfs(properties: Cursor): ResourceFacts {
  return {
    encryption: encryption(properties, 'Encrypted', 'KmsKeyId', 'alias/aws/elasticfilesystem'),
    fileSystem: {
      automaticBackups: properties.object('BackupPolicy')?.text('Status'),
      availabilityZone: properties.text('AvailabilityZoneName'),
    },
  };
}

/** The configuration property of each type of FSx, and the variant in the catalog. */
const KINDS: ReadonlyMap<string, { readonly configuration: string; readonly variant: string }> = new Map([
  ['LUSTRE', { configuration: 'LustreConfiguration', variant: 'Lustre' }],
  ['WINDOWS', { configuration: 'WindowsConfiguration', variant: 'Windows' }],
  ['ONTAP', { configuration: 'OntapConfiguration', variant: 'ONTAP' }],
  ['OPENZFS', { configuration: 'OpenZFSConfiguration', variant: 'OpenZFS' }],
]);

/** A file system of FSx. For ONTAP, AWS Backup protects the volumes. */
export function readFsxFileSystem(properties: Cursor): ResourceFacts {
  const kind = properties.text('FileSystemType');
  const known = typeof kind === 'string' ? KINDS.get(kind) : undefined;
  const settings = known && properties.object(known.configuration);
  return {
    resourceType: kind instanceof Unknown ? kind : 'FSx',
    variant: known?.variant,
    isMember: kind === 'ONTAP',
    encryption: encryption(properties, undefined, 'KmsKeyId', 'alias/aws/fsx'),
    fileSystem: {
      kind,
      deploymentType: settings?.text('DeploymentType') ?? (kind === 'LUSTRE' ? LUSTRE_DEFAULT : undefined),
      linkedTo: kind === 'LUSTRE' ? settings?.text('ImportPath') : undefined,
      retentionDays: settings?.number('AutomaticBackupRetentionDays'),
      backupTime: settings?.text('DailyAutomaticBackupStartTime'),
      maintenanceTime: settings?.text('WeeklyMaintenanceStartTime'),
      managedDirectory: kind === 'WINDOWS' ? managedDirectory(settings) : undefined,
    },
  };
}

function managedDirectory(settings: Cursor | undefined): Maybe<boolean> | undefined {
  if (!settings || settings.unknown) return settings?.unknown;
  if (settings.text('ActiveDirectoryId') !== undefined) return true;
  return settings.object('SelfManagedActiveDirectoryConfiguration') ? false : undefined;
}

/** A volume of FSx. ONTAP volumes are backed up themselves, OpenZFS volumes with their file system. */
export function readFsxVolume(properties: Cursor): ResourceFacts {
  const kind: Text = properties.text('VolumeType') ?? new Unknown('shape', 'the volume has no type');
  const ontap = properties.object('OntapConfiguration');
  return {
    resourceType: kind instanceof Unknown ? kind : 'FSx',
    variant: kind === 'ONTAP' ? 'ONTAP' : undefined,
    isMember: typeof kind === 'string' && kind !== 'ONTAP',
    fileSystem: { kind, ontapType: ontap?.text('OntapVolumeType') },
  };
}
