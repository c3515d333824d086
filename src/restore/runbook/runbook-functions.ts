import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { RestoreEvidenceBucket } from '../core/restore-evidence-bucket';
import { arnParts, RestoreFunction } from '../core/restore-function';
import { allow, checkStatements } from '../validation/check-permissions';
import type { RestoreCheck } from '../validation/restore-check';
import type { RestoreRunbookProps } from './restore-runbook-props';
import { accessRoleArn } from './runbook-targets';

/** The functions of a runbook. */
export interface RunbookFunctions {
  readonly plan: RestoreFunction;
  /** Undefined if nothing is copied back. */
  readonly copy?: RestoreFunction;
  readonly watch: RestoreFunction;
  readonly validate: RestoreFunction;
  readonly judge: RestoreFunction;
  readonly report: RestoreFunction;
}

/** What the functions need besides the properties. */
export interface FunctionParts {
  readonly checks: readonly RestoreCheck[];
  readonly bucket: IBucketRef;
}

/** Creates the functions, each with permissions of its own. */
export function makeFunctions(
  scope: Construct,
  props: RestoreRunbookProps,
  { checks, bucket }: FunctionParts,
): RunbookFunctions {
  const place = arnParts(scope);
  const settings = Lazy.string({
    produce: () => Stack.of(scope).toJsonString({ bucket: bucket.bucketRef.bucketName }),
  });
  const { bucketArn } = bucket.bucketRef;
  const key = bucket instanceof RestoreEvidenceBucket ? bucket.encryptionKey?.keyArn : undefined;
  const documents = [
    allow(['s3:GetObject', 's3:PutObject'], `${bucketArn}/runs/*`),
    // without it, Amazon S3 reports a document that doesn't exist as one that can't be read
    allow(['s3:ListBucket'], bucketArn),
    ...(key ? [allow(['kms:Decrypt', 'kms:GenerateDataKey'], key)] : []),
  ];
  const make = (
    id: string,
    handler: string,
    description: string,
    minutes: number,
    statements: readonly object[],
  ) =>
    new RestoreFunction(scope, id, {
      bundle: 'restore-runbook',
      environment: { SETTINGS: settings },
      handler,
      description,
      timeout: Duration.minutes(minutes),
      memoryMiB: 512,
      statements,
    });
  const points = [
    allow(
      [
        'backup:ListRecoveryPointsByBackupVault',
        'backup:GetRecoveryPointRestoreMetadata',
        'backup:DescribeRecoveryPoint',
        'backup:ListTags',
      ],
      '*',
    ),
  ];
  const roles = [...new Set((props.copySources ?? []).map(accessRoleArn))];
  const elsewhere = roles.length > 0 ? [allow(['sts:AssumeRole'], roles)] : [];
  return {
    plan: make('Plan', 'plan', 'Decides what is restored from which recovery points', 15, [
      ...documents,
      ...points,
      ...elsewhere,
    ]),
    ...(roles.length > 0 && {
      copy: make('CopyBack', 'copy', 'Copies recovery points back from elsewhere', 2, [
        ...elsewhere,
        allow(['backup:GetRecoveryPointRestoreMetadata'], '*'),
      ]),
    }),
    watch: make('Watch', 'watch', 'Looks at restore jobs', 2, [allow(['backup:DescribeRestoreJob'], '*')]),
    validate: make('Validate', 'validate', 'Validates what a runbook restored', 15, [
      ...checks.flatMap((check) => checkStatements(check, false, place, '*')),
    ]),
    judge: make('Judge', 'judge', 'Remembers what a runbook restored', 5, [
      allow(['s3:PutObject'], `${bucketArn}/runs/*`),
      ...(key ? [allow(['kms:GenerateDataKey'], key)] : []),
    ]),
    report: make('Report', 'report', 'Reports what a runbook restored, and what is left', 5, [
      ...documents,
      allow(['backup:DescribeRestoreJob'], '*'),
    ]),
  };
}
