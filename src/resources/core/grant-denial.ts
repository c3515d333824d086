import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * The statement in the policy of every key of this library that denies grants for anyone else, exactly as AWS Control Tower's
 * CT.KMS.PR.3 requires. AWS services such as AWS Backup, and callers who use them, are not affected.
 */
export function grantDenial(): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'DenyGrantsOutsideAwsServices',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['kms:CreateGrant'],
    resources: ['*'],
    conditions: {
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'kms:GrantIsForAWSResource': 'false' },
    },
  });
}
