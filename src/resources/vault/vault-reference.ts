import { Lazy, type Resource, Stack, Stage } from 'aws-cdk-lib';
import type {
  CfnBackupVault,
  CfnLogicallyAirGappedBackupVault,
  IBackupVaultRef,
  ILogicallyAirGappedBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import type { IConstruct } from 'constructs';
import {
  type UnknownEnvironment,
  unknownDestinationNameProblem,
  unknownDestinationProblem,
} from '../../values/copy/copy-laws';
import { isKnown } from '../../values/core/amounts';
import { partitionOf } from '../../values/core/partitions';
import { type Problem, throwErrors } from '../../values/core/problem';
import { resourceOf } from './vault-facts';

type AnyVaultRef = IBackupVaultRef | ILogicallyAirGappedBackupVaultRef;

/**
 * Whether a value is a backup vault, for untyped callers. Logically air-gapped vaults of this library count as one, those
 * of aws-cdk-lib don't.
 */
export function isVault(value: unknown): value is IBackupVaultRef {
  return refersTo(value, 'backupVaultRef');
}

/** Whether a value is a logically air-gapped vault, for untyped callers. */
export function isAirGappedVault(value: unknown): value is ILogicallyAirGappedBackupVaultRef {
  return refersTo(value, 'logicallyAirGappedBackupVaultRef');
}

function refersTo(value: unknown, ref: 'backupVaultRef' | 'logicallyAirGappedBackupVaultRef'): boolean {
  const construct = (value ?? {}) as Partial<IBackupVaultRef & ILogicallyAirGappedBackupVaultRef>;
  return [construct[ref], construct.node, construct.env].every(
    (part) => typeof part === 'object' && part !== null,
  );
}

/**
 * The ARN of a vault, for plans that copy or back up into it.
 *
 * If the stack of the vault is in another account or Region, the ARN is literal: the stacks stay independent, and no
 * custom resource has to pass the ARN. `destinationProblems` reports where that isn't possible.
 */
export function arnOfVault(vault: AnyVaultRef): string {
  const resource = resourceOf(vault) as CfnBackupVault | CfnLogicallyAirGappedBackupVault | undefined;
  const attribute = isVault(vault) ? vault.backupVaultRef.backupVaultArn : resource?.attrBackupVaultArn;
  const name = resource?.backupVaultName;
  if (attribute === undefined) return arnFromName(vault as ILogicallyAirGappedBackupVaultRef);
  if (!resource || !isKnown(name)) return attribute;

  const own = Stack.of(resource);
  return Lazy.uncachedString({
    produce: ({ scope }) => {
      const here = Stack.of(scope);
      const isKnownPlace = isKnown(own.account) || isSameUnknownAccount(here, own);
      if (isReferable(here, own) || !isKnownPlace || !isKnown(own.region)) return attribute;
      return vaultArn(own, name as string, partitionOf(own.region));
    },
  });
}

/** Whether CloudFormation or the CDK can pass references between two stacks; they can't between stages. */
function isReferable(from: Stack, to: Stack): boolean {
  return from.environment === to.environment && Stage.of(from) === Stage.of(to);
}

/** Whether two stacks leave the account open, so that both are deployed to the account of the credentials. */
function isSameUnknownAccount(from: Stack, to: Stack): boolean {
  return !isKnown(from.account) && !isKnown(to.account) && Stage.of(from) === Stage.of(to);
}

/**
 * The problems of a reference from another stack: the ARN of a vault in another account or Region must be known at
 * synthesis.
 */
export function destinationProblems(from: IConstruct, vault: AnyVaultRef): Problem[] {
  const own = Stack.of(vault);
  if (isReferable(Stack.of(from), own)) return [];
  const resource = resourceOf(vault) as CfnBackupVault | undefined;
  // a vault imported by its ARN is in the environment of the ARN, even if that is a token
  if (!resource && (vault.env.account !== own.account || vault.env.region !== own.region)) return [];
  const unknown = unknownEnvironment(vault, Stack.of(from));
  if (unknown) return [unknownDestinationProblem(unknown)];
  return resource && !isKnown(resource.backupVaultName)
    ? [unknownDestinationNameProblem(vault.node.path)]
    : [];
}

/**
 * The name of a vault as part of the ARN that the CDK builds for stacks in other accounts and Regions. If the stack of
 * the vault is environment-agnostic, its tokens would resolve to the account and Region of the referring stack.
 */
export function nameForArn(vault: Resource, name: string): string {
  const unknown = unknownEnvironment(vault);
  if (!unknown) return name;
  return Lazy.uncachedString({
    produce: ({ scope }) => {
      const must = 'must be read in another account or Region of';
      const still = unknownEnvironment(vault, Stack.of(scope));
      if (still) throwErrors([unknownDestinationProblem(still, 'backupVaultArn', must)], scope.node.path);
      return name;
    },
  });
}

/** @param from the stack that refers to the vault */
function unknownEnvironment(vault: IConstruct, from?: Stack): UnknownEnvironment | undefined {
  const stack = Stack.of(vault);
  const account = isKnown(stack.account) ? stack.account : undefined;
  const region = isKnown(stack.region) ? stack.region : undefined;
  if (region !== undefined && (account !== undefined || (from && isSameUnknownAccount(from, stack))))
    return undefined;
  return { vault: vault.node.path, stack: stack.node.path, account, region };
}

/** References to logically air-gapped vaults of aws-cdk-lib have only a name. */
function arnFromName(vault: ILogicallyAirGappedBackupVaultRef): string {
  const { backupVaultName } = vault.logicallyAirGappedBackupVaultRef;
  return vaultArn(vault.env ?? Stack.of(vault), backupVaultName, Stack.of(vault).partition);
}

function vaultArn(env: { account: string; region: string }, name: string, partition: string): string {
  return `arn:${partition}:backup:${env.region}:${env.account}:backup-vault:${name}`;
}
