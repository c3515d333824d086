import { ArnFormat, Lazy, Stack } from 'aws-cdk-lib';
import type {
  CfnBackupVault,
  CfnLogicallyAirGappedBackupVault,
  IBackupVaultRef,
  ILogicallyAirGappedBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import { isKnown } from '../values/amounts';
import { resourceOf } from './vault-facts';

/**
 * Whether something can be referred to as any vault: air-gapped ones of ours can, those of aws-cdk-lib can't. Callers
 * without types pass anything.
 */
export function isVault(given: unknown): given is IBackupVaultRef {
  return refersTo(given, 'backupVaultRef');
}

/** Whether something is a logically air-gapped vault; callers without types pass anything. */
export function isAirGappedVault(given: unknown): given is ILogicallyAirGappedBackupVaultRef {
  return refersTo(given, 'logicallyAirGappedBackupVaultRef');
}

function refersTo(given: unknown, ref: 'backupVaultRef' | 'logicallyAirGappedBackupVaultRef'): boolean {
  const construct = (given ?? {}) as Partial<IBackupVaultRef & ILogicallyAirGappedBackupVaultRef>;
  return [construct[ref], construct.node, construct.env].every(
    (part) => typeof part === 'object' && part !== null,
  );
}

/**
 * The ARN of a vault, for plans that copy or back up into it.
 *
 * Where the vault is in a stack of another account or Region, and has a literal name, the ARN is literal too: the
 * stacks stay independent, and no custom resource carries the ARN from one to the other.
 */
export function arnOfVault(vault: IBackupVaultRef | ILogicallyAirGappedBackupVaultRef): string {
  const resource = resourceOf(vault) as CfnBackupVault | CfnLogicallyAirGappedBackupVault | undefined;
  const attribute = isVault(vault) ? vault.backupVaultRef.backupVaultArn : resource?.attrBackupVaultArn;
  const name = resource?.backupVaultName;
  if (attribute === undefined) return arnFromName(vault as ILogicallyAirGappedBackupVaultRef);
  if (!resource || !isKnown(name)) return attribute;

  const own = resource.env;
  const differs = (here: string, there: string) => isKnown(here) && isKnown(there) && here !== there;
  return Lazy.uncachedString({
    produce: ({ scope }) => {
      const { account, region } = Stack.of(scope);
      if (!differs(account, own.account) && !differs(region, own.region)) return attribute;
      return vaultArn(own, name as string, Stack.of(scope));
    },
  });
}

/** References to air-gapped vaults of aws-cdk-lib have a name only. */
function arnFromName(vault: ILogicallyAirGappedBackupVaultRef): string {
  const { backupVaultName } = vault.logicallyAirGappedBackupVaultRef;
  return vaultArn(vault.env ?? Stack.of(vault), backupVaultName, Stack.of(vault));
}

function vaultArn(env: { account: string; region: string }, name: string, stack: Stack): string {
  return stack.formatArn({
    service: 'backup',
    account: env.account,
    region: env.region,
    resource: 'backup-vault',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
