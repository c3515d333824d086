import { appliesToEveryone, covers, isEffect } from '../../inventory/iam-evaluation';
import type { Inventory } from '../../inventory/inventory';
import { vaultLabel } from '../../inventory/labels';
import type { LockItem, VaultItem } from '../../inventory/vault/vaults';
import { showText } from '../../template/evaluation/text';
import { known } from '../../template/evaluation/unknown';
import { DAY_MS, dateText, type Period } from '../core/period';
import { type Changes, contentOf, type Direction, isRetained, moreIsStronger, retentionText } from './change';
import { pairUp } from './pairs';

const BEHIND = 'its recovery points stay behind in the old vault';

/** The vaults of the new version, by the ids of the same vaults in the old one. */
export type VaultPairs = ReadonlyMap<string, string>;

/** What changes for vaults: the vaults themselves, their locks, keys, policies and notifications. */
export function compareVaults(
  before: Inventory,
  after: Inventory,
  period: Period,
  changes: Changes,
): VaultPairs {
  const { pairs, removed, added } = pairUp(before.vaults, after.vaults, ({ name }) => name, true);
  for (const vault of removed)
    changes.add('vault', 'weaker', vault.place, {
      subject: vaultLabel(vault),
      before: nameText(vault),
      message: `${vaultLabel(vault)} is removed: ${isRetained(vault.deletionPolicy) ? 'it stays outside of CloudFormation, with its recovery points' : 'CloudFormation fails to delete it while it has recovery points'}`,
    });
  for (const vault of added)
    changes.add('vault', 'neutral', vault.place, {
      subject: vaultLabel(vault),
      after: nameText(vault),
      message: `${vaultLabel(vault)} is new`,
    });
  for (const { before: old, after: now, by } of pairs) {
    const renamed = known(old.name) !== known(now.name);
    if (by === 'name')
      changes.add('renamed', 'neutral', now.place, {
        subject: vaultLabel(now),
        before: idText(old),
        after: idText(now),
        message: `${vaultLabel(now)} has another logical id: CloudFormation may fail because it already exists`,
      });
    else if (by === 'type' || renamed || moved(old, now))
      changes.add('replaced', 'weaker', now.place, {
        subject: vaultLabel(now),
        before: by === 'type' ? idText(old) : nameText(old),
        after: by === 'type' ? idText(now) : nameText(now),
        message: `${vaultLabel(now)} is replaced: ${BEHIND}`,
      });
    compare(old, now, period, changes);
  }
  return new Map(pairs.map((pair) => [pair.before.id, pair.after.id]));
}

function compare(old: VaultItem, now: VaultItem, period: Period, changes: Changes): void {
  const subject = vaultLabel(now);
  compareLock(old, now, period, changes);
  if (keyText(old) !== keyText(now))
    changes.add('key', 'weaker', now.place, {
      subject,
      before: keyText(old),
      after: keyText(now),
      message: `${subject} gets another key, which replaces the vault: ${BEHIND}`,
    });
  compareAccess(old, now, changes);
  compareNotifications(old, now, changes);
  for (const property of ['deletionPolicy', 'updateReplacePolicy'] as const) {
    const [was, is] = [isRetained(old[property]), isRetained(now[property])];
    if (was === is) continue;
    changes.add('vault', is ? 'stronger' : 'weaker', now.place, {
      subject,
      before: was ? 'retained' : 'deleted',
      after: is ? 'retained' : 'deleted',
      message: `${subject} is ${is ? 'retained' : 'deleted'} when CloudFormation ${property === 'deletionPolicy' ? 'removes' : 'replaces'} it`,
    });
  }
  if (contentOf(old.approvalTeam) !== contentOf(now.approvalTeam))
    changes.add(
      'access',
      now.approvalTeam === undefined ? 'weaker' : old.approvalTeam === undefined ? 'stronger' : 'neutral',
      now.place,
      {
        subject,
        before: old.approvalTeam === undefined ? null : showText(old.approvalTeam),
        after: now.approvalTeam === undefined ? null : showText(now.approvalTeam),
        message: `the approval team of ${subject} changes`,
      },
    );
}

const MODES = { governance: 1, compliance: 2 } as const;

function compareLock(old: VaultItem, now: VaultItem, period: Period, changes: Changes): void {
  if (contentOf(old.lock) === contentOf(now.lock)) return;
  const subject = vaultLabel(now);
  const days = known(now.lock?.changeableForDays);
  const final =
    days === undefined ? '' : `; it can't be removed from ${dateText(period.from + days * DAY_MS)} on`;
  const verb = !now.lock ? 'loses its lock' : old.lock ? 'has another lock' : 'gets a lock';
  changes.add('lock', lockDirection(old.lock, now.lock), now.place, {
    subject,
    before: old.lock ? lockText(old.lock) : null,
    after: now.lock ? lockText(now.lock) : null,
    message: `${subject} ${verb}: ${old.lock ? lockText(old.lock) : 'none'} before, ${now.lock ? lockText(now.lock) : 'none'} after${final}`,
  });
}

/** A stricter mode is stronger, whatever the minimum; in the same mode, a higher minimum is. */
function lockDirection(old: LockItem | undefined, now: LockItem | undefined): Direction {
  const mode = (lock: LockItem | undefined) => (lock ? MODES[known(lock.mode) ?? 'governance'] : 0);
  const min = (lock: LockItem | undefined) => known(lock?.minRetentionDays) ?? 0;
  const [byMode, byMin] = [mode(now) - mode(old), min(now) - min(old)];
  return moreIsStronger(0, byMode === 0 ? byMin : byMode);
}

function lockText(lock: LockItem): string {
  const part = (label: string, value: unknown) =>
    typeof value === 'number' ? `, ${label} ${retentionText(value)}` : '';
  return `${known(lock.mode) ?? 'mode not known'}${part('minimum', lock.minRetentionDays)}${part('maximum', lock.maxRetentionDays)}${part('changeable for', lock.changeableForDays)}`;
}

function compareAccess(old: VaultItem, now: VaultItem, changes: Changes): void {
  if (contentOf(old.accessPolicy) === contentOf(now.accessPolicy)) return;
  const [denied, denies] = [deniesDeletion(old), deniesDeletion(now)];
  const subject = vaultLabel(now);
  changes.add('access', denied === denies ? 'neutral' : denies ? 'stronger' : 'weaker', now.place, {
    subject,
    before: old.accessPolicy ? (denied ? 'denies deletion' : 'a policy') : null,
    after: now.accessPolicy ? (denies ? 'denies deletion' : 'a policy') : null,
    message:
      denied === denies
        ? `the access policy of ${subject} changes`
        : `the access policy of ${subject} ${denies ? 'now denies' : 'no longer denies'} deleting recovery points`,
  });
}

function deniesDeletion({ accessPolicy }: VaultItem): boolean {
  return (accessPolicy?.statements.items ?? []).some(
    (statement) =>
      isEffect(statement, 'Deny') === true &&
      covers(statement, 'backup:DeleteRecoveryPoint') &&
      appliesToEveryone(statement),
  );
}

function compareNotifications(old: VaultItem, now: VaultItem, changes: Changes): void {
  if (contentOf(old.notifications) === contentOf(now.notifications)) return;
  const [was, is] = [old.notifications, now.notifications];
  const subject = vaultLabel(now);
  const verb = !is
    ? 'no longer notifies anybody of its jobs'
    : was
      ? 'has other notifications'
      : 'notifies a topic of its jobs';
  changes.add('monitoring', !is ? 'weaker' : was ? 'neutral' : 'stronger', now.place, {
    subject,
    before: was ? 'notifications' : null,
    after: is ? 'notifications' : null,
    message: `${subject} ${verb}`,
  });
}

function moved(old: VaultItem, now: VaultItem): boolean {
  return (['account', 'region'] as const).some(
    (key) =>
      old.place[key] !== undefined && now.place[key] !== undefined && old.place[key] !== now.place[key],
  );
}

function keyText({ key, kind }: VaultItem): string {
  if (!key) return kind === 'air-gapped' ? 'a key of AWS Backup' : 'the AWS managed key';
  return showText(key.text);
}

function nameText({ name, place }: VaultItem): string {
  return known(name) ?? place.logicalId;
}

function idText({ place }: VaultItem): string {
  return `${place.stack}/${place.logicalId}`;
}
