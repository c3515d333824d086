import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

const REASON =
  'AWS maintains this policy as AWS Backup adds capabilities; a copy of it would become outdated';

/**
 * Acknowledges cdk-nag's `AwsSolutions-IAM4` for an AWS managed policy on a role of this library.
 *
 * @param policy the name with its path, such as `service-role/AWSBackupServiceRolePolicyForBackup`
 */
export function acknowledgeManagedPolicy(role: IConstruct, policy: string): void {
  // written as metadata, since `acknowledge()` rejects the `::` in this id before aws-cdk-lib 2.276
  role.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, {
    [`AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`]: REASON,
  });
}
