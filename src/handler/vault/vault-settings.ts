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
import type { Operation } from '../core/answer';
import { errorName, Failure } from '../core/failure';
import { flag, type Properties, text, texts, wholeNumber } from '../core/properties';
import { type CustomResourceRequest, ownerOf } from '../core/protocol';
import { eventually, retrying } from '../core/retry';
import type { Work } from '../core/world';
import type { ParameterClient } from '../settings/ledger';
import { Notes } from '../settings/notes';
import { CLAIMS } from '../settings/shared-settings';
import { findVault, type Vault, type VaultClient } from './vaults';

/** What the settings of a vault are read and changed with. */
export interface VaultSettingsClient extends VaultClient {
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

/** One setting: how it is read and written as text that can be compared; undefined where there is none. */
interface Setting {
  readonly name: string;
  wanted(properties: Properties): string | undefined;
  read(vault: string, work: Work): Promise<string | undefined>;
  write(vault: string, value: string, work: Work): Promise<unknown>;
  clear(vault: string, work: Work): Promise<unknown>;
  /** What counts when two values are compared. */
  comparable?(value: string): string;
  /** Why what is set now must stay; `isOurs` where what was before it is known. */
  isFinal?(vault: Vault, isOurs: boolean, work: Work): string | undefined;
}

/** What was before, and what AWS showed after it was changed. */
interface Note {
  readonly before: string | null;
  readonly after?: string;
}

/** How long AWS may take to show what was changed, in the words in which it was said. */
const TIME_TO_SHOW = 15_000;

/** The folder of the notes. */
export const VAULT_SETTINGS = 'vault-settings';

/** Lock, access policy and notifications of a vault that the stack doesn't make. */
export function vaultSettings(client: VaultSettingsClient, parameters: ParameterClient): Operation {
  const settings = [lockOf(client), policyOf(client), notificationsOf(client)];

  return {
    async apply(request, work) {
      const { ResourceProperties } = request;
      const name = text(ResourceProperties, 'vaultName');
      const wants = settings.map((setting) => [setting, setting.wanted(ResourceProperties)] as const);
      const restores = flag(ResourceProperties, 'restores', true);
      const vault = await findVault(client, name, work);
      if (!vault) throw new Failure(`there is no vault ${name}`);
      const notes = notesOf(request, name, work);
      const told: Told = { changed: [], drifted: [], kept: [] };
      for (const [setting, wanted] of wants)
        if (wanted === undefined) await giveBack(setting, name, vault, notes, restores, told, work);
        else await set(setting, wanted, name, vault, notes, told, work);
      return attributes(told, name);
    },

    async remove(request, work) {
      const name = text(request.ResourceProperties, 'vaultName');
      const restores = flag(request.ResourceProperties, 'restores', true);
      const notes = notesOf(request, name, work);
      const vault = await findVault(client, name, work);
      const told: Told = { changed: [], drifted: [], kept: [] };
      for (const setting of settings) await giveBack(setting, name, vault, notes, restores, told, work);
      return attributes(told, name);
    },

    // settings of another vault: those of the one before are given back
    idOf: ({ VaultName }) => VaultName,
  };

  function notesOf(request: CustomResourceRequest, vault: string, work: Work): Notes {
    return new Notes(parameters, `${CLAIMS}/${VAULT_SETTINGS}/${ownerOf(request)}/${vault}`, work);
  }
}

interface Told {
  readonly changed: string[];
  readonly drifted: string[];
  readonly kept: string[];
}

function attributes({ changed, drifted, kept }: Told, VaultName: string) {
  return { VaultName, Changed: changed.join(','), Drifted: drifted.join(','), Kept: kept.join(',') };
}

async function noteOf(notes: Notes, topic: string): Promise<Note | undefined> {
  const note = await notes.read(topic);
  return note === undefined ? undefined : (JSON.parse(note) as Note);
}

async function set(
  setting: Setting,
  wanted: string,
  name: string,
  vault: Vault,
  notes: Notes,
  told: Told,
  work: Work,
): Promise<void> {
  const current = await setting.read(name, work);
  const noted = await noteOf(notes, setting.name);
  const note = noted ?? { before: current ?? null };
  if (note.after !== undefined && current !== note.after) told.drifted.push(setting.name);
  if (isSame(setting, current, wanted)) {
    await notes.write(setting.name, JSON.stringify({ before: note.before, after: current }));
    return;
  }
  const final = setting.isFinal?.(vault, noted !== undefined, work);
  if (final !== undefined) throw new Failure(`vault ${name}: ${final}`);
  await notes.write(setting.name, JSON.stringify({ before: note.before }));
  await setting.write(name, wanted, work);
  let after: string | undefined;
  const look = async () => {
    after = await setting.read(name, work);
    return isSame(setting, after, wanted);
  };
  await eventually(work, look, TIME_TO_SHOW);
  // what AWS doesn't show yet isn't known
  const shown = after === current ? undefined : after;
  await notes.write(setting.name, JSON.stringify({ before: note.before, after: shown }));
  told.changed.push(setting.name);
}

/** Sets what was before, unless somebody has changed it since, or nobody can change it any more. */
async function giveBack(
  setting: Setting,
  name: string,
  vault: Vault | undefined,
  notes: Notes,
  restores: boolean,
  told: Told,
  work: Work,
): Promise<void> {
  const note = await noteOf(notes, setting.name);
  if (note && vault && restores) {
    const current = await setting.read(name, work);
    const final = setting.isFinal?.(vault, true, work);
    if (current === (note.before ?? undefined)) {
      // nothing was changed, or it was given back by an attempt that stopped after that
    } else if (note.after !== undefined && current !== note.after) {
      work.log(`${setting.name} was changed by others since, and stays`);
      told.drifted.push(setting.name);
    } else if (final !== undefined) {
      work.log(`${setting.name} stays: ${final}`);
      told.kept.push(setting.name);
    } else {
      if (note.before === null) await setting.clear(name, work);
      else await setting.write(name, note.before, work);
      told.changed.push(setting.name);
    }
  }
  await notes.remove(setting.name);
}

/** Whether what AWS shows says at least what is wanted, in whatever order and spelling. */
function isSame({ comparable = asIs }: Setting, current: string | undefined, wanted: string): boolean {
  if (current === undefined) return false;
  return canonical(JSON.parse(current)) === canonical(JSON.parse(comparable(wanted)));
}

function asIs(value: string): string {
  return value;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const elements = value.map(canonical).sort();
    return elements.length === 1 ? elements[0] : `[${elements.join()}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join()}}`;
}

function lockOf(client: VaultSettingsClient): Setting {
  return {
    name: 'lock',
    wanted({ lock }) {
      if (lock === undefined) return undefined;
      const numbers = mapOf('lock', lock);
      const min = wholeNumber(numbers, 'minRetentionDays');
      const max = wholeNumber(numbers, 'maxRetentionDays');
      const coolingOff = wholeNumber(numbers, 'changeableForDays');
      return JSON.stringify({ min, max, ...(coolingOff !== undefined && { compliance: true, coolingOff }) });
    },
    async read(BackupVaultName, work) {
      const vault = await retrying(work, () => client.describeBackupVault({ BackupVaultName }));
      const { MinRetentionDays: min, MaxRetentionDays: max, LockDate, Locked } = vault;
      if (!Locked && min === undefined && max === undefined) return undefined;
      return JSON.stringify({ min, max, ...(LockDate && { compliance: true }) });
    },
    write(BackupVaultName, value, work) {
      const { min, max, coolingOff } = JSON.parse(value);
      return retrying(work, () =>
        client.putLock({
          BackupVaultName,
          MinRetentionDays: min,
          MaxRetentionDays: max,
          ChangeableForDays: coolingOff,
        }),
      );
    },
    clear: (BackupVaultName, work) => gone(work, () => client.deleteLock({ BackupVaultName })),
    // the cooling-off period isn't shown, and would begin anew
    comparable: (value) => JSON.stringify({ ...JSON.parse(value), coolingOff: undefined }),
    isFinal({ LockDate }, isOurs, work) {
      if (!LockDate) return undefined;
      if (LockDate.getTime() <= work.now())
        return `its compliance lock can't be changed since ${LockDate.toISOString()}, by anyone`;
      return isOurs
        ? undefined
        : `its compliance lock, in its cooling-off period until ${LockDate.toISOString()}, could not be given back; change it where it was set`;
    },
  };
}

function policyOf(client: VaultSettingsClient): Setting {
  return {
    name: 'accessPolicy',
    wanted({ accessPolicy }) {
      if (accessPolicy === undefined) return undefined;
      return JSON.stringify(mapOf('accessPolicy', accessPolicy));
    },
    read: (BackupVaultName, work) =>
      unless(work, async () => {
        const { Policy } = await client.getPolicy({ BackupVaultName });
        return Policy ? JSON.stringify(JSON.parse(Policy)) : undefined;
      }),
    write: (BackupVaultName, Policy, work) =>
      retrying(work, () => client.putPolicy({ BackupVaultName, Policy })),
    clear: (BackupVaultName, work) => gone(work, () => client.deletePolicy({ BackupVaultName })),
  };
}

function notificationsOf(client: VaultSettingsClient): Setting {
  return {
    name: 'notifications',
    wanted({ notifications }) {
      if (notifications === undefined) return undefined;
      const said = mapOf('notifications', notifications);
      return JSON.stringify({ topic: text(said, 'topicArn'), events: texts(said, 'events').sort() });
    },
    read: (BackupVaultName, work) =>
      unless(work, async () => {
        const { SNSTopicArn, BackupVaultEvents = [] } = await client.getNotifications({ BackupVaultName });
        return SNSTopicArn
          ? JSON.stringify({ topic: SNSTopicArn, events: [...BackupVaultEvents].sort() })
          : undefined;
      }),
    write(BackupVaultName, value, work) {
      const { topic, events } = JSON.parse(value);
      return retrying(work, () =>
        client.putNotifications({ BackupVaultName, SNSTopicArn: topic, BackupVaultEvents: events }),
      );
    },
    clear: (BackupVaultName, work) => gone(work, () => client.deleteNotifications({ BackupVaultName })),
  };
}

/** What is read, or undefined where there is none. */
function unless(work: Work, read: () => Promise<string | undefined>): Promise<string | undefined> {
  return retrying(work, async () => {
    try {
      return await read();
    } catch (error) {
      if (errorName(error).startsWith('ResourceNotFound')) return undefined;
      throw error;
    }
  });
}

/** Deletes; what is gone already is no error. */
async function gone(work: Work, remove: () => Promise<unknown>): Promise<void> {
  await unless(work, async () => {
    await remove();
    return undefined;
  });
}

function mapOf(name: string, value: unknown): Properties {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Properties;
  if (typeof value === 'string')
    try {
      const parsed: unknown = JSON.parse(value);
      if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
        return parsed as Properties;
    } catch {
      // said below
    }
  throw new Failure(`the property \`${name}\` must be a map`);
}
