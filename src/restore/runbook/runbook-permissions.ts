import { Aws, Stack } from 'aws-cdk-lib';
import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { LOG_DELIVERY_ACTIONS } from '../../resources/core/log-delivery';
import { recoveryPointArns } from '../../values/resource-type/recovery-point-arns';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { RestoreEvidenceBucket } from '../core/restore-evidence-bucket';
import { allow } from '../validation/check-permissions';
import type { RestoreRunbookProps } from './restore-runbook-props';
import type { RunbookFunctions } from './runbook-functions';
import { tagActions } from './runbook-targets';

/** What the state machine calls. */
export interface MachineCalls {
  readonly functions: RunbookFunctions;
  readonly types: readonly ResourceType[];
  readonly restoreRoleArn: string;
  readonly bucket: IBucketRef;
}

/** What the role of the state machine may do. IAM has no resources for tags of any type, log deliveries and traces. */
export function machineStatements(
  scope: Construct,
  props: RestoreRunbookProps,
  { functions, types, restoreRoleArn, bucket }: MachineCalls,
): object[] {
  const topics = [props.topic, props.approvalTopic].flatMap((topic) => topic?.topicRef.topicArn ?? []);
  const key = bucket instanceof RestoreEvidenceBucket ? bucket.encryptionKey?.keyArn : undefined;
  const called = [
    functions.plan,
    functions.copy,
    functions.watch,
    functions.validate,
    functions.judge,
    functions.report,
  ];
  return [
    allow(
      ['lambda:InvokeFunction'],
      called.flatMap((each) => each?.functionArn ?? []),
    ),
    allow(['backup:StartRestoreJob'], restorable(scope, types, props)),
    allow(['iam:PassRole'], restoreRoleArn, {
      StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' },
    }),
    allow(['s3:PutObject'], `${bucket.bucketRef.bucketArn}/runs/*`),
    ...(key ? [allow(['kms:GenerateDataKey'], key)] : []),
    allow(['tag:TagResources', ...tagActions(types)], '*'),
    ...(topics.length > 0 ? [allow(['sns:Publish'], topics)] : []),
    allow([...LOG_DELIVERY_ACTIONS], '*'),
    allow(
      [
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
        'xray:PutTelemetryRecords',
        'xray:PutTraceSegments',
      ],
      '*',
    ),
  ];
}

/** The recovery points that can be restored: of this account, and of those that share vaults with it. */
function restorable(
  scope: Construct,
  types: readonly ResourceType[],
  { sharedVaults = [] }: RestoreRunbookProps,
): string[] {
  const { account, region } = Stack.of(scope);
  const partition = Aws.PARTITION;
  const of = (owner: string) => recoveryPointArns(types, { partition, account: owner, region });
  // in an air-gapped vault, recovery points of any type can be AWS Backup's own
  const shared = sharedVaults.flatMap((vault) => [
    ...of(vault.account),
    `arn:${partition}:backup:${region}:${vault.account}:recovery-point:*`,
  ]);
  return [...new Set([...of(account), ...shared])];
}
