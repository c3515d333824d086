import { regionChecks } from '../../../src/checks/settings/regions';
import { accessPointChecks } from '../../../src/checks/vault/access-points';
import { resource } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const ARN = 'arn:aws:backup:us-east-1:111111111111:recovery-point:bucket-1';
const point = (properties: object = {}) =>
  resource('Backup::BackupAccessPoint', { RecoveryPointArn: ARN, ...properties });
const lines = (properties: object) =>
  findings(accessPointChecks, { X: point(properties) }, undefined, PARAMETERS);

test.each<[string, object, string]>([
  [
    'a name in capitals',
    { Name: 'Documents' },
    'error Backup-AccessPointName at Resources/X/Properties/Name: `Name` must be 3 to 50 characters from `a-z`, `0-9` and `-`, not starting or ending with `-`, got `Documents`; omit it to let AWS Backup generate one',
  ],
  [
    'what is no recovery point of S3',
    { RecoveryPointArn: 'arn:aws:ec2:us-east-1::snapshot/snap-1' },
    'error Backup-AccessPointRecoveryPoint at Resources/X/Properties/RecoveryPointArn: `RecoveryPointArn` must be the ARN of an Amazon S3 recovery point, `arn:<partition>:backup:<region>:<account>:recovery-point:<id>`, got `arn:aws:ec2:us-east-1::snapshot/snap-1`; use the ARN of an Amazon S3 recovery point',
  ],
  [
    'a time in the future',
    { AccessPointInTime: '2027-01-31T03:30:27Z' },
    'error Backup-AccessPointInTime at Resources/X/Properties/AccessPointInTime: `AccessPointInTime` must not be in the future, got 2027-01-31T03:30:27.000Z; use a time that the recovery point covers',
  ],
  [
    'what is no time',
    { AccessPointInTime: 'yesterday' },
    'error Backup-AccessPointInTime at Resources/X/Properties/AccessPointInTime: `AccessPointInTime` must be a time, got `yesterday`; for example, write `2026-01-31T03:30:27Z`',
  ],
])('an access point has %s', (_, properties, message) => {
  expect(lines(properties)).toEqual([message]);
});

test('nothing is found of sound access points, and of what isn’t known', () => {
  for (const properties of [
    {},
    { Name: 'documents', AccessPointInTime: '2026-01-31T03:30:27Z' },
    { Name: UNKNOWN, RecoveryPointArn: UNKNOWN, AccessPointInTime: UNKNOWN },
  ])
    expect(lines(properties)).toEqual([]);
});

test('a recovery point has five access points', () => {
  const points = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`X${i}`, point({ Name: `point-${i}` })]));
  expect(findings(accessPointChecks, points(6))).toEqual([
    'warning Backup-AccessPointQuota at Resources/X5/Properties/RecoveryPointArn: `RecoveryPointArn` can have at most 5 access points, got 6 on `arn:aws:backup:us-east-1:111111111111:recovery-point:bucket-1`; share one access point among several readers, with a policy statement for each',
  ]);
  expect(findings(accessPointChecks, points(5))).toEqual([]);
});

test('some Regions have no access points', () => {
  expect(findings(regionChecks, { X: point() }, { region: 'ca-west-1' })).toEqual([
    "warning Backup-AccessPointRegion at Resources/X: `Region` of `X` is ca-west-1, where the access point on a recovery point isn't known to be available; deploy it in another Region",
  ]);
});
