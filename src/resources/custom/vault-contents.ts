import { CfnDeletionPolicy, type CfnResource, Lazy, Resource, Stack, Tags } from 'aws-cdk-lib';
import type { CfnBackupVault, IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { propsProblems, requiredKindProblems } from '../core/argument-checks';
import { enforce, synthesisErrors } from '../core/enforce';
import { siblingsInEnvironment } from '../core/siblings-in-environment';
import { stackUniqueId } from '../core/stack-unique-id';
import { handledResource } from '../provider/handler-provider';
import { vaultContentsStatements } from '../provider/handler-statements';
import { isAirGapped, lockOf, registerEmptied, resourceOf, vaultLabel } from '../vault/vault-facts';
import { arnOfVault, isVault } from '../vault/vault-reference';

/** Properties of `VaultContents`. */
export interface VaultContentsProps {
  /** A vault that the same stack creates, without a lock, and with `RemovalPolicy.DESTROY`. */
  readonly vault: IBackupVaultRef;

  /**
   * Must be `true`: you know that all recovery points in the vault are deleted forever, whatever their retention, when
   * the vault leaves the stack or the stack is deleted.
   */
  readonly acknowledgeDataLoss: boolean;
}

const ID = 'Backup-VaultContents';

/** The tag with which a vault names the resource that may empty it. */
const TAG = 'cdk-backup-constructs:contents';

/** The most characters of a logical id in the mark: the value of a tag holds 256. The handler does the same. */
const MARKED_ID = 200;

/**
 * Deletes the recovery points of a vault together with the vault: CloudFormation can't delete a vault that holds any.
 * Use it for vaults of tests and of short-lived stacks.
 *
 * When the vault leaves the stack, or the stack is deleted, a function deletes every recovery point, leaves continuous
 * backups to the service that creates them, and waits until the vault is empty. CloudFormation deletes the vault then.
 * A failed deletion says why, for example because of a legal hold. More recovery points than can be deleted in a quarter
 * of an hour make it fail too: delete the stack again to continue.
 *
 * The recovery points stay in all other cases: when only this construct leaves the stack, is renamed or moved, when the
 * vault gets another name, and during a rollback. The function deletes them only if the vault names this construct in
 * its tag `cdk-backup-constructs:contents`, and CloudFormation reports the stack in `DELETE_IN_PROGRESS` or a template
 * without the vault.
 *
 * Plans that still back up into the vault fill it again: have them depend on this construct, so that they are deleted
 * first.
 */
@propertyInjectable
export class VaultContents extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.VaultContents';

  private readonly vault: IBackupVaultRef;

  constructor(scope: Construct, id: string, props: VaultContentsProps) {
    super(scope, id);
    enforce(this, contentsProblems(this, props));
    this.vault = props.vault;
    enforce(this, this.secondProblems());
    const vault = resourceOf(props.vault) as CfnBackupVault;
    registerEmptied(vault, this);
    const stack = Stack.of(this);
    const resource = handledResource(this, {
      type: 'Custom::BackupVaultContents',
      statements: vaultContentsStatements(stack, arnOfVault(props.vault)),
      properties: {
        vaultName: vault.ref,
        tag: TAG,
        vaultLogicalId: Lazy.string({ produce: () => stack.resolve(vault.logicalId) }),
        deletionPolicy: Lazy.string({ produce: () => vault.cfnOptions.deletionPolicy }),
        updateReplacePolicy: Lazy.string({ produce: () => vault.cfnOptions.updateReplacePolicy }),
      },
    });
    // the mark of this very resource: another one that takes over the vault has another mark
    const { logicalId } = resource.node.defaultChild as CfnResource;
    const markedId = Lazy.string({ produce: () => String(stack.resolve(logicalId)).slice(-MARKED_ID) });
    Tags.of(vault).add(TAG, `${stackUniqueId(stack)}-${markedId}`);
    // removal policies and locks may be set later
    this.node.addValidation({
      validate: () => synthesisErrors(this, [...lockedProblems(props.vault), ...retainedProblems(vault)]),
    });
  }

  private secondProblems(): Problem[] {
    const vault = resourceOf(this.vault);
    const other = siblingsInEnvironment<VaultContents>(this, 'vault contents').find(
      (each) => each !== this && resourceOf(each.vault) === vault,
    );
    if (!other) return [];
    return [
      problem({
        id: ID,
        property: 'vault',
        message: (label) =>
          `${label('vault')} must be one that nothing else empties, got ${vaultLabel(this.vault)}, which \`${other.node.path}\` empties`,
        fix: 'remove one of them',
      }),
    ];
  }
}

function contentsProblems(construct: Construct, props: VaultContentsProps): Problem[] {
  const wrong = propsProblems(ID, props ?? null);
  if (wrong.length > 0) return wrong;
  const { vault, acknowledgeDataLoss } = props;
  const problems = [
    ...unknownPropertyProblems(props, 'VaultContentsProps'),
    ...requiredKindProblems(vault, (given) => isVault(given) || isAirGapped(given), {
      id: ID,
      property: 'vault',
      what: 'a backup vault that this stack makes',
    }),
  ];
  if (acknowledgeDataLoss !== true)
    problems.push(
      problem({
        id: 'Backup-VaultContentsAcknowledgement',
        property: 'acknowledgeDataLoss',
        message: (label) =>
          `${label('acknowledgeDataLoss')} must be true, since all recovery points are deleted with the vault, got ${show(acknowledgeDataLoss)}`,
        fix: 'set it to true, or omit `VaultContents`',
      }),
    );
  if (!isVault(vault) && !isAirGapped(vault)) return problems;
  return [...problems, ...kindOfVaultProblems(construct, vault), ...lockedProblems(vault)];
}

function kindOfVaultProblems(construct: Construct, vault: IBackupVaultRef): Problem[] {
  const refused = (got: string, fix: string): Problem[] => [
    problem({
      id: ID,
      property: 'vault',
      message: (label) => `${label('vault')} must be an ordinary vault that this stack makes, got ${got}`,
      fix,
    }),
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
    problem({
      id: ID,
      property: 'vault',
      message: (label) =>
        `${label('vault')} must have no lock, since nobody can delete recovery points under one, got ${vaultLabel(vault)}`,
      fix: 'leave the lock out, or `VaultContents`',
    }),
  ];
}

function retainedProblems(vault: CfnBackupVault): Problem[] {
  const { deletionPolicy, updateReplacePolicy } = vault.cfnOptions;
  const kept = [deletionPolicy, updateReplacePolicy].find((policy) => policy !== CfnDeletionPolicy.DELETE);
  if (deletionPolicy === CfnDeletionPolicy.DELETE && updateReplacePolicy === CfnDeletionPolicy.DELETE)
    return [];
  return [
    problem({
      id: ID,
      property: 'vault',
      message: (label) =>
        `${label('vault')} must have \`RemovalPolicy.DESTROY\`, since it would stay without its recovery points, got ${show(kept?.toUpperCase() ?? undefined)}`,
      fix: 'set `removalPolicy: RemovalPolicy.DESTROY` on the vault',
    }),
  ];
}
