import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';

/** The one action of a vault that can be allowed to another account. */
export const COPY_INTO_VAULT = 'backup:CopyIntoBackupVault';

/** A statement of the access policy of a vault, as far as laws hold for it. */
export interface VaultStatementValues {
  readonly isAllow: boolean;
  /** Those of `Action` and `NotAction`. */
  readonly actions: readonly unknown[];
  readonly hasPrincipal: boolean;
  /** The accounts that it speaks of and that aren't that of the vault. */
  readonly otherAccounts: readonly string[];
  /** Whether it speaks of everyone, without any condition. */
  readonly isPublic: boolean;
}

/** How the caller names the properties. */
export interface VaultStatementWords {
  readonly actions: string;
  readonly principals: string;
}

const WORDS: VaultStatementWords = { actions: 'actions', principals: 'principals' };

/**
 * The law of a statement in the access policy of a vault: a principal, whole actions, and to other accounts nothing
 * but copies into the vault.
 *
 * Source: Developer Guide "Vault access policies", 2026-04.
 */
export function vaultStatementProblems(
  { isAllow, actions, hasPrincipal, otherAccounts, isPublic }: VaultStatementValues,
  words: VaultStatementWords = WORDS,
): Problem[] {
  const problems = wholeActionProblems(actions, words.actions);
  if (!hasPrincipal)
    problems.push({
      id: 'Backup-VaultPolicyStatement',
      severity: 'error',
      property: words.principals,
      message: `\`${words.principals}\` of a statement in a vault's access policy must name at least one, got none`,
      fix: 'add for instance `new AccountPrincipal(…)`, or `new StarPrincipal()` to deny',
    });
  if (!isAllow) return problems;
  for (const other of otherAccounts)
    problems.push(...crossAccountActionProblems(actions, other, words.actions));
  if (isPublic)
    problems.push({
      id: 'Backup-PublicVaultPolicy',
      severity: 'warning',
      property: words.principals,
      message: `\`${words.principals}\` is everyone in every AWS account, and no condition narrows it`,
      fix: 'use `allowCopyFrom()` with an account, an organization or an organizational unit',
    });
  return problems;
}

/** The law of actions on a vault: an access policy takes no wildcards in them. */
export function wholeActionProblems(actions: readonly unknown[], property = WORDS.actions): Problem[] {
  return actions
    .filter((action) => isKnown(action) && !isWholeAction(action))
    .map((action) => ({
      id: 'Backup-VaultPolicyWildcard',
      severity: 'error',
      property,
      message: `\`${property}\` on a vault must be whole action names, since its access policy takes no wildcards, got ${show(action)}`,
      fix: `name each action, such as \`${COPY_INTO_VAULT}\``,
    }));
}

function isWholeAction(action: unknown): boolean {
  return typeof action === 'string' && /^[a-z0-9-]+:[a-z0-9]+$/i.test(action);
}

/** The law of actions that another account is allowed; what is no whole action is refused as that. */
export function crossAccountActionProblems(
  actions: readonly unknown[],
  account: string,
  property = WORDS.actions,
): Problem[] {
  return actions
    .filter((action) => isKnown(action) && isWholeAction(action) && action !== COPY_INTO_VAULT)
    .map((action) => ({
      id: 'Backup-CrossAccountGrant',
      severity: 'error',
      property,
      message: `\`${property}\` for account ${account} can only be \`${COPY_INTO_VAULT}\`, got \`${action}\`: AWS Backup allows nothing else across accounts`,
      fix: 'let the other account assume a role of this one',
    }));
}

/**
 * The law of the denial of deletion: without an exemption nobody can change the access policy any more. Inferred from
 * what such a policy denies.
 */
export function denialWithoutExemptionProblem(property = 'deletionDenial'): Problem {
  return {
    id: 'Backup-DeletionDenialWithoutExemption',
    severity: 'warning',
    property,
    message: `\`${property}\` denies everyone to change the access policy of the vault, CloudFormation included: later deployments that change it will fail`,
    fix: 'name the deployment role with `DeletionDenial.exceptFor(role)`',
  };
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
