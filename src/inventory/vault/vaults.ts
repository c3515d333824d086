import { type Items, type Maybe, type Text, Unknown } from '../../template/evaluation/unknown';
import type { Context, Found } from '../core/context';
import type { Cursor } from '../core/cursor';
import { type PolicyDocument, policyOf } from '../core/iam-policy';
import type { Item, Link } from '../core/item';
import { type Tags, tagsOf } from '../core/tags';
import { KEYS } from './keys';
import { TOPICS } from './topics';

/** A backup vault, standard or logically air-gapped. */
export interface VaultItem extends Item {
  readonly kind: 'standard' | 'air-gapped';
  readonly name: Text;
  readonly arn: Text;
  /** Undefined: the AWS managed key, or a key owned by AWS for a logically air-gapped vault. */
  readonly key?: Link;
  /** Undefined: no lock. A logically air-gapped vault always has one, in compliance mode. */
  readonly lock?: LockItem;
  readonly accessPolicy?: PolicyDocument;
  readonly notifications?: NotificationsItem;
  readonly tags: Tags;
  /** The multi-party approval team of a logically air-gapped vault. */
  readonly approvalTeam?: Text;
}

export interface LockItem {
  /** Compliance if `ChangeableForDays` is set. */
  readonly mode: Maybe<'governance' | 'compliance'>;
  readonly minRetentionDays?: Maybe<number>;
  readonly maxRetentionDays?: Maybe<number>;
  readonly changeableForDays?: Maybe<number>;
  readonly pathInTemplate: string;
}

export interface NotificationsItem {
  readonly topic?: Link;
  readonly events: Items<Text>;
  readonly pathInTemplate: string;
}

const STANDARD = 'AWS::Backup::BackupVault';
const AIR_GAPPED = 'AWS::Backup::LogicallyAirGappedBackupVault';

/** The types that a reference to a vault may lead to. */
export const VAULTS: ReadonlySet<string> = new Set([STANDARD, AIR_GAPPED]);
export const STANDARD_VAULTS: ReadonlySet<string> = new Set([STANDARD]);
export const AIR_GAPPED_VAULTS: ReadonlySet<string> = new Set([AIR_GAPPED]);

export function readVaults(context: Context): VaultItem[] {
  return [...context.all(STANDARD, AIR_GAPPED)].map((found) => vault(context, found));
}

function vault(context: Context, found: Found): VaultItem {
  const { item, properties, stack, resource } = found;
  const { identities } = context.literal;
  const airGapped = item.type === AIR_GAPPED;
  const lock = airGapped ? properties : properties.object('LockConfiguration');
  return {
    ...item,
    kind: airGapped ? 'air-gapped' : 'standard',
    name: identities.name(stack, resource),
    arn: identities.arn(stack, resource),
    key: properties.link('EncryptionKeyArn', KEYS, 'either'),
    lock: lock && lockOf(lock, airGapped),
    accessPolicy: policyOf(context, properties.raw('AccessPolicy'), stack, `${properties.path}/AccessPolicy`),
    notifications: notifications(properties.object('Notifications')),
    tags: tagsOf(properties, 'BackupVaultTags'),
    approvalTeam: airGapped ? properties.text('MpaApprovalTeamArn') : undefined,
  };
}

function lockOf(lock: Cursor, airGapped: boolean): LockItem {
  const changeableForDays = airGapped ? undefined : lock.number('ChangeableForDays');
  const open = changeableForDays instanceof Unknown && changeableForDays.kind === 'condition';
  return {
    mode: lock.unknown ?? (open ? changeableForDays : modeOf(airGapped || changeableForDays !== undefined)),
    minRetentionDays: lock.number('MinRetentionDays'),
    maxRetentionDays: lock.number('MaxRetentionDays'),
    changeableForDays,
    pathInTemplate: lock.path,
  };
}

function modeOf(compliance: boolean): 'governance' | 'compliance' {
  return compliance ? 'compliance' : 'governance';
}

function notifications(cursor: Cursor | undefined): NotificationsItem | undefined {
  return (
    cursor && {
      topic: cursor.link('SNSTopicArn', TOPICS, 'arn'),
      events: cursor.texts('BackupVaultEvents'),
      pathInTemplate: cursor.path,
    }
  );
}
