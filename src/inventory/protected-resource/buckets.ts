import { type Items, type Maybe, type Text, Unknown } from '../../template/evaluation/unknown';
import type { Context } from '../core/context';
import type { Cursor } from '../core/cursor';
import type { PolicyDocument } from '../core/iam-policy';
import { KEYS } from '../vault/keys';
import type { ResourceFacts } from './resource-facts';
import type { EncryptionItem } from './resource-item';

/** Policies and notifications of buckets in other resources, by the ids of the buckets. */
export interface BucketSurroundings {
  readonly policies: ReadonlyMap<string, readonly PolicyDocument[]>;
  readonly notifications: ReadonlyMap<string, Maybe<boolean>>;
}

export function readBucket(properties: Cursor, id: string, around: BucketSurroundings): ResourceFacts {
  return {
    encryption: bucketEncryption(properties),
    bucket: {
      versioned: versioned(properties),
      eventBridge: around.notifications.get(id) ?? eventBridge(properties),
      transitions: transitions(properties),
      objectLock: properties.flag('ObjectLockEnabled'),
      expirationDays: expirationDays(properties),
      policies: around.policies.get(id) ?? [],
    },
  };
}

function versioned(properties: Cursor): Maybe<boolean> {
  const status = properties.object('VersioningConfiguration')?.text('Status');
  return status instanceof Unknown ? status : status === 'Enabled';
}

/** The presence of the configuration turns it on, unless it says otherwise. */
function eventBridge(properties: Cursor): Maybe<boolean> {
  const configuration = properties.object('NotificationConfiguration')?.object('EventBridgeConfiguration');
  if (!configuration) return false;
  if (configuration.unknown) return configuration.unknown;
  const enabled = configuration.flag('EventBridgeEnabled');
  return enabled ?? true;
}

/** Buckets that send events to EventBridge through CDK's custom resource instead of their property. */
export function bucketNotifications(
  context: Context,
  buckets: ReadonlySet<string>,
): ReadonlyMap<string, Maybe<boolean>> {
  const byBucket = new Map<string, Maybe<boolean>>();
  for (const { properties } of context.all('Custom::S3BucketNotifications')) {
    const bucket = properties.link('BucketName', buckets, 'name')?.to;
    const sends = eventBridge(properties);
    if (bucket !== undefined && sends !== false) byBucket.set(bucket, sends);
  }
  return byBucket;
}

/** Storage classes of current and noncurrent versions. A rule has one transition or a list. */
function transitions(properties: Cursor): Items<Text> {
  const rules = properties.object('LifecycleConfiguration')?.list('Rules');
  const items: Text[] = [];
  let rest = rules?.rest;
  for (const rule of rules?.items ?? []) {
    if (rule.text('Status') === 'Disabled') continue;
    rest ??= rule.unknown;
    for (const name of ['Transition', 'NoncurrentVersionTransition']) {
      const one = rule.object(name)?.text('StorageClass');
      if (one !== undefined) items.push(one);
      const several = rule.list(`${name}s`);
      rest ??= several.rest;
      for (const transition of several.items) {
        const storageClass = transition.text('StorageClass');
        if (storageClass !== undefined) items.push(storageClass);
      }
    }
  }
  return { items, rest };
}

/** The shortest expiration of current objects of all rules; undefined: none expires. */
function expirationDays(properties: Cursor): Maybe<number> | undefined {
  const rules = properties.object('LifecycleConfiguration')?.list('Rules');
  let shortest: number | undefined;
  for (const rule of rules?.items ?? []) {
    const days = rule.text('Status') === 'Disabled' ? undefined : rule.number('ExpirationInDays');
    if (days instanceof Unknown) return days;
    if (days !== undefined) shortest = Math.min(shortest ?? days, days);
  }
  return shortest ?? rules?.rest;
}

function bucketEncryption(properties: Cursor): EncryptionItem {
  const rules = properties.object('BucketEncryption')?.list('ServerSideEncryptionConfiguration');
  if (rules?.rest) return { enabled: true, key: { text: rules.rest }, defaultKey: 'service' };
  const rule = rules?.items[0]?.object('ServerSideEncryptionByDefault');
  const algorithm = rule?.text('SSEAlgorithm');
  if (algorithm instanceof Unknown) return { enabled: true, key: { text: algorithm }, defaultKey: 'service' };
  const kms = algorithm?.startsWith('aws:kms') ?? false;
  return {
    enabled: true,
    key: kms ? rule?.link('KMSMasterKeyID', KEYS, 'either') : undefined,
    defaultKey: kms ? 'alias/aws/s3' : 'service',
  };
}
