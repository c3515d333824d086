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

/** At which end of a copy a key is. */
export type KeyEnd = 'source' | 'destination';

/**
 * What certainly must not be missing: of the key of a source whose backups have it, and of that of the vault that copies
 * arrive in. Less than what is given, since what single services need beyond that differs.
 */
export const COPY_KEY_NEEDS: Readonly<Record<KeyEnd, readonly string[]>> = {
  source: ['kms:DescribeKey', 'kms:Decrypt', 'kms:CreateGrant'],
  destination: ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:CreateGrant'],
};

/**
 * The statements of a key policy that let an account copy, as JSON to add.
 *
 * @param lacking of `COPY_KEY_NEEDS`, what the policy doesn't allow
 */
export function copyKeyStatements(partition: string, account: string, lacking: readonly string[]): string {
  const Principal = { AWS: `arn:${partition}:iam::${account}:root` };
  const statement = { Effect: 'Allow', Principal, Resource: '*' };
  const isGrant = (action: string) => COPY_KEY_GRANTS.includes(action);
  const statements = [
    ...(lacking.every(isGrant) ? [] : [{ ...statement, Action: COPY_KEY_USES }]),
    ...(lacking.some(isGrant)
      ? [{ ...statement, Action: COPY_KEY_GRANTS, Condition: FOR_AWS_RESOURCES }]
      : []),
  ];
  return statements.map((each) => JSON.stringify(each)).join(',');
}
