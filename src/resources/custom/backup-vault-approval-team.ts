import { type CustomResource, Resource } from 'aws-cdk-lib';
import type { ILogicallyAirGappedBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import type { Problem } from '../../values/core/problem';
import { approvalTeamProblems } from '../../values/vault/air-gapped-vault-laws';
import { propsProblems, requiredKindProblems, textProblems } from '../core/argument-checks';
import { report } from '../core/enforce';
import { approvalTeamStatements } from '../core/handler-actions';
import { handledResource } from '../core/handler-provider';
import { arnOfVault, isAirGappedVault } from '../vault/vault-reference';

/** Properties of a `BackupVaultApprovalTeam`. */
export interface BackupVaultApprovalTeamProps {
  /** A logically air-gapped vault in the account and Region of the stack. */
  readonly vault: ILogicallyAirGappedBackupVaultRef;

  /** The ARN of the team of multi-party approval, in us-east-1. */
  readonly approvalTeamArn: string;

  /**
   * What the team reads when it is asked, at most 200 characters.
   *
   * @default - none
   */
  readonly comment?: string;
}

const ID = 'Backup-VaultApprovalTeam';
const LONGEST_COMMENT = 200;

/**
 * The team that lets other accounts reach a logically air-gapped vault, where it is to change or to leave: what
 * CloudFormation sets once (`mpaApprovalTeamArn` of the vault) it can't change any more.
 *
 * The team approves it, which may take days: the deployment asks, and doesn't wait. Until then all stays as it is. So
 * it is with the removal: the stack forgets the team at once, the vault when the team agrees.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/multipartyapproval.html
 */
@propertyInjectable
export class BackupVaultApprovalTeam extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupVaultApprovalTeam';

  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: BackupVaultApprovalTeamProps) {
    super(scope, id);
    report(this, teamProblems(props));
    const { vault, approvalTeamArn, comment } = props;
    this.resource = handledResource(this, {
      type: 'Custom::BackupApprovalTeam',
      statements: approvalTeamStatements(arnOfVault(vault)),
      properties: {
        vaultName: vault.logicallyAirGappedBackupVaultRef.backupVaultName,
        teamArn: approvalTeamArn,
        comment,
      },
    });
  }

  /** `APPROVED`, or `PENDING` as long as people have not approved it; known at deployment. */
  public get status(): string {
    return this.resource.getAttString('Status');
  }
}

function teamProblems(props: BackupVaultApprovalTeamProps): Problem[] {
  const wrong = propsProblems(ID, props ?? null);
  if (wrong.length > 0) return wrong;
  return [
    ...requiredKindProblems(props.vault, (given) => isAirGappedVault(given), {
      id: ID,
      property: 'vault',
      what: 'a logically air-gapped vault',
    }),
    // that CloudFormation can't change it is no matter here
    ...approvalTeamProblems(props.approvalTeamArn, 'approvalTeamArn').filter(
      ({ id }) => id !== 'Backup-ApprovalTeamFixed',
    ),
    ...textProblems(ID, 'comment', props.comment, LONGEST_COMMENT),
  ];
}
