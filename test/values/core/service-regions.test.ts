import { Aws } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { sentence } from '../../../src/values/core/problem';
import { REGIONAL_FEATURES, regionProblems } from '../../../src/values/core/service-regions';
import { anything } from '../../support/anything';

type Feature = keyof typeof REGIONAL_FEATURES;

test.each<[Feature, string, string]>([
  [
    'airGappedVault',
    'ca-west-1',
    "`region` is ca-west-1, where the logically air-gapped vault isn't known to be available; deploy it in another Region",
  ],
  [
    'accessPoint',
    'eu-central-2',
    "`region` is eu-central-2, where the access point on a recovery point isn't known to be available; deploy it in another Region",
  ],
  [
    'hypervisor',
    'cn-north-1',
    "`region` is cn-north-1, where the hypervisor of AWS Backup gateway isn't known to be available; deploy it in another Region",
  ],
  [
    'accessPoint',
    'sa-west-1',
    "`region` is sa-west-1, where the access point on a recovery point isn't known to be available; deploy it in another Region",
  ],
  [
    'restoreTesting',
    'us-gov-west-1',
    "`region` is us-gov-west-1, where restore testing isn't known to be available; deploy it in another Region",
  ],
  [
    'legalHold',
    'eu-west-1',
    "`region` is eu-west-1, where the CloudFormation legal hold resource isn't known to be available; deploy it in ap-south-1, eu-central-1, us-east-1, us-west-2",
  ],
])('%s in %s warns, since AWS adds Regions', (feature, region, message) => {
  const problems = regionProblems(feature, region);
  expect(problems.map(sentence)).toEqual([message]);
  expect(problems.map(({ id, severity }) => [id, severity])).toEqual([
    [REGIONAL_FEATURES[feature].id, 'warning'],
  ]);
});

test.each<[Feature, unknown]>([
  ['airGappedVault', 'eu-west-1'],
  ['accessPoint', 'us-east-1'],
  ['hypervisor', 'us-gov-west-1'],
  ['legalHold', 'eu-central-1'],
  ['legalHold', Aws.REGION],
  ['airGappedVault', Aws.REGION],
  ['airGappedVault', undefined],
  ['legalHold', 5],
])('%s in %s is fine', (feature, region) => {
  expect(regionProblems(feature, region)).toEqual([]);
});

test('any Region causes at most one warning', () => {
  const features = Object.keys(REGIONAL_FEATURES) as Feature[];
  fc.assert(
    fc.property(fc.constantFrom(...features), anything, (feature, region) => {
      expect(regionProblems(feature, region).length).toBeLessThanOrEqual(1);
    }),
  );
});
