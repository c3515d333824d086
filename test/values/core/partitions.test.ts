import {
  isPartition,
  type PartitionFault,
  partitionFault,
  partitionOf,
} from '../../../src/values/core/partitions';

test.each([
  ['us-east-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['eusc-de-east-1', 'aws-eusc'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eu-isoe-west-1', 'aws-iso-e'],
  ['us-isof-south-1', 'aws-iso-f'],
])('%s is in the partition %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});

test('the partitions of AWS are known, and no other', () => {
  expect(['aws', 'aws-cn', 'aws-iso-f'].map(isPartition)).toEqual([true, true, true]);
  expect(['', 'aws-', 'amazon', 'cn-'].map(isPartition)).toEqual([false, false, false, false]);
});

test.each<[string, string, string | undefined, string | undefined, PartitionFault | undefined]>([
  ['stays in its partition', 'aws', 'eu-west-1', 'us-east-1', undefined],
  ['names no Region', 'aws', '', undefined, undefined],
  ['names every Region', 'aws-cn', '*', undefined, undefined],
  ['is used in an unknown Region', 'aws-cn', undefined, undefined, undefined],
  [
    'names a Region of another partition',
    'aws',
    'cn-north-1',
    undefined,
    { own: 'aws-cn', region: 'cn-north-1' },
  ],
  [
    'names a Region with a long name',
    'aws',
    'us-gov-west-1',
    undefined,
    { own: 'aws-us-gov', region: 'us-gov-west-1' },
  ],
  [
    'is used in another partition',
    'aws',
    '',
    'us-gov-west-1',
    { own: 'aws-us-gov', region: 'us-gov-west-1' },
  ],
  [
    'is used in another partition than it names',
    'aws-cn',
    'cn-north-1',
    'eu-west-1',
    { own: 'aws', region: 'eu-west-1' },
  ],
  ['names a pattern', 'aws-cn', 'us-*-1', undefined, undefined],
  ['names something around a Region', 'aws-cn', 'x us-east-1', undefined, undefined],
  ['names a zone', 'aws-cn', 'us-east-1a', undefined, undefined],
])('an ARN that %s', (_, partition, own, here, fault) => {
  expect(partitionFault(partition, own, here)).toEqual(fault);
});
