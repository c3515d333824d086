/**
 * What another account must be allowed on a key so that AWS Backup can copy there or from there: its own roles, and the
 * service-linked role `AWSServiceRoleForBackup`, whose policies decide on the rest.
 *
 * Source: Developer Guide "Creating backup copies across AWS accounts" and EBS User Guide "Share the KMS key used to
 * encrypt a shared snapshot", 2026-04.
 */
export const COPY_KEY_USES: readonly string[] = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey*',
  'kms:ReEncrypt*',
];

/** Grants on the key, which EBS, RDS and others work with; for AWS resources only. */
export const COPY_KEY_GRANTS: readonly string[] = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'];

/** The condition under which grants are allowed: AWS services make them, for what they encrypt. */
export const FOR_AWS_RESOURCES = { Bool: { 'kms:GrantIsForAWSResource': 'true' } } as const;

/** The role in which AWS Backup copies: there is one in every account that copies go to. */
export function serviceLinkedRoleArn(partition: string, account: string): string {
  return `arn:${partition}:iam::${account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;
}

/** The statements of a key policy that let an account copy, as JSON. */
export function copyKeyStatements(partition: string, account: string): object[] {
  const Principal = { AWS: `arn:${partition}:iam::${account}:root` };
  const statement = { Effect: 'Allow', Principal, Resource: '*' };
  return [
    { ...statement, Action: COPY_KEY_USES },
    { ...statement, Action: COPY_KEY_GRANTS, Condition: FOR_AWS_RESOURCES },
  ];
}
