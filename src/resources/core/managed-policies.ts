import type { IConstruct } from 'constructs';

const REASON =
  'AWS maintains this policy as AWS Backup adds capabilities; a copy of it would become outdated';

/** `Validations.ACKNOWLEDGED_RULES_METADATA_KEY`, for which every app would load a module that most don't need. */
const ACKNOWLEDGED_RULES = 'aws:cdk:acknowledged-rules';

/**
 * Acknowledges cdk-nag's `AwsSolutions-IAM4` for AWS managed policies of a role of this library.
 *
 * @param policies the names with their paths, such as `service-role/AWSBackupServiceRolePolicyForBackup`
 */
export function acknowledgeManagedPolicies(role: IConstruct, policies: readonly string[]): void {
  if (policies.length === 0) return;
  // written as metadata, since `acknowledge()` rejects the `::` in this id before aws-cdk-lib 2.276
  role.node.addMetadata(
    ACKNOWLEDGED_RULES,
    Object.fromEntries(
      policies.map((policy) => [
        `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
        REASON,
      ]),
    ),
  );
}
