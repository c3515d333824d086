import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct, type IConstruct } from 'constructs';
import { resourcesInEnvironment } from '../../resources/core/app-resources';
import { enforce, synthesisErrors } from '../../resources/core/enforce';
import { findInEnvironment, siblingsInEnvironment } from '../../resources/core/siblings-in-environment';
import { BackupPlan } from '../../resources/plan/backup-plan';
import { acknowledge } from '../../resources/provider/nag-acknowledgements';
import { BackupRole } from '../../resources/role/backup-role';
import { BackupTag } from '../../resources/selection/backup-tag';
import { BackupVault } from '../../resources/vault/backup-vault';
import { show } from '../../values/core/amounts';
import { enumerateNames } from '../../values/core/enumeration';
import { type Problem, refuse } from '../../values/core/problem';
import type { BackupTier } from '../core/backup-tier';
import { doubleBackupProblems, registerReach } from '../core/tag-reach';
import {
  accountBackupProblems,
  secondAccountBackupProblems,
  type TaggedScope,
  taggedElsewhereProblems,
  tagTypoProblems,
} from './account-backup-laws';
import type { AccountBackupProps } from './account-backup-props';
import { TierTag } from './tier-tag';

export type { AccountBackupProps } from './account-backup-props';

const KIND = 'AccountBackup';

/**
 * Backs up everything in an account and Region that has the tag of a tier, whichever app or person created it: a key, a
 * vault, a role, and for each tier a plan that selects the resources with the tag `backup` = the name of the tier.
 *
 * Create one per account and Region. A second one with the same tag key backs up everything twice. Synthesis finds that
 * within an app; it can't see other apps. For the resources of one app only, use `WorkloadBackup`.
 */
@propertyInjectable
export class AccountBackup extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.AccountBackup';

  /** The vault for the recovery points. */
  public readonly vault: IBackupVaultRef;

  /** The role with which AWS Backup creates recovery points. */
  public readonly role: IRoleRef;

  /** The key of the tag. */
  public readonly tagKey: string;

  private readonly byTier = new Map<string, BackupPlan>();
  private readonly tagged: TaggedScope[] = [];

  constructor(scope: Construct, id: string, props: AccountBackupProps) {
    super(scope, id);
    enforce(this, accountBackupProblems(props));
    this.tagKey = props.tagKey ?? BackupTag.DEFAULT_KEY;
    enforce(this, secondAccountBackupProblems(this, this.tagKey));
    siblingsInEnvironment(this, KIND);
    this.vault = props.vault ?? new BackupVault(this, 'Vault', props.vaultOptions);
    this.role = props.role ?? new BackupRole(this, 'AwsBackupRole');
    for (const tier of props.tiers) this.protectTier(tier, props.windowsVss);
    registerReach({ pattern: this, key: this.tagKey, values: [...this.byTier.keys()] });
    this.node.addValidation({ validate: () => synthesisErrors(this, this.synthesisProblems()) });
  }

  /** The plans, in the order of the tiers. */
  public get plans(): BackupPlan[] {
    return [...this.byTier.values()];
  }

  /** The plan of a tier. Throws if there is no tier with this name. */
  public planOf(tierName: string): BackupPlan {
    const plan = this.byTier.get(tierName);
    if (plan) return plan;
    throw refuse(
      'Backup-AccountTiers',
      'tierName',
      `\`tierName\` must be a tier of \`${this.node.path}\` (${enumerateNames([...this.byTier.keys()])}), got ${show(tierName)}`,
      'add the tier to `tiers`',
    );
  }

  /**
   * The tag of a tier, for `resource.with(account.tagOf('gold'))`. Throws if there is no tier with this name. A resource in
   * another account or Region, where the app has no `AccountBackup` with this tier, causes a warning at synthesis.
   */
  public tagOf(tierName: string): BackupTag {
    this.planOf(tierName);
    return new TierTag(tierName, this.tagKey, (scope) => this.tagged.push({ scope, tierName }));
  }

  private protectTier(tier: BackupTier, windowsVss: boolean | undefined): void {
    const plan = new BackupPlan(this, `Plan-${tier.name.replaceAll('/', '--')}`, {
      vault: this.vault,
      rules: tier.rules,
      windowsVss,
      role: this.role,
    });
    this.byTier.set(tier.name, plan);
    const selection = plan.addSelection('Tagged', { tags: [this.tagOf(tier.name).condition] });
    acknowledge(
      selection,
      ['Annotation::Backup-SelectsNothing'],
      'it selects resources of every app in the account',
    );
  }

  private synthesisProblems(): Problem[] {
    const tiers = [...this.byTier.keys()];
    const resources = resourcesInEnvironment(this);
    const own = resources.filter(({ tags }) => tiers.includes(tags[this.tagKey]));
    const isBackedUp = (resource: IConstruct, tierName: string) =>
      findInEnvironment<AccountBackup>(resource, KIND).some(
        (other) => other.tagKey === this.tagKey && other.byTier.has(tierName),
      );
    return [
      ...tagTypoProblems(this.tagKey, tiers, resources),
      ...taggedElsewhereProblems(this, this.tagged, isBackedUp),
      ...doubleBackupProblems(this, 'tiers', own),
    ];
  }
}
