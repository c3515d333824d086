import type { ListTagsCommandInput, ListTagsCommandOutput } from '@aws-sdk/client-backup';
import type { Operation } from '../core/answer';
import { Failure } from '../core/failure';
import { text } from '../core/properties';
import { type EmptyingClient, emptyVault } from './vault-emptying';
import { isRollback, reasonToKeepContents, type StackClient } from './vault-removal';
import { findVault, type Vault, type VaultClient } from './vaults';

/** The calls that look at a vault and empty it. */
export interface ContentsClient extends VaultClient, EmptyingClient {
  listTags(input: ListTagsCommandInput): Promise<Pick<ListTagsCommandOutput, 'Tags' | 'NextToken'>>;
}

/** Empties a vault that is deleted with its stack. A vault that stays keeps its recovery points. */
export function vaultContents(client: ContentsClient, stacks: StackClient): Operation {
  return {
    async apply(request, work) {
      const { ResourceProperties } = request;
      const name = text(ResourceProperties, 'vaultName');
      text(ResourceProperties, 'tag');
      const vault = await findVault(client, name, work);
      if (!vault) {
        if (!(await isRollback(stacks, request, work))) throw new Failure(`there is no vault ${name}`);
        work.log(`there is no vault ${name} any more, so nothing will have to be emptied`);
        return { VaultName: name };
      }
      refuseLocked(name, vault);
      return { VaultName: name };
    },

    async remove(request, work) {
      const { ResourceProperties, PhysicalResourceId } = request;
      const name = text(ResourceProperties, 'vaultName');
      if (PhysicalResourceId !== name) {
        work.log('the resource was never created, so nothing is deleted');
        return {};
      }
      const vault = await findVault(client, name, work);
      if (!vault?.BackupVaultArn) return {};
      const leaving = { name, arn: vault.BackupVaultArn, tag: text(ResourceProperties, 'tag') };
      const reason = await reasonToKeepContents({ stacks, tags: client }, request, leaving, work);
      if (reason !== undefined) {
        work.log(`vault ${name} keeps its recovery points: ${reason}`);
        return {};
      }
      refuseLocked(name, vault);
      await emptyVault(client, name, work);
      return {};
    },

    idOf: ({ VaultName }) => VaultName,
  };
}

function refuseLocked(name: string, { Locked, VaultType }: Vault): void {
  if (VaultType !== undefined && VaultType !== 'BACKUP_VAULT')
    throw new Failure(`vault ${name} is not an ordinary backup vault (${VaultType}), so it is not emptied`);
  if (Locked) throw new Failure(`vault ${name} is locked, so its recovery points can't be deleted`);
}
