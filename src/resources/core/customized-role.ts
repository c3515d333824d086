import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { getPrecreatedRoleConfig, PolicySynthesizer } from 'aws-cdk-lib/core/lib/helpers-internal';
import type { Construct } from 'constructs';

/**
 * What `iam.Role.customizeRoles` makes of a role of this library, which is an L1 where `iam.Role` would be too slow: an
 * entry in the policy report, and the precreated role in place of ours.
 */
export class CustomizedRole {
  /**
   * Undefined unless roles are customized.
   *
   * @param path the path of the role, by which the app names its precreated role
   * @param trust the statements of its trust policy
   */
  public static of(scope: Construct, path: string, trust: readonly object[]): CustomizedRole | undefined {
    const { enabled, preventSynthesis, precreatedRoleName } = getPrecreatedRoleConfig(scope, path);
    if (!enabled) return undefined;
    return new CustomizedRole(scope, path, trust, preventSynthesis !== false, precreatedRoleName);
  }

  /** The name of the precreated role; a placeholder if the app doesn't name one, which fails synthesis. */
  public readonly roleName: string;
  public readonly roleArn: string;

  private readonly managedPolicies: { readonly managedPolicyArn: string }[] = [];
  private readonly statements: object[] = [];

  private constructor(
    scope: Construct,
    path: string,
    trust: readonly object[],
    /** Whether the role must not be in the template. */
    public readonly isPrecreated: boolean,
    name: string | undefined,
  ) {
    this.roleName = name ?? path.split('/').slice(-1)[0];
    this.roleArn = Stack.of(scope).formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: this.roleName,
    });
    PolicySynthesizer.getOrCreate(scope).addRole(path, {
      roleName: this.roleName,
      missing: name === undefined,
      assumeRolePolicy: trust as unknown as string,
      // both grow until synthesis
      managedPolicies: this.managedPolicies,
      policyStatements: this.statements as unknown as string[],
    });
  }

  /** Reports a managed policy that the role needs. */
  public addManagedPolicy(managedPolicyArn: string): void {
    this.managedPolicies.push({ managedPolicyArn });
  }

  /** Reports statements that the role needs. */
  public addStatements(...statements: object[]): void {
    this.statements.push(...statements);
  }
}

/** What the role of a service can do. */
export interface ServiceRoleOptions {
  readonly service: string;
  readonly description: string;
  readonly policyDescription: string;
  readonly statements: readonly object[];
  /** Statements in a policy of their own, since a managed policy holds 6,144 characters. */
  readonly moreStatements?: readonly object[];
  /**
   * Whether the service says for which account it assumes the role.
   *
   * @default true
   */
  readonly saysAccount?: boolean;
}

/** A role of a service, and its policies. */
export interface ServiceRole {
  readonly roleArn: string;
  readonly policy?: iam.CfnManagedPolicy;
  /** With `moreStatements` only. */
  readonly morePolicy?: iam.CfnManagedPolicy;
}

/**
 * Creates `Policy` and `Role` for a service: L1s, because the L2 role would inline the policy, which cdk-nag's packs forbid.
 * Where `iam.Role.customizeRoles` names a precreated role, there is neither.
 */
export function makeServiceRole(
  scope: Construct,
  {
    service,
    description,
    policyDescription,
    statements,
    moreStatements = [],
    saysAccount = true,
  }: ServiceRoleOptions,
): ServiceRole {
  const trust = serviceTrust(Stack.of(scope), service, saysAccount);
  const customized = CustomizedRole.of(scope, `${scope.node.path}/Role`, trust);
  customized?.addStatements(...statements, ...moreStatements);
  if (customized?.isPrecreated) return { roleArn: customized.roleArn };
  const makePolicy = (id: string, Statement: readonly object[]) =>
    new iam.CfnManagedPolicy(scope, id, {
      description: policyDescription,
      policyDocument: { Version: '2012-10-17', Statement },
    });
  const policy = makePolicy('Policy', statements);
  const morePolicy = moreStatements.length > 0 ? makePolicy('MorePolicy', moreStatements) : undefined;
  const role = new iam.CfnRole(scope, 'Role', {
    description,
    assumeRolePolicyDocument: { Version: '2012-10-17', Statement: trust },
    managedPolicyArns: [policy.ref, ...(morePolicy ? [morePolicy.ref] : [])],
  });
  return { roleArn: role.attrArn, policy, morePolicy };
}

/** A trust policy for a service, limited to this account if the service says for which it acts. */
function serviceTrust(stack: Stack, service: string, saysAccount: boolean): object[] {
  return [
    {
      Effect: 'Allow',
      Principal: { Service: iam.ServicePrincipal.servicePrincipalName(service) },
      Action: 'sts:AssumeRole',
      ...(saysAccount && { Condition: { StringEquals: { 'aws:SourceAccount': stack.account } } }),
    },
  ];
}
