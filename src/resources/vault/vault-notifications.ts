import { Stack } from 'aws-cdk-lib';
import type { CfnBackupVault } from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct, type IConstruct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { unknownPropertyProblemsAt } from '../../values/core/unknown-properties';
import { notificationTopicProblems, vaultEventProblems } from '../../values/vault/notification-laws';
import { VaultEvent } from '../../values/vault/vault-event';
import { listProblems, requiredKindProblems } from '../core/argument-checks';
import { differentEnvironment } from './vault-facts';

/** The events of a vault and their topic. A vault can have one topic; several vaults can share a topic. */
export interface VaultNotifications {
  /**
   * A standard (not FIFO) topic in the account and Region of the vault. If the topic and its key are created in this
   * app, AWS Backup is allowed to publish to the topic and to use the key.
   */
  readonly topic: ITopic;

  /**
   * The events to send.
   *
   * @default VaultEvent.failures()
   */
  readonly events?: VaultEvent[];
}

/** What AWS Backup accepts as notifications: a topic that it can publish to, and events that still exist. */
export function notificationProblems(vault: IConstruct, notifications: VaultNotifications): Problem[] {
  const wrong = [
    // a topic alone has properties of its own
    ...(Construct.isConstruct(notifications)
      ? []
      : unknownPropertyProblemsAt('notifications', notifications, 'VaultNotifications')),
    ...requiredKindProblems(
      notifications?.topic,
      (topic: ITopic) =>
        typeof topic.addToResourcePolicy === 'function' && isText(topic.topicArn, topic.topicName),
      {
        id: 'Backup-NotificationTopic',
        property: 'topic',
        what: 'a topic',
        fix: 'write `notifications: { topic }`',
      },
    ),
    ...listProblems(notifications?.events, (event: unknown) => event instanceof VaultEvent, {
      id: 'Backup-NotificationEvents',
      property: 'events',
      what: 'a `VaultEvent`',
      fix: 'for example, use `VaultEvent.BACKUP_JOB_COMPLETED`',
    }),
  ];
  if (wrong.length > 0) return wrong;
  return [...topicProblems(vault, notifications.topic), ...vaultEventProblems(eventNames(notifications))];
}

/** A second topic on the same vault. */
export function secondTopicProblems(first: unknown): Problem[] {
  if (first === undefined) return [];
  return [
    problem({
      id: 'Backup-NotificationTopic',
      property: 'notifications',
      message: (label) =>
        `${label('notifications')} can be set only once, since a vault can have only one topic`,
      fix: 'subscribe more receivers to the existing topic',
    }),
  ];
}

/**
 * Lets AWS Backup publish to the topic, and warns if that isn't possible in this app.
 *
 * Source: AWS Backup Developer Guide, "Cross-service confused deputy prevention", 2026-11.
 */
export function connectTopic(
  vault: IConstruct,
  notifications: VaultNotifications,
): { warnings: Problem[]; property: CfnBackupVault.NotificationObjectTypeProperty } {
  const { topic } = notifications;
  const property = { snsTopicArn: topic.topicArn, backupVaultEvents: eventNames(notifications) };
  const backup = new iam.ServicePrincipal('backup.amazonaws.com');
  const { account } = Stack.of(vault);

  // without a Sid, so that equal statements of several vaults are merged and others don't conflict
  const topicPolicy = topic.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [backup],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  );
  if (!topicPolicy.statementAdded) return { warnings: [importedTopicProblem()], property };
  if (topicPolicy.policyDependable) vault.node.addDependency(topicPolicy.policyDependable);
  const keyPolicy = topic.masterKey?.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [backup],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      // `IfExists`, since AWS documents the source account for the topic only; nobody uses the key without the topic
      conditions: { StringEqualsIfExists: { 'aws:SourceAccount': account } },
    }),
  );
  return { warnings: keyPolicy?.statementAdded === false ? [importedKeyProblem()] : [], property };
}

function eventNames({ events = VaultEvent.failures() }: VaultNotifications): string[] {
  return [...new Set(events.map((event) => event.name))];
}

function isText(...values: unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}

function topicProblems(vault: IConstruct, topic: ITopic): Problem[] {
  const isFifo = topic.fifo || (isKnown(topic.topicName) && topic.topicName.endsWith('.fifo'));
  return notificationTopicProblems({ isFifo, elsewhere: differentEnvironment(vault, topic) });
}

function importedTopicProblem(): Problem {
  return problem({
    id: 'Backup-NotificationTopicPolicy',
    property: 'topic',
    message: (label) => `${label('topic')} is not created in this app, so its policy can't be changed here`,
    fix: 'allow `backup.amazonaws.com` `sns:Publish` in the topic policy, and `kms:Decrypt` and `kms:GenerateDataKey*` in the policy of its key',
  });
}

function importedKeyProblem(): Problem {
  return problem({
    id: 'Backup-NotificationTopicKey',
    property: 'topic',
    message: (label) =>
      `${label('topic')} is encrypted with a key that is not created in this app, so its policy can't be changed here`,
    fix: 'allow `backup.amazonaws.com` `kms:Decrypt` and `kms:GenerateDataKey*` in the key policy; no notifications arrive with the AWS-managed key `alias/aws/sns`',
  });
}
