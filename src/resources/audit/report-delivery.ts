import { Stack, Token } from 'aws-cdk-lib';
import type { CfnReportPlan } from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IBucket, IBucketRef } from 'aws-cdk-lib/aws-s3';
import type { Problem } from '../../values/core/problem';

const SERVICE = 'reports.backup.amazonaws.com';
const ROLE = 'AWSServiceRoleForBackupReports';
const BUCKET_FIX = `let \`${ROLE}\` do \`s3:PutObject\` in the policy of the bucket, and \`kms:GenerateDataKey\` and \`kms:Decrypt\` in that of its key`;

/**
 * Lets the service-linked role of AWS Backup Audit Manager put reports into a bucket, and use its key.
 *
 * AWS Backup makes that role with the first report plan of an account, and Amazon S3 refuses policies that name a
 * role which isn't there: so the policy of the bucket waits for the report plan, not the other way round. The first
 * report arrives hours later.
 *
 * @returns what stands in the way
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-report-plan-console.html
 */
export function deliverInto(bucket: IBucketRef, plan: CfnReportPlan): Problem[] {
  const stack = Stack.of(plan);
  const roleArn = stack.formatArn({
    service: 'iam',
    region: '', // IAM is global
    resource: 'role',
    resourceName: `aws-service-role/${SERVICE}/${ROLE}`,
  });
  const problems = accountProblems(bucket, stack);
  const { addToResourcePolicy, encryptionKey } = bucket as Partial<IBucket>;
  const added = addToResourcePolicy?.call(
    bucket,
    new iam.PolicyStatement({
      sid: 'AllowBackupReports',
      principals: [new iam.ArnPrincipal(roleArn)],
      actions: ['s3:PutObject'],
      resources: [`${bucket.bucketRef.bucketArn}/*`],
      conditions: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  );
  // a key can't wait for the report plan, since the bucket needs it: a condition may name a role that isn't there
  const usable = encryptionKey?.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'AllowBackupReports',
      principals: [new iam.AnyPrincipal()],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: {
        StringEquals: { 'kms:CallerAccount': stack.account },
        ArnEquals: { 'aws:PrincipalArn': roleArn },
      },
    }),
  );
  if (!added?.statementAdded || usable?.statementAdded === false)
    problems.push({
      id: 'Backup-ReportBucketPolicy',
      severity: 'warning',
      property: 'bucket',
      message: `\`bucket\` ${added?.statementAdded ? 'has a key whose policy' : 'has a policy that'} can't be changed here, without which no report arrives`,
      fix: BUCKET_FIX,
    });
  const policy = added?.policyDependable;
  if (!added?.statementAdded || !policy) return problems;
  if (Stack.of(bucket) === stack) (policy as iam.Policy).node.addDependency(plan);
  else
    problems.push({
      id: 'Backup-ReportBucketStack',
      severity: 'warning',
      property: 'bucket',
      message: `\`bucket\` is in another stack, which is deployed before AWS Backup has made \`${ROLE}\` with the first report plan of the account: Amazon S3 then refuses the policy of the bucket`,
      fix: `make the bucket in the stack of the report plan, or make the role before with \`aws iam create-service-linked-role --aws-service-name ${SERVICE}\``,
    });
  return problems;
}

/** AWS Backup delivers into buckets of its own account only. */
function accountProblems(bucket: IBucketRef, stack: Stack): Problem[] {
  const [here, there] = [stack.account, bucket.env.account];
  if (Token.isUnresolved(here) || Token.isUnresolved(there) || here === there) return [];
  return [
    {
      id: 'Backup-ReportBucketAccount',
      severity: 'error',
      property: 'bucket',
      message: `\`bucket\` must be in the account of the report plan (${here}), got ${there}`,
      fix: 'deliver into a bucket beside the report plan, and replicate that one',
    },
  ];
}
