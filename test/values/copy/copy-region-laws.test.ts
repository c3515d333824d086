import { RegionInfo } from 'aws-cdk-lib/region-info';
import { serviceLinkedRoleArn } from '../../../src/values/copy/copy-key-laws';
import { copyRegionProblems, OPT_IN_REGIONS } from '../../../src/values/copy/copy-region-laws';
import { ResourceType } from '../../../src/values/resource-type/resource-type';

test('the Regions to opt in to are those that aws-cdk-lib knows', () => {
  const known = RegionInfo.regions.filter((region) => region.isOptInRegion).map(({ name }) => name);
  expect(OPT_IN_REGIONS).toEqual(expect.arrayContaining(known));
});

const across = { crossAccount: true };

test.each([
  [ResourceType.NEPTUNE, across, ['me-south-1', 'eu-west-1'], 'me-south-1', 'to other accounts'],
  [ResourceType.TIMESTREAM, across, ['eu-west-1', 'eu-south-2'], 'eu-south-2', 'to other accounts'],
  [ResourceType.FSX, { crossRegion: true }, ['me-south-1', 'eu-west-1'], 'me-south-1', 'to other Regions'],
  [
    ResourceType.FSX.variant('ONTAP'),
    { crossRegion: true },
    ['cn-north-1', 'cn-northwest-1'],
    'cn-north-1',
    'to other Regions',
  ],
  [
    ResourceType.EKS,
    { airGapped: true },
    ['me-central-1'],
    'me-central-1',
    'into a logically air-gapped vault',
  ],
])('%s: %j between %s is a warning', (type, ask, regions, region, where) => {
  expect(copyRegionProblems([type, ResourceType.EBS], ask, regions, 'copy')[0]).toEqual({
    id: 'Backup-CopyRegion',
    severity: 'warning',
    property: 'copy',
    message: `\`copy\` ${where} may be unavailable for ${type} in ${region}`,
    fix: 'copy through a vault of the same account in another Region, or protect them with a separate plan',
  });
});

test.each([
  [ResourceType.NEPTUNE, { crossRegion: true }, ['me-south-1', 'eu-west-1']],
  [ResourceType.NEPTUNE, { crossAccount: true }, ['eu-west-1', 'us-east-1']],
  [ResourceType.FSX.variant('Lustre'), { crossAccount: true }, ['ap-southeast-6']],
  [ResourceType.NEPTUNE, {}, ['me-south-1']],
])('%s: %j between %s is fine', (type, ask, regions) => {
  expect(copyRegionProblems([type], ask, regions, 'copy')).toEqual([]);
});

test.each(['aws', 'aws-cn', 'aws-us-gov'])(
  'the role that copies decrypt with is in the partition %s',
  (partition) => {
    expect(serviceLinkedRoleArn(partition, '111122223333')).toBe(
      `arn:${partition}:iam::111122223333:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
    );
  },
);
