import { CfnDeletionPolicy, Resource, Stack, Tags } from 'aws-cdk-lib';
import type { CfnBackupVault, IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { propsProblems, requiredKindProblems } from '../core/argument-checks';
import { lateErrors, report } from '../core/enforce';
import { vaultContentsStatements } from '../core/handler-actions';
import { handledResource } from '../core/handler-provider';
import { neighbours } from '../core/siblings-in-environment';
import { isAirGapped, lockOf, resourceOf, vaultLabel } from '../vault/vault-facts';
import { arnOfVault, isVault } from '../vault/vault-reference';

/** Properties of `VaultContents`. */
export interface VaultContentsProps {
  /** A vault that the same stack makes, without a lock, and with `RemovalPolicy.DESTROY`. */
  readonly vault: IBackupVaultRef;

  /**
   * Must be `true`: you know that all recovery points in the vault are deleted for ever when the vault leaves the
   * stack, or the stack is deleted, whatever their retention.
   */
  readonly acknowledgeDataLoss: boolean;
}

const ID = 'Backup-VaultContents';

/** The tag of vaults that are emptied: it goes first where the vault is to stay. */
const TAG = 'cdk-backup-constructs:contents';

/**
 * What is in a vault, deleted with it: CloudFormation can't delete a vault that holds recovery points. For vaults of
 * tests and of stacks that come and go.
 *
 * When the vault leaves the stack, a function deletes every recovery point, leaves continuous backups to the service
 * that makes them, and waits until the vault is empty; the vault goes after that. When only this construct leaves the
 * stack, or its creation is rolled back, the vault stays full. What can't be deleted, such as under a legal hold,
 * makes the deletion fail, and it says why; so do more recovery points than can be deleted in a quarter of an hour:
 * delete the stack again then.
 *
 * Plans that still back up into the vault fill it again: have them depend on this construct, so that they go first.
 */
@propertyInjectable
export class VaultContents extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.VaultContents';

  private readonly vault: IBackupVaultRef;

  constructor(scope: Construct, id: string, props: VaultContentsProps) {
    super(scope, id);
    report(this, contentsProblems(this, props));
    this.vault = props.vault;
    report(this, this.secondProblems());
    const vault = resourceOf(props.vault) as CfnBackupVault;
    Tags.of(vault).add(TAG, 'delete');
    handledResource(this, {
      type: 'Custom::BackupVaultContents',
      statements: vaultContentsStatements(arnOfVault(props.vault)),
      properties: { vaultName: vault.ref, tag: TAG },
    });
    // removal policies and locks may be said later
    this.node.addValidation({
      validate: () => lateErrors(this, [...lockedProblems(props.vault), ...retainedProblems(vault)]),
    });
  }

  private secondProblems(): Problem[] {
    const vault = resourceOf(this.vault);
    const other = neighbours<VaultContents>(this, 'vault contents').find(
      (each) => each !== this && resourceOf(each.vault) === vault,
    );
    if (!other) return [];
    return [
      {
        id: ID,
        severity: 'error',
        property: 'vault',
        message: `\`vault\` must be one that nothing else empties, got ${vaultLabel(this.vault)}, which \`${other.node.path}\` empties`,
        fix: 'leave one out',
      },
    ];
  }
}

function contentsProblems(construct: Construct, props: VaultContentsProps): Problem[] {
  const wrong = propsProblems(ID, props ?? null);
  if (wrong.length > 0) return wrong;
  const { vault, acknowledgeDataLoss } = props;
  const problems = requiredKindProblems(vault, (given) => isVault(given) || isAirGapped(given), {
    id: ID,
    property: 'vault',
    what: 'a backup vault that this stack makes',
  });
  if (acknowledgeDataLoss !== true)
    problems.push({
      id: 'Backup-VaultContentsAcknowledgement',
      severity: 'error',
      property: 'acknowledgeDataLoss',
      message: `\`acknowledgeDataLoss\` must be true, since all recovery points are deleted with the vault, got ${show(acknowledgeDataLoss)}`,
      fix: 'set it to true, or leave `VaultContents` out',
    });
  if (!isVault(vault) && !isAirGapped(vault)) return problems;
  return [...problems, ...kindOfVaultProblems(construct, vault), ...lockedProblems(vault)];
}

function kindOfVaultProblems(construct: Construct, vault: IBackupVaultRef): Problem[] {
  const refused = (got: string, fix: string): Problem[] => [
    {
      id: ID,
      severity: 'error',
      property: 'vault',
      message: `\`vault\` must be an ordinary vault that this stack makes, got ${got}`,
      fix,
    },
  ];
  if (isAirGapped(vault))
    return refused(
      `${vaultLabel(vault)}, which is logically air-gapped`,
      'wait until its recovery points expire: nobody can delete them before',
    );
  const resource = resourceOf(vault);
  if (resource?.cfnResourceType !== 'AWS::Backup::BackupVault')
    return refused(`${vaultLabel(vault)}, which is made elsewhere`, 'delete its recovery points by hand');
  return Stack.of(resource) === Stack.of(construct)
    ? []
    : refused(`${vaultLabel(vault)} of another stack`, 'make `VaultContents` in the stack of the vault');
}

function lockedProblems(vault: IBackupVaultRef): Problem[] {
  if (isAirGapped(vault) || lockOf(vault) === undefined) return [];
  return [
    {
      id: ID,
      severity: 'error',
      property: 'vault',
      message: `\`vault\` must have no lock, since nobody can delete recovery points under one, got ${vaultLabel(vault)}`,
      fix: 'leave the lock out, or `VaultContents`',
    },
  ];
}

function retainedProblems(vault: CfnBackupVault): Problem[] {
  if (vault.cfnOptions.deletionPolicy === CfnDeletionPolicy.DELETE) return [];
  return [
    {
      id: ID,
      severity: 'error',
      property: 'vault',
      message: `\`vault\` must have \`RemovalPolicy.DESTROY\`, since it would stay without its recovery points, got ${show(vault.cfnOptions.deletionPolicy?.toUpperCase() ?? undefined)}`,
      fix: 'say `removalPolicy: RemovalPolicy.DESTROY` of the vault',
    },
  ];
}
