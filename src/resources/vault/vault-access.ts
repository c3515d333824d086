import type { IBackupVault } from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { isKnown } from '../../values/core/amounts';
import { type Problem, problem, throwErrors } from '../../values/core/problem';
import { awsManagedKeyProblem } from '../../values/vault/vault-key-laws';
import {
  COPY_INTO_VAULT,
  crossAccountActionProblems,
  vaultStatementProblems,
  wholeActionProblems,
} from '../../values/vault/vault-policy-laws';
import { requiredKindProblems } from '../core/argument-checks';
import { enforce } from '../core/enforce';

/**
 * What AWS Backup accepts as a statement in a vault access policy: a principal, complete action names, and for other
 * accounts only copies into the vault.
 *
 * Source: Developer Guide "Vault access policies", 2026-04.
 *
 * @param account the account of the vault
 */
export function accessStatementProblems(statement: iam.PolicyStatement, account: string): Problem[] {
  const wrong = requiredKindProblems(statement, ({ actions, principals }) => isList(actions, principals), {
    id: 'Backup-VaultPolicyStatement',
    property: 'statement',
    what: 'a `PolicyStatement`',
  });
  if (wrong.length > 0) return wrong;
  return vaultStatementProblems({
    isAllow: statement.effect === iam.Effect.ALLOW,
    actions: statement.actions,
    notActions: statement.notActions,
    hasPrincipal: statement.hasPrincipal,
    otherAccounts: otherAccounts(statement.principals, account),
    isPublic: isPublic(statement),
  });
}

/** The access policy of a vault created in this app. */
export interface AccessPolicy {
  add(statement: iam.PolicyStatement): void;
  /** Whether the vault uses the AWS-managed key, which prevents most cross-account copies. */
  readonly underAwsManagedKey: boolean;
}

/**
 * Grants actions on a vault. In the account of the vault, the policies of the grantee are changed, or the access policy
 * if the grantee has no policy that can be changed. From another account, only copies into the vault are possible, and
 * only if both policies allow them.
 *
 * @param policy undefined for an imported vault
 */
export function grantOnVault(
  vault: IBackupVault,
  grantee: iam.IGrantable,
  actions: string[],
  policy?: AccessPolicy,
): iam.Grant {
  throwErrors([...granteeProblems(grantee), ...actionProblems(actions)], vault.node.path);
  const { grantPrincipal } = grantee;
  const { account } = vault.env;
  const others = otherAccounts([grantPrincipal], account);
  enforce(
    vault,
    others.flatMap((other) => [
      ...crossAccountActionProblems(actions, other),
      ...(policy?.underAwsManagedKey
        ? [
            awsManagedKeyProblem(
              'grantee',
              'needs a vault under a customer-managed key',
              `one of account ${other}`,
            ),
          ]
        : []),
    ]),
  );

  const options = { grantee, actions, resourceArns: [vault.backupVaultArn], resourceSelfArns: ['*'] };
  const copies = actions.every((action) => action === COPY_INTO_VAULT);
  // an account known only at deployment may be a different one; allowing copies in both policies is safe
  const bothSides = others.length > 0 || (copies && !sameAccount(grantPrincipal.principalAccount, account));
  if (!policy || !bothSides) {
    const grant = iam.Grant.addToPrincipal(options);
    if (!policy) enforce(vault, importedGrantProblems(grant, others));
    if (!policy || grant.success) return grant;
  }
  return iam.Grant.addToPrincipalAndResource({
    ...options,
    resource: {
      env: vault.env,
      addToResourcePolicy: (statement) => {
        policy.add(statement);
        return { statementAdded: true, policyDependable: vault };
      },
    },
  });
}

function isList(...values: unknown[]): boolean {
  return values.every(Array.isArray);
}

function granteeProblems(grantee: unknown): Problem[] {
  return requiredKindProblems(
    grantee,
    ({ grantPrincipal }: iam.IGrantable) => typeof grantPrincipal?.addToPrincipalPolicy === 'function',
    {
      id: 'Backup-Grantee',
      property: 'grantee',
      what: 'an `IGrantable`, such as a role',
    },
  );
}

function actionProblems(actions: readonly unknown[]): Problem[] {
  if (actions.length > 0) return wholeActionProblems(actions);
  return [
    problem({
      id: 'Backup-GrantWithoutAction',
      property: 'actions',
      message: (label) => `${label('actions')} must contain at least one action, got none`,
      fix: `pass an action such as \`${COPY_INTO_VAULT}\``,
    }),
  ];
}

/** Grants that would need a change to the access policy of an imported vault. */
function importedGrantProblems(grant: iam.Grant, others: readonly string[]): Problem[] {
  if (others.length > 0)
    return [
      problem({
        id: 'Backup-ImportedVaultGrant',
        property: 'grantee',
        message: (label) =>
          `${label('grantee')} is in account ${others[0]}, so the access policy of the vault must also allow it, but this app can't change the policy of an imported vault`,
        fix: `allow \`${COPY_INTO_VAULT}\` in the app that creates the vault`,
      }),
    ];
  if (grant.success) return [];
  return [
    problem({
      id: 'Backup-GrantWithoutEffect',
      property: 'grantee',
      message: (label) =>
        `${label('grantee')} gets no permissions, since this app can change neither its policies nor the access policy of an imported vault`,
      fix: 'allow the actions in the app that creates the grantee or the vault',
    }),
  ];
}

/** The accounts of principals that are known to be different from the account of the vault. */
function otherAccounts(principals: readonly iam.IPrincipal[], account: string): string[] {
  if (!isKnown(account)) return [];
  const accounts = principals.flatMap(accountsOf);
  return [...new Set(accounts)].filter((other) => isKnown(other) && other !== account);
}

function accountsOf(principal: iam.IPrincipal): string[] {
  if (principal.principalAccount !== undefined) return [principal.principalAccount];
  const { arn } = principal as { arn?: unknown }; // an `ArnPrincipal` has no `principalAccount`
  return typeof arn === 'string' ? (/^arn:[^:]+:(?:iam|sts)::(\d{12}):/.exec(arn)?.slice(1) ?? []) : [];
}

/** Like the CDK, treats two accounts that are known only at deployment as the same. */
function sameAccount(one: string | undefined, other: string): boolean {
  return one === undefined || one === other || (!isKnown(one) && !isKnown(other));
}

/** Whether a statement applies to everyone, without any condition. */
function isPublic(statement: iam.PolicyStatement): boolean {
  const { Principal, Condition } = statement.toStatementJson();
  return Condition === undefined && (Principal === '*' || Principal?.AWS === '*');
}
