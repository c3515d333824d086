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
 * Where the vault is in a stack of another account or Region, its ARN is literal: the stacks stay independent, and no
 * custom resource carries the ARN from one to the other. `destinationProblems` tells where it can't be.
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
      if (isReferable(here, own) || !isKnown(own.account) || !isKnown(own.region)) return attribute;
      return vaultArn(own, name as string, partitionOf(own.region));
    },
  });
}

/** Whether CloudFormation or the CDK carries references from stack to stack: not between stages. */
function isReferable(from: Stack, to: Stack): boolean {
  return from.environment === to.environment && Stage.of(from) === Stage.of(to);
}

/**
 * What speaks against a reference from another stack: the ARN of a vault in another account or Region has to be put
 * together at synthesis.
 */
export function destinationProblems(from: IConstruct, vault: AnyVaultRef): Problem[] {
  const own = Stack.of(vault);
  if (isReferable(Stack.of(from), own)) return [];
  const resource = resourceOf(vault) as CfnBackupVault | undefined;
  // what is imported by its ARN is where the ARN says, also where that is a token
  if (!resource && (vault.env.account !== own.account || vault.env.region !== own.region)) return [];
  const unknown = unknownEnvironment(vault);
  if (unknown) return [unknownDestinationProblem(unknown)];
  return resource && !isKnown(resource.backupVaultName)
    ? [unknownDestinationNameProblem(vault.node.path)]
    : [];
}

/**
 * The name of a vault of ours as part of its ARN, which the CDK puts together for stacks of other accounts and Regions:
 * with the tokens of a stack without an environment, it would name the account and Region of the reader.
 */
export function nameForArn(vault: Resource, name: string): string {
  const unknown = unknownEnvironment(vault);
  if (!unknown) return name;
  return Lazy.uncachedString({
    produce: ({ scope }) => {
      const must = 'must be read in another account or Region of';
      throwErrors([unknownDestinationProblem(unknown, 'backupVaultArn', must)], scope.node.path);
      return name;
    },
  });
}

function unknownEnvironment(vault: IConstruct): UnknownEnvironment | undefined {
  const stack = Stack.of(vault);
  const account = !isKnown(stack.account);
  const region = !isKnown(stack.region);
  if (!account && !region) return undefined;
  return { vault: vault.node.path, stack: stack.node.path, account, region };
}

/** References to air-gapped vaults of aws-cdk-lib have a name only. */
function arnFromName(vault: ILogicallyAirGappedBackupVaultRef): string {
  const { backupVaultName } = vault.logicallyAirGappedBackupVaultRef;
  return vaultArn(vault.env ?? Stack.of(vault), backupVaultName, Stack.of(vault).partition);
}

function vaultArn(env: { account: string; region: string }, name: string, partition: string): string {
  return `arn:${partition}:backup:${env.region}:${env.account}:backup-vault:${name}`;
}
