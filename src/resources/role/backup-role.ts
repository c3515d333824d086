import { Aws, RemovalPolicy, Resource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { type Construct, DependencyGroup, type IConstruct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import { type Problem, throwErrors } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { ResourceType } from '../../values/resource-type/resource-type';
import {
  flagProblems,
  kindProblems,
  listProblems,
  propsProblems,
  removalPolicyProblems,
  textProblems,
} from '../core/argument-checks';
import { CustomizedRole } from '../core/customized-role';
import { lazyRef } from '../core/lazy-ref';
import { acknowledgeManagedPolicies } from '../core/managed-policies';
import { forThisAccount } from '../core/source-account';
import type { BackupRoleProps } from './backup-role-props';

/** The managed policy that malware scans need in addition to the ones for backups. */
const SCAN_POLICY = 'AWSBackupServiceRolePolicyForScans';

export type { BackupRoleProps } from './backup-role-props';

/**
 * The role that AWS Backup assumes, with AWS's managed policies for the resource types that it backs up and no others.
 *
 * `iam.Role.customizeRoles` works with it: the policy report names what it needs, and your precreated role takes its place.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html
 */
@propertyInjectable
export class BackupRole extends Resource implements iam.IRole {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupRole';

  /** The principal to grant permissions to: this role. */
  public readonly grantPrincipal: iam.IPrincipal = this;

  /** The action with which the role is assumed. */
  public readonly assumeRoleAction: string = 'sts:AssumeRole';

  /** How other constructs refer to this role. */
  public readonly roleRef: iam.RoleReference = lazyRef({
    roleArn: () => this.roleArn,
    roleName: () => this.roleName,
  });

  /** Undefined if the app provides a precreated role instead. */
  private readonly resource?: iam.CfnRole;
  private readonly customized?: CustomizedRole;
  /** Whether the name is explicit; other accounts can only refer to an explicit name. */
  private readonly named: boolean;
  private readonly policyNames: string[] = [];
  private readonly managedPolicyArns: string[] = [];
  private readonly restorable: boolean;
  private readonly dependents: IConstruct[] = [];
  private readonly inlinePolicies: iam.Policy[] = [];
  private defaultPolicy?: iam.Policy;

  constructor(scope: Construct, id: string, props: BackupRoleProps = {}) {
    throwErrors(roleProblems(props), `${scope.node.path}/${id}`);
    super(scope, id, { physicalName: props.roleName });
    this.restorable = props.restores ?? false;
    this.named = props.roleName !== undefined;
    // built on the L1 since the L2 role costs more than the plan, the selection and this role together
    const trust = [
      {
        Effect: 'Allow',
        Principal: { Service: 'backup.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: forThisAccount(this),
      },
    ];
    this.customized = CustomizedRole.of(this, this.node.path, trust);
    if (!this.customized?.isPrecreated) {
      this.resource = new iam.CfnRole(this, 'Resource', {
        roleName: props.roleName,
        description: props.description ?? 'Lets AWS Backup make recovery points',
        assumeRolePolicyDocument: { Version: '2012-10-17', Statement: trust },
        permissionsBoundary: props.permissionsBoundary?.managedPolicyArn,
      });
      this.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);
    }
    if (props.resourceTypes) this.allowBackupOf(...props.resourceTypes);
  }

  /** The ARN of the role. */
  public get roleArn(): string {
    if (!this.resource) return this.precreated.roleArn;
    if (!this.named) return this.resource.attrArn;
    return this.getResourceArnAttribute(this.resource.attrArn, {
      service: 'iam',
      region: '', // IAM is global
      resource: 'role',
      resourceName: this.physicalName,
    });
  }

  /** The name of the role. */
  public get roleName(): string {
    if (!this.resource) return this.precreated.roleName;
    return this.named ? this.getResourceNameAttribute(this.resource.ref) : this.resource.ref;
  }

  /** The account that the role is in. */
  public get principalAccount(): string | undefined {
    return this.env.account;
  }

  /** The policy fragment that identifies this role. */
  public get policyFragment(): iam.PrincipalPolicyFragment {
    return new iam.ArnPrincipal(this.roleArn).policyFragment;
  }

  /** Lets the role back up these resource types, and restore them if `restores` is set. */
  public allowBackupOf(...resourceTypes: ResourceType[]): void {
    throwErrors(typeProblems(resourceTypes), this.node.path);
    for (const type of resourceTypes) {
      this.attach(type.backupPolicies);
      if (this.restorable) this.attach(type.restorePolicies);
    }
  }

  /** Lets the role back up every resource type, for selections whose types can't be determined. */
  public allowBackupOfEverything(): void {
    this.attach(EVERY_BACKUP_POLICY);
    if (this.restorable) this.allowBackupOf(...ResourceType.all());
  }

  /** Lets the role create backup indexes for a resource type. */
  public allowIndexOf(resourceType: ResourceType): void {
    throwErrors(typeProblems([resourceType]), this.node.path);
    this.attach(resourceType.indexPolicies);
  }

  /** Lets the role start malware scans. */
  public allowScans(): void {
    this.attach([SCAN_POLICY]);
  }

  /** Adds a statement to the inline policy of the role. */
  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.customized?.addStatements(statement.toStatementJson());
    if (!this.resource) return { statementAdded: true, policyDependable: new DependencyGroup() };
    if (!this.defaultPolicy) {
      this.defaultPolicy = new iam.Policy(this, 'DefaultPolicy');
      this.attachInlinePolicy(this.defaultPolicy);
    }
    this.defaultPolicy.addStatements(statement);
    return { statementAdded: true, policyDependable: this.defaultPolicy };
  }

  /** Adds a statement to the inline policy of the role. */
  public addToPolicy(statement: iam.PolicyStatement): boolean {
    return this.addToPrincipalPolicy(statement).statementAdded;
  }

  /** Attaches an inline policy. Selections that use this role are deployed after it. */
  public attachInlinePolicy(policy: iam.Policy): void {
    if (this.inlinePolicies.includes(policy)) return;
    if (policy !== this.defaultPolicy)
      this.customized?.addStatements(...(policy.document.toJSON()?.Statement ?? []));
    if (!this.resource) return;
    this.inlinePolicies.push(policy);
    policy.attachToRole(this);
    for (const construct of this.dependents) construct.node.addDependency(policy);
  }

  /** Attaches a managed policy. */
  public addManagedPolicy(policy: iam.IManagedPolicy): void {
    this.attachArn(policy.managedPolicyArn);
  }

  /** Grants actions on this role. */
  public grant(grantee: iam.IPrincipal, ...actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.roleArn] });
  }

  /** Lets a principal pass this role to AWS Backup. */
  public grantPassRole(grantee: iam.IPrincipal): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['iam:PassRole'],
      resourceArns: [this.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
    });
  }

  /** Lets a principal assume this role, if the trust policy of the role allows it. */
  public grantAssumeRole(grantee: iam.IPrincipal): iam.Grant {
    return this.grant(grantee, 'sts:AssumeRole');
  }

  /**
   * Makes a construct depend on the inline policies of the role, including those attached later. Its reference to
   * the role makes it depend on the role and its managed policies anyway.
   *
   * @internal
   */
  public _deployBefore(construct: IConstruct): void {
    this.dependents.push(construct);
    for (const policy of this.inlinePolicies) construct.node.addDependency(policy);
  }

  private attach(policies: readonly string[]): void {
    const added = [...new Set(policies)].filter((policy) => !this.policyNames.includes(policy));
    this.policyNames.push(...added);
    for (const policy of added) this.attachArn(`arn:${Aws.PARTITION}:iam::aws:policy/${policy}`);
    acknowledgeManagedPolicies(this, added);
  }

  private attachArn(arn: string): void {
    if (this.managedPolicyArns.includes(arn)) return;
    this.managedPolicyArns.push(arn);
    this.customized?.addManagedPolicy(arn);
    if (this.resource) this.resource.managedPolicyArns = this.managedPolicyArns;
  }

  /** The role that the app provides instead. */
  private get precreated(): CustomizedRole {
    return this.customized as CustomizedRole;
  }
}

/** What IAM accepts for a role. Source: IAM API Reference, `CreateRole`, 2026-08. */
function roleProblems(props: BackupRoleProps): Problem[] {
  const wrong = propsProblems('Backup-RoleProps', props);
  if (wrong.length > 0) return wrong;
  return [
    ...unknownPropertyProblems(props, 'BackupRoleProps'),
    ...kindProblems(props.roleName, (name) => !isKnown(name) || isRoleName(name), {
      id: 'Backup-RoleName',
      property: 'roleName',
      what: '1 to 64 characters from `a-z`, `A-Z`, `0-9` and `+=,.@_-`',
    }),
    ...textProblems('Backup-RoleDescription', 'description', props.description, 1000),
    ...typeProblems(props.resourceTypes),
    ...flagProblems('Backup-RoleRestores', 'restores', props.restores),
    ...kindProblems(
      props.permissionsBoundary,
      (boundary: iam.IManagedPolicy) => typeof boundary.managedPolicyArn === 'string',
      {
        id: 'Backup-RoleBoundary',
        property: 'permissionsBoundary',
        what: 'a managed policy',
        fix: 'refer to an existing one with `ManagedPolicy.fromManagedPolicyArn`',
      },
    ),
    ...removalPolicyProblems(props.removalPolicy),
  ];
}

function isRoleName(name: unknown): boolean {
  return typeof name === 'string' && /^[\w+=,.@-]{1,64}$/.test(name);
}

function typeProblems(types: unknown): Problem[] {
  return listProblems(types, (type: unknown) => type instanceof ResourceType, {
    id: 'Backup-ResourceTypes',
    property: 'resourceTypes',
    what: 'a `ResourceType`',
    fix: 'for example, use `ResourceType.DYNAMODB`',
  });
}

/** The policies of a role that can back up any resource type. */
const EVERY_BACKUP_POLICY: readonly string[] = [
  ...new Set(ResourceType.all().flatMap((type) => type.backupPolicies)),
];
