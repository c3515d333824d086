/** A finding of a foreign validator that is no mistake of ours, with the reason. */
export interface Accepted {
  readonly validator: string;
  readonly rules: readonly string[];
  /** Only findings whose template, logical ID and detail match. */
  readonly where?: RegExp;
  readonly reason: string;
}

/** What the examples and recipes protect, or need beside what they are about. Not made by the library. */
const PROTECTED = /AWS::(DynamoDB|RDS|EFS|EC2|SecretsManager)::/;

export const ACCEPTED: readonly Accepted[] = [
  // cfn-lint
  {
    validator: 'cfn-lint',
    rules: ['E3006'],
    where: /AWS::Backup::BackupAccessPoint|does not exist in '(cn-north-1|us-gov-west-1)'/,
    reason:
      'newer than the schemas of cfn-lint; what AWS Backup lacks in China and GovCloud, the checks report there',
  },
  {
    validator: 'cfn-lint',
    rules: ['W3005'],
    reason: 'aws-cdk-lib makes a function depend on its role although it refers to it',
  },
  {
    validator: 'cfn-lint',
    rules: ['I3011'],
    where: /CopyLog|DeadLetters|Shop Orders/,
    reason:
      'logs and undelivered messages of copies are worth nothing without the stack; the example imports its resources',
  },
  {
    validator: 'cfn-lint',
    rules: ['W3691'],
    reason: 'aws-cdk-lib renders the major version; RDS chooses the newest minor one',
  },
  // the engine of AWS, with cdk-preflight
  {
    validator: 'cdk-preflight',
    rules: ['W3005'],
    reason: 'aws-cdk-lib makes a function depend on its role although it refers to it',
  },
  {
    validator: 'cdk-preflight',
    rules: ['W9002', 'W9013'],
    reason: 'in a stack of a known account and Region, aws-cdk-lib writes both into ARNs',
  },
  {
    validator: 'cdk-preflight',
    rules: ['F3006'],
    where: /AWS::Backup::BackupAccessPoint/,
    reason: 'the type is newer than the schemas of the engine',
  },
  {
    validator: 'cdk-preflight',
    rules: ['F3002'],
    where: /WarmUpConfiguration/,
    reason: 'CloudFormation has it; the schemas of the oldest supported aws-cdk-lib are older',
  },
  // checkov, and Control Tower where it asks for the same
  {
    validator: 'checkov',
    rules: ['CKV_AWS_33'],
    reason: 'the statement with the principal `*` is a denial: nobody may create grants, except AWS services',
  },
  {
    validator: 'checkov',
    rules: ['CKV_AWS_115'],
    reason:
      'CloudFormation calls these functions one at a time; reserved concurrency would take it from others',
  },
  {
    validator: 'checkov',
    rules: ['CKV_AWS_116'],
    reason: 'CloudFormation waits for the answer and reports the failure; see docs/custom-resources.md',
  },
  {
    validator: 'checkov',
    rules: ['CKV_AWS_117'],
    reason: 'the functions call public endpoints of AWS only, and hold no data',
  },
  {
    validator: 'checkov',
    rules: ['CKV_AWS_111'],
    where: /ValidatePolicy/,
    reason:
      'AWS Lambda makes network interfaces with the role of a function in a VPC, and they have no ARN before',
  },
  {
    validator: 'Control Tower',
    rules: ['CT.LAMBDA.PR.3'],
    reason: 'the functions call public endpoints of AWS only, and hold no data',
  },
  {
    validator: 'checkov',
    rules: ['CKV_AWS_158'],
    reason: 'CloudWatch Logs encrypts all logs; these hold ids of jobs and vaults, no data',
  },
  {
    validator: 'Control Tower',
    rules: ['CT.CLOUDWATCH.PR.3'],
    reason: 'CloudWatch Logs encrypts all logs; these hold ids of jobs and vaults, no data',
  },
  {
    validator: 'Control Tower',
    rules: ['CT.CLOUDWATCH.PR.2'],
    where: /^BackupAuditTrail-\S+ Stack ItLog/,
    reason:
      'the files of the trail are kept until you decide otherwise; its log group is for queries, and `logRetention` sets a longer time',
  },
  {
    validator: 'checkov',
    rules: ['CKV_AWS_27'],
    where: /DeadLetters/,
    reason: 'SQS encrypts every queue; the messages are events of AWS Backup, no data',
  },
  {
    validator: 'Control Tower',
    rules: ['CT.SQS.PR.1'],
    where: /DeadLetters/,
    reason: 'it is a dead-letter queue',
  },
  {
    validator: 'checkov',
    rules: ['CKV_AWS_173'],
    reason: 'Lambda encrypts all variables; these hold names and ARNs, no secrets',
  },
  {
    validator: 'checkov',
    rules: ['CKV_AWS_26'],
    where: /^restore-/,
    reason: 'a topic of the example; its messages hold ids of restores, no data',
  },
  {
    validator: 'Control Tower',
    rules: ['CT.CLOUDWATCH.PR.1'],
    where: /CheckLate/,
    reason: 'the check sends the message, with the names; an action of the alarm would send a second one',
  },
  // what is protected
  {
    validator: 'checkov',
    rules: [
      'CKV_AWS_28',
      'CKV_AWS_118',
      'CKV_AWS_119',
      'CKV_AWS_149',
      'CKV_AWS_157',
      'CKV_AWS_161',
      'CKV_AWS_162',
    ],
    where: PROTECTED,
    reason: 'a protected resource; the examples are about its backups',
  },
  {
    validator: 'checkov',
    rules: ['CKV_AWS_18', 'CKV_AWS_21', 'CKV_AWS_53', 'CKV_AWS_54', 'CKV_AWS_55', 'CKV_AWS_56'],
    where: /AWS::S3::Bucket/,
    reason:
      'a protected bucket, or one for reports or access logs, which the examples make; S3 blocks public access by default',
  },
  {
    validator: 'Control Tower',
    rules: [
      'CT.DYNAMODB.PR.1',
      'CT.DYNAMODB.PR.2',
      'CT.EC2.PR.8',
      'CT.EC2.PR.11',
      'CT.EC2.PR.13',
      'CT.EC2.PR.19',
      'CT.ELASTICFILESYSYSTEM.PR.2',
      'CT.RDS.PR.1',
      'CT.RDS.PR.2',
      'CT.RDS.PR.3',
      'CT.RDS.PR.4',
      'CT.RDS.PR.7',
      'CT.RDS.PR.8',
      'CT.RDS.PR.13',
      'CT.RDS.PR.14',
      'CT.RDS.PR.20',
      'CT.RDS.PR.25',
      'CT.RDS.PR.30',
    ],
    reason: 'a protected resource; the examples are about its backups',
  },
  {
    validator: 'Control Tower',
    rules: ['CT.S3.PR.1', 'CT.S3.PR.5', 'CT.S3.PR.10', 'CT.S3.PR.11'],
    reason: 'a protected bucket, or one for access logs, which the examples make',
  },
  {
    validator: 'Control Tower',
    rules: ['CT.S3.PR.2', 'CT.S3.PR.3', 'CT.S3.PR.4', 'CT.S3.PR.6', 'CT.S3.PR.9'],
    reason:
      'reports are kept until you decide otherwise, and few read them: no lifecycle, events or Object Lock by default',
  },
  {
    validator: 'Control Tower',
    rules: ['CT.KMS.PR.3'],
    where: / (Key961B73FD|(Alarm|Security|Team|Log|Topic|Alerts)Key\w+) /,
    reason: 'a key that the example makes with aws-cdk-lib',
  },
  {
    validator: 'checkov',
    rules: ['CKV_AWS_65'],
    where: /AWS::ECS::Cluster/,
    reason:
      'the cluster of a mount runs one task of some minutes for each restore test, whose result is in its log',
  },
  {
    validator: 'Control Tower',
    rules: ['CT.ECS.PR.2'],
    reason:
      'the cluster of a mount runs one task of some minutes for each restore test, whose result is in its log',
  },
];
