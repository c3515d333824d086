import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { grantDenial } from '../core/grant-denial';

/** The statements in the policy of every backup key: usable through AWS Backup, and no grants for anyone else. */
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
    grantDenial(),
  ];
}
