import { at } from '../../inventory/core/item';
import { otherPlace } from '../../inventory/core/places';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, lawTexts, nameOf, vaultLabel } from '../../inventory/labels';
import { linkedKey, linkedTopic } from '../../inventory/lookups';
import { type Asker, mayAllow } from '../../inventory/policy-verdicts';
import type { TopicItem } from '../../inventory/vault/topics';
import type { NotificationsItem, VaultItem } from '../../inventory/vault/vaults';
import { arnFields } from '../../template/evaluation/match';
import { isUnknown, known, type Text } from '../../template/evaluation/unknown';
import { notificationTopicProblems, vaultEventProblems } from '../../values/vault/notification-laws';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const docs = `${GUIDE}backup-notifications.html`;
const source = 'AWS Backup Developer Guide, Notification options with AWS Backup';
const asOf = '2026-08-31';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-NotificationEvents',
    severity: 'error',
    what: 'The notifications of a vault name no event.',
    why: 'AWS Backup asks for at least one.',
    fix: 'name events, such as `BACKUP_JOB_COMPLETED`, or leave `Notifications` out',
    docs,
    source,
    asOf,
  },
  {
    id: 'Backup-DeadNotificationEvent',
    severity: 'warning',
    what: 'A vault asks for an event that AWS Backup accepts and never sends.',
    why: 'Nobody is told of what was asked for: a failed backup stays unnoticed.',
    fix: 'use `BACKUP_JOB_COMPLETED`, and filter on the message attribute `State`',
    docs,
    source,
    asOf,
  },
  {
    id: 'Backup-UnknownNotificationEvent',
    severity: 'warning',
    what: 'A vault asks for an event that is not known.',
    why: 'AWS Backup refuses events that it does not have.',
    fix: 'acknowledge this warning if AWS Backup has added it since',
    docs,
    source,
    asOf,
  },
  {
    id: 'Backup-NotificationTopicFifo',
    severity: 'error',
    what: 'A vault sends its events to a FIFO topic.',
    why: 'AWS Backup publishes to standard topics only.',
    fix: 'use a topic without `FifoTopic`',
    docs,
    source,
    asOf,
  },
  {
    id: 'Backup-NotificationTopicEnvironment',
    severity: 'error',
    what: 'A vault sends its events to a topic of another account or Region.',
    why: 'AWS Backup publishes to topics of the account of the vault; of other Regions nothing is documented.',
    fix: 'make a topic beside the vault, or forward the EventBridge events of AWS Backup',
    docs,
    source,
    asOf,
  },
  {
    id: 'Backup-NotificationTopicPolicy',
    severity: 'warning',
    what: 'The policy of the topic of a vault does not let AWS Backup publish.',
    why: 'No event arrives, and nothing says so.',
    fix: 'let `backup.amazonaws.com` do `sns:Publish` in the policy of the topic',
    docs,
    source,
    asOf,
  },
  {
    id: 'Backup-NotificationTopicKey',
    severity: 'warning',
    what: 'The key of the topic of a vault does not let AWS Backup encrypt.',
    why: 'No event arrives, and nothing says so.',
    fix: 'use a key whose policy lets `backup.amazonaws.com` do `kms:Decrypt` and `kms:GenerateDataKey*`',
    docs,
    source,
    asOf,
  },
];

/** Where vaults send their events, and which. */
export const notificationChecks: readonly Check[] = subject(FACTS, look);

const BACKUP: Asker = { service: 'backup.amazonaws.com' };

function* look(inventory: Inventory): Iterable<Seen> {
  for (const vault of inventory.vaults) {
    const { notifications } = vault;
    if (!notifications) continue;
    yield* ofEvents(vault, notifications);
    yield* ofTopic(inventory, vault, notifications);
  }
}

function ofEvents(vault: VaultItem, { events, pathInTemplate }: NotificationsItem): Seen[] {
  if (events.items.length === 0 && events.rest) return [];
  const property = 'BackupVaultEvents';
  const problems = vaultEventProblems(lawTexts(events.items), property).map((problem) =>
    problem.id === 'Backup-NotificationEvents' ? { ...problem, fix: undefined } : problem,
  );
  return told(at(vault.place, `${pathInTemplate}/${property}`), problems, () => vaultLabel(vault));
}

function* ofTopic(
  inventory: Inventory,
  vault: VaultItem,
  { topic: link, pathInTemplate }: NotificationsItem,
): Iterable<Seen> {
  if (!link) return;
  const property = 'SNSTopicArn';
  const place = at(vault.place, `${pathInTemplate}/${property}`);
  const of = () => vaultLabel(vault);
  const topic = linkedTopic(inventory, link);
  const fields = arnFields(topic?.arn ?? link.text);
  const elsewhere = fields && otherPlace(vault.place, fields);
  const problems = notificationTopicProblems({ isFifo: isFifo(topic, link.text), elsewhere }, property).map(
    (problem) =>
      // AWS documents the account alone
      problem.id === 'Backup-NotificationTopicEnvironment' && elsewhere?.what === 'Region'
        ? { ...problem, severity: 'warning' as const }
        : { ...problem, fix: problem.id === 'Backup-NotificationTopicFifo' ? undefined : problem.fix },
  );
  yield* told(place, problems, of);
  if (!topic || problems.length > 0) return;
  const label = `topic ${nameOf(undefined, topic.place)}`;
  if (!topic.policies.some((policy) => mayAllow(policy, 'sns:Publish', BACKUP)))
    yield {
      id: 'Backup-NotificationTopicPolicy',
      place,
      message: `\`${property}\` of ${of()} is ${label}, ${topic.policies.length === 0 ? 'which has no policy here' : 'whose policy'} ${topic.policies.length === 0 ? 'that lets' : 'does not let'} \`backup.amazonaws.com\` publish`,
    };
  const why = keyFault(inventory, topic);
  if (why)
    yield {
      id: 'Backup-NotificationTopicKey',
      place,
      message: `\`${property}\` of ${of()} is ${label}, ${why}`,
    };
}

/** What is wrong with the key of a topic. */
function keyFault(inventory: Inventory, topic: TopicItem): string | undefined {
  const text = topic.key && known(topic.key.text);
  if (text !== undefined && /(^|:)alias\/aws\/sns$/.test(text))
    return 'which is encrypted with the AWS-managed key `alias/aws/sns`: AWS Backup may not use it';
  const key = linkedKey(inventory, topic.key);
  if (!key?.policy) return undefined;
  const refused = ['kms:GenerateDataKey', 'kms:Decrypt'].find(
    (action) => key.policy && !mayAllow(key.policy, action, BACKUP),
  );
  return (
    refused && `whose key \`${key.place.logicalId}\` does not let \`backup.amazonaws.com\` do \`${refused}\``
  );
}

function isFifo(topic: TopicItem | undefined, arn: Text): boolean {
  return known(topic?.fifo) === true || (!isUnknown(arn) && arn.endsWith('.fifo'));
}
