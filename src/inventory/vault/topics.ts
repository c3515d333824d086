import type { Maybe, Text } from '../../template/evaluation/unknown';
import type { Context } from '../core/context';
import { type PolicyDocument, policyOf } from '../core/iam-policy';
import type { Item, Link } from '../core/item';
import { KEYS } from './keys';

export interface TopicItem extends Item {
  readonly arn: Text;
  readonly fifo?: Maybe<boolean>;
  readonly key?: Link;
  /** All topic policies that name the topic, of which SNS keeps one. */
  readonly policies: readonly PolicyDocument[];
}

const TOPIC = 'AWS::SNS::Topic';
export const TOPICS: ReadonlySet<string> = new Set([TOPIC]);

export function readTopics(context: Context): TopicItem[] {
  const policies = attachedPolicies(context, 'AWS::SNS::TopicPolicy', 'Topics', TOPICS);
  return [...context.all(TOPIC)].map(({ item, properties, stack, resource }) => ({
    ...item,
    arn: context.literal.identities.arn(stack, resource),
    fifo: properties.flag('FifoTopic'),
    key: properties.link('KmsMasterKeyId', KEYS, 'either'),
    policies: policies.get(item.id) ?? [],
  }));
}

/** Policies that are separate resources, by the id of the resource that they are attached to. */
export function attachedPolicies(
  context: Context,
  type: string,
  property: string,
  targets: ReadonlySet<string>,
): ReadonlyMap<string, readonly PolicyDocument[]> {
  const byTarget = new Map<string, PolicyDocument[]>();
  for (const { properties, stack } of context.all(type)) {
    const path = `${properties.path}/PolicyDocument`;
    const document = policyOf(context, properties.raw('PolicyDocument'), stack, path);
    if (!document) continue;
    for (const { to } of properties.links(property, targets, 'either').items) {
      if (to === undefined) continue;
      const documents = byTarget.get(to);
      if (documents) documents.push(document);
      else byTarget.set(to, [document]);
    }
  }
  return byTarget;
}
