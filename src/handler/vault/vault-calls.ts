import type {
  DeleteBackupVaultAccessPolicyCommandInput,
  DeleteBackupVaultLockConfigurationCommandInput,
  DeleteBackupVaultNotificationsCommandInput,
  GetBackupVaultAccessPolicyCommandInput,
  GetBackupVaultAccessPolicyCommandOutput,
  GetBackupVaultNotificationsCommandInput,
  GetBackupVaultNotificationsCommandOutput,
  PutBackupVaultAccessPolicyCommandInput,
  PutBackupVaultLockConfigurationCommandInput,
  PutBackupVaultNotificationsCommandInput,
} from '@aws-sdk/client-backup';
import type { Value } from '../core/claim';
import { errorName } from '../core/failure';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';
import type { Lock } from './vault-lock';
import type { TagClient } from './vault-seal';
import { findVault, type VaultClient } from './vaults';

/** The calls that read and change the settings of a vault. */
export interface VaultSettingsClient extends VaultClient, TagClient {
  putLock(input: PutBackupVaultLockConfigurationCommandInput): Promise<unknown>;
  deleteLock(input: DeleteBackupVaultLockConfigurationCommandInput): Promise<unknown>;
  getPolicy(
    input: GetBackupVaultAccessPolicyCommandInput,
  ): Promise<Pick<GetBackupVaultAccessPolicyCommandOutput, 'Policy'>>;
  putPolicy(input: PutBackupVaultAccessPolicyCommandInput): Promise<unknown>;
  deletePolicy(input: DeleteBackupVaultAccessPolicyCommandInput): Promise<unknown>;
  getNotifications(
    input: GetBackupVaultNotificationsCommandInput,
  ): Promise<Pick<GetBackupVaultNotificationsCommandOutput, 'SNSTopicArn' | 'BackupVaultEvents'>>;
  putNotifications(input: PutBackupVaultNotificationsCommandInput): Promise<unknown>;
  deleteNotifications(input: DeleteBackupVaultNotificationsCommandInput): Promise<unknown>;
}

/** How one setting of a vault is read and written, as JSON; null where there is none. */
interface SettingCalls {
  read(client: VaultSettingsClient, vault: string, work: Work): Promise<string | null>;
  write(client: VaultSettingsClient, vault: string, value: string, work: Work): Promise<unknown>;
  clear(client: VaultSettingsClient, vault: string, work: Work): Promise<unknown>;
}

/** Reads a setting by its name. */
export function readSetting(
  client: VaultSettingsClient,
  name: string,
  vault: string,
  work: Work,
): Promise<string | null> {
  return CALLS[name].read(client, vault, work);
}

/** Writes a setting, or clears it. */
export async function writeSetting(
  client: VaultSettingsClient,
  name: string,
  vault: string,
  value: Value,
  work: Work,
): Promise<void> {
  if (typeof value === 'string') await CALLS[name].write(client, vault, value, work);
  else await CALLS[name].clear(client, vault, work);
}

const CALLS: Readonly<Record<string, SettingCalls>> = {
  lock: {
    async read(client, name, work) {
      const vault = await findVault(client, name, work);
      const { MinRetentionDays: min, MaxRetentionDays: max, LockDate, Locked } = vault ?? {};
      if (!Locked && min === undefined && max === undefined) return null;
      return JSON.stringify({
        min,
        max,
        ...(LockDate && { compliance: true, lockDate: LockDate.toISOString() }),
      } satisfies Lock);
    },
    write(client, BackupVaultName, value, work) {
      const { min, max, coolingOff } = JSON.parse(value) as Lock;
      return retrying(work, () =>
        client.putLock({
          BackupVaultName,
          MinRetentionDays: min,
          MaxRetentionDays: max,
          ChangeableForDays: coolingOff,
        }),
      );
    },
    clear: (client, BackupVaultName, work) => cleared(work, () => client.deleteLock({ BackupVaultName })),
  },
  accessPolicy: {
    read: (client, BackupVaultName, work) =>
      orNull(work, async () => {
        const { Policy } = await client.getPolicy({ BackupVaultName });
        return Policy ? JSON.stringify(JSON.parse(Policy)) : null;
      }),
    write: (client, BackupVaultName, Policy, work) =>
      retrying(work, () => client.putPolicy({ BackupVaultName, Policy })),
    clear: (client, BackupVaultName, work) => cleared(work, () => client.deletePolicy({ BackupVaultName })),
  },
  notifications: {
    read: (client, BackupVaultName, work) =>
      orNull(work, async () => {
        const { SNSTopicArn, BackupVaultEvents = [] } = await client.getNotifications({ BackupVaultName });
        return SNSTopicArn
          ? JSON.stringify({ topic: SNSTopicArn, events: [...BackupVaultEvents].sort() })
          : null;
      }),
    write(client, BackupVaultName, value, work) {
      const { topic, events } = JSON.parse(value);
      return retrying(work, () =>
        client.putNotifications({ BackupVaultName, SNSTopicArn: topic, BackupVaultEvents: events }),
      );
    },
    clear: (client, BackupVaultName, work) =>
      cleared(work, () => client.deleteNotifications({ BackupVaultName })),
  },
};

/** What is read, or null where there is none. */
function orNull(work: Work, read: () => Promise<string | null>): Promise<string | null> {
  return retrying(work, async () => {
    try {
      return await read();
    } catch (error) {
      if (errorName(error).startsWith('ResourceNotFound')) return null;
      throw error;
    }
  });
}

/** Deletes; succeeds if there is nothing to delete. */
async function cleared(work: Work, remove: () => Promise<unknown>): Promise<void> {
  await orNull(work, async () => {
    await remove();
    return null;
  });
}
