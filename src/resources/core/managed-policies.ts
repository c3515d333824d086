import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

const REASON =
  'AWS maintains this policy as AWS Backup learns to protect more; a copy of it would fall behind';

/**
 * Answers cdk-nag's `AwsSolutions-IAM4` for a managed policy of AWS on a role of ours.
 *
 * @param policy the name with its path, such as `service-role/AWSBackupServiceRolePolicyForBackup`
 */
export function acknowledgeManagedPolicy(role: IConstruct, policy: string): void {
  // by the metadata itself: before aws-cdk-lib 2.276 `acknowledge()` refuses the `::` in this id
  role.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, {
    [`AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`]: REASON,
  });
}
