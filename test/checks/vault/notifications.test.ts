import { notificationChecks } from '../../../src/checks/vault/notifications';
import { findings, ids, PARAMETERS, UNKNOWN, vault } from '../../support/findings';

const HERE = 'Resources/Vault/Properties/Notifications';
const EVENTS = ['BACKUP_JOB_COMPLETED'];
const TOPIC_ARN = 'arn:aws:sns:us-east-1:111111111111:backups';
const BACKUP = { Service: 'backup.amazonaws.com' };
const notified = (Notifications: object) => ({ Vault: vault({ Notifications }) });
const events = (...BackupVaultEvents: unknown[]) => notified({ SNSTopicArn: TOPIC_ARN, BackupVaultEvents });
const to = (SNSTopicArn: unknown) => notified({ SNSTopicArn, BackupVaultEvents: EVENTS });
const own = (topic: object, policy: object | undefined, more: object = {}) => ({
  ...to({ Ref: 'Topic' }),
  Topic: { Type: 'AWS::SNS::Topic', Properties: topic },
  ...(policy && {
    Policy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: [policy] } },
    },
  }),
  ...more,
});
const PUBLISH = { Effect: 'Allow', Principal: BACKUP, Action: 'sns:Publish', Resource: '*' };
const keyed = (...Statement: object[]) =>
  own({ KmsMasterKeyId: { Ref: 'Key' } }, PUBLISH, {
    Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement } } },
  });
const ROOT = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111111111111:root' },
  Action: 'kms:*',
  Resource: '*',
};
const USE = {
  Effect: 'Allow',
  Principal: BACKUP,
  Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  Resource: '*',
};

test.each<[string, object, object, string]>([
  [
    'lists an event',
    events(),
    events(...EVENTS),
    `error Backup-NotificationEvents at ${HERE}/BackupVaultEvents: \`BackupVaultEvents\` of vault \`vault\` must name at least one event, got none; list events, such as \`BACKUP_JOB_COMPLETED\`, or remove \`Notifications\``,
  ],
  [
    'lists events that are sent',
    events('BACKUP_PLAN_CREATED'),
    events('COPY_JOB_FAILED'),
    `warning Backup-DeadNotificationEvent at ${HERE}/BackupVaultEvents: \`BackupVaultEvents\` of vault \`vault\` asks for \`BACKUP_PLAN_CREATED\`, which AWS Backup accepts but never sends; use the EventBridge event \`Backup Plan State Change\``,
  ],
  [
    'lists events on which AWS agrees with itself',
    events('BACKUP_JOB_FAILED'),
    events('EKS_RESTORE_MODIFICATION_FAILED'),
    `warning Backup-DisputedNotificationEvent at ${HERE}/BackupVaultEvents: \`BackupVaultEvents\` of vault \`vault\` asks for \`BACKUP_JOB_FAILED\`, which the guide lists as supported and the API reference as deprecated; use BACKUP_JOB_COMPLETED, filtered on the message attribute \`State\` = FAILED`,
  ],
  [
    'lists events that exist',
    events('BACKUP_JOB_FAILURE'),
    events('BACKUP_JOB_STARTED'),
    `warning Backup-UnknownNotificationEvent at ${HERE}/BackupVaultEvents: \`BackupVaultEvents\` of vault \`vault\` asks for \`BACKUP_JOB_FAILURE\`, which this release doesn't know; acknowledge this warning if AWS Backup has added it since`,
  ],
  [
    'sends to a standard topic',
    to(`${TOPIC_ARN}.fifo`),
    to(TOPIC_ARN),
    `error Backup-NotificationTopicFifo at ${HERE}/SNSTopicArn: \`SNSTopicArn\` of vault \`vault\` must be a standard topic, got a FIFO topic, to which AWS Backup can't publish; use a topic without \`FifoTopic\``,
  ],
  [
    'sends to no FIFO topic of the template either',
    own({ FifoTopic: true, TopicName: 'backups.fifo' }, PUBLISH),
    own({ TopicName: 'backups' }, PUBLISH),
    `error Backup-NotificationTopicFifo at ${HERE}/SNSTopicArn: \`SNSTopicArn\` of vault \`vault\` must be a standard topic, got a FIFO topic, to which AWS Backup can't publish; use a topic without \`FifoTopic\``,
  ],
  [
    'sends to a topic of its account',
    to('arn:aws:sns:us-east-1:222222222222:backups'),
    to(TOPIC_ARN),
    `error Backup-NotificationTopicEnvironment at ${HERE}/SNSTopicArn: \`SNSTopicArn\` of vault \`vault\` must be in the account of the vault (111111111111), got 222222222222; create a topic in the account and Region of the vault, or forward the EventBridge events of AWS Backup`,
  ],
  [
    'should send to a topic of its Region',
    to('arn:aws:sns:eu-west-1:111111111111:backups'),
    to(TOPIC_ARN),
    `warning Backup-NotificationTopicRegion at ${HERE}/SNSTopicArn: \`SNSTopicArn\` of vault \`vault\` must be in the Region of the vault (us-east-1), got eu-west-1; create a topic in the account and Region of the vault, or forward the EventBridge events of AWS Backup`,
  ],
  [
    'sends to a topic with a policy',
    own({}, undefined),
    own({}, PUBLISH),
    `warning Backup-NotificationTopicPolicy at ${HERE}/SNSTopicArn: \`SNSTopicArn\` of vault \`vault\` is topic \`Topic\`, which has no policy in the app that allows \`backup.amazonaws.com\` to publish; allow \`sns:Publish\` to \`backup.amazonaws.com\` in the policy of the topic`,
  ],
  [
    'sends to a topic whose policy lets it',
    own({}, { ...PUBLISH, Principal: { Service: 'events.amazonaws.com' } }),
    own({}, { ...PUBLISH, Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } } }),
    `warning Backup-NotificationTopicPolicy at ${HERE}/SNSTopicArn: \`SNSTopicArn\` of vault \`vault\` is topic \`Topic\`, whose policy does not allow \`backup.amazonaws.com\` to publish; allow \`sns:Publish\` to \`backup.amazonaws.com\` in the policy of the topic`,
  ],
  [
    'sends to a topic whose key lets it',
    keyed(ROOT),
    keyed(ROOT, USE),
    `warning Backup-NotificationTopicKey at ${HERE}/SNSTopicArn: \`SNSTopicArn\` of vault \`vault\` is topic \`Topic\`, whose key \`Key\` does not allow \`backup.amazonaws.com\` to perform \`kms:GenerateDataKey\`; use a key whose policy allows \`kms:Decrypt\` and \`kms:GenerateDataKey*\` to \`backup.amazonaws.com\``,
  ],
  [
    'sends to no topic under the key of AWS',
    own({ KmsMasterKeyId: 'alias/aws/sns' }, PUBLISH),
    own({ KmsMasterKeyId: 'alias/mine' }, PUBLISH),
    `warning Backup-NotificationTopicKey at ${HERE}/SNSTopicArn: \`SNSTopicArn\` of vault \`vault\` is topic \`Topic\`, which is encrypted with the AWS managed key \`alias/aws/sns\`, which AWS Backup cannot use; use a key whose policy allows \`kms:Decrypt\` and \`kms:GenerateDataKey*\` to \`backup.amazonaws.com\``,
  ],
])('a vault %s', (_, bad, good, line) => {
  expect(findings(notificationChecks, bad)).toEqual([line]);
  expect(ids(notificationChecks, good)).toEqual([]);
});

test.each<[string, object]>([
  ['events', notified({ SNSTopicArn: TOPIC_ARN, BackupVaultEvents: UNKNOWN })],
  ['an event', events(UNKNOWN)],
  ['a topic', to(UNKNOWN)],
  ['a principal', own({}, { ...PUBLISH, Principal: UNKNOWN })],
  ['what a topic is', own({ FifoTopic: UNKNOWN, KmsMasterKeyId: UNKNOWN }, PUBLISH)],
  ['a key policy', keyed(UNKNOWN)],
])('%s that isn’t known is not checked', (_, template) => {
  expect(ids(notificationChecks, template, PARAMETERS)).toEqual([]);
});
