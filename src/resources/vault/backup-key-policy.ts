import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** What the policy of every key of ours says: usable through AWS Backup, and closed to grants for others. */
export function backupKeyStatements(key: IConstruct): iam.PolicyStatement[] {
  const stack = Stack.of(key);
  return [
    new iam.PolicyStatement({
      sid: 'UseThroughAwsBackup',
      principals: [new iam.AnyPrincipal()],
      actions: [
        'kms:CreateGrant',
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:GenerateDataKey*',
        'kms:RetireGrant',
      ],
      resources: ['*'],
      conditions: {
        StringEquals: {
          'kms:CallerAccount': stack.account,
          'kms:ViaService': `backup.${stack.region}.${stack.urlSuffix}`,
        },
      },
    }),
    // to the letter what AWS Control Tower's CT.KMS.PR.3 asks for: AWS services, AWS Backup among them, and those
    // who use them are not affected
    new iam.PolicyStatement({
      sid: 'DenyGrantsOutsideAwsServices',
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['kms:CreateGrant'],
      resources: ['*'],
      conditions: {
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'kms:GrantIsForAWSResource': 'false' },
      },
    }),
  ];
}
