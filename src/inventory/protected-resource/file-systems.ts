import { type Maybe, type Text, Unknown } from '../../template/evaluation/unknown';
import { LUSTRE_DEFAULT } from '../../values/settings/prerequisite-laws';
import type { Context } from '../core/context';
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

const FILE_SYSTEM = 'AWS::FSx::FileSystem';

/** The data repositories that associations link to file systems, by the id of the file system. */
export function dataRepositories(context: Context): ReadonlyMap<string, Text> {
  const linked = new Map<string, Text>();
  for (const { properties } of context.all('AWS::FSx::DataRepositoryAssociation')) {
    const id = properties.link('FileSystemId', new Set([FILE_SYSTEM]), 'name')?.to;
    if (id !== undefined) linked.set(id, properties.text('DataRepositoryPath') ?? 'a data repository');
  }
  return linked;
}

/**
 * A file system of FSx. For ONTAP, AWS Backup protects the volumes.
 *
 * @param repository what an association links it to
 */
export function readFsxFileSystem(properties: Cursor, repository: Text | undefined): ResourceFacts {
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
      deploymentType: settings?.text('DeploymentType') ?? defaultType(kind, properties),
      linkedTo: kind === 'LUSTRE' ? (settings?.text('ImportPath') ?? repository) : undefined,
      retentionDays: settings?.number('AutomaticBackupRetentionDays'),
      backupTime: settings?.text('DailyAutomaticBackupStartTime'),
      maintenanceTime: settings?.text('WeeklyMaintenanceStartTime'),
      managedDirectory: kind === 'WINDOWS' ? managedDirectory(settings) : undefined,
    },
  };
}

/** What Lustre is deployed as by default. One that is restored from a backup keeps the type of its source. */
function defaultType(kind: Text | undefined, properties: Cursor): Text | undefined {
  return kind === 'LUSTRE' && properties.text('BackupId') === undefined ? LUSTRE_DEFAULT : undefined;
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
