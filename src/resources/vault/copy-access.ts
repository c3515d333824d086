import { Stack } from 'aws-cdk-lib';
import type {
  CfnBackupVault,
  IBackupVaultRef,
  ILogicallyAirGappedBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import type { IConstruct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import { partitionOf } from '../../values/core/partitions';
import { type Problem, problem } from '../../values/core/problem';
import { COPY_INTO_VAULT, copyIntoVaultStatement } from '../../values/vault/vault-policy-laws';
import { resourceOf, vaultLabel } from './vault-facts';

type AnyVaultRef = IBackupVaultRef | ILogicallyAirGappedBackupVaultRef;

const VAULTS: readonly string[] = ['AWS::Backup::BackupVault', 'AWS::Backup::LogicallyAirGappedBackupVault'];

/**
 * Finds copies into a vault of the app in another account, whose access policy certainly doesn't let the account copy into
 * it. Only at synthesis, when the policy is final.
 *
 * @param property what names the destination
 */
export function copyAccessProblems(from: IConstruct, vault: AnyVaultRef, property: string): Problem[] {
  const resource = resourceOf(vault) as CfnBackupVault | undefined;
  if (!resource || !VAULTS.includes(resource.cfnResourceType)) return [];
  const { account } = Stack.of(from);
  const owner = Stack.of(resource);
  if (!isKnown(account) || !isKnown(owner.account) || account === owner.account) return [];
  const policy: unknown = owner.resolve(resource.accessPolicy);
  if (policy !== undefined && mayCopy(policy, account)) return [];
  const statement = copyIntoVaultStatement(partitionOf(owner.region), account);
  return [
    problem({
      id: 'Backup-CopyAccess',
      property,
      message: (label) =>
        `${label(property)} has ${vaultLabel(vault)} of account ${owner.account}, ${policy === undefined ? 'which has no access policy that allows' : 'whose access policy does not allow'} account ${account} to copy into it`,
      fix: `call \`allowCopyFrom(CopySource.account('${account}'))\` on the vault, or add this statement to its access policy: ${statement}`,
    }),
  ];
}

interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly Principal?: unknown;
}

/** Whether a resolved policy may allow an account to copy; conditions count as met. */
function mayCopy(policy: unknown, account: string): boolean {
  const { Statement } = policy as { Statement?: unknown };
  if (typeof Statement !== 'object' || Statement === null || 'Fn::If' in Statement) return true;
  return [Statement].flat().some((each) => {
    const { Effect, Action, Principal } = each as Statement;
    if (Effect === 'Deny') return false;
    return mayInclude(Action, (action) => mayCover(action, COPY_INTO_VAULT)) && mayBe(Principal, account);
  });
}

/** Whether a list may have an element; what isn't literal may be anything. */
function mayInclude(list: unknown, fits: (text: string) => boolean): boolean {
  if (list === undefined) return true; // `NotAction`, or `NotPrincipal`
  return [list].flat().some((each) => fits(typeof each === 'string' ? each : JSON.stringify(each)));
}

function mayCover(action: string, wanted: string): boolean {
  if (action.startsWith('{')) return true;
  const [start] = action.toLowerCase().split('*');
  return action.includes('*') ? wanted.toLowerCase().startsWith(start) : start === wanted.toLowerCase();
}

function mayBe(principal: unknown, account: string): boolean {
  if (typeof principal !== 'object' || principal === null)
    return principal === undefined || principal === '*';
  const { AWS, ...others } = principal as { AWS?: unknown };
  if (AWS === undefined) return Object.keys(others).some((kind) => kind.startsWith('Fn::'));
  return mayInclude(AWS, (text) => {
    // the ARN of a principal of the app has tokens, but mostly a literal account
    const [, other] = /(?::iam::|:sts::|^)(\d{12})(?::|$)/.exec(text) ?? [];
    return other === undefined ? text === '*' || text.startsWith('{') : other === account;
  });
}
