import type {
  DescribeBackupVaultCommandInput,
  DescribeBackupVaultCommandOutput,
  ListBackupVaultsCommandInput,
  ListBackupVaultsCommandOutput,
} from '@aws-sdk/client-backup';
import { errorName } from '../core/failure';
import { retrying } from '../core/retry';
import type { Work } from '../core/world';

/** What a vault is found with. */
export interface VaultClient {
  describeBackupVault(input: DescribeBackupVaultCommandInput): Promise<Vault>;
  listBackupVaults(
    input: ListBackupVaultsCommandInput,
  ): Promise<Pick<ListBackupVaultsCommandOutput, 'BackupVaultList' | 'NextToken'>>;
}

export type Vault = Pick<
  DescribeBackupVaultCommandOutput,
  | 'BackupVaultArn'
  | 'VaultType'
  | 'Locked'
  | 'LockDate'
  | 'MinRetentionDays'
  | 'MaxRetentionDays'
  | 'MpaApprovalTeamArn'
  | 'LatestMpaApprovalTeamUpdate'
>;

/** A vault, or undefined where there is none; AWS Backup denies the access to vaults that aren't there. */
export async function findVault(client: VaultClient, name: string, work: Work): Promise<Vault | undefined> {
  try {
    return await retrying(work, () => client.describeBackupVault({ BackupVaultName: name }));
  } catch (error) {
    if (errorName(error).startsWith('ResourceNotFound')) return undefined;
    if (!errorName(error).startsWith('AccessDenied') || (await isListed(client, name, work))) throw error;
    return undefined;
  }
}

async function isListed(client: VaultClient, name: string, work: Work): Promise<boolean> {
  let NextToken: string | undefined;
  do {
    const page = await retrying(work, () => client.listBackupVaults({ NextToken }));
    if (page.BackupVaultList?.some(({ BackupVaultName }) => BackupVaultName === name)) return true;
    NextToken = page.NextToken;
  } while (NextToken);
  return false;
}
