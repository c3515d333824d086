import { type IResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { COPY_KEY_GRANTS, COPY_KEY_USES, FOR_AWS_RESOURCES } from '../../values/copy/copy-key-laws';
import { isKnown } from '../../values/core/amounts';
import { type Problem, problem, throwErrors } from '../../values/core/problem';
import { requiredKindProblems } from '../core/argument-checks';
import { enforce } from '../core/enforce';
import { CopySource } from './copy-source';
import { keyRefProblems } from './vault-encryption';

/** A key whose policy can be changed: an L2 of this library or of aws-cdk-lib. */
interface MutableKey extends IKeyRef {
  addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult;
}

/**
 * Key permissions for cross-account copies: on the key of the source resource, if its backups are encrypted with that
 * key (EBS, RDS and others), and on the key of the destination vault.
 *
 * They allow the other account to use the key, and to create grants on it for AWS resources only. The policies of its
 * roles, including the service-linked role `AWSServiceRoleForBackup`, decide who can use them. The `copyFrom` property
 * of a vault does this for the key of the vault.
 *
 * The statements have no condition on `kms:ViaService`: a copy uses the key through AWS Backup for some resource types,
 * through EC2, RDS and other services for the rest, and AWS doesn't document which. A copy that comes another way fails.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
export class KeyPath {
  /**
   * Key permissions on a key.
   *
   * @param key a key created in this app; for an imported key, a warning lists the statements that its policy needs
   */
  public static of(key: IKeyRef): KeyPath {
    throwErrors(keyRefProblems(key, 'key'), 'KeyPath.of');
    return new KeyPath(key);
  }

  private constructor(private readonly key: IKeyRef) {}

  /** Lets copies from other accounts be encrypted with this key, the key of the destination vault. */
  public allowCopiesFrom(source: CopySource): void {
    enforce(
      this.key,
      requiredKindProblems(source, (value: unknown) => value instanceof CopySource, {
        id: 'Backup-CopySource',
        property: 'source',
        what: 'a `CopySource`',
        fix: "for example, use `CopySource.account('111122223333')`",
      }),
    );
    this.allow(source);
  }

  /**
   * Lets another account decrypt with this key, the key of a resource whose backups are copied to that account.
   *
   * @param accountId 12 digits
   */
  public allowCopiesTo(accountId: string): void {
    this.allow(CopySource._account(accountId, 'KeyPath.allowCopiesTo'));
  }

  private allow(other: CopySource): void {
    const statement = (actions: readonly string[], conditions?: object) =>
      new iam.PolicyStatement({
        principals: [other._principal()],
        actions: [...actions],
        resources: ['*'],
        conditions,
      });
    const statements = [statement(COPY_KEY_USES), statement(COPY_KEY_GRANTS, FOR_AWS_RESOURCES)];
    const { addToResourcePolicy } = this.key as MutableKey;
    const added =
      typeof addToResourcePolicy === 'function' &&
      statements
        .map((each) => addToResourcePolicy.call(this.key, each))
        .every(({ statementAdded }) => statementAdded);
    if (!added)
      enforce(this.key, [
        immutableKeyProblem(
          other,
          Stack.of(this.key).resolve(statements.map((each) => each.toStatementJson())),
        ),
      ]);
  }
}

/** Lets a copy source encrypt with the key of the destination vault; the vault's own account needs no statement. */
export function allowEncryption(vault: IResource, key: IKeyRef | undefined, source: CopySource): void {
  const { account } = vault.env;
  if (key && !(isKnown(account) && source._principal().principalAccount === account))
    KeyPath.of(key).allowCopiesFrom(source);
}

function immutableKeyProblem(other: CopySource, statements: unknown): Problem {
  return problem({
    id: 'Backup-KeyPath',
    property: 'key',
    message: (label) => `${label('key')} must let ${other} copy, but its policy can't be changed in this app`,
    fix: `add to it ${JSON.stringify(statements).slice(1, -1)}`,
  });
}
