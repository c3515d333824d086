import { recoveryPointArns } from '../../../src/values/resource-type/recovery-point-arns';
import { ResourceType } from '../../../src/values/resource-type/resource-type';

const PLACE = { partition: 'aws-cn', region: 'cn-north-1', account: '111122223333' };

test.each([
  [ResourceType.EBS, ['arn:aws-cn:ec2:cn-north-1::snapshot/*']],
  [ResourceType.EC2, ['arn:aws-cn:ec2:cn-north-1::image/*']],
  [ResourceType.S3, ['arn:aws-cn:backup:cn-north-1:111122223333:recovery-point:*']],
  [ResourceType.AURORA, ['arn:aws-cn:rds:cn-north-1:111122223333:cluster-snapshot:awsbackup:*']],
  [ResourceType.FSX, ['arn:aws-cn:fsx:cn-north-1:111122223333:backup/*']],
  [
    ResourceType.RDS,
    [
      'arn:aws-cn:rds:cn-north-1:111122223333:snapshot:awsbackup:*',
      'arn:aws-cn:rds:cn-north-1:111122223333:cluster-snapshot:awsbackup:*',
    ],
  ],
  [ResourceType.of('Cassandra'), ['arn:aws-cn:backup:cn-north-1:111122223333:recovery-point:*']],
])('recovery points of %s have ARNs of their own', (type, arns) => {
  expect(recoveryPointArns([type], PLACE)).toEqual(arns);
});

test('patterns shared by several types appear once', () => {
  const types = [ResourceType.AURORA, ResourceType.NEPTUNE, ResourceType.EBS, ResourceType.STORAGE_GATEWAY];
  expect(recoveryPointArns(types, PLACE)).toHaveLength(2);
});

test.each([[undefined], [[ResourceType.EKS]], [[ResourceType.S3, ResourceType.CLOUDFORMATION]]])(
  'a cluster or a stack holds other types: its patterns are those of all types',
  (types) => {
    expect(recoveryPointArns(types, PLACE)).toEqual([
      'arn:aws-cn:backup:cn-north-1:111122223333:recovery-point:*',
      'arn:aws-cn:rds:cn-north-1:111122223333:cluster-snapshot:awsbackup:*',
      'arn:aws-cn:ec2:cn-north-1::snapshot/*',
      'arn:aws-cn:ec2:cn-north-1::image/*',
      'arn:aws-cn:fsx:cn-north-1:111122223333:backup/*',
      'arn:aws-cn:rds:cn-north-1:111122223333:snapshot:awsbackup:*',
    ]);
  },
);

test('every type that can be copied has recovery points that the patterns of all types reach', () => {
  const all = recoveryPointArns(undefined, PLACE);
  for (const type of ResourceType.all())
    expect(all).toEqual(expect.arrayContaining(recoveryPointArns([type], PLACE)));
});
