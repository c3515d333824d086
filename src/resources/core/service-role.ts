import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { CustomizedRole } from './customized-role';

/** What the role of a service can do. */
export interface ServiceRoleOptions {
  readonly service: string;
  readonly description: string;
  readonly policyDescription: string;
  readonly statements: readonly object[];
  /**
   * Whether the service says for which account it assumes the role.
   *
   * @default true
   */
  readonly saysAccount?: boolean;
}

/**
 * Creates `Policy` and `Role` for a service: L1s, because the L2 role would inline the policy, which cdk-nag's packs forbid.
 * Where `iam.Role.customizeRoles` names a precreated role, there is neither.
 */
export function makeServiceRole(
  scope: Construct,
  { service, description, policyDescription, statements, saysAccount = true }: ServiceRoleOptions,
): { readonly roleArn: string; readonly policy?: iam.CfnManagedPolicy } {
  const trust = serviceTrust(Stack.of(scope), service, saysAccount);
  const customized = CustomizedRole.of(scope, `${scope.node.path}/Role`, trust);
  customized?.addStatements(...statements);
  if (customized?.isPrecreated) return { roleArn: customized.roleArn };
  const policy = new iam.CfnManagedPolicy(scope, 'Policy', {
    description: policyDescription,
    policyDocument: { Version: '2012-10-17', Statement: statements },
  });
  const role = new iam.CfnRole(scope, 'Role', {
    description,
    assumeRolePolicyDocument: { Version: '2012-10-17', Statement: trust },
    managedPolicyArns: [policy.ref],
  });
  return { roleArn: role.attrArn, policy };
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
