import { CfnStackSet, type FileAssetSource, Lazy, Stack } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct, Dependable } from 'constructs';
import { enforce } from '../../resources/core/enforce';
import { generatedName } from '../../resources/core/generated-name';
import type { BackupRole } from '../../resources/role/backup-role';
import type { BackupKey } from '../../resources/vault/backup-key';
import { KeyPath } from '../../resources/vault/key-path';
import { BackupError, type Problem, problem } from '../../values/core/problem';
import type { OrganizationTarget } from '../core/organization-target';
import type { PolicyNeed } from '../core/policy-needs';
import { DEFAULT_ROLE_NAME } from '../core/role-names';
import { baselineServiceProblems } from './baseline-service-laws';
import { baselineProblems, deployedScopeProblems } from './member-baseline-laws';
import type { MemberBaselineProps, RolloutPreferenceOptions } from './member-baseline-props';
import { MemberStack } from './member-stack';
import { type MemberParts, memberParts } from './member-template';

/** The largest template that CloudFormation accepts in the request, and at a URL, in bytes. */
const MAX_BODY = 51_200;
const MAX_FILE = 1_000_000;

/**
 * What must exist in every member account and Region before a backup policy can back anything up: vaults with the names that
 * the policy uses, encrypted with a customer managed key in each Region, with an access policy, and the role at its exact
 * path.
 *
 * StackSets rolls it out with service-managed permissions: to organizational units with everything in them, and to accounts
 * that join later. Turn on trusted access for StackSets in the organization first. StackSets never deploys to the
 * management account.
 *
 * Vaults, keys and the role stay in the accounts when the construct, the StackSet or an account is removed. An account that
 * rejoins has them already: import them into its stack, or delete them; otherwise the rollout to it fails.
 *
 * AWS Backup creates its service-linked role itself. The opt-in settings of the management account apply to the plans of
 * policies in all accounts (`BackupRegionSettings`).
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/manage-cross-account.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs.html
 */
@propertyInjectable
export class MemberBaseline extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.MemberBaseline';

  /**
   * The stack for member accounts. You can add other resources that the accounts need, as long as they use no assets and
   * refer to no other stack.
   */
  public readonly memberStack: Stack;

  /** Path and name of the role in every account. */
  public readonly roleName: string;

  /** The names of the vaults in every account and Region. */
  public readonly vaultNames: string[];

  /** The names of the logically air-gapped vaults. */
  public readonly airGappedVaultNames: string[];

  /** The Regions of the rollout. */
  public readonly regions: string[];

  /** The targets of the rollout. */
  public readonly targets: OrganizationTarget[];

  /** The role in the member accounts, in `memberStack`. */
  public readonly role: BackupRole;

  /** The key of each Region in the member accounts. */
  public readonly encryptionKey: BackupKey;

  /** The topic of the events in the member accounts, if there is one. */
  public readonly topic?: ITopic;

  private readonly resource: CfnStackSet;
  /** The resources in `memberStack`, and in stacks of the app. */
  private readonly parts: MemberParts[];
  private readonly allowedAccounts = new Set<string>();
  private readonly needs: PolicyNeed[] = [];
  private readonly deployedRegions: string[] = [];
  private body?: string;
  private url?: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: MemberBaselineProps,
  ) {
    super(scope, id);
    enforce(this, baselineProblems(this, props));
    const { regions, roleName = DEFAULT_ROLE_NAME, delegatedAdmin } = props;
    const description = props.description ?? 'What AWS Backup needs in every member account';
    this.roleName = roleName;
    this.regions = [...regions];
    this.targets = [...props.targets];
    this.memberStack = new MemberStack(this, 'Member', description, (template, file) =>
      this.receive(template, file),
    );
    const parts = memberParts(this.memberStack, props);
    this.parts = [parts];
    this.vaultNames = [...parts.vaults.keys()];
    this.airGappedVaultNames = [...parts.airGappedVaults.keys()];
    this.role = parts.role;
    this.encryptionKey = parts.key;
    this.topic = parts.topic;
    this.resource = new CfnStackSet(this, 'Resource', {
      stackSetName: props.stackSetName ?? generatedName(scope, id, { maxLength: 128, separator: '-' }),
      description,
      permissionModel: 'SERVICE_MANAGED',
      callAs: delegatedAdmin ? 'DELEGATED_ADMIN' : undefined,
      capabilities: ['CAPABILITY_NAMED_IAM'],
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: props.retainsStacks ?? true },
      managedExecution: { Active: true },
      operationPreferences: renderPreferences(props.preferences),
      stackInstancesGroup: [{ deploymentTargets: renderTargets(props), regions }],
      templateBody: Lazy.uncachedString({ produce: () => this.body }),
      templateUrl: Lazy.uncachedString({ produce: () => this.url }),
    });
    // to depend on the baseline is to depend on the StackSet, not on the member stack
    Dependable.implement(this, { dependencyRoots: [this.resource] });
  }

  /** The ID of the StackSet. */
  public get stackSetId(): string {
    return this.resource.attrStackSetId;
  }

  /** The name of the StackSet. */
  public get stackSetName(): string {
    return this.resource.stackSetName;
  }

  /**
   * Allows another account to receive copies from the vaults: the key of the vaults lets it decrypt them. Policies call this
   * for the destinations of their copies.
   *
   * @param accountId 12 digits
   */
  public allowCopiesTo(accountId: string): void {
    if (this.allowedAccounts.has(accountId)) return;
    for (const { key } of this.parts) KeyPath.of(key).allowCopiesTo(accountId);
    this.allowedAccounts.add(accountId);
  }

  /**
   * Creates the same resources in a stack of an account that StackSets doesn't reach: the management account, which a policy
   * on the root also applies to. Call it once per Region; the stack in the home Region creates the role.
   *
   * @param scope a stack, or a scope in one
   */
  public deployTo(scope: Construct): void {
    enforce(this, deployedScopeProblems(scope, this.props, this.deployedRegions));
    this.deployedRegions.push(Stack.of(scope).region);
    const parts = memberParts(new Construct(scope, `${this.node.id}Parts`), this.props);
    for (const account of this.allowedAccounts) KeyPath.of(parts.key).allowCopiesTo(account);
    for (const need of this.needs) allowActions(parts.role, need);
    this.parts.push(parts);
  }

  /** Whether the baseline is also deployed outside of StackSets. @internal */
  public get _isDeployed(): boolean {
    return this.deployedRegions.length > 0;
  }

  /**
   * Grants what a policy needs, and reports what the baseline lacks.
   *
   * @internal
   */
  public _serve(needs: readonly PolicyNeed[]): Problem[] {
    for (const need of needs) {
      for (const account of need.copyAccounts) this.allowCopiesTo(account);
      for (const { role } of this.parts) allowActions(role, need);
      this.needs.push(need);
    }
    const [{ vaults, airGappedVaults }] = this.parts;
    const locks = new Map([...vaults].map(([name, { lock }]) => [name, lock]));
    const ranges = new Map(
      [...airGappedVaults].map(([name, { minRetentionDays, maxRetentionDays }]) => [
        name,
        { minRetentionDays, maxRetentionDays },
      ]),
    );
    return needs.flatMap((need) => baselineServiceProblems(this, need, locks, ranges));
  }

  /** A template that is too long for the StackSet resource is published as an asset. */
  private receive(template: string, file: FileAssetSource): void {
    const bytes = Buffer.byteLength(template);
    this.body = undefined;
    this.url = undefined;
    if (bytes <= MAX_BODY) this.body = template;
    else if (bytes > MAX_FILE) throw this.sizeError(bytes, MAX_FILE);
    else this.url = this.publish(file, bytes);
  }

  private publish(file: FileAssetSource, bytes: number): string {
    try {
      return Stack.of(this).synthesizer.addFileAsset(file).httpUrl;
    } catch {
      throw this.sizeError(bytes, MAX_BODY);
    }
  }

  private sizeError(bytes: number, max: number): BackupError {
    const tooLarge = problem({
      id: 'Backup-BaselineSize',
      property: 'memberStack',
      message: (label) =>
        `${label('memberStack')} must have a template of at most ${max} bytes${max === MAX_BODY ? ' in a stack without a bootstrapped environment' : ''}, got ${bytes}`,
      fix:
        max === MAX_BODY
          ? 'bootstrap the environment of the stack, or split the vaults and added resources into several baselines'
          : 'split the vaults and added resources into several baselines',
    });
    return new BackupError([tooLarge], this.node.path);
  }
}

/** Permissions that the rules of a plan need in addition to backups. */
function allowActions(role: BackupRole, need: PolicyNeed): void {
  for (const type of need.indexTypes) role.allowIndexOf(type);
  if (need.scans) role.allowScans();
}

function renderTargets({
  targets,
  excludedAccounts = [],
}: MemberBaselineProps): CfnStackSet.DeploymentTargetsProperty {
  const organizationalUnitIds = targets.map((target) => target.id);
  if (excludedAccounts.length === 0) return { organizationalUnitIds };
  return { organizationalUnitIds, accounts: excludedAccounts, accountFilterType: 'DIFFERENCE' };
}

function renderPreferences(
  preferences: RolloutPreferenceOptions = {},
): CfnStackSet.OperationPreferencesProperty {
  const { maxConcurrentCount, failureToleranceCount, parallelRegions = true, strict = false } = preferences;
  const { maxConcurrentPercentage = 25, failureTolerancePercentage = 0 } = preferences;
  return {
    ...(maxConcurrentCount === undefined ? { maxConcurrentPercentage } : { maxConcurrentCount }),
    ...(failureToleranceCount === undefined ? { failureTolerancePercentage } : { failureToleranceCount }),
    regionConcurrencyType: parallelRegions ? 'PARALLEL' : 'SEQUENTIAL',
    concurrencyMode: strict ? 'STRICT_FAILURE_TOLERANCE' : 'SOFT_FAILURE_TOLERANCE',
  };
}
