import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IConstruct } from 'constructs';
import { appMemory } from '../../resources/core/app-memory';
import { isInTree } from '../../resources/core/siblings-in-environment';
import type { CopyAction } from '../../resources/plan/copy-action';
import { nameOf } from '../../resources/plan/plan-laws';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import type { ResourceType } from '../../values/resource-type/resource-type';

type AnyVault = NonNullable<CopyAction['_vault']>;

/** A vault whose recovery points are copied on arrival, and their destination. */
interface Copy {
  readonly vault: IBackupVaultRef;
  readonly copy: CopyAction;
  readonly resourceTypes?: readonly ResourceType[];
}

/** A copy on arrival, from one vault to another. */
interface Hop {
  readonly from: string;
  readonly to: string;
  /** The names of the types; undefined for all. */
  readonly types?: readonly string[];
}

/** A hop of a construct, which may have left the tree. */
interface OwnHop extends Hop {
  readonly owner: IConstruct;
}

/** Reports a cycle of copies on arrival that a new one would complete. */
export function copyCycleProblems(scope: IConstruct, props: Copy): Problem[] {
  const { from, to } = hopOf(props, '');
  const hops = hopsOf(scope);
  const reached = new Map<string, readonly string[]>([[to, []]]);
  for (const [vault, paths] of reached) // grows during the loop
    for (const hop of hops)
      if (hop.from === vault && !reached.has(hop.to)) reached.set(hop.to, [...paths, hop.owner.node.path]);
  const cycle = reached.get(from);
  if (from === to || !cycle) return []; // a copy to its own source gets a warning of its own
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
  appMemory<OwnHop>(construct, 'copiesOnArrival').set(path, { ...hopOf(props, path), owner: construct });
}

/** Another copy on arrival with the same source, destination and a common type: each recovery point is copied twice. */
export function copyTwiceProblems(construct: IConstruct, props: Copy): Problem[] {
  const own = hopOf(props, construct.node.path);
  const twin = hopsOf(construct).find(
    (hop) =>
      hop.owner !== construct && hop.from === own.from && hop.to === own.to && haveCommonType(hop, own),
  );
  if (!twin) return [];
  return [
    problem({
      id: 'Backup-CopyOnArrivalTwice',
      property: 'copy',
      message: (label) =>
        `${label('copy')} has the source and the destination of \`${twin.owner.node.path}\`, so recovery points are copied twice`,
      fix: 'remove one of them, or set different `resourceTypes`',
    }),
  ];
}

function haveCommonType({ types: one }: Hop, { types: other }: Hop): boolean {
  return !one || !other || one.some((type) => other.includes(type));
}

function hopsOf(scope: IConstruct): OwnHop[] {
  return [...appMemory<OwnHop>(scope, 'copiesOnArrival').values()].filter(({ owner }) => isInTree(owner));
}

function hopOf({ vault, copy, resourceTypes }: Copy, path: string): Hop {
  const arn = copy.destinationVaultArn;
  // an unknown ARN leads back to nothing
  const to = copy._vault ? vaultKey(copy._vault) : isKnown(arn) ? arnKey(arn) : `unknown:${path}`;
  return { from: vaultKey(vault), to, types: resourceTypes?.map(({ name }) => name) };
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
