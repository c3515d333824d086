import { Arn, ArnFormat, Resource, Stack, Token } from 'aws-cdk-lib';
import type { BackupVaultReference, IBackupVault } from 'aws-cdk-lib/aws-backup';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { isKnown, show } from '../../values/core/amounts';
import { nameProblems } from '../../values/core/names';
import { type Problem, problem, throwErrors } from '../../values/core/problem';
import { type StructName, unknownPropertyProblems } from '../../values/core/unknown-properties';
import { vaultArnProblems } from '../../values/vault/vault-arns';
import { VaultLock } from '../../values/vault/vault-lock';
import { kindProblems, requiredKindProblems } from '../core/argument-checks';
import { grantOnVault } from './vault-access';
import { keyRefProblems } from './vault-encryption';

/** Attributes of an existing vault. */
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
   * The lock of the vault; rules and copies whose retention it would reject throw an error.
   *
   * @default - unknown
   */
  readonly lock?: VaultLock;

  /**
   * The KMS key of the vault.
   *
   * @default - unknown
   */
  readonly encryptionKey?: IKeyRef;
}

/** A vault created elsewhere. */
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
  throwErrors(vaultAttributeProblems(attributes), `${scope.node.path}/${id}`);
  const { name, arn } = vaultIdentity(scope, attributes);
  return new ImportedBackupVault(scope, id, name, arn, attributes);
}

/** The name and the ARN of an existing vault. */
export function vaultIdentity(
  scope: Construct,
  attributes: BackupVaultAttributes,
): { name: string; arn: string } {
  const { backupVaultName, backupVaultArn } = attributes;
  if (backupVaultArn !== undefined) {
    const name = backupVaultName ?? nameInArn(backupVaultArn);
    // a token isn't necessarily a string
    return { name, arn: Token.asString(backupVaultArn) };
  }
  const arn = Stack.of(scope).formatArn({
    service: 'backup',
    resource: 'backup-vault',
    resourceName: backupVaultName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return { name: backupVaultName as string, arn };
}

/** Checks the attributes of an existing vault. */
export function vaultAttributeProblems(
  attributes: BackupVaultAttributes,
  struct: StructName = 'BackupVaultAttributes',
): Problem[] {
  const id = 'Backup-VaultImport';
  const wrong = requiredKindProblems(
    attributes,
    (value) => typeof value === 'object' && !Array.isArray(value),
    {
      id,
      property: 'attributes',
      what: 'an object with attributes',
    },
  );
  if (wrong.length > 0) return wrong;
  const { backupVaultName, backupVaultArn, lock, encryptionKey } = attributes;
  const problems = [
    ...unknownPropertyProblems(attributes, struct),
    ...(backupVaultName === undefined ? [] : nameProblems('vault', backupVaultName, 'backupVaultName')),
    ...(backupVaultArn === undefined ? [] : vaultArnProblems(backupVaultArn, 'backupVaultArn')),
    ...kindProblems(lock, (value: unknown) => value instanceof VaultLock, {
      id,
      property: 'lock',
      what: 'a `VaultLock`',
    }),
    ...(encryptionKey === undefined ? [] : keyRefProblems(encryptionKey, 'encryptionKey')),
  ];
  const [only] = Object.keys(attributes).length === 1 ? Object.keys(attributes) : [];
  if (only === 'backupVaultArn' && backupVaultArn === undefined)
    problems.push(...vaultArnProblems(backupVaultArn, only));
  else if (only === 'backupVaultName' && backupVaultName === undefined)
    problems.push(...nameProblems('vault', backupVaultName, only));
  else if (backupVaultName === undefined && backupVaultArn === undefined)
    problems.push(
      problem({
        id,
        property: 'backupVaultName',
        message: (label) =>
          `${label('backupVaultName')} or \`backupVaultArn\` must be set to refer to an existing vault, got neither`,
      }),
    );
  if (problems.length > 0 || backupVaultName === undefined || backupVaultArn === undefined) return problems;
  const inArn = nameInArn(backupVaultArn);
  if (!isKnown(backupVaultName) || !isKnown(inArn) || inArn === backupVaultName) return [];
  return [
    problem({
      id,
      property: 'backupVaultName',
      message: (label) =>
        `${label('backupVaultName')} must be the name in \`backupVaultArn\` (\`${inArn}\`), got ${show(backupVaultName)}`,
      fix: 'omit it',
    }),
  ];
}

function nameInArn(arn: string): string {
  return Arn.split(Token.asString(arn), ArnFormat.COLON_RESOURCE_NAME).resourceName as string;
}
