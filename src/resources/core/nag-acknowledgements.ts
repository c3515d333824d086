import { Stack, Validations } from 'aws-cdk-lib';
import type { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** The rules that require log groups to be encrypted with a key. */
export const LOG_RULES: readonly string[] = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'].map(
  (pack) => `${pack}-CloudWatchLogGroupEncrypted`,
);

const COPY_WILDCARDS =
  'recovery points have no names before they are made, and of copy jobs, log deliveries and traces IAM knows no resources';

/** Acknowledges rules of cdk-nag. Adds the metadata itself: before aws-cdk-lib 2.276, `acknowledge()` refuses some IDs. */
export function acknowledge(construct: IConstruct, ids: readonly string[], reason: string): void {
  const rules = Object.fromEntries(ids.map((id) => [id, reason]));
  construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, rules);
}

/** Acknowledges `AwsSolutions-IAM5` of cdk-nag for each resource with a wildcard, as cdk-nag writes it. */
export function acknowledgeWildcards(policy: CfnManagedPolicy, reason: string = COPY_WILDCARDS): void {
  const stack = Stack.of(policy);
  const { Statement } = policy.policyDocument as { Statement: { Resource: string | string[] }[] };
  const ids = Statement.flatMap(({ Resource }) => Resource)
    .map((resource) => written(stack.resolve(resource)))
    .filter((resource) => resource.includes('*'))
    .map((resource) => `AwsSolutions-IAM5[Resource::${resource}]`);
  acknowledge(policy, [...new Set(ids)], reason);
}

/** `arn:<AWS::Partition>:…`, `<Bucket.Arn>/*`. */
function written(resolved: unknown): string {
  if (typeof resolved === 'string') return resolved;
  const { Ref, 'Fn::Join': join, 'Fn::GetAtt': attribute } = resolved as Intrinsic;
  if (join) return join[1].map(written).join(join[0]);
  if (attribute) return `<${attribute.join('.')}>`;
  return Ref ? `<${Ref}>` : '';
}

interface Intrinsic {
  readonly Ref?: string;
  readonly 'Fn::Join'?: [string, unknown[]];
  readonly 'Fn::GetAtt'?: string[];
}
