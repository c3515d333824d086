import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { type Problem, throwErrors } from '../../values/core/problem';
import { requiredKindProblems } from '../core/argument-checks';

/**
 * Which key encrypts the recovery points of the services that AWS Backup fully manages (S3, EFS, DynamoDB with
 * advanced features, and others), and the copies that arrive in the vault. The key of a vault can't be changed
 * later: CloudFormation would replace the vault.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
export class VaultEncryption {
  /** A new `BackupKey`: customer-managed, rotated, retained. The default. */
  public static newKey(): VaultEncryption {
    return new VaultEncryption('new');
  }

  /**
   * A customer-managed key of yours, in the Region of the vault. A key, not an alias.
   *
   * @param key the key; its policy must let AWS Backup use it, as that of a `BackupKey` does
   */
  public static key(key: IKeyRef): VaultEncryption {
    throwErrors(keyRefProblems(key, 'key'), 'VaultEncryption.key');
    return new VaultEncryption('key', key);
  }

  /**
   * The AWS-managed key `aws/backup`. It costs nothing, its policy can't be changed, and from another account only what
   * AWS Backup manages in full, such as S3 and EFS, can be copied into the vault.
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

/** The law of what must be a key: an L2, an L1, or an imported one. */
export function keyRefProblems(key: unknown, property: string): Problem[] {
  return requiredKindProblems(key, (given: IKeyRef) => typeof given.keyRef?.keyArn === 'string', {
    id: 'Backup-VaultKey',
    property,
    what: 'a key',
    fix: 'refer to an existing one with `Key.fromKeyArn`',
  });
}
