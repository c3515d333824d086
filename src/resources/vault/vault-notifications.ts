import { Stack } from 'aws-cdk-lib';
import type { CfnBackupVault } from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { notificationTopicProblems, vaultEventProblems } from '../../values/vault/notification-laws';
import { VaultEvent } from '../../values/vault/vault-event';
import { listProblems, requiredKindProblems } from '../core/argument-checks';
import { differentEnvironment } from './vault-facts';

/** Where a vault sends its events. A vault has one topic; a topic may serve many vaults. */
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

/** The law of notifications: a topic that AWS Backup can publish to, and events that still fire. */
export function notificationProblems(vault: IConstruct, notifications: VaultNotifications): Problem[] {
  const wrong = [
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
      fix: 'use for instance `VaultEvent.BACKUP_JOB_COMPLETED`',
    }),
  ];
  if (wrong.length > 0) return wrong;
  return [...topicProblems(vault, notifications.topic), ...vaultEventProblems(eventNames(notifications))];
}

/** A vault has one topic: what is wrong with a second. */
export function secondTopicProblems(first: unknown): Problem[] {
  if (first === undefined) return [];
  return [
    {
      id: 'Backup-NotificationTopic',
      severity: 'error',
      property: 'notifications',
      message: '`notifications` can be said once, since a vault has one topic',
      fix: 'subscribe further receivers to that topic',
    },
  ];
}

/** Lets AWS Backup publish to the topic, and says where that can't be done here. */
export function connectTopic(
  vault: IConstruct,
  notifications: VaultNotifications,
): { warnings: Problem[]; property: CfnBackupVault.NotificationObjectTypeProperty } {
  const { topic } = notifications;
  const property = { snsTopicArn: topic.topicArn, backupVaultEvents: eventNames(notifications) };
  const backup = new iam.ServicePrincipal('backup.amazonaws.com');
  // `IfExists`, since AWS doesn't document that AWS Backup says for which account it publishes
  const conditions = { StringEqualsIfExists: { 'aws:SourceAccount': Stack.of(vault).account } };

  // without a Sid: the statements of several vaults are one where they are equal, and numbered where they are not
  const topicPolicy = topic.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [backup],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions,
    }),
  );
  if (!topicPolicy.statementAdded) return { warnings: [importedTopicProblem()], property };
  if (topicPolicy.policyDependable) vault.node.addDependency(topicPolicy.policyDependable);
  const keyPolicy = topic.masterKey?.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [backup],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions,
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
  return {
    id: 'Backup-NotificationTopicPolicy',
    severity: 'warning',
    property: 'topic',
    message: "`topic` is not made in this app, so its policy can't be changed here",
    fix: 'let `backup.amazonaws.com` do `sns:Publish` in the policy of the topic, and `kms:Decrypt` and `kms:GenerateDataKey*` in that of its key',
  };
}

function importedKeyProblem(): Problem {
  return {
    id: 'Backup-NotificationTopicKey',
    severity: 'warning',
    property: 'topic',
    message:
      "`topic` is encrypted with a key that is not made in this app, so its policy can't be changed here",
    fix: 'let `backup.amazonaws.com` do `kms:Decrypt` and `kms:GenerateDataKey*` in the policy of the key; with the AWS-managed key `alias/aws/sns` nothing arrives',
  };
}
