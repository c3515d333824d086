import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { CfnTopic, type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import type { VaultNotifications } from '../../../src/resources/vault/vault-notifications';
import { VaultEvent } from '../../../src/values/vault/vault-event';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { warningsOf } from '../../support/warnings';

const HERE = { account: '111122223333', region: 'eu-west-1' };
const VAULT = 'AWS::Backup::BackupVault';
const TOPIC_ARN = 'arn:aws:sns:eu-west-1:111122223333:events';

let stack: Stack;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(); // warnings at synthesis
  stack = new Stack(testApp(), 'Stack', { env: HERE });
});

function vaultWith(notifications: VaultNotifications, id = 'Vault', scope = stack): BackupVault {
  return new BackupVault(scope, id, { notifications });
}

function topicStatements(scope = stack) {
  const policies = Template.fromStack(scope).findResources('AWS::SNS::TopicPolicy');
  return Object.values(policies)[0].Properties.PolicyDocument.Statement;
}

const PUBLISH = {
  Sid: '0',
  Effect: 'Allow',
  Principal: { Service: 'backup.amazonaws.com' },
  Action: 'sns:Publish',
  Resource: { Ref: expect.stringMatching('^Topic') },
  Condition: { StringEquals: { 'aws:SourceAccount': HERE.account } },
};
const ENCRYPT = {
  Effect: 'Allow',
  Principal: { Service: 'backup.amazonaws.com' },
  Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  Resource: '*',
  Condition: { StringEqualsIfExists: { 'aws:SourceAccount': HERE.account } },
};

test('a vault sends failures to a topic by default', () => {
  vaultWith({ topic: new Topic(stack, 'Topic') });
  Template.fromStack(stack).hasResourceProperties(VAULT, {
    Notifications: {
      SNSTopicArn: { Ref: Match.stringLikeRegexp('^Topic') },
      BackupVaultEvents: VaultEvent.failures().map(String),
    },
  });
});

test('the events can be chosen, without duplicates', () => {
  const { COPY_JOB_FAILED, BACKUP_JOB_COMPLETED } = VaultEvent;
  const events = [COPY_JOB_FAILED, BACKUP_JOB_COMPLETED, VaultEvent.of('COPY_JOB_FAILED')];
  vaultWith({ topic: new Topic(stack, 'Topic'), events });
  Template.fromStack(stack).hasResourceProperties(VAULT, {
    Notifications: { BackupVaultEvents: ['COPY_JOB_FAILED', 'BACKUP_JOB_COMPLETED'] },
  });
});

test('AWS Backup may publish to the topic before the vault refers to it', () => {
  vaultWith({ topic: new Topic(stack, 'Topic') });
  expect(topicStatements()).toEqual([PUBLISH]);
  Template.fromStack(stack).hasResource(VAULT, { DependsOn: [Match.stringLikeRegexp('^TopicPolicy')] });
});

test('notifications can be set later, but only once', () => {
  const vault = new BackupVault(stack, 'Vault');
  const topic = new Topic(stack, 'Topic');
  vault.notify({ topic });
  expect(refusal(() => vault.notify({ topic }))).toBe(
    '`notifications` can be set only once, since a vault can have only one topic; subscribe more receivers to the existing topic (in `Stack/Vault`)',
  );
  expect(topicStatements()).toEqual([PUBLISH]);
});

describe('a topic for many vaults', () => {
  test('has one statement', () => {
    const topic = new Topic(stack, 'Topic', { masterKey: new Key(stack, 'Key') });
    vaultWith({ topic }, 'A');
    vaultWith({ topic }, 'B');
    expect(topicStatements()).toEqual([PUBLISH]);
    const [key] = Object.values(
      Template.fromStack(stack).findResources('AWS::KMS::Key', {
        Properties: { Description: Match.absent() },
      }),
    );
    expect(key.Properties.KeyPolicy.Statement.slice(1)).toEqual([ENCRYPT]);
  });

  test('has a statement for each form of the account, with different Sids', () => {
    const agnostic = new Stack(testApp(), 'Agnostic');
    const shared = new Topic(agnostic, 'Topic', { topicName: 'events' });
    vaultWith({ topic: shared }, 'A', agnostic);
    vaultWith({ topic: shared }, 'B', new Stack(agnostic.node.root as never, 'Known', { env: HERE }));
    expect(topicStatements(agnostic).map(({ Sid }: { Sid: string }) => Sid)).toEqual(['0', '1']);
  });
});

describe('an encrypted topic', () => {
  test('lets AWS Backup use its key', () => {
    vaultWith({ topic: new Topic(stack, 'Topic', { masterKey: new Key(stack, 'Key') }) });
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([ENCRYPT]) },
    });
  });

  test('lets AWS Backup use a key of another stack', () => {
    const keys = new Stack(stack.node.root as never, 'Keys', { env: HERE });
    vaultWith({ topic: new Topic(stack, 'Topic', { masterKey: new Key(keys, 'Key') }) });
    Template.fromStack(keys).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([ENCRYPT]) },
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, () => Key]>([
    ['imported', () => Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234') as Key],
    ['managed by AWS', () => Alias.fromAliasName(stack, 'Key', 'alias/aws/sns') as unknown as Key],
  ])('with a key that is %s gets a warning that lists what its policy must allow', (_, key) => {
    const vault = vaultWith({ topic: new Topic(stack, 'Topic', { masterKey: key() }) });
    expect(warningsOf(vault)).toEqual([
      "Backup-NotificationTopicKey: `topic` is encrypted with a key that is not created in this app, so its policy can't be changed here; allow `backup.amazonaws.com` `kms:Decrypt` and `kms:GenerateDataKey*` in the key policy; no notifications arrive with the AWS-managed key `alias/aws/sns`",
    ]);
  });
});

test('an imported topic gets a warning that lists what its policies must allow', () => {
  const vault = vaultWith({ topic: Topic.fromTopicArn(stack, 'Topic', TOPIC_ARN) });
  Template.fromStack(stack).hasResource(VAULT, {
    Properties: { Notifications: { SNSTopicArn: TOPIC_ARN } },
    DependsOn: Match.absent(),
  });
  expect(warningsOf(vault)).toEqual([
    "Backup-NotificationTopicPolicy: `topic` is not created in this app, so its policy can't be changed here; allow `backup.amazonaws.com` `sns:Publish` in the topic policy, and `kms:Decrypt` and `kms:GenerateDataKey*` in the policy of its key",
  ]);
});

test('a topic in another stack of the account and Region can be used', () => {
  const topics = new Stack(stack.node.root as never, 'Topics', { env: HERE });
  const topic = new Topic(topics, 'Topic');
  vaultWith({ topic });
  expect(topicStatements(topics)).toEqual([PUBLISH]);
});

test.each<[string, () => ITopic]>([
  ['made in the app', () => new Topic(stack, 'Topic', { fifo: true })],
  ['imported', () => Topic.fromTopicArn(stack, 'Topic', `${TOPIC_ARN}.fifo`)],
])('a FIFO topic %s is refused', (_, topic) => {
  expect(refusal(() => vaultWith({ topic: topic() }))).toBe(
    "`topic` must be a standard topic, got a FIFO topic, to which AWS Backup can't publish; use a topic without `fifo` (in `Stack/Vault`)",
  );
});

const CREATE_TOPIC =
  'create a topic in the account and Region of the vault, or forward the EventBridge events of AWS Backup';

test('a topic in another account is refused, and its policy is not changed', () => {
  const [account, region] = ['444455556666', HERE.region];
  const topics = new Stack(stack.node.root as never, 'Topics', { env: { account, region } });
  const topic = new Topic(topics, 'Topic', { topicName: 'events' });
  const message = `\`topic\` must be in the account of the vault (111122223333), got 444455556666; ${CREATE_TOPIC}`;
  expect(refusal(() => vaultWith({ topic }))).toBe(`${message} (in \`Stack/Vault\`)`);
  const imported = Topic.fromTopicArn(stack, 'Topic', `arn:aws:sns:${region}:${account}:events`);
  expect(refusal(() => vaultWith({ topic: imported }, 'Other'))).toBe(`${message} (in \`Stack/Other\`)`);
  Template.fromStack(topics).resourceCountIs('AWS::SNS::TopicPolicy', 0);
});

test('a topic in another Region gets a warning', () => {
  const env = { account: HERE.account, region: 'eu-central-1' };
  const topic = new Topic(new Stack(stack.node.root as never, 'Topics', { env }), 'Topic', {
    topicName: 'events',
  });
  expect(warningsOf(vaultWith({ topic }))).toEqual([
    `Backup-NotificationTopicRegion: \`topic\` should be in the Region of the vault (eu-west-1), got eu-central-1; ${CREATE_TOPIC}`,
  ]);
});

test('events that AWS calls both supported and deprecated get a warning each, which one acknowledgement silences', () => {
  const events = ['BACKUP_JOB_FAILED', 'RESTORE_JOB_FAILED'].map(VaultEvent.of);
  const vault = vaultWith({ topic: new Topic(stack, 'Topic'), events });
  expect(warningsOf(vault)).toEqual([
    'Backup-DisputedNotificationEvent: `events` asks for `BACKUP_JOB_FAILED`, which the guide lists as supported and the API reference as deprecated; use BACKUP_JOB_COMPLETED, filtered on the message attribute `State` = FAILED',
    'Backup-DisputedNotificationEvent: `events` asks for `RESTORE_JOB_FAILED`, which the guide lists as supported and the API reference as deprecated; use RESTORE_JOB_COMPLETED, filtered on the message attribute `State` = FAILED',
  ]);
});

const TOPIC = '`topic` must be a topic';
test.each<[string, () => unknown, string]>([
  [
    'no event at all',
    () => ({ topic: new Topic(stack, 'Topic'), events: [] }),
    '`events` must name at least one event, got none; omit it to be notified of failures',
  ],
  [
    'an event by its name alone',
    () => ({ topic: new Topic(stack, 'Topic'), events: ['BACKUP_JOB_COMPLETED'] }),
    '`events[0]` must be a `VaultEvent`, got `BACKUP_JOB_COMPLETED`; for example, use `VaultEvent.BACKUP_JOB_COMPLETED`',
  ],
  [
    'one event instead of a list',
    () => ({ topic: new Topic(stack, 'Topic'), events: VaultEvent.COPY_JOB_FAILED }),
    '`events` must be a list, each element a `VaultEvent`, got an instance of `VaultEvent`; for example, use `VaultEvent.BACKUP_JOB_COMPLETED`',
  ],
  [
    'a topic alone',
    () => new Topic(stack, 'Topic'),
    `${TOPIC}, got nothing; write \`notifications: { topic }\``,
  ],
  ['null', () => null, `${TOPIC}, got nothing; write \`notifications: { topic }\``],
  [
    'an ARN',
    () => ({ topic: TOPIC_ARN }),
    `${TOPIC}, got \`${TOPIC_ARN}\`; write \`notifications: { topic }\``,
  ],
  [
    'an L1',
    () => ({ topic: new CfnTopic(stack, 'Topic') }),
    `${TOPIC}, got an instance of \`CfnTopic\`; write \`notifications: { topic }\``,
  ],
])('%s is refused', (_, notifications, message) => {
  expect(refusal(() => vaultWith(notifications() as VaultNotifications))).toBe(
    `${message} (in \`Stack/Vault\`)`,
  );
});
