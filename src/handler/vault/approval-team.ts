import type {
  AssociateBackupVaultMpaApprovalTeamCommandInput,
  DisassociateBackupVaultMpaApprovalTeamCommandInput,
} from '@aws-sdk/client-backup';
import type { Operation } from '../core/answer';
import { Failure } from '../core/failure';
import { maybeText, text } from '../core/properties';
import { retrying } from '../core/retry';
import { findVault, type VaultClient } from './vaults';

/** What the approval team of a vault is changed with. */
export interface ApprovalTeamClient extends VaultClient {
  associateTeam(input: AssociateBackupVaultMpaApprovalTeamCommandInput): Promise<unknown>;
  disassociateTeam(input: DisassociateBackupVaultMpaApprovalTeamCommandInput): Promise<unknown>;
}

/** The approval team of an air-gapped vault: asked for, and not waited for, since people may take days. */
export function approvalTeam(client: ApprovalTeamClient): Operation {
  return {
    async apply({ ResourceProperties }, work) {
      const BackupVaultName = text(ResourceProperties, 'vaultName');
      const MpaApprovalTeamArn = text(ResourceProperties, 'teamArn');
      const RequesterComment = maybeText(ResourceProperties, 'comment');
      const vault = await findVault(client, BackupVaultName, work);
      if (!vault) throw new Failure(`there is no vault ${BackupVaultName}`);
      const VaultName = BackupVaultName;
      if (vault.MpaApprovalTeamArn === MpaApprovalTeamArn) return { VaultName, Status: 'APPROVED' };
      // also by an attempt whose response was lost
      if (vault.LatestMpaApprovalTeamUpdate?.Status === 'PENDING') {
        work.log('a change of the team waits for its approval already');
        return { VaultName, Status: 'PENDING' };
      }
      await retrying(work, () =>
        client.associateTeam({ BackupVaultName, MpaApprovalTeamArn, RequesterComment }),
      );
      const after = await findVault(client, BackupVaultName, work);
      const isThere = after?.MpaApprovalTeamArn === MpaApprovalTeamArn;
      return { VaultName, Status: isThere ? 'APPROVED' : 'PENDING' };
    },

    async remove({ ResourceProperties }, work) {
      const BackupVaultName = text(ResourceProperties, 'vaultName');
      const teamArn = text(ResourceProperties, 'teamArn');
      const RequesterComment = maybeText(ResourceProperties, 'comment');
      const vault = await findVault(client, BackupVaultName, work);
      if (!vault || vault.MpaApprovalTeamArn !== teamArn) return {};
      if (vault.LatestMpaApprovalTeamUpdate?.Status === 'PENDING') {
        work.log('a change of the team waits for its approval already');
        return {};
      }
      await retrying(work, () => client.disassociateTeam({ BackupVaultName, RequesterComment }));
      work.log('the team was asked to approve that it leaves the vault; nobody waits for it');
      return {};
    },

    idOf: ({ VaultName }) => VaultName,
  };
}
