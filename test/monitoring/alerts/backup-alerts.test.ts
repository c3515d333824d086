import { type App, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { BackupAlert } from '../../../src/monitoring/alerts/backup-alert';
import { BackupAlerts } from '../../../src/monitoring/alerts/backup-alerts';
import type { BackupAlertsProps } from '../../../src/monitoring/alerts/backup-alerts-props';
import {
  BackupEventForwarding,
  type BackupEventForwardingProps,
} from '../../../src/monitoring/alerts/backup-event-forwarding';
import { BackupObservabilityLink } from '../../../src/monitoring/alerts/backup-observability-link';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { chatNotification } from '../../../src/values/settings/chat-notification';
import { eventMatches } from '../../support/event-rule';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';
import { EVENTS, KEY } from '../core/sample-events';

let stack: Stack;
beforeEach(() => {
  stack = testStack();
});

const ALL = Object.values(BackupAlert);
const alertsOf = (props?: BackupAlertsProps) => new BackupAlerts(stack, 'Alerts', props);

interface RuleProperties {
  readonly EventPattern: unknown;
  readonly Targets: {
    readonly Arn: unknown;
    readonly InputTransformer: { InputPathsMap: Record<string, string>; InputTemplate: string };
  }[];
}
const rules = (): RuleProperties[] =>
  Object.values(synthesize(stack).findResources('AWS::Events::Rule')).map(({ Properties }) => Properties);
const matchedBy = ({ EventPattern }: RuleProperties) =>
  Object.keys(EVENTS).filter((name) => eventMatches(EventPattern, EVENTS[name]));

/** The text that EventBridge sends: paths are looked up in the event, and what is missing is empty. */
function messageOf({ Targets: [target] }: RuleProperties, name: string): string {
  const { InputPathsMap, InputTemplate } = target.InputTransformer;
  const valueAt = (path: string) =>
    path
      .slice('$.'.length)
      .split(/\.|\[(\d+)\]/)
      .filter(Boolean)
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], EVENTS[name]);
  return InputTemplate.split('\n')
    .map((line) => JSON.parse(line) as string)
    .map((line) =>
      line.replace(/<([\w-]+)>/g, (_, variable) => String(valueAt(InputPathsMap[variable]) ?? '')),
    )
    .join('\n');
}

test.each<[BackupAlert, string[]]>([
  [
    BackupAlert.BACKUP_FAILED,
    ['backup job ABORTED', 'backup job FAILED', 'backup job EXPIRED', 'backup job PARTIAL'],
  ],
  [BackupAlert.BACKUP_WITH_ISSUES, ['backup job COMPLETED with issues']],
  [BackupAlert.COPY_FAILED, ['copy job FAILED', 'copy job PARTIAL']],
  [BackupAlert.RESTORE_FAILED, ['restore job ABORTED', 'restore job FAILED']],
  [BackupAlert.RESTORE_TEST_FAILED, ['restore test ABORTED', 'restore test FAILED']],
  [BackupAlert.CONTINUOUS_BACKUP_STOPPED, ['recovery point STOPPED', 'recovery point STOPPED, other name']],
  [BackupAlert.RECOVERY_POINT_NOT_DELETED, ['recovery point EXPIRED', 'recovery point EXPIRED, other name']],
  [BackupAlert.RECOVERY_POINT_PARTIAL, ['recovery point PARTIAL', 'recovery point PARTIAL, other name']],
  [BackupAlert.THREAT_FOUND, ['scan COMPLETED with threats']],
  [BackupAlert.SCAN_FAILED, ['scan COMPLETED_WITH_ISSUES', 'scan FAILED']],
  [
    BackupAlert.PROTECTION_WEAKENED,
    ['call of DeleteRecoveryPoint', 'call of PutBackupVaultAccessPolicy', 'call of UpdateRegionSettings'],
  ],
  [
    BackupAlert.KEY_WEAKENED,
    ['call of DisableKey', 'call of ScheduleKeyDeletion', 'call of DisableKey on another key'],
  ],
  [BackupAlert.ORGANIZATION_WEAKENED, ['call of DetachPolicy', 'call of DisableAWSServiceAccess']],
  [BackupAlert.POLICY_INVALID, ['invalid policy of the organization']],
])('%s is sent for these events and no others', (alert, events) => {
  alertsOf({ alerts: [alert] });
  expect(rules().flatMap(matchedBy)).toEqual(events);
});

test('no event sends two alerts', () => {
  alertsOf({ alerts: ALL });
  const matched = rules().flatMap(matchedBy);
  expect(new Set(matched).size).toBe(matched.length);
});

test('by default, everything is sent that needs no trail', () => {
  alertsOf();
  expect(rules()).toHaveLength(ALL.length - 4);
  expect(JSON.stringify(rules())).not.toContain('CloudTrail');
});

test('a message says what happened, where, why, and what to do', () => {
  alertsOf({ alerts: [BackupAlert.BACKUP_FAILED], runbook: 'https://wiki.example.com/backup' });
  const [rule] = rules();
  expect(
    messageOf(rule, 'backup job FAILED'),
  ).toBe(`A backup failed in account 111122223333, eu-west-1, at 2026-11-21T05:10:00Z.

Resource: arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1
Vault: gold
State: FAILED
Reason: Access denied
Job: job-1

What to do: https://wiki.example.com/backup

Console: https://console.aws.amazon.com/backup/home?region=eu-west-1`);
});

test.each(ALL)('the message of %s has a value for each variable, and no variable without a path', (alert) => {
  alertsOf({ alerts: [alert] });
  const [rule] = rules();
  const { InputPathsMap, InputTemplate } = rule.Targets[0].InputTransformer;
  const used = [...InputTemplate.matchAll(/<([\w-]+)>/g)].map(([, variable]) => variable);
  expect([...new Set(used)].sort()).toEqual(Object.keys(InputPathsMap).sort());
  for (const line of messageOf(rule, matchedBy(rule)[0]).split('\n')) expect(line).not.toContain('<');
});

test.each([
  ['cn-north-1', 'https://console.amazonaws.cn/backup/'],
  ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/backup/'],
])('in %s, the console is that of the partition', (region, url) => {
  stack = testStack('Stack', region);
  alertsOf({ alerts: [BackupAlert.BACKUP_FAILED] });
  expect(messageOf(rules()[0], 'backup job FAILED')).toContain(url);
});

test('in a partition whose console is not public, the message has no link', () => {
  stack = testStack('Stack', 'eusc-de-east-1');
  alertsOf({ alerts: [BackupAlert.BACKUP_FAILED] });
  expect(messageOf(rules()[0], 'backup job FAILED')).not.toContain('Console');
});

test('alerts can be limited to vaults: one rule for each, and restores always count', () => {
  const vaults = ['gold', 'silver'].map((name) => BackupVault.fromBackupVaultName(stack, name, name));
  alertsOf({ alerts: [BackupAlert.BACKUP_FAILED, BackupAlert.RESTORE_FAILED], vaults });
  expect(rules().map(matchedBy)).toEqual([
    ['backup job ABORTED', 'backup job FAILED', 'backup job EXPIRED', 'backup job PARTIAL'],
    [],
    ['restore job ABORTED', 'restore job FAILED'],
  ]);
});

test('alerts about keys can be limited to keys', () => {
  alertsOf({ alerts: [BackupAlert.KEY_WEAKENED], keys: [Key.fromKeyArn(stack, 'Key', KEY)] });
  expect(matchedBy(rules()[0])).toEqual(['call of DisableKey', 'call of ScheduleKeyDeletion']);
});

test('without a topic, one is created that takes encrypted connections only, with a key that EventBridge can use', () => {
  alertsOf({ alerts: [BackupAlert.BACKUP_FAILED] });
  const template = synthesize(stack);
  template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Effect: 'Deny',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
        Match.objectLike({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'events.amazonaws.com' },
        }),
      ]),
    },
  });
  template.hasResourceProperties('AWS::KMS::Key', {
    EnableKeyRotation: true,
    KeyPolicy: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          Principal: { Service: 'events.amazonaws.com' },
        }),
      ]),
    },
  });
});

test('a topic of the app gets the permission, and its key too', () => {
  const topic = new Topic(stack, 'Topic', { masterKey: new Key(stack, 'Key') });
  const alerts = alertsOf({ topic, alerts: [BackupAlert.BACKUP_FAILED] });
  expect(alerts.topic).toBe(topic);
  const template = synthesize(stack);
  template.resourceCountIs('AWS::SNS::Topic', 1);
  expect(JSON.stringify(template.findResources('AWS::KMS::Key'))).toContain('events.amazonaws.com');
  expect(JSON.stringify(template.findResources('AWS::SNS::TopicPolicy'))).toContain('events.amazonaws.com');
  expect(warningsOf(alerts)).toEqual([]);
});

test('an existing topic needs a permission that the app cannot give', () => {
  const topic = Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:alerts');
  const alerts = alertsOf({ topic });
  expect(warningsOf(alerts)).toEqual([
    'Backup-AlertTopicPolicy: `topic` has a policy that is not in this app, so EventBridge may not be allowed to publish; allow `events.amazonaws.com` `sns:Publish` in the policy of the topic',
  ]);
});

test('fits the schema of CloudFormation', () => {
  alertsOf({ alerts: ALL });
  expect(schemaProblems(synthesize(stack).toJSON())).toEqual([]);
});

describe('messages for chat', () => {
  /** A custom notification, with the values of an event in it. */
  const notificationOf = (rule: RuleProperties, name: string) => {
    const { InputPathsMap, InputTemplate } = rule.Targets[0].InputTransformer;
    return JSON.parse(messageOf(asOneLine(rule), name)) as never;
    function asOneLine(one: RuleProperties): RuleProperties {
      const [target] = one.Targets;
      return {
        ...one,
        Targets: [
          { ...target, InputTransformer: { InputPathsMap, InputTemplate: JSON.stringify(InputTemplate) } },
        ],
      };
    }
  };

  test('are custom notifications that Slack and Teams show: a title, what happened, and what to do', () => {
    alertsOf({ alerts: [BackupAlert.BACKUP_FAILED], chat: true, runbook: 'https://wiki.example.com/backup' });
    expect(notificationOf(rules()[0], 'backup job FAILED')).toEqual({
      version: '1.0',
      source: 'custom',
      content: {
        textType: 'client-markdown',
        title: 'A backup failed',
        description: `A backup failed in account 111122223333, eu-west-1, at ${EVENTS['backup job FAILED'].time}.
Resource: arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1
Vault: gold
State: FAILED
Reason: Access denied
Job: job-1`,
        nextSteps: [
          'What to do: https://wiki.example.com/backup',
          'Console: https://console.aws.amazon.com/backup/home?region=eu-west-1',
        ],
      },
    });
  });

  test.each(ALL)('%s has a value for each variable', (alert) => {
    alertsOf({ alerts: [alert], chat: true });
    const [rule] = rules();
    const { InputPathsMap, InputTemplate } = rule.Targets[0].InputTransformer;
    const used = [...InputTemplate.matchAll(/<([\w-]+)>/g)].map(([, variable]) => variable);
    expect([...new Set(used)].sort()).toEqual(Object.keys(InputPathsMap).sort());
    expect(InputTemplate.length).toBeLessThan(8_192);
  });

  test('are cut at the end of a line if they are longer than Slack shows', () => {
    const short = chatNotification('Title', 'one\ntwo');
    expect(short.content).toEqual({ textType: 'client-markdown', title: 'Title', description: 'one\ntwo' });
    const lines = Array.from({ length: 100 }, (_, i) => `${i}`.padStart(99, '.'));
    const { description } = chatNotification('Title', lines.join('\n')).content;
    expect(description.split('\n')).toEqual([...lines.slice(0, 28), '…']);
    expect(chatNotification('Title', '.'.repeat(5_000)).content.description).toHaveLength(2_802);
  });
});

describe('forwarding to a central event bus', () => {
  const BUS = 'arn:aws:events:eu-west-1:444455556666:event-bus/backup';
  const forward = (props: Partial<BackupEventForwardingProps> = {}) =>
    new BackupEventForwarding(stack, 'Forwarding', { eventBusArn: BUS, ...props });
  const forwarded = () => rules().flatMap(matchedBy);

  test('takes every event of AWS Backup, the calls that a trail recorded too', () => {
    forward();
    const expected = Object.keys(EVENTS).filter((name) => EVENTS[name].source === 'aws.backup');
    expect(forwarded()).toEqual(expected);
    expect(expected).toContain('call of DeleteRecoveryPoint');
  });

  test('takes calls of other services that weaken backups, each once, if they are recorded', () => {
    forward({ calls: true });
    const names = forwarded();
    expect(names).toEqual(expect.arrayContaining(['call of DisableKey', 'call of DetachPolicy']));
    expect(new Set(names).size).toBe(names.length);
  });

  test('may put events on that bus only', () => {
    forward({ calls: true });
    const template = synthesize(stack);
    const [policy] = Object.values(template.findResources('AWS::IAM::ManagedPolicy'));
    expect(policy.Properties.PolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: ['events:PutEvents'], Resource: BUS },
    ]);
    expect(schemaProblems(template.toJSON())).toEqual([]);
  });
});

describe('a link to an observability account', () => {
  const SINK = 'arn:aws:oam:eu-west-1:444455556666:sink/1a2b3c4d-0000';
  const link = (sinkArn: unknown) =>
    new BackupObservabilityLink(stack, 'Link', { sinkArn: sinkArn as string });

  test('shows the metrics of AWS Backup there, from other accounts in the Region of the sink', () => {
    link(SINK);
    const template = synthesize(stack);
    template.hasResource('AWS::Oam::Link', {
      Condition: Match.stringLikeRegexp('^Link'),
      Properties: {
        SinkIdentifier: SINK,
        ResourceTypes: ['AWS::CloudWatch::Metric'],
        LinkConfiguration: {
          MetricConfiguration: {
            Filter: "Namespace IN ('AWS/Backup', 'BackupFreshness', 'BackupActivityLog')",
          },
        },
      },
    });
    expect(Object.values(template.toJSON().Conditions)).toEqual([
      {
        'Fn::And': [
          { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
          { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, '444455556666'] }] },
        ],
      },
    ]);
    expect(schemaProblems(template.toJSON())).toEqual([]);
  });

  test('needs a sink that is known', () => {
    expect(refusal(() => link('backup'))).toBe(
      '`sinkArn` must be the ARN of a sink, known at synthesis, got `backup`; deploy the sink first, and copy its ARN (in `Stack/Link`)',
    );
  });
});

describe('mistakes', () => {
  const IN = ' (in `Stack/Alerts`)';
  test.each<[string, () => object, string]>([
    [
      'an unknown alert',
      () => ({ alerts: ['BackupLost'] }),
      '`alerts[0]` must be a `BackupAlert`, got `BackupLost`; for example, use `BackupAlert.BACKUP_FAILED`',
    ],
    [
      'no alert',
      () => ({ alerts: [] }),
      '`alerts` must have at least one element, got none; omit `alerts` to use the default',
    ],
    [
      'no vault',
      () => ({ vaults: [] }),
      '`vaults` must have at least one element, got none; omit `vaults` to use the default',
    ],
    [
      'the name of a vault',
      () => ({ vaults: ['gold'] }),
      '`vaults[0]` must be a backup vault, got `gold`; pass a `BackupVault` or a `LogicallyAirGappedVault`',
    ],
    [
      'the ARN of a topic',
      () => ({ topic: 'arn:aws:sns:eu-west-1:111122223333:alerts' }),
      '`topic` must be a topic, got `arn:aws:sns:eu-west-1:111122223333:alerts`; pass an `sns.Topic`',
    ],
    [
      'a FIFO topic',
      () => ({ topic: new Topic(stack, 'Fifo', { fifo: true }) }),
      '`topic` must be a standard topic, got a FIFO topic; omit `fifo`',
    ],
    [
      'a topic in another Region',
      () => ({
        topic: new Topic(
          new Stack(stack.node.root as App, 'There', {
            env: { account: '111122223333', region: 'eu-central-1' },
          }),
          'Topic',
        ),
      }),
      '`topic` must be in the Region of the stack, eu-west-1, got eu-central-1; create it in this stack, or forward the events to the other one',
    ],
  ])('%s', (_, props, message) => {
    expect(refusal(() => alertsOf(props()))).toBe(message + IN);
  });
});
