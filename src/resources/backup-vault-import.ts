import { Arn, ArnFormat, Resource, Stack, Token } from 'aws-cdk-lib';
import type { BackupVaultReference, IBackupVault } from 'aws-cdk-lib/aws-backup';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { show } from '../values/amounts';
import { nameProblems } from '../values/names';
import { refuse, throwErrors } from '../values/problem';
import type { VaultLock } from '../values/vault-lock';
import { grantOnVault } from './vault-access';

/** What is known of a vault that exists already. */
export interface BackupVaultAttributes {
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
   * The lock of the vault: rules and copies whose retention it would refuse are refused here.
   *
   * @default - not known
   */
  readonly lock?: VaultLock;

  /**
   * The key of the vault.
   *
   * @default - not known
   */
  readonly encryptionKey?: IKeyRef;
}

/** A vault that was made elsewhere. */
export class ImportedBackupVault extends Resource implements IBackupVault {
  public readonly lock?: VaultLock;
  public readonly encryptionKey?: IKeyRef;

  constructor(
    scope: Construct,
    id: string,
    public readonly backupVaultName: string,
    public readonly backupVaultArn: string,
    attributes: BackupVaultAttributes,
  ) {
    super(scope, id, { environmentFromArn: backupVaultArn });
    this.lock = attributes.lock;
    this.encryptionKey = attributes.encryptionKey;
  }

  public get backupVaultRef(): BackupVaultReference {
    return { backupVaultName: this.backupVaultName, backupVaultArn: this.backupVaultArn };
  }

  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return grantOnVault(this, grantee, actions);
  }
}

export function importVault(scope: Construct, id: string, attributes: BackupVaultAttributes): IBackupVault {
  const { backupVaultName, backupVaultArn } = attributes;
  if (backupVaultArn === undefined) {
    if (backupVaultName === undefined)
      throw refuse(
        'Backup-VaultImport',
        'backupVaultName',
        '`backupVaultName` or `backupVaultArn` must be given to refer to an existing vault, got neither',
      );
    throwErrors(nameProblems('vault', backupVaultName, 'backupVaultName'));
    const arn = Stack.of(scope).formatArn({
      service: 'backup',
      resource: 'backup-vault',
      resourceName: backupVaultName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return new ImportedBackupVault(scope, id, backupVaultName, arn, attributes);
  }
  throwErrors(vaultArnProblems(backupVaultArn, 'backupVaultArn'));
  const inArn = Arn.split(backupVaultArn, ArnFormat.COLON_RESOURCE_NAME).resourceName as string;
  if (
    backupVaultName !== undefined &&
    !Token.isUnresolved(backupVaultName) &&
    !Token.isUnresolved(inArn) &&
    inArn !== backupVaultName
  )
    throw refuse(
      'Backup-VaultImport',
      'backupVaultName',
      `\`backupVaultName\` must be the name in \`backupVaultArn\` (\`${inArn}\`), got ${show(backupVaultName)}`,
      'leave it out',
    );
  return new ImportedBackupVault(scope, id, backupVaultName ?? inArn, backupVaultArn, attributes);
}

/** The law of a vault's ARN. Account and Region of an ARN may be tokens; then the rest is left unjudged. */
export function vaultArnProblems(arn: unknown, property: string) {
  const known = typeof arn === 'string' && !Token.isUnresolved(arn);
  if (!known && Token.isUnresolved(arn)) return [];
  const parts = known ? (arn as string).split(':') : [];
  const sound =
    parts.length === 7 &&
    parts[0] === 'arn' &&
    /^aws(-[a-z]+)*$/.test(parts[1]) &&
    parts[2] === 'backup' &&
    /^[a-z]{2}(-[a-z]+)+-\d$/.test(parts[3]) &&
    /^\d{12}$/.test(parts[4]) &&
    parts[5] === 'backup-vault' &&
    nameProblems('vault', parts[6], property).length === 0;
  if (sound) return [];
  return [
    {
      id: 'Backup-VaultArn',
      severity: 'error' as const,
      property,
      message: `\`${property}\` must be the ARN of a backup vault, \`arn:<partition>:backup:<region>:<account>:backup-vault:<name>\`, got ${show(arn)}`,
    },
  ];
}
