import { doubledChecks } from '../../../src/checks/protected-resource/double-backups';
import { choice, plan, resource, selection, tags } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const GOLD = tags({ backup: 'gold' });

function told(resources: object, ...rules: Record<string, unknown>[]): string[] {
  const S = selection({ ListOfTags: [choice('backup', 'gold')] });
  return findings(doubledChecks, { Plan: plan('gold', ...rules), S, ...resources }, undefined, PARAMETERS);
}

describe('automatic backups of EFS', () => {
  const fileSystem = (BackupPolicy?: object, FileSystemTags: unknown = GOLD) => ({
    X: resource('EFS::FileSystem', { FileSystemTags, BackupPolicy }),
  });
  const seen = (how: string) => [
    `warning Backup-AutomaticBackupTwice at Resources/X/Properties/BackupPolicy: \`BackupPolicy\` ${how} for a file system that plan \`gold\` protects; set \`BackupPolicy\` to \`DISABLED\`, or leave the file system out of the plan`,
  ];

  test('are turned off where a plan protects the file system', () => {
    expect(told(fileSystem({ Status: 'ENABLED' }))).toEqual(seen('turns automatic backups on'));
    expect(told(fileSystem())).toEqual(seen('is not said, and automatic backups may be on'));
    expect(told(fileSystem({ Status: 'DISABLED' }))).toEqual([]);
    expect(told(fileSystem({ Status: UNKNOWN }))).toEqual([]);
    expect(told(fileSystem({ Status: 'ENABLED' }, []))).toEqual([]);
  });
});

describe('volumes of an instance', () => {
  const machine = (volumeTags: unknown = GOLD, instanceTags: unknown = GOLD) => ({
    I: resource('EC2::Instance', { Tags: instanceTags }),
    V: resource('EC2::Volume', { Tags: volumeTags }),
    A: resource('EC2::VolumeAttachment', { InstanceId: { Ref: 'I' }, VolumeId: { Ref: 'V' } }),
  });

  test('are backed up with it', () => {
    expect(told(machine())).toEqual([
      'warning Backup-VolumeTwice at Resources/V: this volume, which plan `gold` protects, is attached to `App/I`, which plan `gold` protects with its volumes; leave the volume out, for example by its tags',
    ]);
    expect(told(machine([]))).toEqual([]);
    expect(told(machine(GOLD, []))).toEqual([]);
    expect(told(machine(GOLD, tags({ backup: UNKNOWN })))).toEqual([]);
  });
});
