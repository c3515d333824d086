import { CfnStackSet, type FileAssetSource, Lazy, Stack } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct, Dependable } from 'constructs';
import { report } from '../../resources/core/enforce';
import { generatedName } from '../../resources/core/generated-name';
import type { BackupRole } from '../../resources/role/backup-role';
import type { BackupKey } from '../../resources/vault/backup-key';
import { KeyPath } from '../../resources/vault/key-path';
import { BackupError, type Problem } from '../../values/core/problem';
import { DEFAULT_ROLE_NAME } from '../core/organization-backup-plan';
import type { OrganizationTarget } from '../core/organization-target';
import type { PolicyNeed } from '../core/policy-needs';
import { baselineServiceProblems } from './baseline-service-laws';
import { baselineProblems, deployedScopeProblems } from './member-baseline-laws';
import type { MemberBaselineProps, RolloutPreferences } from './member-baseline-props';
import { MemberStack } from './member-stack';
import { type MemberParts, memberParts } from './member-template';

/** What CloudFormation takes as the body of a template, and at a URL, in bytes. */
const MAX_BODY = 51_200;
const MAX_FILE = 1_000_000;

/**
 * What must be in every member account and Region before a backup policy can back anything up: vaults of the names that
 * the policy says, under a customer-managed key of each Region, with an access policy, and the role at its exact path.
 *
 * It is rolled out by StackSets, with the permissions of AWS Organizations: to organizational units with all that is below
 * them, and to the accounts that come later. Trusted access for StackSets has to be turned on in the organization. The
 * management account is no target: StackSets never deploys to it.
 *
 * Vaults, keys and the role stay in the accounts when the construct, the StackSet or an account goes. An account that comes
 * back has them already: import them into its stack, or delete them, since the rollout to it fails otherwise.
 *
 * AWS Backup's service-linked role makes itself. What a Region has opted in to is a matter of the management account,
 * whose settings hold for the plans of policies in all accounts (`BackupRegionSettings`).
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/manage-cross-account.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs.html
 */
@propertyInjectable
export class MemberBaseline extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.MemberBaseline';

  /**
   * The stack of the members. What else they need can be made in it, as long as it needs no files, and refers to no other
   * stack.
   */
  public readonly memberStack: Stack;

  /** Path and name of the role in every account. */
  public readonly roleName: string;

  /** The names of the vaults in every account and Region. */
  public readonly vaultNames: string[];

  /** The names of the logically air-gapped vaults. */
  public readonly airGappedVaultNames: string[];

  /** The Regions that it is rolled out to. */
  public readonly regions: string[];

  /** What it is rolled out to. */
  public readonly targets: OrganizationTarget[];

  /** The role in the member accounts; its stack is the one of the members. */
  public readonly role: BackupRole;

  /** The key of each Region in the member accounts. */
  public readonly encryptionKey: BackupKey;

  /** The topic of the events in the member accounts, if there is one. */
  public readonly topic?: ITopic;

  private readonly resource: CfnStackSet;
  /** What is made in the stack of the members, and in stacks of the app. */
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
    report(this, baselineProblems(this, props));
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
    // who waits for the baseline waits for the StackSet, not for the stacks of the members
    Dependable.implement(this, { dependencyRoots: [this.resource] });
  }

  /** The id of the StackSet. */
  public get stackSetId(): string {
    return this.resource.attrStackSetId;
  }

  /** The name of the StackSet. */
  public get stackSetName(): string {
    return this.resource.stackSetName;
  }

  /**
   * Lets copies out of the vaults go to another account: the key of the vaults lets it decrypt them. Policies do it for
   * the destinations of their copies.
   *
   * @param accountId 12 digits
   */
  public allowCopiesTo(accountId: string): void {
    if (this.allowedAccounts.has(accountId)) return;
    for (const { key } of this.parts) KeyPath.of(key).allowCopiesTo(accountId);
    this.allowedAccounts.add(accountId);
  }

  /**
   * Makes the same in a stack of an account that StackSets doesn't reach: the management account, where a policy on the root
   * holds too. Once for each Region; the stack of the home Region makes the role.
   *
   * @param scope a stack, or a scope in one
   */
  public deployTo(scope: Construct): void {
    report(this, deployedScopeProblems(scope, this.props, this.deployedRegions));
    this.deployedRegions.push(Stack.of(scope).region);
    const parts = memberParts(new Construct(scope, `${this.node.id}Parts`), this.props);
    for (const account of this.allowedAccounts) KeyPath.of(parts.key).allowCopiesTo(account);
    for (const need of this.needs) allowActions(parts.role, need);
    this.parts.push(parts);
  }

  /** Whether something is made outside of StackSets. @internal */
  public get _isDeployed(): boolean {
    return this.deployedRegions.length > 0;
  }

  /**
   * Makes the baseline serve a policy: what the policy needs and the baseline hasn't.
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

  /** A template that is too long for the StackSet becomes a file beside that of the stack. */
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
    const problem: Problem = {
      id: 'Backup-BaselineSize',
      severity: 'error',
      property: 'memberStack',
      message: `\`memberStack\` must have a template of at most ${max} bytes${max === MAX_BODY ? ' in a stack that can have no files' : ''}, got ${bytes}`,
      fix:
        max === MAX_BODY
          ? 'deploy the stack with the bootstrap resources of the CDK, or split the vaults and what was added to it into several baselines'
          : 'split the vaults and what was added to it into several baselines',
    };
    return new BackupError([problem], this.node.path);
  }
}

/** What the rules of a plan need of the role beside backups. */
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

function renderPreferences(preferences: RolloutPreferences = {}): CfnStackSet.OperationPreferencesProperty {
  const { maxConcurrentCount, failureToleranceCount, parallelRegions = true, strict = false } = preferences;
  const { maxConcurrentPercentage = 25, failureTolerancePercentage = 0 } = preferences;
  return {
    ...(maxConcurrentCount === undefined ? { maxConcurrentPercentage } : { maxConcurrentCount }),
    ...(failureToleranceCount === undefined ? { failureTolerancePercentage } : { failureToleranceCount }),
    regionConcurrencyType: parallelRegions ? 'PARALLEL' : 'SEQUENTIAL',
    concurrencyMode: strict ? 'STRICT_FAILURE_TOLERANCE' : 'SOFT_FAILURE_TOLERANCE',
  };
}
