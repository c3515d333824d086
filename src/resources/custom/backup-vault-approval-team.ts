import { type CustomResource, Resource, Stack } from 'aws-cdk-lib';
import type { ILogicallyAirGappedBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import type { Problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { approvalTeamProblems } from '../../values/vault/air-gapped-vault-laws';
import { propsProblems, requiredKindProblems, textProblems } from '../core/argument-checks';
import { enforce } from '../core/enforce';
import { handledResource } from '../provider/handler-provider';
import { approvalTeamStatements } from '../provider/handler-statements';
import { arnOfVault, isAirGappedVault } from '../vault/vault-reference';

/** Properties of a `BackupVaultApprovalTeam`. */
export interface BackupVaultApprovalTeamProps {
  /** A logically air-gapped vault in the account and Region of the stack. */
  readonly vault: ILogicallyAirGappedBackupVaultRef;

  /** The ARN of the multi-party approval team, in us-east-1. */
  readonly approvalTeamArn: string;

  /**
   * What the team reads with the request, at most 200 characters. Changing it requests a denied team again.
   *
   * @default - none
   */
  readonly comment?: string;
}

const ID = 'Backup-VaultApprovalTeam';
const LONGEST_COMMENT = 200;

/**
 * The approval team of a logically air-gapped vault, which this construct can change and remove. CloudFormation sets it
 * once (`mpaApprovalTeamArn` of the vault) and can't change it.
 *
 * People approve each change, which may take days: the deployment requests it and does not wait. One change can wait at
 * a time. While one waits, a deployment that needs another one fails, and so does a removal before the team was
 * approved: have the change approved or denied, then try again. When the construct is removed, the vault gets
 * the team that it had before, once that is approved.
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
    enforce(this, teamProblems(props));
    const { vault, approvalTeamArn, comment } = props;
    this.resource = handledResource(this, {
      type: 'Custom::BackupApprovalTeam',
      statements: approvalTeamStatements(Stack.of(this), arnOfVault(vault)),
      properties: {
        vaultName: vault.logicallyAirGappedBackupVaultRef.backupVaultName,
        teamArn: approvalTeamArn,
        comment,
        claimed: true, // an earlier version of the function saved no claims
      },
    });
  }

  /** `APPROVED`, `PENDING` until people approve it, or `FAILED` if they denied it. Known at deployment. */
  public get status(): string {
    return this.resource.getAttString('Status');
  }
}

function teamProblems(props: BackupVaultApprovalTeamProps): Problem[] {
  const wrong = propsProblems(ID, props ?? null);
  if (wrong.length > 0) return wrong;
  return [
    ...unknownPropertyProblems(props, 'BackupVaultApprovalTeamProps'),
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
