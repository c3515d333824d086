import { Aws, Resource, Stack } from 'aws-cdk-lib';
import {
  CfnResourcePolicy,
  type IResourcePolicyRef,
  type ResourcePolicyReference,
} from 'aws-cdk-lib/aws-organizations';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import {
  flagProblems,
  kindProblems,
  listProblems,
  propsProblems,
  requiredKindProblems,
} from '../../resources/core/argument-checks';
import { enforce } from '../../resources/core/enforce';
import { lazyRef } from '../../resources/core/lazy-ref';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import type { OrganizationTarget } from '../core/organization-target';
import { targetListProblems } from '../core/organization-targets';

/** Properties of a `BackupPolicyDelegation`. */
export interface BackupPolicyDelegationProps {
  /** The 12-digit IDs of the member accounts that may manage backup policies, at least one. */
  readonly accountIds: string[];

  /**
   * The ID of the organization, such as `o-a1b2c3d4e5`. Limits the permissions to resources of this organization.
   *
   * @default - any organization of the management account
   */
  readonly organizationId?: string;

  /**
   * What the accounts may attach backup policies to, and detach them from. Units and accounts inside an organizational unit
   * are not included, because AWS Organizations has no condition for that.
   *
   * @default - the root, every organizational unit and every account
   */
  readonly attachTo?: OrganizationTarget[];

  /**
   * Whether the accounts may also turn backup policies on and off for the organization. Turning them off detaches all
   * backup policies.
   *
   * @default false
   */
  readonly managesPolicyType?: boolean;

  /**
   * More statements of the delegation policy, for other policy types: an organization has a single delegation policy for
   * all types.
   *
   * @default - none
   */
  // biome-ignore lint/suspicious/noExplicitAny: statements of a policy, as JSON
  readonly otherStatements?: any[];
}

const READS = [
  'DescribeAccount',
  'DescribeOrganization',
  'DescribeOrganizationalUnit',
  'ListAccounts',
  'ListAccountsForParent',
  'ListChildren',
  'ListOrganizationalUnitsForParent',
  'ListParents',
  'ListRoots',
  'ListTagsForResource',
];
const POLICY_READS = [
  'DescribeEffectivePolicy',
  'DescribePolicy',
  'ListPolicies',
  'ListPoliciesForTarget',
  'ListTargetsForPolicy',
];
const POLICY_WRITES = ['CreatePolicy', 'DeletePolicy', 'UpdatePolicy'];
const ATTACHMENTS = ['AttachPolicy', 'DetachPolicy'];
const TAGS = ['TagResource', 'UntagResource'];
const POLICY_TYPE = ['DisablePolicyType', 'EnablePolicyType'];

/** Limits a statement to backup policies. */
const OF_BACKUP = { StringEquals: { 'organizations:PolicyType': 'BACKUP_POLICY' } };

/**
 * Lets member accounts manage the backup policies of the organization, and nothing else. Deploy it in the management
 * account; you can then deploy `OrganizationBackupPolicy` in a delegated account.
 *
 * An organization has a single delegation policy for all policy types: if one exists already, the deployment fails. Remove
 * it first, and pass its statements as `otherStatements`.
 *
 * To see the jobs of all accounts, also register the account with AWS Backup as a delegated administrator, with
 * `BackupDelegatedAdministrator`.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html
 */
@propertyInjectable
export class BackupPolicyDelegation extends Resource implements IResourcePolicyRef {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupPolicyDelegation';

  private readonly resource: CfnResourcePolicy;

  constructor(scope: Construct, id: string, props: BackupPolicyDelegationProps) {
    super(scope, id);
    enforce(this, delegationProblems(this, props));
    this.resource = new CfnResourcePolicy(this, 'Resource', {
      content: { Version: '2012-10-17', Statement: statements(this, props) },
    });
  }

  /** The ID of the delegation policy. */
  public get resourcePolicyId(): string {
    return this.resource.attrId;
  }

  /** The ARN of the delegation policy. */
  public get resourcePolicyArn(): string {
    return this.resource.attrArn;
  }

  /** How other constructs refer to this delegation policy. */
  public get resourcePolicyRef(): ResourcePolicyReference {
    return lazyRef({
      resourcePolicyId: () => this.resourcePolicyId,
      resourcePolicyArn: () => this.resourcePolicyArn,
    });
  }
}

/**
 * Source: AWS Organizations User Guide, "Example: Consolidated permissions to manage an organization's backup policies",
 * and Service Authorization Reference, AWS Organizations, 2026.
 */
function statements(delegation: Resource, props: BackupPolicyDelegationProps): object[] {
  const organization = props.organizationId ?? 'o-*';
  const arn = (resource: string) =>
    `arn:${Aws.PARTITION}:organizations::${Stack.of(delegation).account}:${resource}`;
  const policies = arn(`policy/${organization}/backup_policy/*`);
  const targets = props.attachTo
    ? props.attachTo.map((target) => arn(`${RESOURCE[target._kind]}/${organization}/${target.id}`))
    : [arn(`root/${organization}/*`), arn(`ou/${organization}/*`), arn(`account/${organization}/*`)];
  const principals = props.accountIds.map((account) => `arn:${Aws.PARTITION}:iam::${account}:root`);
  const allow = (
    sid: string,
    actions: readonly string[],
    resources: readonly string[],
    condition?: object,
  ) => ({
    Sid: sid,
    Effect: 'Allow',
    Principal: { AWS: principals.length === 1 ? principals[0] : principals },
    Action: actions.map((action) => `organizations:${action}`),
    Resource: resources.length === 1 ? resources[0] : resources,
    ...(condition ? { Condition: condition } : {}),
  });
  return [
    allow('ReadOrganization', READS, ['*']),
    allow('ReadBackupPolicies', POLICY_READS, ['*'], OF_BACKUP_IF_PRESENT),
    allow('ManageBackupPolicies', POLICY_WRITES, ['*'], OF_BACKUP),
    allow('AttachBackupPolicies', ATTACHMENTS, [policies, ...targets], OF_BACKUP),
    allow('TagBackupPolicies', TAGS, [policies]),
    ...(props.managesPolicyType
      ? [allow('TurnBackupPoliciesOnAndOff', POLICY_TYPE, [arn(`root/${organization}/*`)], OF_BACKUP)]
      : []),
    ...(props.otherStatements ?? []),
  ];
}

/** `ListTargetsForPolicy` doesn't pass the policy type. */
const OF_BACKUP_IF_PRESENT = { StringEqualsIfExists: OF_BACKUP.StringEquals };

const RESOURCE = { root: 'root', organizationalUnit: 'ou', account: 'account' } as const;

function delegationProblems(delegation: Resource, props: BackupPolicyDelegationProps): Problem[] {
  const id = 'Backup-PolicyDelegation' as const;
  const wrong = [
    ...requiredKindProblems(props, () => true, { id, property: 'props', what: 'an object with properties' }),
    ...propsProblems(id, props),
  ];
  if (wrong.length > 0) return wrong;
  const account = {
    id,
    property: 'accountIds',
    what: 'a 12-digit account ID',
    fix: 'write it in quotes',
  };
  const own = Stack.of(delegation).account;
  const unknown = unknownPropertyProblems(props, 'BackupPolicyDelegationProps');
  const problems = [
    ...(Array.isArray(props.accountIds)
      ? listProblems(props.accountIds, isAccount, account)
      : requiredKindProblems(props.accountIds, () => false, { ...account, what: 'a list of account IDs' })),
    ...kindProblems(props.organizationId, isOrganization, {
      id,
      property: 'organizationId',
      what: 'an organization ID such as `o-a1b2c3d4e5`',
    }),
    ...targetListProblems(props.attachTo, 'attachTo'),
    ...flagProblems(id, 'managesPolicyType', props.managesPolicyType),
    ...listProblems(props.otherStatements, isStatement, {
      id,
      property: 'otherStatements',
      what: 'a policy statement',
    }),
  ];
  if (problems.length > 0) return [...unknown, ...problems];
  problems.push(...unknown);
  if (props.accountIds.length === 0)
    problems.push(
      problem({
        id,
        property: 'accountIds',
        message: (label) => `${label('accountIds')} must contain at least one account, got none`,
      }),
    );
  if (isKnown(own) && props.accountIds.includes(own))
    problems.push(
      problem({
        id,
        property: 'accountIds',
        message: (label) =>
          `${label('accountIds')} must contain member accounts, got ${own}, the account of the stack, which must be the management account`,
        fix: 'deploy the delegation in the management account',
      }),
    );
  return problems;
}

const isAccount = (given: unknown) =>
  typeof given === 'string' && (!isKnown(given) || /^\d{12}$/.test(given));
const isOrganization = (given: unknown) =>
  typeof given === 'string' && (!isKnown(given) || /^o-[a-z0-9]{10,32}$/.test(given));
const isStatement = (given: unknown) => typeof given === 'object' && !Array.isArray(given);
