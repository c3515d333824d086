import { restoreKey } from '../../../src/values/restore-testing/restore-keys';

test.each([
  ['RDS', 'dbsubnetgroupname', 'DBSubnetGroupName'],
  ['RDS', 'engineVersion', 'EngineVersion'],
  ['EFS', 'KMSKEYID', 'KmsKeyId'],
  ['S3', 'kmskey', 'KMSKey'],
  ['S3', 'bucket', 'bucket'],
  ['DynamoDB', 'kmskeyid', 'kmskeyid'],
])('a restore of %s has the key %s as %s', (type, key, spelled) => {
  expect(restoreKey(type, key)).toBe(spelled);
});
