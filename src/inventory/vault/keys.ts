import type { Maybe, Text } from '../../template/evaluation/unknown';
import type { Context } from '../core/context';
import { type PolicyDocument, policyOf } from '../core/iam-policy';
import type { Item, Link } from '../core/item';

/** A KMS key, or a replica of one in another Region. */
export interface KeyItem extends Item {
  readonly arn: Text;
  readonly policy?: PolicyDocument;
  readonly enabled?: Maybe<boolean>;
  readonly rotation?: Maybe<boolean>;
  readonly multiRegion?: Maybe<boolean>;
  readonly pendingWindowDays?: Maybe<number>;
  /** Absent: `SYMMETRIC_DEFAULT`. */
  readonly spec?: Text;
  /** Absent: `ENCRYPT_DECRYPT`. */
  readonly usage?: Text;
  /** The primary key of a replica. */
  readonly primary?: Link;
}

export interface AliasItem extends Item {
  /** With `alias/`. */
  readonly name: Text;
  readonly target?: Link;
}

const KEY = 'AWS::KMS::Key';
const REPLICA = 'AWS::KMS::ReplicaKey';
const ALIAS = 'AWS::KMS::Alias';

/** The types that a reference to a key may lead to. An alias leads to its key. */
export const KEYS: ReadonlySet<string> = new Set([KEY, REPLICA, ALIAS]);
const KEYS_ALONE: ReadonlySet<string> = new Set([KEY, REPLICA]);

export function readKeys(context: Context): KeyItem[] {
  return [...context.all(KEY, REPLICA)].map(({ item, properties, stack, resource }) => ({
    ...item,
    arn: context.literal.identities.arn(stack, resource),
    policy: policyOf(context, properties.raw('KeyPolicy'), stack, `${properties.path}/KeyPolicy`),
    enabled: properties.flag('Enabled'),
    rotation: properties.flag('EnableKeyRotation'),
    multiRegion: item.type === REPLICA ? true : properties.flag('MultiRegion'),
    pendingWindowDays: properties.number('PendingWindowInDays'),
    spec: properties.text('KeySpec'),
    usage: properties.text('KeyUsage'),
    primary: properties.link('PrimaryKeyArn', KEYS_ALONE, 'arn'),
  }));
}

export function readAliases(context: Context): AliasItem[] {
  return [...context.all(ALIAS)].map(({ item, properties, stack, resource }) => ({
    ...item,
    name: context.literal.identities.name(stack, resource),
    target: properties.link('TargetKeyId', KEYS_ALONE, 'either'),
  }));
}
