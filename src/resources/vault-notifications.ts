import { type CfnResource, Stack, Token } from 'aws-cdk-lib';
import type { CfnBackupVault } from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import type { Problem } from '../values/problem';
import { VaultEvent, vaultEventProblems } from './vault-event';
import { differentEnvironment } from './vault-facts';

/** Where a vault sends its events. A vault has one topic. */
export interface VaultNotifications {
  /**
   * A standard (not FIFO) topic in the account and Region of the vault. AWS Backup is allowed to publish to it,
   * and to use the key it is encrypted with, where the topic and the key are made in this app.
   */
  readonly topic: ITopic;

  /**
   * Which events are sent.
   *
   * @default VaultEvent.failures()
   */
  readonly events?: VaultEvent[];
}

/** Lets AWS Backup publish to the topic, and says what stands in the way. */
export function connectTopic(
  vault: CfnResource,
  notifications: VaultNotifications,
): { problems: Problem[]; property: CfnBackupVault.NotificationObjectTypeProperty } {
  const { topic } = notifications;
  const events = [...new Set((notifications.events ?? VaultEvent.failures()).map((event) => event.name))];
  const problems = [...vaultEventProblems(events), ...topicProblems(vault, topic)];

  const stack = Stack.of(vault);
  const backup = new iam.ServicePrincipal('backup.amazonaws.com');
  const fromThisAccount = { StringEquals: { 'aws:SourceAccount': stack.account } };
  const allowed = topic.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'AllowAwsBackupToPublish',
      principals: [backup],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: fromThisAccount,
    }),
  );
  if (!allowed.statementAdded)
    problems.push({
      id: 'Backup-NotificationTopicPolicy',
      severity: 'warning',
      property: 'topic',
      message: '`topic` is not made in this app, so its policy can’t be changed here',
      fix: 'let `backup.amazonaws.com` do `sns:Publish` in the policy of the topic, and `kms:GenerateDataKey*` and `kms:Decrypt` in that of its key',
    });
  else if (allowed.policyDependable) vault.node.addDependency(allowed.policyDependable);
  topic.masterKey?.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'AllowAwsBackupToPublishEncrypted',
      principals: [backup],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: fromThisAccount,
    }),
  );
  return { problems, property: { snsTopicArn: topic.topicArn, backupVaultEvents: events } };
}

function topicProblems(vault: IConstruct, topic: ITopic): Problem[] {
  const problems: Problem[] = [];
  if (topic.fifo || (!Token.isUnresolved(topic.topicName) && topic.topicName.endsWith('.fifo')))
    problems.push({
      id: 'Backup-NotificationTopicFifo',
      severity: 'error',
      property: 'topic',
      message: '`topic` must be a standard topic, got a FIFO topic, to which AWS Backup can’t publish',
      fix: 'use a topic without `fifo`',
    });
  const elsewhere = differentEnvironment(vault, topic);
  if (elsewhere)
    problems.push({
      id: 'Backup-NotificationTopicEnvironment',
      severity: 'error',
      property: 'topic',
      message: `\`topic\` must be in the ${elsewhere.what} of the vault (${elsewhere.here}), got ${elsewhere.there}`,
      fix: 'make a topic beside the vault, or forward the EventBridge events of AWS Backup',
    });
  return problems;
}
