import { regionChecks } from '../../../src/checks/settings/regions';
import { accessPointChecks } from '../../../src/checks/vault/access-points';
import { resource } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const ARN = 'arn:aws:backup:us-east-1:111111111111:recovery-point:bucket-1';
const point = (properties: object = {}) =>
  resource('Backup::BackupAccessPoint', { RecoveryPointArn: ARN, ...properties });
const told = (properties: object) =>
  findings(accessPointChecks, { X: point(properties) }, undefined, PARAMETERS);

test.each<[string, object, string]>([
  [
    'a name in capitals',
    { Name: 'Documents' },
    'error Backup-AccessPointName at Resources/X/Properties/Name: `Name` must be 3 to 50 characters of `a-z`, `0-9` and `-`, no `-` first or last, got `Documents`; leave it out, and AWS Backup makes one',
  ],
  [
    'what is no recovery point of S3',
    { RecoveryPointArn: 'arn:aws:ec2:us-east-1::snapshot/snap-1' },
    'error Backup-AccessPointRecoveryPoint at Resources/X/Properties/RecoveryPointArn: `RecoveryPointArn` must be the ARN of a recovery point of Amazon S3, `arn:<partition>:backup:<region>:<account>:recovery-point:<id>`, got `arn:aws:ec2:us-east-1::snapshot/snap-1`; name a recovery point of Amazon S3 by its ARN',
  ],
  [
    'a time in the future',
    { AccessPointInTime: '2027-01-31T03:30:27Z' },
    'error Backup-AccessPointInTime at Resources/X/Properties/AccessPointInTime: `AccessPointInTime` must not lie in the future, got 2027-01-31T03:30:27.000Z; use a time within the recovery point',
  ],
  [
    'what is no time',
    { AccessPointInTime: 'yesterday' },
    'error Backup-AccessPointInTime at Resources/X/Properties/AccessPointInTime: `AccessPointInTime` must be a time, got `yesterday`; write for example `2026-01-31T03:30:27Z`',
  ],
])('an access point has %s', (_, properties, message) => {
  expect(told(properties)).toEqual([message]);
});

test('nothing is found of sound access points, and of what isn’t known', () => {
  for (const properties of [
    {},
    { Name: 'documents', AccessPointInTime: '2026-01-31T03:30:27Z' },
    { Name: UNKNOWN, RecoveryPointArn: UNKNOWN, AccessPointInTime: UNKNOWN },
  ])
    expect(told(properties)).toEqual([]);
});

test('a recovery point has five access points', () => {
  const points = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`X${i}`, point({ Name: `point-${i}` })]));
  expect(findings(accessPointChecks, points(6))).toEqual([
    'warning Backup-AccessPointQuota at Resources/X5/Properties/RecoveryPointArn: `RecoveryPointArn` can have at most 5 access points, got 6 on `arn:aws:backup:us-east-1:111111111111:recovery-point:bucket-1`; let several readers use one access point, with a policy for each',
  ]);
  expect(findings(accessPointChecks, points(5))).toEqual([]);
});

test('some Regions have no access points', () => {
  expect(findings(regionChecks, { X: point() }, { region: 'ca-west-1' })).toEqual([
    "warning Backup-AccessPointRegion at Resources/X: `Region` of `X` is ca-west-1, where the access point on a recovery point isn't known to be available; deploy it in another Region",
  ]);
});
