import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IConstruct } from 'constructs';
import { appMemory } from '../../resources/core/app-memory';
import type { CopyAction } from '../../resources/plan/copy-action';
import { nameOf } from '../../resources/plan/plan-laws';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';

type AnyVault = NonNullable<CopyAction['_vault']>;

/** A vault whose recovery points are copied on arrival, and their destination. */
interface Copy {
  readonly vault: IBackupVaultRef;
  readonly copy: CopyAction;
}

/** A copy on arrival, from one vault to another. */
interface Hop {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/** Reports a cycle of copies on arrival that a new one would complete. */
export function copyCycleProblems(scope: IConstruct, props: Copy): Problem[] {
  const { from, to } = hopOf(props, '');
  const hops = [...appMemory<Hop>(scope, 'copiesOnArrival').values()];
  const reached = new Map<string, readonly string[]>([[to, []]]);
  for (const [vault, paths] of reached) // grows during the loop
    for (const hop of hops)
      if (hop.from === vault && !reached.has(hop.to)) reached.set(hop.to, [...paths, hop.path]);
  const cycle = reached.get(from);
  if (!cycle) return [];
  return [
    problem({
      id: 'Backup-CopyCycle',
      property: 'copy',
      message: (label) =>
        `${label('copy')} must not lead back to \`vault\`, got a path through ${cycle.map((path) => `\`${path}\``).join(', ')}: each copy would be copied again, endlessly`,
      fix: 'leave one of these copies out',
    }),
  ];
}

/** Registers a copy, for cycles with later ones. */
export function registerCopy(construct: IConstruct, props: Copy): void {
  const { path } = construct.node;
  appMemory<Hop>(construct, 'copiesOnArrival').set(path, hopOf(props, path));
}

function hopOf({ vault, copy }: Copy, path: string): Hop {
  const arn = copy.destinationVaultArn;
  // an unknown ARN leads back to nothing
  const to = copy._vault ? vaultKey(copy._vault) : isKnown(arn) ? arnKey(arn) : `unknown:${path}`;
  return { path, from: vaultKey(vault), to };
}

/** Identifies a vault: by account, Region and name, or by its path if one of these is unknown. */
function vaultKey(vault: AnyVault): string {
  const { account, region } = vault.env;
  const name = nameOf(vault);
  return [account, region, name].every(isKnown) ? [region, account, name].join(':') : vault.node.path;
}

/** Whether two references are known to refer to the same vault. */
export function sameVault(one: AnyVault, other: AnyVault): boolean {
  return one === other || vaultKey(one) === vaultKey(other);
}

function arnKey(arn: string): string {
  const [, , , region, account, , name] = arn.split(':');
  return [region, account, name].join(':');
}

/** Marks a copy on arrival whose resource types are checked by the recovery that creates it. */
export function markTypesAsChecked(scope: IConstruct, id: string): void {
  appMemory<boolean>(scope, 'typesChecked').set(`${scope.node.path}/${id}`, true);
}

/** The problems that a copy on arrival reports itself. */
export function ownProblems(scope: IConstruct, path: string, problems: readonly Problem[]): Problem[] {
  const isChecked = appMemory<boolean>(scope, 'typesChecked').has(path);
  return problems.filter(({ property }) => !isChecked || property !== 'resourceTypes');
}
