import { type IResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { COPY_KEY_GRANTS, COPY_KEY_USES, FOR_AWS_RESOURCES } from '../../values/copy/copy-key-laws';
import { isKnown } from '../../values/core/amounts';
import { type Problem, throwErrors } from '../../values/core/problem';
import { requiredKindProblems } from '../core/argument-checks';
import { report, warn } from '../core/enforce';
import { CopySource } from './copy-source';
import { keyRefProblems } from './vault-encryption';

/** A key whose policy can be changed: an L2 of ours or of aws-cdk-lib. */
interface OpenKey extends IKeyRef {
  addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult;
}

/**
 * What the keys on the way of a copy from account to account have to allow: the key of what is copied, where its backups
 * have the key of their source (EBS, RDS and others), and the key of the vault that the copy arrives in.
 *
 * It allows the other account to use the key, and to make grants on it for AWS resources only: the policies of its roles,
 * the service-linked role `AWSServiceRoleForBackup` among them, decide on the rest. A vault does it for its own key with
 * `copyFrom`.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
export class KeyPath {
  /**
   * The way through a key.
   *
   * @param key one that is made in this app; of an imported one, a warning says which statements its policy needs
   */
  public static of(key: IKeyRef): KeyPath {
    throwErrors(keyRefProblems(key, 'key'), 'KeyPath.of');
    return new KeyPath(key);
  }

  private constructor(private readonly key: IKeyRef) {}

  /** Lets copies from other accounts be encrypted with this key, that of the vault they arrive in. */
  public allowCopiesFrom(source: CopySource): void {
    report(
      this.key,
      requiredKindProblems(source, (given: unknown) => given instanceof CopySource, {
        id: 'Backup-CopySource',
        property: 'source',
        what: 'a `CopySource`',
        fix: "use for instance `CopySource.account('111122223333')`",
      }),
    );
    this.allow(source);
  }

  /**
   * Lets another account decrypt what is under this key, that of a resource whose backups are copied there.
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
    const { addToResourcePolicy } = this.key as OpenKey;
    const added =
      typeof addToResourcePolicy === 'function' &&
      statements.map((each) => addToResourcePolicy.call(this.key, each)).every((one) => one.statementAdded);
    if (!added)
      warn(this.key, [
        closedKeyProblem(other, Stack.of(this.key).resolve(statements.map((each) => each.toStatementJson()))),
      ]);
  }
}

/** Lets a source encrypt with the key of a vault that it copies into; its own account needs no word of the key. */
export function letEncrypt(vault: IResource, key: IKeyRef | undefined, source: CopySource): void {
  const { account } = vault.env;
  if (key && !(isKnown(account) && source._principal().principalAccount === account))
    KeyPath.of(key).allowCopiesFrom(source);
}

function closedKeyProblem(other: CopySource, statements: unknown): Problem {
  return {
    id: 'Backup-KeyPath',
    severity: 'warning',
    property: 'key',
    message: `\`key\` must let ${other} copy, but its policy can't be changed here`,
    fix: `add to it ${JSON.stringify(statements).slice(1, -1)}`,
  };
}
