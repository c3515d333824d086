import {
  BackupClient,
  DescribeBackupVaultCommand,
  ListProtectedResourcesCommand,
  ListRecoveryPointsByBackupVaultCommand,
} from '@aws-sdk/client-backup';
import { CloudWatchClient, GetMetricDataCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { LambdaContext } from '../core/answer';
import { LAMBDA_RUNTIME, LONGEST_CALL } from '../core/runtime';
import { checkFreshness, type FreshnessClient, type FreshnessRequest } from './freshness-check';

/** No call hangs, and each is tried once: the check retries by itself and knows how much time is left. */
const CLIENT = { maxAttempts: 1, requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000 } };

const backup = new BackupClient(CLIENT);
const cloudWatch = new CloudWatchClient(CLIENT);
const sns = new SNSClient(CLIENT);

const client: FreshnessClient = {
  listProtectedResources: (input) => backup.send(new ListProtectedResourcesCommand(input)),
  listRecoveryPoints: (input) => backup.send(new ListRecoveryPointsByBackupVaultCommand(input)),
  describeBackupVault: (input) => backup.send(new DescribeBackupVaultCommand(input)),
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
