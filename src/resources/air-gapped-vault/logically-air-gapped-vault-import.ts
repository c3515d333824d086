import type { Duration } from 'aws-cdk-lib';
import type {
  IBackupVault,
  ILogicallyAirGappedBackupVaultRef,
  LogicallyAirGappedBackupVaultReference,
} from 'aws-cdk-lib/aws-backup';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { throwErrors } from '../../values/core/problem';
import { readAirGappedRange } from '../../values/vault/air-gapped-vault-laws';
import { ImportedBackupVault, vaultAttributeProblems, vaultIdentity } from '../vault/backup-vault-import';

/** A logically air-gapped vault: made in this app, or imported. */
export interface ILogicallyAirGappedVault extends IBackupVault, ILogicallyAirGappedBackupVaultRef {
  /** The shortest retention that the vault accepts, in days; undefined where it isn't known. */
  readonly minRetentionDays?: number;

  /** The longest retention that the vault accepts, in days; undefined where it isn't known. */
  readonly maxRetentionDays?: number;
}

/** What is known of a logically air-gapped vault that exists already. */
export interface LogicallyAirGappedVaultAttributes {
  /**
   * The name of the vault.
   *
   * @default - taken from `backupVaultArn`
   */
  readonly backupVaultName?: string;

  /**
   * The ARN of the vault; it may be in another account or Region.
   *
   * @default - the vault is in the account and Region of the stack
   */
  readonly backupVaultArn?: string;

  /**
   * The shortest retention that the vault accepts: rules and copies with a shorter one are refused here.
   *
   * @default - not known
   */
  readonly minRetention?: Duration;

  /**
   * The longest retention that the vault accepts: rules and copies with a longer one are refused here.
   *
   * @default - not known
   */
  readonly maxRetention?: Duration;

  /**
   * The customer-managed key of the vault.
   *
   * @default - not known
   */
  readonly encryptionKey?: IKeyRef;
}

class ImportedAirGappedVault extends ImportedBackupVault implements ILogicallyAirGappedVault {
  public minRetentionDays?: number;
  public maxRetentionDays?: number;

  public get logicallyAirGappedBackupVaultRef(): LogicallyAirGappedBackupVaultReference {
    return { backupVaultName: this.backupVaultName };
  }
}

export function importAirGappedVault(
  scope: Construct,
  id: string,
  attributes: LogicallyAirGappedVaultAttributes,
): ILogicallyAirGappedVault {
  const path = `${scope.node.path}/${id}`;
  const { minRetention, maxRetention, ...vault } = attributes ?? {};
  const range = { minRetention, maxRetention };
  const { minRetentionDays, maxRetentionDays, problems } = readAirGappedRange(range, '', false);
  throwErrors([...vaultAttributeProblems(attributes && vault), ...problems], path);
  const { name, arn } = vaultIdentity(scope, vault);
  const imported = new ImportedAirGappedVault(scope, id, name, arn, vault);
  imported.minRetentionDays = minRetentionDays;
  imported.maxRetentionDays = maxRetentionDays;
  return imported;
}
