/**
 * What `Ref` and `Fn::GetAtt` return for the types of resources that the inventory reads, and their ARNs.
 *
 * In `arn`, `{P}`, `{R}` and `{A}` stand for partition, Region and account of the stack, `{N}` for the name or id, `{*}`
 * for a part that is generated at deployment, other braces for properties. Source: primary identifiers, attributes and ARN
 * templates of the CloudFormation schemas in `@aws-cdk/aws-service-spec` 0.1.216 (2026-09-29).
 */
export interface Identity {
  /** The property with the name. Without a value, CloudFormation generates a name or an id. */
  readonly name?: string;
  readonly lowerCase?: boolean;
  /** What `Ref` returns, if it isn't the name or id. */
  readonly ref?: 'arn';
  readonly arn: string;
  /** Attributes that are the ARN. */
  readonly arnAttributes?: readonly string[];
  /** Attributes that are the name or id. */
  readonly nameAttributes?: readonly string[];
}

const RDS_CLUSTER: Identity = {
  name: 'DBClusterIdentifier',
  lowerCase: true,
  arn: 'arn:{P}:rds:{R}:{A}:cluster:{N}',
  arnAttributes: ['DBClusterArn'],
};

const KEY: Identity = {
  arn: 'arn:{P}:kms:{R}:{A}:key/{N}',
  arnAttributes: ['Arn'],
  nameAttributes: ['KeyId'],
};

const VAULT: Identity = {
  name: 'BackupVaultName',
  arn: 'arn:{P}:backup:{R}:{A}:backup-vault:{N}',
  arnAttributes: ['BackupVaultArn'],
  nameAttributes: ['BackupVaultName'],
};

/** A resource of AWS Backup whose ARN contains more than its name. */
function backup(kind: string, arnAttribute: string, ref?: 'arn'): Identity {
  return { ref, arn: `arn:{P}:backup:{R}:{A}:${kind}:{*}`, arnAttributes: [arnAttribute] };
}

/** By the type in CloudFormation. */
export const IDENTITIES: ReadonlyMap<string, Identity> = new Map<string, Identity>([
  ['AWS::Backup::BackupVault', VAULT],
  ['AWS::Backup::LogicallyAirGappedBackupVault', VAULT],
  [
    'AWS::Backup::BackupPlan',
    {
      arn: 'arn:{P}:backup:{R}:{A}:backup-plan:{N}',
      arnAttributes: ['BackupPlanArn'],
      nameAttributes: ['BackupPlanId'],
    },
  ],
  ['AWS::Backup::Framework', backup('framework', 'FrameworkArn', 'arn')],
  ['AWS::Backup::ReportPlan', backup('report-plan', 'ReportPlanArn', 'arn')],
  ['AWS::Backup::LegalHold', backup('legal-hold', 'Arn', 'arn')],
  [
    'AWS::Backup::RestoreTestingPlan',
    { ...backup('restore-testing-plan', 'RestoreTestingPlanArn'), name: 'RestoreTestingPlanName' },
  ],
  [
    'AWS::Backup::TieringConfiguration',
    { ...backup('tiering-configuration', 'TieringConfigurationArn'), name: 'TieringConfigurationName' },
  ],
  [
    'AWS::IAM::InstanceProfile',
    {
      name: 'InstanceProfileName',
      arn: 'arn:{P}:iam::{A}:instance-profile{Path}{N}',
      arnAttributes: ['Arn'],
    },
  ],
  ['AWS::IAM::User', { name: 'UserName', arn: 'arn:{P}:iam::{A}:user{Path}{N}', arnAttributes: ['Arn'] }],
  ['AWS::IAM::Group', { name: 'GroupName', arn: 'arn:{P}:iam::{A}:group{Path}{N}', arnAttributes: ['Arn'] }],
  ['AWS::IAM::Role', { name: 'RoleName', arn: 'arn:{P}:iam::{A}:role{Path}{N}', arnAttributes: ['Arn'] }],
  [
    'AWS::IAM::ManagedPolicy',
    {
      name: 'ManagedPolicyName',
      ref: 'arn',
      arn: 'arn:{P}:iam::{A}:policy{Path}{N}',
      arnAttributes: ['PolicyArn'],
    },
  ],
  ['AWS::KMS::Key', KEY],
  ['AWS::KMS::ReplicaKey', KEY],
  ['AWS::KMS::Alias', { name: 'AliasName', arn: 'arn:{P}:kms:{R}:{A}:{N}' }],
  [
    'AWS::SNS::Topic',
    {
      name: 'TopicName',
      ref: 'arn',
      arn: 'arn:{P}:sns:{R}:{A}:{N}',
      arnAttributes: ['TopicArn'],
      nameAttributes: ['TopicName'],
    },
  ],
  ['AWS::CloudFormation::Stack', { ref: 'arn', arn: 'arn:{P}:cloudformation:{R}:{A}:stack/{*}' }],

  [
    'AWS::DynamoDB::Table',
    { name: 'TableName', arn: 'arn:{P}:dynamodb:{R}:{A}:table/{N}', arnAttributes: ['Arn'] },
  ],
  [
    'AWS::DynamoDB::GlobalTable',
    { name: 'TableName', arn: 'arn:{P}:dynamodb:{R}:{A}:table/{N}', arnAttributes: ['Arn'] },
  ],
  ['AWS::S3::Bucket', { name: 'BucketName', arn: 'arn:{P}:s3:::{N}', arnAttributes: ['Arn'] }],
  [
    'AWS::EFS::FileSystem',
    {
      arn: 'arn:{P}:elasticfilesystem:{R}:{A}:file-system/{N}',
      arnAttributes: ['Arn'],
      nameAttributes: ['FileSystemId'],
    },
  ],
  ['AWS::EC2::Instance', { arn: 'arn:{P}:ec2:{R}:{A}:instance/{N}', nameAttributes: ['InstanceId'] }],
  [
    'AWS::EC2::LaunchTemplate',
    { arn: 'arn:{P}:ec2:{R}:{A}:launch-template/{N}', nameAttributes: ['LaunchTemplateId'] },
  ],
  ['AWS::EC2::Volume', { arn: 'arn:{P}:ec2:{R}:{A}:volume/{N}', nameAttributes: ['VolumeId'] }],
  [
    'AWS::RDS::DBInstance',
    {
      name: 'DBInstanceIdentifier',
      lowerCase: true,
      arn: 'arn:{P}:rds:{R}:{A}:db:{N}',
      arnAttributes: ['DBInstanceArn'],
    },
  ],
  ['AWS::RDS::DBCluster', RDS_CLUSTER],
  ['AWS::DocDB::DBCluster', { ...RDS_CLUSTER, arnAttributes: [], nameAttributes: ['Id'] }],
  ['AWS::Neptune::DBCluster', { ...RDS_CLUSTER, arnAttributes: [] }],
  [
    'AWS::FSx::FileSystem',
    { arn: 'arn:{P}:fsx:{R}:{A}:file-system/{N}', arnAttributes: ['ResourceARN'], nameAttributes: ['Id'] },
  ],
  [
    'AWS::FSx::Volume', // volume/fs-.../fsvol-...
    { arn: 'arn:{P}:fsx:{R}:{A}:volume/{*}', arnAttributes: ['ResourceARN'], nameAttributes: ['VolumeId'] },
  ],
  [
    'AWS::Redshift::Cluster',
    { name: 'ClusterIdentifier', lowerCase: true, arn: 'arn:{P}:redshift:{R}:{A}:cluster:{N}' },
  ],
  [
    'AWS::RedshiftServerless::Namespace',
    {
      name: 'NamespaceName', // the ARN has the id instead
      arn: 'arn:{P}:redshift-serverless:{R}:{A}:namespace/{*}',
      arnAttributes: ['Namespace.NamespaceArn'],
      nameAttributes: ['Namespace.NamespaceName'],
    },
  ],
  ['AWS::EKS::Cluster', { name: 'Name', arn: 'arn:{P}:eks:{R}:{A}:cluster/{N}', arnAttributes: ['Arn'] }],
  [
    'AWS::DSQL::Cluster',
    {
      arn: 'arn:{P}:dsql:{R}:{A}:cluster/{N}',
      arnAttributes: ['ResourceArn'],
      nameAttributes: ['Identifier'],
    },
  ],
  [
    'AWS::Timestream::Database',
    { name: 'DatabaseName', arn: 'arn:{P}:timestream:{R}:{A}:database/{N}', arnAttributes: ['Arn'] },
  ],
  [
    'AWS::Timestream::Table', // `Ref` is `database|table`, which isn't needed
    {
      arn: 'arn:{P}:timestream:{R}:{A}:database/{DatabaseName}/table/{TableName}',
      arnAttributes: ['Arn'],
    },
  ],
  [
    'AWS::StorageGateway::Volume',
    {
      ref: 'arn',
      arn: 'arn:{P}:storagegateway:{R}:{A}:gateway/{*}',
      arnAttributes: ['VolumeARN'],
      nameAttributes: ['VolumeId'],
    },
  ],
  [
    'AWS::SystemsManagerSAP::Application',
    { name: 'ApplicationId', ref: 'arn', arn: 'arn:{P}:ssm-sap:{R}:{A}:HANA/{N}', arnAttributes: ['Arn'] },
  ],
]);
