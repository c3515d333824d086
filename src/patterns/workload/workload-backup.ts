import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct, type IConstruct } from 'constructs';
import { lateErrors } from '../../resources/core/enforce';
import { collectResources, resolveResource } from '../../resources/core/resource-arns';
import { BackupPlan } from '../../resources/plan/backup-plan';
import { BackupTag } from '../../resources/selection/backup-tag';
import { BackupVault, type BackupVaultProps } from '../../resources/vault/backup-vault';
import { show } from '../../values/core/amounts';
import { BackupError, type Problem, refuse } from '../../values/core/problem';
import { BackupTier } from '../core/backup-tier';

/** Properties of a `WorkloadBackup`. */
export interface WorkloadBackupProps {
  /** How well the workload is protected. */
  readonly tier: BackupTier;

  /**
   * The key of the tag whose value is the name of the tier.
   *
   * @default 'backup'
   */
  readonly tagKey?: string;

  /**
   * An existing vault for the recovery points, in the account and Region of the stack.
   *
   * @default - a new one, with a key of its own
   */
  readonly vault?: IBackupVaultRef;

  /**
   * What the new vault is like: its name, lock, access policy, key, notifications. Not together with `vault`.
   *
   * @default - a vault with a key of its own, retained, not locked
   */
  readonly vaultOptions?: BackupVaultProps;

  /**
   * The role in which AWS Backup makes the recovery points.
   *
   * @default - a `BackupRole`, which can back up every type that may carry the tag
   */
  readonly role?: IRoleRef;

  /**
   * Makes backups of Windows instances consistent for applications.
   *
   * @default false
   */
  readonly windowsVss?: boolean;
}

/**
 * Protects a workload in one account and Region: a key, a vault, a role, a plan with the rules of a tier, and a
 * selection of everything that has the tag of the tier.
 *
 * What carries the tag is protected: `orders.with(new BackupTag('gold'))`, or `backup.protect(orders)`.
 */
@propertyInjectable
export class WorkloadBackup extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.WorkloadBackup';

  /** The vault that the recovery points are in. */
  public readonly vault: IBackupVaultRef;

  /** The plan with the rules of the tier. */
  public readonly plan: BackupPlan;

  /** The role in which AWS Backup makes the recovery points. */
  public readonly role: IRoleRef;

  /** The tag of what is protected. */
  public readonly tag: BackupTag;

  private readonly protectedScopes: IConstruct[] = [];

  constructor(scope: Construct, id: string, props: WorkloadBackupProps) {
    super(scope, id);
    if (!(props?.tier instanceof BackupTier))
      throw refuse(
        'Backup-Tier',
        'tier',
        `\`tier\` must be a \`BackupTier\`, got ${show(props?.tier)}`,
        'use `BackupTier.GOLD`, or `BackupTier.of(name, rules)` for rules of your own',
      );
    if (props.vault && props.vaultOptions)
      throw refuse(
        'Backup-VaultOptions',
        'vaultOptions',
        "`vaultOptions` can't change the existing `vault`, got both",
        'leave one of them out',
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
    this.node.addValidation({ validate: () => lateErrors(this, this.lateProblems()) });
  }

  /**
   * Tags constructs so that they are protected: resources, or scopes with all the resources in them that AWS Backup
   * protects, those that are added later included.
   */
  public protect(...constructs: IConstruct[]): void {
    for (const construct of constructs) {
      if (!Construct.isConstruct(construct))
        throw new BackupError(
          [
            {
              id: 'Backup-ProtectConstruct',
              severity: 'error',
              property: 'protect',
              message: `\`protect\` must be constructs, got ${show(construct)}`,
              fix: 'select ARNs with `plan.addSelection()`',
            },
          ],
          this.node.path,
        );
      this.tag.applyBelow(construct);
      this.protectedScopes.push(construct);
    }
  }

  /** Tags reach only what the app makes, which may be added until synthesis. */
  private lateProblems(): Problem[] {
    return this.protectedScopes
      .filter((scope) => collectResources(scope).length === 0)
      .map((scope) => ({
        id: 'Backup-NothingToProtect',
        severity: 'error',
        property: 'protect',
        ...(resolveResource(scope)
          ? {
              message: `\`protect\` got \`${scope.node.path}\`, which is imported: its tags are not made here`,
              fix: 'tag it where it is made, or select it with `plan.addSelection()`',
            }
          : {
              message: `\`protect\` got \`${scope.node.path}\`, which is no resource that AWS Backup protects, and has none below it`,
              fix: 'leave it out',
            }),
      }));
  }
}
