import {
  BackupClient,
  DescribeBackupVaultCommand,
  DescribeRegionSettingsCommand,
  GetBackupSelectionCommand,
  ListBackupSelectionsCommand,
  ListCopyJobsCommand,
  ListProtectedResourcesCommand,
  ListRecoveryPointsByBackupVaultCommand,
  ListRestoreJobsCommand,
} from '@aws-sdk/client-backup';
import { CloudWatchClient, GetMetricDataCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { LambdaContext } from '../core/answer';
import { LAMBDA_RUNTIME, LONGEST_CALL } from '../core/runtime';
import { checkFreshness, type FreshnessClient, type FreshnessRequest } from './freshness-check';
import { getTaggedResources } from './tagging-api';

/** No call hangs, and each is tried once: the check retries by itself and knows how much time is left. */
const CLIENT = { maxAttempts: 1, requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000 } };

const backup = new BackupClient(CLIENT);
const cloudWatch = new CloudWatchClient(CLIENT);
const sns = new SNSClient(CLIENT);
const ssm = new SSMClient(CLIENT);
const rds = new RDSClient(CLIENT);

const client: FreshnessClient = {
  listProtectedResources: (input) => backup.send(new ListProtectedResourcesCommand(input)),
  listRecoveryPoints: (input) => backup.send(new ListRecoveryPointsByBackupVaultCommand(input)),
  describeBackupVault: (input) => backup.send(new DescribeBackupVaultCommand(input)),
  listBackupSelections: (input) => backup.send(new ListBackupSelectionsCommand(input)),
  getBackupSelection: (input) => backup.send(new GetBackupSelectionCommand(input)),
  describeRegionSettings: () => backup.send(new DescribeRegionSettingsCommand({})),
  listCopyJobs: (input) => backup.send(new ListCopyJobsCommand(input)),
  listRestoreJobs: (input) => backup.send(new ListRestoreJobsCommand(input)),
  getResources: (input) => getTaggedResources(backup.config, input),
  describeDbInstances: (input) => rds.send(new DescribeDBInstancesCommand(input)),
  getParameter: (input) => ssm.send(new GetParameterCommand(input)),
  putParameter: (input) => ssm.send(new PutParameterCommand(input)),
  getMetricData: (input) => cloudWatch.send(new GetMetricDataCommand(input)),
  putMetricData: (input) => cloudWatch.send(new PutMetricDataCommand(input)),
  publish: (input) => sns.send(new PublishCommand(input)),
};

/** The entry point for AWS Lambda. */
export async function handler(request: FreshnessRequest, context: LambdaContext): Promise<void> {
  const deadline = LAMBDA_RUNTIME.now() + context.getRemainingTimeInMillis() - LONGEST_CALL;
  const late = await checkFreshness(request, client, { ...LAMBDA_RUNTIME, deadline });
  LAMBDA_RUNTIME.log(`${request.check} succeeded: ${late} late`);
}
