import type { Accepted } from './accepted';

/** What Trivy finds, which reads a template line by line, without its references. */
export const ACCEPTED_TRIVY: readonly Accepted[] = [
  {
    rules: ['AWS-0017'],
    where: /AWS::Logs::LogGroup/,
    reason: 'CloudWatch Logs encrypts all logs; these hold ids of jobs and vaults, no data',
  },
  {
    rules: ['AWS-0066'],
    where: /AWS::Lambda::Function/,
    reason:
      'each function is called a few times a day and logs what it does; traces would cost more than it does',
  },
  {
    rules: ['AWS-0096'],
    where: /DeadLetters/,
    reason: 'SQS encrypts every queue; the messages are events of AWS Backup, no data',
  },
  {
    rules: ['AWS-0095'],
    where: /^(monitoring|restore-\w+)\S* \S+ (Results|Approvals|Alerts)/,
    reason: 'a topic of the example; its messages hold ids of jobs and restores, no data',
  },
  {
    rules: ['AWS-0015'],
    where: /^BackupAuditTrail-/,
    reason: 'the trail has a key of its own: Trivy does not read a `KMSKeyId` that is a reference',
  },
  {
    rules: ['AWS-0104'],
    where: /^\S+ \S+ (ItGroup|MountGroup|NetworkGatewaysOut|IsolatedGatewaysOut)/,
    reason:
      'HTTPS alone: a task loads its image, and an isolated network has no route but to the endpoints of its gateways',
  },
  {
    rules: ['AWS-0178'],
    where: /(NetworkVpc|IsolatedVpc|Vpc)\w* AWS::EC2::VPC/,
    reason:
      'an isolated network has no traffic that leaves it; the other networks belong to what is protected',
  },
  {
    rules: ['AWS-0034'],
    where: /AWS::ECS::Cluster/,
    reason:
      'the cluster of a mount runs one task of some minutes for each restore test, whose result is in its log',
  },
  {
    rules: ['AWS-0089'],
    where: /AWS::S3::Bucket/,
    reason:
      'few read reports and evidence; `serverAccessLogsBucket` logs the access where somebody asks for it',
  },
  {
    rules: ['AWS-0086', 'AWS-0087', 'AWS-0090', 'AWS-0091', 'AWS-0093', 'AWS-0094', 'AWS-0132'],
    where: /(Documents|Bucket|AccessLogs|Exports|Orders|Scratch|Invoices)\w* AWS::S3::Bucket/,
    reason: 'a protected bucket, or one for access logs; S3 blocks public access and encrypts by default',
  },
  {
    rules: ['AWS-0025'],
    reason: 'a protected table; the library makes none',
  },
  {
    rules: [
      'AWS-0024',
      'AWS-0028',
      'AWS-0077',
      'AWS-0079',
      'AWS-0098',
      'AWS-0104',
      'AWS-0131',
      'AWS-0133',
      'AWS-0164',
      'AWS-0176',
      'AWS-0177',
      'AWS-0343',
    ],
    where: /Security|AWS::(DynamoDB|RDS|SecretsManager)::|AWS::EC2::(Instance|Subnet) /,
    reason: 'a protected resource, or the network it is in; the examples are about its backups',
  },
].map((accepted) => ({ validator: 'trivy', ...accepted }));
