import { doubleBackupChecks } from '../../../src/checks/protected-resource/double-backups';
import { choice, plan, resource, selection, tags } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const GOLD = tags({ backup: 'gold' });

function found(resources: object, ...rules: Record<string, unknown>[]): string[] {
  const S = selection({ ListOfTags: [choice('backup', 'gold')] });
  return findings(
    doubleBackupChecks,
    { Plan: plan('gold', ...rules), S, ...resources },
    undefined,
    PARAMETERS,
  );
}

describe('automatic backups of EFS', () => {
  const fileSystem = (BackupPolicy?: object, more: object = {}) => ({
    X: resource('EFS::FileSystem', { FileSystemTags: GOLD, BackupPolicy, ...more }),
  });
  const oneZone = (AvailabilityZoneName: unknown, BackupPolicy?: object) =>
    fileSystem(BackupPolicy, { AvailabilityZoneName });
  const expected = (how: string) => [
    `warning Backup-AutomaticBackupTwice at Resources/X/Properties/BackupPolicy: \`BackupPolicy\` ${how} for a file system that plan \`gold\` protects; set \`BackupPolicy\` to \`DISABLED\`, or leave the file system out of the plan`,
  ];

  test('are turned off where a plan protects the file system', () => {
    expect(found(fileSystem({ Status: 'ENABLED' }))).toEqual(expected('turns on automatic backups'));
    expect(found(oneZone('us-east-1a'))).toEqual(
      expected('is not set, and One Zone file systems have automatic backups on by default,'),
    );
    expect(found(fileSystem({ Status: 'DISABLED' }))).toEqual([]);
    expect(found(fileSystem({ Status: UNKNOWN }))).toEqual([]);
    expect(found(oneZone('us-east-1a', { Status: 'DISABLED' }))).toEqual([]);
    expect(found(fileSystem({ Status: 'ENABLED' }, { FileSystemTags: [] }))).toEqual([]);
  });

  test('are off by default in regional file systems, and where the zone is not known', () => {
    expect(found(fileSystem())).toEqual([]);
    expect(found(oneZone(UNKNOWN))).toEqual([]);
  });
});

describe('volumes of an instance', () => {
  const machine = (volumeTags: unknown = GOLD, instanceTags: unknown = GOLD) => ({
    I: resource('EC2::Instance', { Tags: instanceTags }),
    V: resource('EC2::Volume', { Tags: volumeTags }),
    A: resource('EC2::VolumeAttachment', { InstanceId: { Ref: 'I' }, VolumeId: { Ref: 'V' } }),
  });

  test('are backed up with it', () => {
    expect(found(machine())).toEqual([
      'warning Backup-VolumeTwice at Resources/V: this volume, which plan `gold` protects, is attached to `App/I`, which plan `gold` protects together with its volumes; exclude the volume, for example by tag',
    ]);
    expect(found(machine([]))).toEqual([]);
    expect(found(machine(GOLD, []))).toEqual([]);
    expect(found(machine(GOLD, tags({ backup: UNKNOWN })))).toEqual([]);
  });
});
