import { type CustomResource, Resource } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { nameProblems } from '../../values/core/names';
import type { Problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { vaultArnProblems } from '../../values/vault/vault-arns';
import { propsProblems, textProblems } from '../core/argument-checks';
import { enforce } from '../core/enforce';
import { handledResource } from '../provider/handler-provider';
import { restoreAccessStatements } from '../provider/handler-statements';

/** Properties of a `RestoreAccessVault`. */
export interface RestoreAccessVaultProps {
  /** The ARN of the logically air-gapped vault, mostly of another account, whose team of approval is asked. */
  readonly sourceVaultArn: string;

  /**
   * The name of the vault through which its recovery points are seen.
   *
   * @default - AWS Backup's choice
   */
  readonly backupVaultName?: string;

  /**
   * What the team reads when it is asked, at most 200 characters.
   *
   * @default - none
   */
  readonly comment?: string;
}

const ID = 'Backup-RestoreAccessVault';
const LONGEST_COMMENT = 200;

/**
 * A restore access vault: the way to the recovery points of a logically air-gapped vault whose own account can't be
 * reached. The team of multi-party approval of that vault must agree, which may take days: the deployment asks, and
 * doesn't wait. An event of Amazon EventBridge tells of the answer.
 *
 * On removal the access is revoked, which the team approves too, where the vault is of this account. Else it stays
 * until the account of the vault revokes it, and the log of the function says so. Another source or name asks anew.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/multipartyapproval-tasks-requester.html
 */
@propertyInjectable
export class RestoreAccessVault extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.RestoreAccessVault';

  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: RestoreAccessVaultProps) {
    super(scope, id);
    enforce(this, accessProblems(props));
    this.resource = handledResource(this, {
      type: 'Custom::BackupRestoreAccessVault',
      statements: restoreAccessStatements(props.sourceVaultArn),
      properties: {
        sourceVaultArn: props.sourceVaultArn,
        vaultName: props.backupVaultName,
        comment: props.comment,
      },
    });
  }

  /** The ARN of the restore access vault; nothing can be restored before it is approved. Known at deployment. */
  public get backupVaultArn(): string {
    return this.resource.getAttString('Arn');
  }

  /** The name of the restore access vault. Known at deployment. */
  public get backupVaultName(): string {
    return this.resource.getAttString('Name');
  }
}

function accessProblems(props: RestoreAccessVaultProps): Problem[] {
  const wrong = propsProblems(ID, props ?? null);
  if (wrong.length > 0) return wrong;
  const { sourceVaultArn, backupVaultName, comment } = props;
  return [
    ...unknownPropertyProblems(props, 'RestoreAccessVaultProps'),
    ...vaultArnProblems(sourceVaultArn, 'sourceVaultArn'),
    ...(backupVaultName === undefined ? [] : nameProblems('vault', backupVaultName, 'backupVaultName')),
    ...textProblems(ID, 'comment', comment, LONGEST_COMMENT),
  ];
}
