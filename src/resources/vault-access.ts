import { Token } from 'aws-cdk-lib';
import type { IBackupVault } from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Problem } from '../values/problem';
import { throwErrors } from '../values/problem';

/** The one action of a vault that can be granted to another account. */
export const COPY_INTO_VAULT = 'backup:CopyIntoBackupVault';

/**
 * The law of a statement in the access policy of a vault: no wildcards in actions.
 *
 * Source: Developer Guide "Vault access policies", 2026-04.
 */
export function accessStatementProblems(statement: iam.PolicyStatement): Problem[] {
  return wildcardProblems([...statement.actions, ...statement.notActions], 'actions');
}

function wildcardProblems(actions: readonly string[], property: string): Problem[] {
  return actions
    .filter((action) => !Token.isUnresolved(action) && action.includes('*'))
    .map((action) => ({
      id: 'Backup-VaultPolicyWildcard',
      severity: 'error',
      property,
      message: `\`${property}\` of a vault's access policy must be whole action names, got \`${action}\`, and AWS Backup refuses wildcards there`,
      fix: 'name each action, such as `backup:CopyIntoBackupVault`',
    }));
}

/**
 * Grants actions on a vault. In the vault's own account that is a matter of the grantee's policies. From another
 * account only `backup:CopyIntoBackupVault` can work, and only through the access policy of the vault.
 *
 * @param addToPolicy adds a statement to the access policy; undefined for an imported vault
 */
export function grantOnVault(
  vault: IBackupVault,
  grantee: iam.IGrantable,
  actions: string[],
  addToPolicy?: (statement: iam.PolicyStatement) => void,
): iam.Grant {
  throwErrors(wildcardProblems(actions, 'actions'), vault.node.path);
  const { principalAccount } = grantee.grantPrincipal;
  const account = vault.env.account;
  const abroad =
    principalAccount !== undefined &&
    !Token.isUnresolved(principalAccount) &&
    !Token.isUnresolved(account) &&
    principalAccount !== account;
  if (!abroad)
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [vault.backupVaultArn], scope: vault });

  const problems: Problem[] = actions
    .filter((action) => action !== COPY_INTO_VAULT)
    .map((action) => ({
      id: 'Backup-CrossAccountGrant',
      severity: 'error',
      property: 'actions',
      message: `\`actions\` for account ${principalAccount} can only be \`${COPY_INTO_VAULT}\`, got \`${action}\`: AWS Backup allows nothing else across accounts`,
      fix: 'let the other account assume a role of this one',
    }));
  if (!addToPolicy)
    problems.push({
      id: 'Backup-CrossAccountGrant',
      severity: 'error',
      property: 'grantee',
      message: `\`grantee\` is in account ${principalAccount}, and the access policy of an imported vault can't be changed here`,
      fix: `allow \`${COPY_INTO_VAULT}\` where the vault is made`,
    });
  throwErrors(problems, vault.node.path);
  return iam.Grant.addToPrincipalAndResource({
    grantee,
    actions,
    resourceArns: [vault.backupVaultArn],
    resourceSelfArns: ['*'],
    resource: {
      env: vault.env,
      addToResourcePolicy: (statement) => {
        addToPolicy?.(statement);
        return { statementAdded: true, policyDependable: vault };
      },
    },
  });
}
