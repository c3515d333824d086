import type { IBackupVault } from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { isKnown } from '../../values/core/amounts';
import { type Problem, throwErrors } from '../../values/core/problem';
import { awsManagedKeyProblem } from '../../values/vault/vault-key-laws';
import {
  COPY_INTO_VAULT,
  crossAccountActionProblems,
  vaultStatementProblems,
  wholeActionProblems,
} from '../../values/vault/vault-policy-laws';
import { requiredKindProblems } from '../core/argument-checks';
import { report, warn } from '../core/enforce';

/**
 * The law of a statement in the access policy of a vault: a principal, whole actions, and to other accounts nothing
 * but copies into the vault.
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
    actions: [...statement.actions, ...statement.notActions],
    hasPrincipal: statement.hasPrincipal,
    otherAccounts: otherAccounts(statement.principals, account),
    isPublic: isPublic(statement),
  });
}

/** The access policy of a vault that is made in this app. */
export interface AccessPolicy {
  add(statement: iam.PolicyStatement): void;
  /** Whether the vault is under the AWS-managed key, where little arrives from another account. */
  readonly underAwsManagedKey: boolean;
}

/**
 * Grants actions on a vault. In the vault's own account that is a matter of the grantee's policies, and of the access
 * policy where the grantee has none that can be changed. From another account only copies into the vault can work,
 * and only when both policies allow them.
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
  report(
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
  // an account that isn't known until deployment may be another: for copies, both policies do no harm
  const bothSides = others.length > 0 || (copies && !sameAccount(grantPrincipal.principalAccount, account));
  if (!policy || !bothSides) {
    const grant = iam.Grant.addToPrincipal({ ...options, scope: vault });
    if (!policy) warn(vault, importedGrantProblems(grant, others));
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
    {
      id: 'Backup-GrantWithoutAction',
      severity: 'error',
      property: 'actions',
      message: '`actions` must name at least one action, got none',
      fix: `name it, such as \`${COPY_INTO_VAULT}\``,
    },
  ];
}

/** An access policy that is made elsewhere can't be changed here. */
function importedGrantProblems(grant: iam.Grant, others: readonly string[]): Problem[] {
  if (others.length > 0)
    return [
      {
        id: 'Backup-CrossAccountGrant',
        severity: 'warning',
        property: 'grantee',
        message: `\`grantee\` is in account ${others[0]}, and the access policy of an imported vault, which must allow it too, can't be changed here`,
        fix: `allow \`${COPY_INTO_VAULT}\` where the vault is made`,
      },
    ];
  if (grant.success) return [];
  return [
    {
      id: 'Backup-GrantWithoutEffect',
      severity: 'warning',
      property: 'grantee',
      message:
        '`grantee` got nothing: neither its policies nor the access policy of an imported vault can be changed here',
      fix: 'allow the actions where the grantee or the vault is made',
    },
  ];
}

/** The accounts of the principals that are known to be others than that of the vault. */
function otherAccounts(principals: readonly iam.IPrincipal[], account: string): string[] {
  if (!isKnown(account)) return [];
  const accounts = principals.flatMap(accountsOf);
  return [...new Set(accounts)].filter((other) => isKnown(other) && other !== account);
}

function accountsOf(principal: iam.IPrincipal): string[] {
  if (principal.principalAccount !== undefined) return [principal.principalAccount];
  const { arn } = principal as { arn?: unknown }; // an `ArnPrincipal` doesn't tell its account
  return typeof arn === 'string' ? (/^arn:[^:]+:(?:iam|sts)::(\d{12}):/.exec(arn)?.slice(1) ?? []) : [];
}

/** As the CDK has it: two accounts that are known at deployment only are the same. */
function sameAccount(one: string | undefined, other: string): boolean {
  return one === undefined || one === other || (!isKnown(one) && !isKnown(other));
}

/** Whether a statement speaks of everyone, without any condition. */
function isPublic(statement: iam.PolicyStatement): boolean {
  const { Principal, Condition } = statement.toStatementJson();
  return Condition === undefined && (Principal === '*' || Principal?.AWS === '*');
}
