import { RegionInfo } from 'aws-cdk-lib/region-info';
import { firstOptInRegion } from '../../src/values/opt-in-regions';

test('the Regions that an account has to turn on are those that aws-cdk-lib knows', () => {
  const known = RegionInfo.regions.filter((region) => region.isOptInRegion).map(({ name }) => name);
  const others = RegionInfo.regions.filter((region) => !region.isOptInRegion).map(({ name }) => name);
  expect(known.filter((region) => firstOptInRegion(region) === undefined)).toEqual([]);
  expect(others.filter((region) => firstOptInRegion(region) !== undefined)).toEqual([]);
});

test('the first of several is told', () => {
  expect(firstOptInRegion(undefined, 'eu-west-1', 'me-south-1', 'af-south-1')).toBe('me-south-1');
  expect(firstOptInRegion('eu-west-1')).toBeUndefined();
});
