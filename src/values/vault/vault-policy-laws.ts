import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';

/** The only action on a vault that can be allowed for another account. */
export const COPY_INTO_VAULT = 'backup:CopyIntoBackupVault';

/** The checked parts of a statement in a vault access policy. */
export interface VaultStatementValues {
  readonly isAllow: boolean;
  readonly actions: readonly unknown[];
  /** Those of `NotAction`. */
  readonly notActions?: readonly unknown[];
  readonly hasPrincipal: boolean;
  /** The accounts in its principals other than that of the vault. */
  readonly otherAccounts: readonly string[];
  /** Whether its principal is everyone, without any condition. */
  readonly isPublic: boolean;
  /** Whether it applies to everyone but those in `NotPrincipal`, without any condition. */
  readonly isPublicExcept?: boolean;
}

/**
 * The law for a statement in a vault access policy: a principal, complete action names, and for other accounts only
 * copies into the vault.
 *
 * Source: Developer Guide "Vault access policies", 2026-04.
 */
export function vaultStatementProblems({
  isAllow,
  actions,
  notActions = [],
  hasPrincipal,
  otherAccounts,
  isPublic,
  isPublicExcept,
}: VaultStatementValues): Problem[] {
  const problems = [
    ...wholeActionProblems(actions, 'actions'),
    ...wholeActionProblems(notActions, 'notActions'),
  ];
  if (!hasPrincipal)
    problems.push(
      problem({
        id: 'Backup-VaultPolicyStatement',
        property: 'principals',
        message: (label) =>
          `${label('principals')} of a statement in a vault's access policy must name at least one, got none`,
        fix: 'for example, add `new AccountPrincipal(…)`, or `new StarPrincipal()` to deny',
      }),
    );
  if (!isAllow) return problems;
  for (const other of otherAccounts)
    problems.push(
      ...crossAccountActionProblems(actions, other, 'actions'),
      ...(notActions.length > 0 ? [crossAccountExceptionProblem(other)] : []),
    );
  if (isPublicExcept)
    problems.push(
      problem({
        id: 'Backup-PublicVaultPolicy',
        property: 'notPrincipals',
        message: (label) =>
          `${label('notPrincipals')} in a statement that allows leaves everyone else in every AWS account, without a condition to narrow it`,
        fix: 'use `allowCopyFrom()` with an account, an organization or an organizational unit',
      }),
    );
  if (isPublic)
    problems.push(
      problem({
        id: 'Backup-PublicVaultPolicy',
        property: 'principals',
        message: (label) =>
          `${label('principals')} is everyone in every AWS account, without a condition to narrow it`,
        fix: 'use `allowCopyFrom()` with an account, an organization or an organizational unit',
      }),
    );
  return problems;
}

/** The law for actions on a vault: an access policy accepts no wildcards in them. */
export function wholeActionProblems(actions: readonly unknown[], property = 'actions'): Problem[] {
  return actions
    .filter((action) => isKnown(action) && !isWholeAction(action))
    .map((action) =>
      problem({
        id: 'Backup-VaultPolicyWildcard',
        property,
        message: (label) =>
          `${label(property)} on a vault must be complete action names, since a vault access policy accepts no wildcards, got ${show(action)}`,
        fix: `name each action, such as \`${COPY_INTO_VAULT}\``,
      }),
    );
}

function isWholeAction(action: unknown): boolean {
  return typeof action === 'string' && /^[a-z0-9-]+:[a-z0-9]+$/i.test(action);
}

/** The law for actions allowed for another account. Incomplete action names have a law of their own. */
export function crossAccountActionProblems(
  actions: readonly unknown[],
  account: string,
  property = 'actions',
): Problem[] {
  return actions
    .filter((action) => isKnown(action) && isWholeAction(action) && action !== COPY_INTO_VAULT)
    .map((action) =>
      problem({
        id: 'Backup-CrossAccountGrant',
        property,
        message: (label) =>
          `${label(property)} for account ${account} can only be \`${COPY_INTO_VAULT}\`, got \`${action}\`: AWS Backup allows nothing else across accounts`,
        fix: 'let the other account assume a role in this account',
      }),
    );
}

/** The problem of `NotAction` for another account, which allows everything that it doesn't list. */
function crossAccountExceptionProblem(account: string): Problem {
  return problem({
    id: 'Backup-CrossAccountGrantExcept',
    property: 'notActions',
    message: (label) =>
      `${label('notActions')} for account ${account} allows every other action, but AWS Backup allows only \`${COPY_INTO_VAULT}\` across accounts`,
    fix: `allow only \`${COPY_INTO_VAULT}\`, and let the other account assume a role for the rest`,
  });
}

/**
 * The problem of a deletion denial without an exemption: nobody can change the access policy any more. Inferred from what
 * such a policy denies.
 */
export function denialWithoutExemptionProblem(property = 'deletionDenial'): Problem {
  return problem({
    id: 'Backup-DeletionDenialWithoutExemption',
    property,
    message: (label) =>
      `${label(property)} prevents everyone, including CloudFormation, from changing the access policy of the vault: later deployments that change it will fail`,
    fix: 'name the deployment role with `DeletionDenial.exceptFor(role)`',
  });
}

/** The statement of a vault's access policy that lets an account copy into it, as JSON to add. */
export function copyIntoVaultStatement(partition: string, account: string): string {
  return JSON.stringify({
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${account}:root` },
    Action: COPY_INTO_VAULT,
    Resource: '*',
  });
}
