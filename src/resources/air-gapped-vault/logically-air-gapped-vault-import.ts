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

/** A logically air-gapped vault, created in this app or imported. */
export interface ILogicallyAirGappedVault extends IBackupVault, ILogicallyAirGappedBackupVaultRef {
  /** The minimum retention of the vault in days; undefined if unknown. */
  readonly minRetentionDays?: number;

  /** The maximum retention of the vault in days; undefined if unknown. */
  readonly maxRetentionDays?: number;
}

/** Attributes of an existing logically air-gapped vault. */
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
   * The minimum retention of the vault; rules and copies with a shorter retention throw an error.
   *
   * @default - unknown
   */
  readonly minRetention?: Duration;

  /**
   * The maximum retention of the vault; rules and copies with a longer retention throw an error.
   *
   * @default - unknown
   */
  readonly maxRetention?: Duration;

  /**
   * The customer-managed key of the vault.
   *
   * @default - unknown
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
  throwErrors(
    [...vaultAttributeProblems(attributes && vault, 'LogicallyAirGappedVaultAttributes'), ...problems],
    path,
  );
  const { name, arn } = vaultIdentity(scope, vault);
  const imported = new ImportedAirGappedVault(scope, id, name, arn, vault);
  imported.minRetentionDays = minRetentionDays;
  imported.maxRetentionDays = maxRetentionDays;
  return imported;
}
