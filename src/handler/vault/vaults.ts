import type {
  DescribeBackupVaultCommandInput,
  DescribeBackupVaultCommandOutput,
  ListBackupVaultsCommandInput,
  ListBackupVaultsCommandOutput,
} from '@aws-sdk/client-backup';
import { errorName } from '../core/failure';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';

/** The calls that find a vault. */
export interface VaultClient {
  describeBackupVault(input: DescribeBackupVaultCommandInput): Promise<Vault>;
  listBackupVaults(
    input: ListBackupVaultsCommandInput,
  ): Promise<Pick<ListBackupVaultsCommandOutput, 'BackupVaultList' | 'NextToken'>>;
}

/** The facts about a vault that are used. */
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

/** A vault; undefined if there is none. AWS Backup denies access to vaults that do not exist. */
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
