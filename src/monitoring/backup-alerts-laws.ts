import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { kindProblems, listProblems, textProblems } from '../resources/core/argument-checks';
import { differentEnvironment } from '../resources/vault/vault-facts';
import { isVault } from '../resources/vault/vault-reference';
import { isKnown } from '../values/core/amounts';
import { type Problem, problem } from '../values/core/problem';
import { unknownPropertyProblems } from '../values/core/unknown-properties';
import { BackupAlert } from './backup-alert';
import type { BackupAlertsProps } from './backup-alerts-props';

/** Checks the properties of alerts. */
export function alertProblems(scope: IConstruct, props: BackupAlertsProps): Problem[] {
  const { topic, alerts, vaults, keys, runbook } = props;
  const all = Object.values(BackupAlert);
  return [
    ...unknownPropertyProblems(props, 'BackupAlertsProps'),
    ...topicProblems(scope, topic),
    ...listProblems(alerts, (alert: BackupAlert) => all.includes(alert), {
      id: 'Backup-AlertKinds',
      property: 'alerts',
      what: 'a `BackupAlert`',
      fix: 'for example, use `BackupAlert.BACKUP_FAILED`',
    }),
    ...emptyProblems('Backup-AlertKinds', 'alerts', alerts),
    ...listProblems(vaults, isVault, {
      id: 'Backup-AlertVaults',
      property: 'vaults',
      what: 'a backup vault',
      fix: 'pass a `BackupVault` or a `LogicallyAirGappedVault`',
    }),
    ...emptyProblems('Backup-AlertVaults', 'vaults', vaults),
    ...listProblems(keys, (key) => typeof key === 'object' && 'keyRef' in key, {
      id: 'Backup-AlertKeys',
      property: 'keys',
      what: 'a key',
      fix: 'pass a `kms.Key`',
    }),
    ...textProblems('Backup-AlertRunbook', 'runbook', runbook, 500),
  ];
}

/** An empty list would match nothing, or everything. */
function emptyProblems(id: Problem['id'], property: string, list: unknown): Problem[] {
  if (!Array.isArray(list) || list.length > 0) return [];
  return [
    problem({
      id,
      property,
      message: (label) => `${label(property)} must have at least one element, got none`,
      fix: (label) => `omit ${label(property)} to use the default`,
    }),
  ];
}

function topicProblems(scope: IConstruct, topic: ITopic | undefined): Problem[] {
  const wrong = kindProblems(topic, (value: ITopic) => typeof value.addToResourcePolicy === 'function', {
    id: 'Backup-AlertTopic',
    property: 'topic',
    what: 'a topic',
    fix: 'pass an `sns.Topic`',
  });
  if (wrong.length > 0 || !topic) return wrong;
  const isFifo = topic.fifo || (isKnown(topic.topicName) && topic.topicName.endsWith('.fifo'));
  const elsewhere = differentEnvironment(scope, topic);
  return [
    ...(isFifo ? [topicProblem('must be a standard topic, got a FIFO topic', 'omit `fifo`')] : []),
    ...(elsewhere
      ? [
          topicProblem(
            `must be in the ${elsewhere.what} of the stack, ${elsewhere.here}, got ${elsewhere.there}`,
            'create it in this stack, or forward the events to the other one',
          ),
        ]
      : []),
  ];
}

function topicProblem(what: string, fix: string): Problem {
  return problem({
    id: 'Backup-AlertTopic',
    property: 'topic',
    message: (label) => `${label('topic')} ${what}`,
    fix,
  });
}

/** A topic or key whose policy the app does not have. */
export function foreignTopicProblem(isTopic: boolean): Problem {
  const what = isTopic ? 'topic' : 'key of the topic';
  return problem({
    id: 'Backup-AlertTopicPolicy',
    property: 'topic',
    message: (label) =>
      `${label('topic')} has a ${isTopic ? 'policy' : 'key'} that is not in this app, so EventBridge may not be allowed to publish`,
    fix: `allow \`events.amazonaws.com\` ${isTopic ? '`sns:Publish`' : '`kms:Decrypt` and `kms:GenerateDataKey*`'} in the policy of the ${what}`,
  });
}
