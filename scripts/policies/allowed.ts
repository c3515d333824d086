import type { Document } from './documents';

/** A finding that is no mistake. */
export interface Allowed {
  readonly tool: string;
  readonly issue: string;
  readonly kind?: Document['kind'];
  readonly detail?: RegExp;
  readonly reason: string;
}

export const ALLOWED: readonly Allowed[] = [
  {
    tool: 'parliament',
    issue: 'MALFORMED',
    kind: 'trust',
    detail: /^Statement contains neither Resource nor NotResource/,
    reason: 'the resource of a trust policy is its role; IAM refuses one that names it',
  },
  {
    tool: 'parliament',
    issue: 'RESOURCE_STAR',
    kind: 'resource',
    detail: /"kms:/,
    reason: 'in a key policy, `*` is the key itself, the only resource that it applies to',
  },
  {
    tool: 'parliament',
    issue: 'RESOURCE_STAR',
    kind: 'resource',
    detail: /^\["backup:CopyIntoBackupVault"\]/,
    reason: 'in the access policy of a vault, `*` is that vault; AWS Backup asks for it',
  },
  {
    tool: 'parliament',
    issue: 'RESOURCE_STAR',
    kind: 'resource',
    detail: /^\["organizations:(Describe|Delete|Update)/,
    reason:
      'policies that do not exist yet have no ARN; conditions on the policy type limit all but the reading of accounts and units',
  },
  {
    tool: 'parliament',
    issue: 'UNKNOWN_ACTION',
    kind: 'service-control',
    detail: /backup:(A|Disa)ssociateBackupVaultMpaApprovalTeam/,
    reason: 'newer than the data of parliament; a test compares the actions with the SDK',
  },
  {
    tool: 'parliament',
    issue: 'UNKNOWN_CONDITION_FOR_ACTION',
    kind: 'service-control',
    detail: /^Unknown condition kms:ResourceAliases for action kms:/,
    reason:
      'a condition of every operation on a key, by the KMS Developer Guide; the reference lists it for none',
  },
  {
    tool: 'parliament',
    issue: 'RESOURCE_STAR',
    kind: 'identity',
    detail: /"backup:GetRecoveryPointRestoreMetadata"/,
    reason:
      'reads recovery points, whose ARNs belong to a dozen services and are not known before they exist',
  },
  {
    tool: 'parliament',
    issue: 'RESOURCE_STAR',
    kind: 'identity',
    detail: /^\["rds:DescribeDBClusters", "rds:DescribeDBInstances"\]/,
    reason: 'reads the state of a restored database, whose name AWS Backup chooses',
  },
  {
    tool: 'parliament',
    issue: 'RESOURCE_STAR',
    kind: 'identity',
    detail: /^\["rds:DescribeDBInstances"\]/,
    reason: 'the check for missing backups asks which instances are members of clusters, whichever there are',
  },
  {
    tool: 'parliament',
    issue: 'RESOURCE_MISMATCH',
    kind: 'identity',
    detail: /"states:DescribeExecution".*:express:/,
    reason: 'the state machine is a standard one; executions of express ones have another form of ARN',
  },
  {
    tool: 'parliament',
    issue: 'RESOURCE_STAR',
    kind: 'identity',
    detail: /:(TagResource|PutBucketTagging|CreateTags)"/,
    reason: 'a runbook tags what it has restored, whose name is known only then',
  },
  {
    tool: 'cloudsplaining',
    issue: 'tagging_actions_without_constraints',
    detail: /^(dynamodb:TagResource|ec2:CreateTags|s3:PutBucketTagging)$/,
    reason: 'a runbook tags what it has restored, whose name is known only then',
  },
  {
    tool: 'parliament',
    issue: 'RESOURCE_MISMATCH',
    kind: 'identity',
    detail: /"rds:DeleteDBCluster"/,
    reason:
      'it deletes restored clusters without a final snapshot, for which it would need the other resource',
  },
  {
    tool: 'parliament',
    issue: 'RESOURCE_STAR',
    kind: 'identity',
    detail: /^\["ec2:AssignPrivateIpAddresses"/,
    reason:
      'AWS Lambda makes network interfaces with the role of a function in a VPC, and they have no ARN before',
  },
  {
    tool: 'cloudsplaining',
    issue: 'write_actions_without_constraints',
    kind: 'identity',
    detail: /^ec2:((Una|A)ssignPrivateIpAddresses|(Create|Delete)NetworkInterface)$/,
    reason: 'the same network interfaces of a function in a VPC',
  },
  {
    tool: 'parliament',
    issue: 'RESOURCE_STAR',
    kind: 'identity',
    detail: /^\["ecs:ListTasks"\]/,
    reason:
      'its only resource would be an instance of containers, which AWS Fargate has not; limited by `ecs:cluster`',
  },
  {
    tool: 'parliament',
    issue: 'RESOURCE_STAR',
    kind: 'identity',
    detail: /^\["ecs:RegisterTaskDefinition"\]/,
    reason:
      'not every source knows a resource for it, and a wrong one would fail every test; the roles that it can pass are two',
  },
  {
    tool: 'cloudsplaining',
    issue: 'write_actions_without_constraints',
    kind: 'identity',
    detail: /^ecs:RegisterTaskDefinition$/,
    reason: 'the same task definitions',
  },
];
