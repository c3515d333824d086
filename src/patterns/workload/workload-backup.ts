import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct, type IConstruct } from 'constructs';
import { resourcesInEnvironment } from '../../resources/core/app-resources';
import { enforce, lateChangeProblems, markSynthesized, synthesisErrors } from '../../resources/core/enforce';
import { ownersOf, resolveResource } from '../../resources/core/resource-arns';
import { siblingsInEnvironment } from '../../resources/core/siblings-in-environment';
import { BackupPlan } from '../../resources/plan/backup-plan';
import { acknowledge } from '../../resources/provider/nag-acknowledgements';
import type { BackupTag } from '../../resources/selection/backup-tag';
import { BackupVault } from '../../resources/vault/backup-vault';
import type { Problem } from '../../values/core/problem';
import { doubleBackupProblems } from '../core/tag-reach';
import {
  protectedScopeProblems,
  protectProblems,
  sharedTagProblems,
  twiceProblem,
  unusedProblems,
  workloadBackupProblems,
} from './workload-backup-laws';
import type { WorkloadBackupProps } from './workload-backup-props';
import { WorkloadTag, workloadTagValue } from './workload-tag';

export type { WorkloadBackupProps } from './workload-backup-props';

/**
 * Protects a workload in one account and Region: creates a key, a vault, a role, a plan with the rules of a tier, and a
 * selection of the resources that you protect.
 *
 * `backup.protect(orders)` sets a tag that belongs to this construct alone, and so does the mixin
 * `orders.with(backup.tag)`. The plan selects by that tag, so it backs up what you protect and nothing else in the
 * account. To back up everything in an account that has the tag of a tier, use `AccountBackup`.
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

  /** The tag of protected resources: `backup-workload`, with a value that is unique in the account and Region. */
  public readonly tag: BackupTag;

  private readonly protectedScopes = new Set<IConstruct>();

  constructor(scope: Construct, id: string, props: WorkloadBackupProps) {
    super(scope, id);
    enforce(this, workloadBackupProblems(props));
    const { tagValue = workloadTagValue(scope, id), tagKey } = props;
    this.tag = new WorkloadTag(this, tagValue, tagKey, (construct) => this.accept(construct));
    enforce(this, sharedTagProblems(this, this.tag));
    siblingsInEnvironment(this, 'WorkloadBackup');
    this.vault = props.vault ?? new BackupVault(this, 'Vault', props.vaultOptions);
    this.plan = new BackupPlan(this, 'Plan', {
      vault: this.vault,
      rules: props.tier.rules,
      windowsVss: props.windowsVss,
      role: props.role,
    });
    const selection = this.plan.addSelection('Tagged', { tags: [this.tag.condition] });
    acknowledge(selection, ['Annotation::Backup-SelectsNothing'], 'the workload reports it');
    this.role = selection.role;
    this.node.addValidation({ validate: () => synthesisErrors(this, this.synthesisProblems()) });
  }

  /**
   * Tags constructs so that they are protected: resources, or scopes with all resources in them that AWS Backup supports,
   * including those added later. The resources must be in the account and Region of this construct, and no other
   * `WorkloadBackup` may protect them.
   */
  public protect(...constructs: IConstruct[]): void {
    for (const construct of constructs) this.tag.applyBelow(construct);
  }

  /** Registers what gets the tag, by `protect` or by the mixin. */
  private accept(construct: IConstruct): void {
    enforce(this, [...lateChangeProblems(this, 'protect'), ...protectProblems(this, construct)]);
    const { resource } = resolveResource(construct) ?? {};
    const other = resource && this.findOther((workload) => workload.protectedScopes.has(resource));
    if (other) enforce(this, [twiceProblem(ownersOf(resource)[0], other, this.tag.key)]);
    this.protectedScopes.add(resource ?? construct);
  }

  /** Another workload here that uses the same tag key. */
  private findOther(matches: (workload: WorkloadBackup) => boolean): WorkloadBackup | undefined {
    return siblingsInEnvironment<WorkloadBackup>(this, 'WorkloadBackup').find(
      (each) => each !== this && each.tag.key === this.tag.key && matches(each),
    );
  }

  /** What is protected may be added until synthesis. */
  private synthesisProblems(): Problem[] {
    markSynthesized(this);
    const { key, value } = this.tag;
    const tagged = resourcesInEnvironment(this).filter(({ tags }) => tags[key] === value);
    const scopes = [...this.protectedScopes];
    const isUsed = scopes.length > 0 || this.plan.selections.length > 1;
    return [
      ...protectedScopeProblems(this, this.tag, scopes, (other) =>
        this.findOther(({ tag }) => tag.value === other),
      ),
      ...(isUsed ? [] : unusedProblems(this.tag, tagged)),
      ...doubleBackupProblems(this, 'protect', tagged),
    ];
  }
}
