import { Stack, Token } from 'aws-cdk-lib';
import type { CfnReportPlan } from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IBucket, IBucketRef } from 'aws-cdk-lib/aws-s3';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';

const SERVICE = 'reports.backup.amazonaws.com';
const ROLE = 'AWSServiceRoleForBackupReports';
const BUCKET_FIX = `allow \`${ROLE}\` \`s3:PutObject\` in the bucket policy, and \`kms:GenerateDataKey\` and \`kms:Decrypt\` in the key policy`;

/**
 * Lets the service-linked role of AWS Backup Audit Manager write reports to a bucket and use its key.
 *
 * AWS Backup creates that role with the first report plan of an account, and Amazon S3 rejects policies that name a
 * role that doesn't exist. So the bucket policy depends on the report plan, not the other way around. The first report
 * arrives hours later.
 *
 * @returns the reasons why reports can't be delivered
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-report-plan-console.html
 */
export function allowDelivery(bucket: IBucketRef, plan: CfnReportPlan): Problem[] {
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
  // a key can't depend on the report plan, since the bucket needs it; a condition may name a role that doesn't exist
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
    problems.push(
      problem({
        id: 'Backup-ReportBucketPolicy',
        property: 'bucket',
        message: (label) =>
          `${label('bucket')} must let AWS Backup ${added?.statementAdded ? 'use its key, but the key' : 'write reports, but the bucket'} policy can't be changed in this app`,
        fix: BUCKET_FIX,
      }),
    );
  const policy = added?.policyDependable;
  if (!added?.statementAdded || !policy) return problems;
  if (Stack.of(bucket) === stack) (policy as iam.Policy).node.addDependency(plan);
  else
    problems.push(
      problem({
        id: 'Backup-ReportBucketStack',
        property: 'bucket',
        message: (label) =>
          `${label('bucket')} is in another stack, which is deployed before AWS Backup creates \`${ROLE}\` with the first report plan of the account, so Amazon S3 may reject the bucket policy`,
        fix: `create the bucket in the stack of the report plan, or create the role first with \`aws iam create-service-linked-role --aws-service-name ${SERVICE}\``,
      }),
    );
  return problems;
}

/** AWS Backup delivers only to buckets in its own account. */
function accountProblems(bucket: IBucketRef, stack: Stack): Problem[] {
  const [here, there] = [stack.account, bucket.env.account];
  if (Token.isUnresolved(here) || Token.isUnresolved(there) || here === there) return [];
  return [
    problem({
      id: 'Backup-ReportBucketAccount',
      property: 'bucket',
      message: (label) =>
        `${label('bucket')} must be in the account of the report plan (${here}), got ${there}`,
      fix: 'deliver to a bucket in the account of the report plan and replicate it',
    }),
  ];
}
