import { Stack } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { MemberBaseline } from '../../organization/baseline/member-baseline';
import type { OrganizationBackupPlanOptions } from '../../organization/core/organization-backup-plan-options';
import { DEFAULT_ROLE_NAME, STACK_SETS_ROLE } from '../../organization/core/role-names';
import { BackupPolicyDelegation } from '../../organization/delegation/backup-policy-delegation';
import { BackupPolicyDocument } from '../../organization/policy/backup-policy-document';
import { OrganizationBackupPolicy } from '../../organization/policy/organization-backup-policy';
import type { OrganizationBackupPolicyProps } from '../../organization/policy/organization-backup-policy-props';
import { BackupProtectionPolicy } from '../../organization/protection/backup-protection-policy';
import { BackupTagPolicy } from '../../organization/protection/backup-tag-policy';
import { enforce } from '../../resources/core/enforce';
import { deployBefore } from '../../resources/core/stack-order';
import { BackupGlobalSettings } from '../../resources/custom/backup-global-settings';
import { BackupRegionSettings } from '../../resources/custom/backup-region-settings';
import { BackupRule } from '../../resources/plan/backup-rule';
import { CopyAction } from '../../resources/plan/copy-action';
import { BackupTag } from '../../resources/selection/backup-tag';
import { CopySource } from '../../resources/vault/copy-source';
import { partitionOf } from '../../values/core/partitions';
import { TagCondition } from '../../values/core/tag-condition';
import type { Retention } from '../../values/plan/retention';
import { registerReach } from '../core/tag-reach';
import { CentralVault } from '../vault/central-vault';
import { copyRetentionOf } from './copy-retention';
import { attachmentProblems, organizationBackupProblems } from './organization-backup-laws';
import type {
  OrganizationBackupProps,
  OrganizationCentralOptions,
  OrganizationTierOptions,
} from './organization-backup-props';
import { overlapProblems } from './organization-overlap';

const CENTRAL_VAULT = 'organization-central';
const KEY_ALIAS = 'organization-backup';

/**
 * Backups of a whole organization, from one declaration in a stack in the management account: tag-based tiers become backup
 * policies, a baseline of vaults and a role in every member account, and copies in a central vault in the backup account.
 *
 * Resources in other accounts are created in the stacks that you pass: the policies and the baseline in the stack of the
 * delegated administrator, if there is one, and the central vault in the stack of the backup account.
 *
 * Before the first deployment, the organization needs all features, the policy types in use, and trusted access for AWS
 * Backup and for StackSets. A delegated administrator must be registered with both. CloudFormation has no resource types for
 * these. For AWS Backup, use `BackupOrganizationSettings` and `BackupDelegatedAdministrator` in a stack in the management
 * account that you deploy first. For StackSets, activate trusted access in the console or with
 * `aws cloudformation activate-organizations-access`.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/manage-cross-account.html
 */
@propertyInjectable
export class OrganizationBackup extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.OrganizationBackup';

  /** The resources in every member account. */
  public readonly baseline: MemberBaseline;

  /** The central vault, if there is one. */
  public readonly central?: CentralVault;

  /** The policy that allows the delegated administrator to manage backup policies, if there is one. */
  public readonly delegation?: BackupPolicyDelegation;

  /** The service control policy, if there is one. */
  public readonly protection?: BackupProtectionPolicy;

  /** The tag policy, if there is one. */
  public readonly tagPolicy?: BackupTagPolicy;

  private readonly byTier = new Map<string, OrganizationBackupPolicy[]>();

  constructor(scope: Construct, id: string, props: OrganizationBackupProps) {
    super(scope, id);
    enforce(this, organizationBackupProblems(this, props));
    const { delegatedAdmin, targets, tiers, tagKey = BackupTag.DEFAULT_KEY, keyAlias = KEY_ALIAS } = props;
    enforce(
      this,
      overlapProblems({
        owner: this,
        organizationId: props.organizationId,
        targets,
        names: [props.roleName ?? DEFAULT_ROLE_NAME, ...vaultsOf(tiers).map(({ name }) => name), keyAlias],
      }),
    );
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
      // with the protection, nobody else can create such a role
      exemptRoles: props.protection && [STACK_SETS_ROLE, ...(props.protection.exemptRoles ?? [])],
      notifications: props.notifications,
      preferences: props.preferences,
      delegatedAdmin: delegatedAdmin !== undefined,
    });
    for (const each of props.managementScopes ?? []) this.baseline.deployTo(each);
    this.makePolicies(admin, tagKey, props);

    registerReach({
      pattern: this,
      key: tagKey,
      values: tiers.map(({ tier }) => tier.name),
      regions: props.regions,
    });
    this.protection =
      props.protection &&
      new BackupProtectionPolicy(this, 'Protection', {
        ...props.protection,
        targets,
        roleName: props.roleName,
        vaultNames: this.baseline.vaultNames.map((name) => name.replaceAll('$region', '*')),
        keyAlias,
      });
    // deny nothing before the resources it protects exist
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
   * The policies of a tier: one, or several if its plans for the Regions are too long for one. Empty if there is no tier with
   * this name.
   */
  public policiesOf(tierName: string): OrganizationBackupPolicy[] {
    return [...(this.byTier.get(tierName) ?? [])];
  }

  /** Settings that CloudFormation has no resource types for. */
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

  private makeCentral(central: OrganizationCentralOptions, props: OrganizationBackupProps): CentralVault {
    const { scope, retention: _, coldStorageAfter: __, ...options } = central;
    return new CentralVault(scope, `${this.node.id}Central`, {
      ...options,
      backupVaultName: central.backupVaultName ?? CENTRAL_VAULT,
      copyFrom: [CopySource.organization(props.organizationId)],
    });
  }

  /** The plans per Region can be too long for one policy. */
  private makePolicies(scope: Construct, tagKey: string, props: OrganizationBackupProps): void {
    const { locked = true, targets } = props;
    const parts = props.tiers.flatMap((tier) => {
      const { name } = tier.tier;
      return fittingPolicies(planOf(tier, tagKey, props), locked).map((content, index) => ({
        name,
        id: index === 0 ? `Policy-${name}` : `Policy-${name}-${index + 1}`,
        content,
      }));
    });
    enforce(this, attachmentProblems(parts.length));
    for (const { name, id, content } of parts) {
      const policy = new OrganizationBackupPolicy(scope, id, {
        description: `What has the tag ${tagKey} = ${name}`,
        targets,
        baseline: this.baseline,
        ...content,
      });
      this.byTier.set(name, [...(this.byTier.get(name) ?? []), policy]);
      for (const central of this.central ? [this.central, ...this.central.replicas] : [])
        deployBefore(central, policy);
    }
  }
}

function planOf(
  options: OrganizationTierOptions,
  tagKey: string,
  { regions, roleName, central }: OrganizationBackupProps,
): OrganizationBackupPlanOptions {
  const { tier, vaultName = tier.name, copies = true } = options;
  return {
    name: tier.name,
    regions,
    vaultName,
    roleName,
    tags: [TagCondition.stringEquals(tagKey, tier.name)],
    rules:
      copies && central
        ? tier.rules.map((rule) =>
            withCopy(rule, centralCopy(central, regions, copyRetentionOf(options, rule, central))),
          )
        : tier.rules,
  };
}

/** The document of a policy, or the plans of an invalid one, whose errors the policy reports. */
type PolicyContent = Pick<OrganizationBackupPolicyProps, 'document' | 'plans' | 'locked'>;

/** Splits a plan by Region into as few policies as the length limit allows. */
function fittingPolicies(plan: OrganizationBackupPlanOptions, locked: boolean): PolicyContent[] {
  const whole = contentOf(plan, locked);
  if (whole.fits) return [whole.content];
  const parts: { readonly regions: string[]; readonly content: PolicyContent }[] = [];
  for (const region of plan.regions) {
    const last = parts.at(-1);
    const longer = last && [...last.regions, region];
    const extended = longer && contentOf({ ...plan, regions: longer }, locked);
    if (longer && extended?.fits) parts[parts.length - 1] = { regions: longer, content: extended.content };
    else
      parts.push({ regions: [region], content: contentOf({ ...plan, regions: [region] }, locked).content });
  }
  return parts.map(({ content }) => content);
}

function contentOf(plan: OrganizationBackupPlanOptions, locked: boolean) {
  const { document, problems } = BackupPolicyDocument._ofPlans([plan], { locked });
  const content: PolicyContent = document ? { document } : { plans: [plan], locked };
  return { content, fits: !problems.some(({ id }) => id === 'Backup-PolicySize') };
}

/** Each vault once, however many tiers back up to it. */
function vaultsOf(tiers: readonly OrganizationTierOptions[]) {
  const vaults = new Map<string, { name: string; lock: OrganizationTierOptions['lock'] }>();
  for (const { tier, vaultName: name = tier.name, lock } of tiers)
    if (!vaults.has(name)) vaults.set(name, { name, lock });
  return [...vaults.values()];
}

/** Copies stay in their Region if the central vault is in all of them. */
function centralCopy(
  central: OrganizationCentralOptions,
  regions: readonly string[],
  retention: Retention,
): CopyAction {
  const { account, region: main } = Stack.of(central.scope);
  const there = [central.scope, ...(central.replicas ?? [])].map((scope) => Stack.of(scope).region);
  const everywhere = regions.every((each) => there.includes(each));
  const region = everywhere ? (regions.length === 1 ? regions[0] : '$region') : main;
  const name = central.backupVaultName ?? CENTRAL_VAULT;
  return CopyAction.toVaultArn(`arn:${partitionOf(main)}:backup:${region}:${account}:backup-vault:${name}`, {
    retention,
    coldStorageAfter: central.coldStorageAfter,
  });
}

/** The same rule with another copy. */
function withCopy(rule: BackupRule, copy: CopyAction): BackupRule {
  return Object.assign(Object.create(BackupRule.prototype), rule, { copies: [...rule.copies, copy] });
}
