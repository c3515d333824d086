import * as iam from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct, IConstruct } from 'constructs';
import { kindProblems } from '../../resources/core/argument-checks';
import { enforce } from '../../resources/core/enforce';
import { grantDenial } from '../../resources/core/plain-statement';
import { differentEnvironment } from '../../resources/vault/vault-facts';
import { isKnown } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';

/** A service that publishes messages, and its principal. */
export interface Publisher {
  readonly name: string;
  readonly principal: string;
}

/** Publishes what rules match. */
export const EVENT_BRIDGE: Publisher = { name: 'EventBridge', principal: 'events.amazonaws.com' };
/** Publishes what alarms find. */
export const CLOUD_WATCH: Publisher = { name: 'CloudWatch', principal: 'cloudwatch.amazonaws.com' };

/** A topic that takes encrypted connections only, with a key of its own. */
export function encryptedTopic(scope: Construct, what: string): Topic {
  const masterKey = new Key(scope, 'Key', { enableKeyRotation: true, description: `Encrypts ${what}` });
  masterKey.addToResourcePolicy(grantDenial());
  return new Topic(scope, 'Topic', { masterKey, enforceSSL: true });
}

/**
 * Lets a service publish, and warns where the app does not have the policy of the topic or of its key. Without
 * conditions, since AWS documents none that both services fulfill for topics.
 */
export function allowPublishing(owner: IConstruct, topic: ITopic, publisher: Publisher): void {
  const principals = [new iam.ServicePrincipal(publisher.principal)];
  const { statementAdded } = topic.addToResourcePolicy(
    new iam.PolicyStatement({ principals, actions: ['sns:Publish'], resources: [topic.topicArn] }),
  );
  const key = topic.masterKey?.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
    }),
  );
  if (!statementAdded || key?.statementAdded === false)
    enforce(owner, [foreignTopicProblem(!statementAdded, publisher)]);
}

/** Checks a topic that messages go to. */
export function topicProblems(scope: IConstruct, topic: ITopic | undefined, property = 'topic'): Problem[] {
  const wrong = kindProblems(topic, (value: ITopic) => typeof value.addToResourcePolicy === 'function', {
    id: 'Backup-AlertTopic',
    property,
    what: 'a topic',
    fix: 'pass an `sns.Topic`',
  });
  if (wrong.length > 0 || !topic) return wrong;
  const isFifo = topic.fifo || (isKnown(topic.topicName) && topic.topicName.endsWith('.fifo'));
  const elsewhere = differentEnvironment(scope, topic);
  const topicProblem = (what: string, fix: string) =>
    problem({
      id: 'Backup-AlertTopic',
      property,
      message: (label) => `${label(property)} ${what}`,
      fix,
    });
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

/** A topic or key whose policy the app does not have. */
function foreignTopicProblem(isTopic: boolean, { name, principal }: Publisher): Problem {
  const what = isTopic ? 'topic' : 'key of the topic';
  return problem({
    id: 'Backup-AlertTopicPolicy',
    property: 'topic',
    message: (label) =>
      `${label('topic')} has a ${isTopic ? 'policy' : 'key'} that is not in this app, so ${name} may not be allowed to publish`,
    fix: `allow \`${principal}\` ${isTopic ? '`sns:Publish`' : '`kms:Decrypt` and `kms:GenerateDataKey*`'} in the policy of the ${what}`,
  });
}
