import type {
  DeleteRecoveryPointCommandInput,
  DisassociateRecoveryPointCommandInput,
  ListRecoveryPointsByBackupVaultCommandInput,
  ListRecoveryPointsByBackupVaultCommandOutput,
  ListTagsCommandInput,
  ListTagsCommandOutput,
  RecoveryPointByBackupVault,
} from '@aws-sdk/client-backup';
import type { Operation } from '../core/answer';
import { errorName, explain, Failure } from '../core/failure';
import { text } from '../core/properties';
import { retrying } from '../core/retry';
import type { Work } from '../core/world';
import { findVault, type Vault, type VaultClient } from './vaults';

/** What a vault is emptied with. */
export interface ContentsClient extends VaultClient {
  listTags(input: ListTagsCommandInput): Promise<Pick<ListTagsCommandOutput, 'Tags' | 'NextToken'>>;
  listRecoveryPoints(
    input: ListRecoveryPointsByBackupVaultCommandInput,
  ): Promise<Pick<ListRecoveryPointsByBackupVaultCommandOutput, 'RecoveryPoints' | 'NextToken'>>;
  deleteRecoveryPoint(input: DeleteRecoveryPointCommandInput): Promise<unknown>;
  disassociateRecoveryPoint(input: DisassociateRecoveryPointCommandInput): Promise<unknown>;
}

/** Calls at the same time. */
const AT_ONCE = 5;
/** Between two looks at what is left. */
const PAUSE = 10_000;
const TIME_TO_LOOK = 30_000;
/** How often a recovery point that stays is deleted again before that is given up. */
const ATTEMPTS = 4;

/** Empties a vault that is removed with its stack; what stays of it stays full. */
export function vaultContents(client: ContentsClient): Operation {
  return {
    async apply({ ResourceProperties }, work) {
      const name = text(ResourceProperties, 'vaultName');
      text(ResourceProperties, 'tag');
      const vault = await findVault(client, name, work);
      if (!vault) throw new Failure(`there is no vault ${name}`);
      refuseLocked(name, vault);
      return { VaultName: name };
    },

    async remove({ ResourceProperties, PhysicalResourceId }, work) {
      const name = text(ResourceProperties, 'vaultName');
      if (PhysicalResourceId !== name) {
        work.log('was never made; nothing is deleted');
        return {};
      }
      const vault = await findVault(client, name, work);
      if (!vault?.BackupVaultArn) return {};
      if (!(await isMarked(vault.BackupVaultArn, text(ResourceProperties, 'tag'), work))) {
        work.log(`vault ${name} isn't removed with its stack, so it stays full`);
        return {};
      }
      refuseLocked(name, vault);
      await empty(name, work);
      return {};
    },

    idOf: ({ VaultName }) => VaultName,
  };

  /**
   * Whether the vault has the tag that the construct gives it. An update that takes the construct away, or a rollback
   * of the one that brought it, takes the tag away before it deletes this resource; a removal of both doesn't.
   */
  async function isMarked(ResourceArn: string, tag: string, work: Work): Promise<boolean> {
    let NextToken: string | undefined;
    do {
      const page = await retrying(work, () => client.listTags({ ResourceArn, NextToken }));
      if (page.Tags && Object.hasOwn(page.Tags, tag)) return true;
      NextToken = page.NextToken;
    } while (NextToken);
    return false;
  }

  async function empty(BackupVaultName: string, work: Work): Promise<void> {
    const attempts = new Map<string, number>();
    const refused = new Map<string, unknown>();
    for (;;) {
      const left = await contents(BackupVaultName, work);
      if (left.length === 0) return;
      giveUpOn(left, attempts, refused);
      if (work.now() + PAUSE + TIME_TO_LOOK >= work.deadline)
        throw new Failure(
          `vault ${BackupVaultName} still has ${left.length} recovery points; delete again to go on`,
        );
      const deletable = left.filter(({ Status }) => Status !== 'DELETING' && Status !== 'CREATING');
      const [continuous, others] = [
        deletable.filter(isContinuous),
        deletable.filter((p) => !isContinuous(p)),
      ];
      for (const batch of [...batches(continuous), ...batches(others)])
        await Promise.all(batch.map((point) => remove(BackupVaultName, point, { attempts, refused }, work)));
      await work.sleep(PAUSE);
    }
  }

  async function contents(BackupVaultName: string, work: Work): Promise<RecoveryPointByBackupVault[]> {
    const points: RecoveryPointByBackupVault[] = [];
    let NextToken: string | undefined;
    do {
      const page = await retrying(work, () => client.listRecoveryPoints({ BackupVaultName, NextToken }));
      points.push(...(page.RecoveryPoints ?? []));
      NextToken = page.NextToken;
    } while (NextToken);
    return points;
  }

  async function remove(
    BackupVaultName: string,
    point: RecoveryPointByBackupVault,
    { attempts, refused }: { attempts: Map<string, number>; refused: Map<string, unknown> },
    work: Work,
  ): Promise<void> {
    const { RecoveryPointArn } = point;
    if (!RecoveryPointArn || work.now() + TIME_TO_LOOK >= work.deadline) return;
    attempts.set(RecoveryPointArn, (attempts.get(RecoveryPointArn) ?? 0) + 1);
    const input = { BackupVaultName, RecoveryPointArn };
    try {
      // S3 has nobody to leave a continuous backup to, and refuses
      if (isContinuous(point) && (await isDisassociated(input, work))) return;
      await retrying(work, () => client.deleteRecoveryPoint(input));
    } catch (error) {
      if (errorName(error).startsWith('ResourceNotFound')) return;
      refused.set(RecoveryPointArn, error);
    }
  }

  async function isDisassociated(input: DisassociateRecoveryPointCommandInput, work: Work): Promise<boolean> {
    try {
      await retrying(work, () => client.disassociateRecoveryPoint(input));
      return true;
    } catch (error) {
      if (/^Invalid(Request|ParameterValue|ResourceState)/.test(errorName(error))) return false;
      throw error;
    }
  }
}

function refuseLocked(name: string, { Locked, VaultType }: Vault): void {
  if (VaultType !== undefined && VaultType !== 'BACKUP_VAULT')
    throw new Failure(`vault ${name} is no ordinary backup vault (${VaultType}), so it is not emptied`);
  if (Locked) throw new Failure(`vault ${name} is locked, so its recovery points can't be deleted`);
}

/** What the source service takes over: its ARN says so, or its state. */
function isContinuous({ RecoveryPointArn = '', Status }: RecoveryPointByBackupVault): boolean {
  return (
    /:recovery-point:continuous:|:(cluster-)?auto-backup:/.test(RecoveryPointArn) || Status === 'AVAILABLE'
  );
}

/** What stays although it was deleted again and again. */
function giveUpOn(
  left: readonly RecoveryPointByBackupVault[],
  attempts: Map<string, number>,
  refused: Map<string, unknown>,
): void {
  const stuck = left.filter(
    ({ RecoveryPointArn = '', Status }) =>
      Status !== 'DELETING' && (attempts.get(RecoveryPointArn) ?? 0) >= ATTEMPTS,
  );
  if (stuck.length === 0) return;
  const [{ RecoveryPointArn = '', Status }] = stuck;
  const error = refused.get(RecoveryPointArn);
  const why = error
    ? explain(error)
    : `it stays ${Status}; look whether the role that made it is there and may delete it`;
  throw new Failure(`${stuck.length} recovery points can't be deleted, such as ${RecoveryPointArn}: ${why}`);
}

function batches<T>(items: readonly T[]): T[][] {
  const all: T[][] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) all.push(items.slice(start, start + AT_ONCE));
  return all;
}
