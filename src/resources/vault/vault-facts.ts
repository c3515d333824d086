import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import type {
  CfnBackupVault,
  CfnLogicallyAirGappedBackupVault,
  IBackupVaultRef,
  ILogicallyAirGappedBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import type { IConstruct } from 'constructs';
import { type LockValues, VaultLock } from '../../values/vault/vault-lock';
import { appMemory } from '../core/app-memory';
import { isInTree } from '../core/siblings-in-environment';

type AnyVaultRef = IBackupVaultRef | ILogicallyAirGappedBackupVaultRef;

/**
 * Finds the lock of a vault: one of this library, one imported with its lock, an L2 of aws-cdk-lib or an L1; undefined
 * if it has none or it is unknown.
 */
export function lockOf(vault: AnyVaultRef): LockValues | undefined {
  const { lock, minRetentionDays, maxRetentionDays } = vault as { lock?: unknown } & LockValues;
  if (lock instanceof VaultLock) return lock;
  if (isAirGapped(vault) && (minRetentionDays ?? maxRetentionDays) !== undefined)
    return { minRetentionDays, maxRetentionDays };
  const resource = resourceOf(vault);
  if (resource?.cfnResourceType === 'AWS::Backup::LogicallyAirGappedBackupVault')
    return resource as CfnLogicallyAirGappedBackupVault;
  if (resource?.cfnResourceType !== 'AWS::Backup::BackupVault') return undefined;
  const configuration = (resource as CfnBackupVault).lockConfiguration;
  return configuration && !Token.isUnresolved(configuration)
    ? (configuration as CfnBackupVault.LockConfigurationTypeProperty)
    : undefined;
}

/** Whether a vault construct is a logically air-gapped vault. */
export function isAirGapped(vault: AnyVaultRef | undefined): boolean {
  return typeof vault === 'object' && vault !== null && 'logicallyAirGappedBackupVaultRef' in vault;
}

/** The name of a vault in messages: its path. */
export function vaultLabel(vault: IConstruct): string {
  return `\`${vault.node.path}\``;
}

/** The L1 of a construct, if it has one; a hand-written reference may have no node. */
export function resourceOf(construct: IConstruct): CfnResource | undefined {
  if (CfnResource.isCfnResource(construct)) return construct;
  const child = construct.node?.defaultChild;
  return child && CfnResource.isCfnResource(child) ? child : undefined;
}

/** The account or Region in which two constructs are known to differ. */
export function differentEnvironment(
  construct: IConstruct,
  other: { readonly env: { account: string; region: string } },
): { what: string; here: string; there: string } | undefined {
  const stack = Stack.of(construct);
  for (const [what, here, there] of [
    ['account', stack.account, other.env.account],
    ['Region', stack.region, other.env.region],
  ])
    if (!Token.isUnresolved(here) && !Token.isUnresolved(there) && here !== there)
      return { what, here, there };
  return undefined;
}

/** Whether only one of two constructs has a known account, or a known Region: they may differ. */
export function uncertainEnvironment(construct: IConstruct, other: IConstruct): boolean {
  const [here, there] = [Stack.of(construct), Stack.of(other)];
  return (['account', 'region'] as const).some(
    (what) => Token.isUnresolved(here[what]) !== Token.isUnresolved(there[what]),
  );
}

const EMPTIED = 'emptiedVaults';

/** Registers what deletes the recovery points of a vault before the vault is deleted. */
export function registerEmptied(vault: CfnResource, by: IConstruct): void {
  appMemory<IConstruct>(vault, EMPTIED).set(vault.node.path, by);
}

/** Whether something of the app deletes the recovery points of a vault first. */
export function isEmptied(vault: CfnResource): boolean {
  const by = appMemory<IConstruct>(vault, EMPTIED).get(vault.node.path);
  return by !== undefined && isInTree(by);
}
