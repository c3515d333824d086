import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IConstruct } from 'constructs';
import { appMemory } from '../../resources/core/app-memory';
import type { CopyAction } from '../../resources/plan/copy-action';
import { nameOf } from '../../resources/plan/plan-laws';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';

type AnyVault = NonNullable<CopyAction['_vault']>;

/** What is copied on arrival, and where. */
interface Copy {
  readonly vault: IBackupVaultRef;
  readonly copy: CopyAction;
}

/** A copy on arrival: from a vault into another. */
interface Hop {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/** What says that copies on arrival go round: the last one is the one that is about to be made. */
export function copyCycleProblems(scope: IConstruct, props: Copy): Problem[] {
  const { from, to } = hopOf(props, '');
  const hops = [...appMemory<Hop>(scope, 'copiesOnArrival').values()];
  const reached = new Map<string, readonly string[]>([[to, []]]);
  for (const [vault, paths] of reached) // grows on the way
    for (const hop of hops)
      if (hop.from === vault && !reached.has(hop.to)) reached.set(hop.to, [...paths, hop.path]);
  const round = reached.get(from);
  if (!round) return [];
  return [
    {
      id: 'Backup-CopyCycle',
      severity: 'error',
      property: 'copy',
      message: `\`copy\` must not lead back to \`vault\`, got a way through ${round.map((path) => `\`${path}\``).join(', ')}: each copy would be copied again, without end`,
      fix: 'leave one of these copies out',
    },
  ];
}

/** Keeps a copy in mind, for those that are made after it. */
export function rememberCopy(construct: IConstruct, props: Copy): void {
  const { path } = construct.node;
  appMemory<Hop>(construct, 'copiesOnArrival').set(path, hopOf(props, path));
}

function hopOf({ vault, copy }: Copy, path: string): Hop {
  const arn = copy.destinationVaultArn;
  // an ARN that isn't known yet leads back to nothing
  const to = copy._vault ? vaultKey(copy._vault) : isKnown(arn) ? arnKey(arn) : `unknown:${path}`;
  return { path, from: vaultKey(vault), to };
}

/** One text for each vault: its account, Region and name, or its path where these aren't known. */
function vaultKey(vault: AnyVault): string {
  const { account, region } = vault.env;
  const name = nameOf(vault);
  return [account, region, name].every(isKnown) ? [region, account, name].join(':') : vault.node.path;
}

/** Whether two references are known to be of one vault. */
export function sameVault(one: AnyVault, other: AnyVault): boolean {
  return one === other || vaultKey(one) === vaultKey(other);
}

function arnKey(arn: string): string {
  const [, , , region, account, , name] = arn.split(':');
  return [region, account, name].join(':');
}

/** Remembers that what types can't do in a copy on arrival is told by the recovery that makes it. */
export function tellTypesElsewhere(scope: IConstruct, id: string): void {
  appMemory<boolean>(scope, 'typesToldElsewhere').set(`${scope.node.path}/${id}`, true);
}

/** The problems that a copy on arrival tells itself. */
export function ownProblems(scope: IConstruct, path: string, problems: readonly Problem[]): Problem[] {
  const elsewhere = appMemory<boolean>(scope, 'typesToldElsewhere').has(path);
  return problems.filter(({ property }) => !elsewhere || property !== 'resourceTypes');
}
