import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct, type IConstruct } from 'constructs';
import { synthesisErrors } from '../../resources/core/enforce';
import { collectResources, resolveResource } from '../../resources/core/resource-arns';
import { BackupPlan } from '../../resources/plan/backup-plan';
import { BackupTag } from '../../resources/selection/backup-tag';
import { BackupVault, type BackupVaultProps } from '../../resources/vault/backup-vault';
import { show } from '../../values/core/amounts';
import { BackupError, type Problem, problem, refuse } from '../../values/core/problem';
import { BackupTier } from '../core/backup-tier';

/** Properties of a `WorkloadBackup`. */
export interface WorkloadBackupProps {
  /** The level of protection. */
  readonly tier: BackupTier;

  /**
   * The key of the tag. Its value is the name of the tier.
   *
   * @default 'backup'
   */
  readonly tagKey?: string;

  /**
   * An existing vault for the recovery points, in the account and Region of the stack.
   *
   * @default - a new vault with its own key
   */
  readonly vault?: IBackupVaultRef;

  /**
   * Options of the new vault: its name, lock, access policy, key and notifications. Can't be combined with `vault`.
   *
   * @default - a retained vault with its own key, without a lock
   */
  readonly vaultOptions?: BackupVaultProps;

  /**
   * The role with which AWS Backup creates recovery points.
   *
   * @default - a `BackupRole` that can back up every type that may have the tag
   */
  readonly role?: IRoleRef;

  /**
   * Whether to create application-consistent backups of Windows instances.
   *
   * @default false
   */
  readonly windowsVss?: boolean;
}

/**
 * Protects a workload in one account and Region: creates a key, a vault, a role, a plan with the rules of a tier, and a
 * selection of all resources with the tag of the tier.
 *
 * To protect a resource, tag it: `orders.with(new BackupTag('gold'))`, or `backup.protect(orders)`.
 */
@propertyInjectable
export class WorkloadBackup extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.WorkloadBackup';

  /** The vault for the recovery points. */
  public readonly vault: IBackupVaultRef;

  /** The plan with the rules of the tier. */
  public readonly plan: BackupPlan;

  /** The role with which AWS Backup creates recovery points. */
  public readonly role: IRoleRef;

  /** The tag of protected resources. */
  public readonly tag: BackupTag;

  private readonly protectedScopes: IConstruct[] = [];

  constructor(scope: Construct, id: string, props: WorkloadBackupProps) {
    super(scope, id);
    if (!(props?.tier instanceof BackupTier))
      throw refuse(
        'Backup-Tier',
        'tier',
        `\`tier\` must be a \`BackupTier\`, got ${show(props?.tier)}`,
        'use `BackupTier.GOLD`, or `BackupTier.of(name, rules)` for your own rules',
        this.node.path,
      );
    if (props.vault && props.vaultOptions)
      throw refuse(
        'Backup-VaultOptions',
        'vaultOptions',
        "`vaultOptions` can't change the existing `vault`, got both",
        'omit one of them',
        this.node.path,
      );
    this.tag = new BackupTag(props.tier.name, { key: props.tagKey });
    this.vault = props.vault ?? new BackupVault(this, 'Vault', props.vaultOptions);
    this.plan = new BackupPlan(this, 'Plan', {
      vault: this.vault,
      rules: props.tier.rules,
      windowsVss: props.windowsVss,
      role: props.role,
    });
    this.role = this.plan.addSelection('Tagged', { tags: [this.tag.condition] }).role;
    this.node.addValidation({ validate: () => synthesisErrors(this, this.synthesisProblems()) });
  }

  /**
   * Tags constructs so that they are protected: resources, or scopes with all resources in them that AWS Backup supports,
   * including those added later.
   */
  public protect(...constructs: IConstruct[]): void {
    for (const construct of constructs) {
      if (!Construct.isConstruct(construct))
        throw new BackupError(
          [
            problem({
              id: 'Backup-ProtectConstruct',
              property: 'protect',
              message: (label) => `${label('protect')} must receive constructs, got ${show(construct)}`,
              fix: 'select ARNs with `plan.addSelection()`',
            }),
          ],
          this.node.path,
        );
      this.tag.applyBelow(construct);
      this.protectedScopes.push(construct);
    }
  }

  /** Tags reach only resources that the app creates, which may be added until synthesis. */
  private synthesisProblems(): Problem[] {
    return this.protectedScopes
      .filter((scope) => collectResources(scope).length === 0)
      .map((scope) =>
        problem({
          id: 'Backup-NothingToProtect',
          property: 'protect',
          ...(resolveResource(scope)
            ? {
                message: `\`protect\` got \`${scope.node.path}\`, which is imported, so its tags can't be set here`,
                fix: 'tag it where it is created, or select it with `plan.addSelection()`',
              }
            : {
                message: `\`protect\` got \`${scope.node.path}\`, which is not a resource that AWS Backup can protect and has none below it`,
                fix: 'leave it out',
              }),
        }),
      );
  }
}
