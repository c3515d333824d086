import { textsOrTokens } from '../../inventory/as-token';
import { at } from '../../inventory/core/item';
import { otherPlace } from '../../inventory/core/places';
import { type Caller, mayAllow } from '../../inventory/iam-evaluation';
import type { Inventory } from '../../inventory/inventory';
import { nameOf, vaultLabel } from '../../inventory/labels';
import { linkedKey, linkedTopic } from '../../inventory/lookups';
import type { TopicItem } from '../../inventory/vault/topics';
import type { NotificationsItem, VaultItem } from '../../inventory/vault/vaults';
import { arnFields } from '../../template/evaluation/match';
import { endOf, exampleOf, isNoArn, showText } from '../../template/evaluation/text';
import { known, type Text } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { notificationTopicProblems, vaultEventProblems } from '../../values/vault/notification-laws';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** The notifications of vaults: topics and events. */
export const notificationChecks: readonly Check[] = checksOf(
  [
    'Backup-NotificationTopicRegion',
    'Backup-NotificationEvents',
    'Backup-DeadNotificationEvent',
    'Backup-DisputedNotificationEvent',
    'Backup-UnknownNotificationEvent',
    'Backup-NotificationTopicArn',
    'Backup-NotificationTopicFifo',
    'Backup-NotificationTopicEnvironment',
    'Backup-NotificationTopicPolicy',
    'Backup-NotificationTopicKey',
  ],
  findProblems,
);

const BACKUP: Caller = { service: 'backup.amazonaws.com' };

function* findProblems(inventory: Inventory): Iterable<Detection> {
  for (const vault of inventory.vaults) {
    const { notifications } = vault;
    if (!notifications) continue;
    yield* ofEvents(vault, notifications);
    yield* ofTopic(inventory, vault, notifications);
  }
}

function ofEvents(vault: VaultItem, { events, pathInTemplate }: NotificationsItem): Detection[] {
  if (events.items.length === 0 && events.rest) return [];
  const property = 'BackupVaultEvents';
  const problems = vaultEventProblems(textsOrTokens(events.items), property).map((problem) =>
    problem.id === 'Backup-NotificationEvents' ? problem.with({ fix: undefined }) : problem,
  );
  return detectionsFrom(at(vault.place, `${pathInTemplate}/${property}`), problems, () => vaultLabel(vault));
}

function* ofTopic(
  inventory: Inventory,
  vault: VaultItem,
  { topic: link, pathInTemplate }: NotificationsItem,
): Iterable<Detection> {
  if (!link) return;
  const property = 'SNSTopicArn';
  const place = at(vault.place, `${pathInTemplate}/${property}`);
  const of = () => vaultLabel(vault);
  const topic = linkedTopic(inventory, link);
  const example = exampleOf(link.text);
  if (isNoArn(link.text) || (example !== undefined && !TOPIC_ARN.test(example))) {
    yield {
      id: 'Backup-NotificationTopicArn',
      place,
      message: `\`${property}\` of ${of()} should be the ARN of an SNS topic, got ${show(showText(link.text))}`,
    };
    return;
  }
  const fields = arnFields(topic?.arn ?? link.text);
  const elsewhere = fields && otherPlace(vault.place, fields);
  const problems = notificationTopicProblems({ isFifo: isFifo(topic, link.text), elsewhere }, property).map(
    (problem) =>
      problem.with({ fix: problem.id === 'Backup-NotificationTopicFifo' ? undefined : problem.fix }),
  );
  yield* detectionsFrom(place, problems, of);
  if (!topic || problems.length > 0) return;
  const label = `topic ${nameOf(undefined, topic.place)}`;
  if (!topic.policies.some((policy) => mayAllow(policy, 'sns:Publish', BACKUP)))
    yield {
      id: 'Backup-NotificationTopicPolicy',
      place,
      message: `\`${property}\` of ${of()} is ${label}, ${topic.policies.length === 0 ? 'which has no policy in the app that allows' : 'whose policy does not allow'} \`backup.amazonaws.com\` to publish`,
    };
  const fault = keyFault(inventory, topic);
  if (fault)
    yield {
      id: 'Backup-NotificationTopicKey',
      place,
      message: `\`${property}\` of ${of()} is ${label}, ${fault}`,
    };
}

const TOPIC_ARN = /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[\w-]+(\.fifo)?$/;

/** What is wrong with the key of a topic. */
function keyFault(inventory: Inventory, topic: TopicItem): string | undefined {
  const text = topic.key && endOf(topic.key.text);
  if (text?.endsWith('alias/aws/sns'))
    return 'which is encrypted with the AWS managed key `alias/aws/sns`, which AWS Backup cannot use';
  const key = linkedKey(inventory, topic.key);
  if (!key?.policy) return undefined;
  const refused = ['kms:GenerateDataKey', 'kms:Decrypt'].find(
    (action) => key.policy && !mayAllow(key.policy, action, BACKUP),
  );
  return (
    refused &&
    `whose key \`${key.place.logicalId}\` does not allow \`backup.amazonaws.com\` to perform \`${refused}\``
  );
}

function isFifo(topic: TopicItem | undefined, arn: Text): boolean {
  return known(topic?.fifo) === true || endOf(arn).endsWith('.fifo');
}
