import { RegionInfo } from 'aws-cdk-lib/region-info';
import { RESOURCE_PATTERNS } from '../../../src/policy/language/policy-values';
import { REGIONS } from '../../../src/policy/language/regions';
import { ResourceType } from '../../../src/values/resource-type/resource-type';

test('the Regions are those that aws-cdk-lib knows', () => {
  expect(RegionInfo.regions.map(({ name }) => name).filter((name) => !REGIONS.includes(name))).toEqual([]);
});

test('the resources that a backup policy can name are those that the catalog can select by type', () => {
  const patterns = ResourceType.all().flatMap((type) => type.arnPatterns('aws'));
  const known = new Set(patterns.map((pattern) => pattern.replace('arn:aws:', '')));
  expect([...known].sort()).toEqual([...RESOURCE_PATTERNS].sort());
});
