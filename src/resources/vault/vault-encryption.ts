import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { type Problem, throwErrors } from '../../values/core/problem';
import { requiredKindProblems } from '../core/argument-checks';

/**
 * The key that encrypts copies into the vault, and the recovery points of resource types with full AWS Backup management
 * (S3, EFS, DynamoDB with advanced features, and others). Changing the key of a vault replaces the vault.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
export class VaultEncryption {
  /** A new `BackupKey`: customer-managed, rotated, retained. This is the default. */
  public static newKey(): VaultEncryption {
    return new VaultEncryption('new');
  }

  /**
   * Your own customer-managed key in the Region of the vault: a key, not an alias.
   *
   * @param key the key; its policy must let AWS Backup use it, like the policy of a `BackupKey`
   */
  public static key(key: IKeyRef): VaultEncryption {
    throwErrors(keyRefProblems(key, 'key'), 'VaultEncryption.key');
    return new VaultEncryption('key', key);
  }

  /**
   * The AWS-managed key `aws/backup`. It is free, but its policy can't be changed, so other accounts can copy only
   * resource types with full AWS Backup management, such as S3 and EFS, into the vault.
   */
  public static awsManagedKey(): VaultEncryption {
    return new VaultEncryption('aws-managed');
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'new' | 'key' | 'aws-managed',
    /** @internal */
    public readonly _key?: IKeyRef,
  ) {}
}

/** Checks that a value is a key: an L2, an L1, or an imported one. */
export function keyRefProblems(key: unknown, property: string): Problem[] {
  return requiredKindProblems(key, (value: IKeyRef) => typeof value.keyRef?.keyArn === 'string', {
    id: 'Backup-VaultKey',
    property,
    what: 'a key',
    fix: 'refer to an existing one with `Key.fromKeyArn`',
  });
}
