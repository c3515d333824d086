import type {
  CreateRestoreAccessBackupVaultCommandInput,
  CreateRestoreAccessBackupVaultCommandOutput,
  RevokeRestoreAccessBackupVaultCommandInput,
} from '@aws-sdk/client-backup';
import type { Operation } from '../core/answer';
import { errorName, Failure } from '../core/failure';
import { maybeText, text } from '../core/properties';
import { retrying } from '../core/retry';

/** The calls that request and revoke restore access vaults. */
export interface RestoreAccessClient {
  createRestoreAccess(
    input: CreateRestoreAccessBackupVaultCommandInput,
  ): Promise<
    Pick<
      CreateRestoreAccessBackupVaultCommandOutput,
      'RestoreAccessBackupVaultArn' | 'RestoreAccessBackupVaultName' | 'VaultState'
    >
  >;
  revokeRestoreAccess(input: RevokeRestoreAccessBackupVaultCommandInput): Promise<unknown>;
}

/** Access to the recovery points of an air-gapped vault: requested, and not waited for. */
export function restoreAccessVault(client: RestoreAccessClient): Operation {
  return {
    async apply(request, work) {
      const { ResourceProperties, OldResourceProperties = {}, RequestType, PhysicalResourceId } = request;
      const SourceBackupVaultArn = text(ResourceProperties, 'sourceVaultArn');
      const BackupVaultName = maybeText(ResourceProperties, 'vaultName');
      const RequesterComment = maybeText(ResourceProperties, 'comment');
      const isSame = ['sourceVaultArn', 'vaultName'].every(
        (key) => ResourceProperties[key] === OldResourceProperties[key],
      );
      if (RequestType === 'Update' && isSame && PhysicalResourceId?.startsWith('arn:'))
        return { Arn: PhysicalResourceId, Name: nameIn(PhysicalResourceId), State: 'UNCHANGED' };
      const made = await retrying(work, () =>
        client.createRestoreAccess({
          SourceBackupVaultArn,
          BackupVaultName,
          RequesterComment,
          CreatorRequestId: request.RequestId,
        }),
      );
      const Arn = made.RestoreAccessBackupVaultArn;
      if (!Arn) throw new Failure('AWS Backup requested access but returned no ARN');
      work.log(`access was requested; the approval team of ${SourceBackupVaultArn} may take days`);
      return { Arn, Name: made.RestoreAccessBackupVaultName ?? nameIn(Arn), State: made.VaultState ?? '' };
    },

    async remove({ ResourceProperties, PhysicalResourceId: arn = '' }, work) {
      const source = text(ResourceProperties, 'sourceVaultArn');
      if (!arn.startsWith('arn:')) return {};
      if (accountIn(source) !== accountIn(arn)) {
        work.log(`${arn} stays until the account of ${source} revokes the access`);
        return {};
      }
      await retrying(work, async () => {
        try {
          await client.revokeRestoreAccess({
            BackupVaultName: nameIn(source),
            RestoreAccessBackupVaultArn: arn,
          });
        } catch (error) {
          if (!errorName(error).startsWith('ResourceNotFound')) throw error;
        }
      });
      return {};
    },

    idOf: ({ Arn }) => Arn,
  };
}

function nameIn(arn: string): string {
  return arn.split(':').slice(6).join(':');
}

function accountIn(arn: string): string {
  return arn.split(':')[4];
}
