import { Stack } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { MemberBaseline } from '../../organization/baseline/member-baseline';
import type { OrganizationBackupPlan } from '../../organization/core/organization-backup-plan';
import { BackupPolicyDelegation } from '../../organization/delegation/backup-policy-delegation';
import { BackupPolicyDocument } from '../../organization/policy/backup-policy-document';
import { OrganizationBackupPolicy } from '../../organization/policy/organization-backup-policy';
import { BackupProtectionPolicy } from '../../organization/protection/backup-protection-policy';
import { BackupTagPolicy } from '../../organization/protection/backup-tag-policy';
import { report } from '../../resources/core/enforce';
import { deployBefore } from '../../resources/core/stack-order';
import { BackupGlobalSettings } from '../../resources/custom/backup-global-settings';
import { BackupRegionSettings } from '../../resources/custom/backup-region-settings';
import { BackupRule } from '../../resources/plan/backup-rule';
import { CopyAction } from '../../resources/plan/copy-action';
import { BackupTag } from '../../resources/selection/backup-tag';
import { CopySource } from '../../resources/vault/copy-source';
import { partitionOf } from '../../values/core/partitions';
import { TagCondition } from '../../values/core/tag-condition';
import { CentralVault } from '../vault/central-vault';
import { attachmentProblems, organizationBackupProblems } from './organization-backup-laws';
import type {
  OrganizationBackupProps,
  OrganizationCentral,
  OrganizationTier,
} from './organization-backup-props';

const CENTRAL_VAULT = 'organization-central';
const KEY_ALIAS = 'organization-backup';

/**
 * Backups of a whole organization, from one declaration in a stack of the management account: tiers of a tag become backup
 * policies, a baseline of vaults and a role in every member account, and copies in a central vault of the backup account.
 *
 * What belongs to other accounts is made in the stacks that are named for them: the policies and the baseline where a
 * delegated administrator is named, the central vault in the backup account.
 *
 * Before the first deployment, the organization needs all features, the policy types that are used, and trusted access for
 * AWS Backup and for StackSets; a delegated administrator has to be registered for both. CloudFormation has no resources
 * for these: `BackupOrganizationSettings` and `BackupDelegatedAdministrator`, in a stack of the management account that is
 * deployed before, do it for AWS Backup. For StackSets, activate trusted access in the console or by
 * `aws cloudformation activate-organizations-access`.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/manage-cross-account.html
 */
@propertyInjectable
export class OrganizationBackup extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.OrganizationBackup';

  /** What every member account gets. */
  public readonly baseline: MemberBaseline;

  /** The central vault, if there is one. */
  public readonly central?: CentralVault;

  /** What lets the delegated administrator manage the policies, if there is one. */
  public readonly delegation?: BackupPolicyDelegation;

  /** The service control policy, if there is one. */
  public readonly protection?: BackupProtectionPolicy;

  /** The tag policy, if there is one. */
  public readonly tagPolicy?: BackupTagPolicy;

  private readonly byTier = new Map<string, OrganizationBackupPolicy[]>();

  constructor(scope: Construct, id: string, props: OrganizationBackupProps) {
    super(scope, id);
    report(this, organizationBackupProblems(this, props));
    const { delegatedAdmin, targets, tiers, tagKey = BackupTag.DEFAULT_KEY, keyAlias = KEY_ALIAS } = props;
    const admin = delegatedAdmin ? new Construct(delegatedAdmin, id) : this;
    if (delegatedAdmin) {
      this.delegation = new BackupPolicyDelegation(this, 'Delegation', {
        accountIds: [Stack.of(delegatedAdmin).account],
        organizationId: props.organizationId,
      });
      deployBefore(this, delegatedAdmin);
    }
    this.settings(props);

    this.central = props.central && this.makeCentral(props.central, props);
    this.baseline = new MemberBaseline(admin, 'Baseline', {
      targets,
      regions: props.regions,
      homeRegion: props.homeRegion,
      excludedAccounts: props.excludedAccounts,
      vaults: vaultsOf(tiers),
      airGappedVaults: props.airGappedVaults,
      roleName: props.roleName,
      restores: props.restores,
      keyOptions: { alias: keyAlias },
      exemptRoles: props.protection?.exemptRoles,
      notifications: props.notifications,
      preferences: props.preferences,
      delegatedAdmin: delegatedAdmin !== undefined,
    });
    for (const each of props.managementScopes ?? []) this.baseline.deployTo(each);
    this.makePolicies(admin, tagKey, props);

    this.protection =
      props.protection &&
      new BackupProtectionPolicy(this, 'Protection', {
        targets,
        roleName: props.roleName,
        vaultNames: this.baseline.vaultNames.map((name) => name.replaceAll('$region', '*')),
        keyAlias,
        exemptRoles: props.protection.exemptRoles,
      });
    // nothing is denied before what it protects is there
    if (this.protection && !delegatedAdmin) this.protection.node.addDependency(this.baseline);
    this.tagPolicy = props.tagPolicy
      ? new BackupTagPolicy(this, 'TagPolicy', {
          tagKey,
          targets,
          values: tiers.map(({ tier }) => tier.name),
        })
      : undefined;
  }

  /** All policies, in the order of the tiers. */
  public get policies(): OrganizationBackupPolicy[] {
    return [...this.byTier.values()].flat();
  }

  /**
   * The policies of a tier: one, or several where its plans for the Regions are too long for one. None where no tier has the
   * name.
   */
  public policiesOf(tierName: string): OrganizationBackupPolicy[] {
    return [...(this.byTier.get(tierName) ?? [])];
  }

  /** What CloudFormation has no types for. */
  private settings(props: OrganizationBackupProps): void {
    const { central, delegatedAdmin, optIn, managesGlobalSettings = true } = props;
    if (managesGlobalSettings && (central || delegatedAdmin))
      new BackupGlobalSettings(this, 'Settings', {
        crossAccountBackup: central ? true : undefined,
        delegatedAdministrator: delegatedAdmin ? true : undefined,
      });
    if (optIn)
      for (const each of [this, ...(props.optInScopes ?? [])])
        new BackupRegionSettings(each === this ? this : new Construct(each, this.node.id), 'OptIn', {
          optIn,
        });
  }

  private makeCentral(central: OrganizationCentral, props: OrganizationBackupProps): CentralVault {
    const { scope, retention: _, coldStorageAfter: __, ...options } = central;
    return new CentralVault(scope, `${this.node.id}Central`, {
      ...options,
      backupVaultName: central.backupVaultName ?? CENTRAL_VAULT,
      copyFrom: [CopySource.organization(props.organizationId)],
    });
  }

  /** A plan that is one for each Region can be too long for one policy. */
  private makePolicies(scope: Construct, tagKey: string, props: OrganizationBackupProps): void {
    const { locked = true, targets } = props;
    const tiers = props.tiers.map((each) => ({ name: each.tier.name, plan: planOf(each, tagKey, props) }));
    const parts = tiers.flatMap(({ name, plan }) =>
      fittingPlans(plan, locked).map((part, index) => ({
        name,
        id: index === 0 ? `Policy-${name}` : `Policy-${name}-${index + 1}`,
        plan: part,
      })),
    );
    report(this, attachmentProblems(parts.length));
    for (const { name, id, plan } of parts) {
      const policy = new OrganizationBackupPolicy(scope, id, {
        description: `What has the tag ${tagKey} = ${name}`,
        plans: [plan],
        locked,
        targets,
        baseline: this.baseline,
      });
      this.byTier.set(name, [...(this.byTier.get(name) ?? []), policy]);
      for (const central of this.central ? [this.central, ...this.central.replicas] : [])
        deployBefore(central, policy);
    }
  }
}

function planOf(
  { tier, vaultName = tier.name, copies = true }: OrganizationTier,
  tagKey: string,
  { regions, roleName, central }: OrganizationBackupProps,
): OrganizationBackupPlan {
  const copy = copies && central ? centralCopy(central, regions) : undefined;
  return {
    name: tier.name,
    regions,
    vaultName,
    roleName,
    tags: [TagCondition.stringEquals(tagKey, tier.name)],
    rules: copy ? tier.rules.map((rule) => withCopy(rule, copy)) : tier.rules,
  };
}

/** The plan for as many Regions as a policy has room for, in the order of the Regions. */
function fittingPlans(plan: OrganizationBackupPlan, locked: boolean): OrganizationBackupPlan[] {
  const fits = (part: OrganizationBackupPlan) =>
    !BackupPolicyDocument._ofPlans([part], { locked }).problems.some(({ id }) => id === 'Backup-PolicySize');
  if (fits(plan)) return [plan];
  const parts: OrganizationBackupPlan[] = [];
  for (const region of plan.regions) {
    const last = parts.pop();
    const longer = last && { ...last, regions: [...last.regions, region] };
    if (longer && fits(longer)) parts.push(longer);
    else parts.push(...(last ? [last] : []), { ...plan, regions: [region] });
  }
  return parts;
}

/** A vault once, however many tiers back up into it. */
function vaultsOf(tiers: readonly OrganizationTier[]) {
  const vaults = new Map<string, { name: string; lock: OrganizationTier['lock'] }>();
  for (const { tier, vaultName: name = tier.name, lock } of tiers)
    if (!vaults.has(name)) vaults.set(name, { name, lock });
  return [...vaults.values()];
}

/** Copies stay in their Region where the central vault is in all of them. */
function centralCopy(central: OrganizationCentral, regions: readonly string[]): CopyAction {
  const { account, region: main } = Stack.of(central.scope);
  const there = [central.scope, ...(central.replicas ?? [])].map((scope) => Stack.of(scope).region);
  const everywhere = regions.every((each) => there.includes(each));
  const region = everywhere ? (regions.length === 1 ? regions[0] : '$region') : main;
  const name = central.backupVaultName ?? CENTRAL_VAULT;
  return CopyAction.toVaultArn(`arn:${partitionOf(main)}:backup:${region}:${account}:backup-vault:${name}`, {
    retention: central.retention,
    coldStorageAfter: central.coldStorageAfter,
  });
}

/** The same rule, with a further copy. */
function withCopy(rule: BackupRule, copy: CopyAction): BackupRule {
  return Object.assign(Object.create(BackupRule.prototype), rule, { copies: [...rule.copies, copy] });
}
