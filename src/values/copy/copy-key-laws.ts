/**
 * The actions on a key that another account needs so that AWS Backup can copy to it or from it: for its roles and for the
 * service-linked role `AWSServiceRoleForBackup`, whose own policies narrow them down.
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

/** Actions for grants on the key, which EBS, RDS and others use; only for AWS resources. */
export const COPY_KEY_GRANTS: readonly string[] = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'];

/** The condition for grants: AWS services create them for what they encrypt. */
export const FOR_AWS_RESOURCES = { Bool: { 'kms:GrantIsForAWSResource': 'true' } } as const;

/** The role that AWS Backup uses for copies: one in every account that copies go to. */
export function serviceLinkedRoleArn(partition: string, account: string): string {
  return `arn:${partition}:iam::${account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;
}

/** The end of a copy that uses the key. */
export type KeyEnd = 'source' | 'destination';

/**
 * The actions that are required in any case, on the key of the source backups and on the key of the destination vault.
 * Fewer than those granted, because services differ in what else they need.
 */
export const COPY_KEY_NEEDS: Readonly<Record<KeyEnd, readonly string[]>> = {
  source: ['kms:DescribeKey', 'kms:Decrypt', 'kms:CreateGrant'],
  destination: ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:CreateGrant'],
};

/**
 * The statements of a key policy that let an account copy, as JSON to add.
 *
 * @param lacking the actions of `COPY_KEY_NEEDS` that the policy doesn't allow
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
