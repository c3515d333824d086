import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { copyAsk } from '../resources/complete-plan-laws';
import type { CopyAction } from '../resources/copy-action';
import { isVault } from '../resources/vault-reference';
import { copyProblems } from '../values/copy-capability-laws';
import { copyRegionProblems } from '../values/copy-region-laws';
import type { Problem } from '../values/problem';
import type { ResourceType } from '../values/resource-type';
import { sameVault } from './event-copy-laws';
import type { RecoveryHop } from './recovery-hop';

/** How one hop is made. */
export interface Route {
  readonly hop: RecoveryHop;
  /** As in `hops`. */
  readonly index: number;
  /** The vault that it goes on from; undefined: the source, by a copy action. */
  readonly after?: IBackupVaultRef;
  /** The hop into that vault. */
  readonly through?: Route;
}

/**
 * How each hop is made: by a copy action of the plan where one can, and on arrival after an earlier hop where that was
 * said, or where a single copy action can't.
 */
export function routesOf(
  source: IBackupVaultRef,
  hops: readonly RecoveryHop[],
  types: readonly ResourceType[],
): Route[] {
  const routes: Route[] = [];
  for (const [index, hop] of hops.entries()) {
    const said = hop._options.after;
    const through = said
      ? routes.find(({ hop: { copy } }) => copy._vault && sameVault(copy._vault, said))
      : detour(source, hop.copy, routes, types);
    routes.push({ hop, index, through, after: said ?? vaultOf(through) });
  }
  return routes;
}

/** What can't be copied from one vault to another, by type and by what is known of their Regions. */
export function copyGaps(
  from: IBackupVaultRef,
  copy: CopyAction,
  types: readonly ResourceType[],
  property: string,
): Problem[] {
  const there = copy._vault?.env.region;
  const regions = [from.env.region, ...(there === undefined ? [] : [there])];
  const ask = copyAsk(from.env, copy);
  return [...copyProblems(types, [ask], property), ...copyRegionProblems(types, ask, regions, property)];
}

/** The first earlier hop through which a destination is reached that can't be reached from the source. */
function detour(
  source: IBackupVaultRef,
  copy: CopyAction,
  routes: readonly Route[],
  types: readonly ResourceType[],
): Route | undefined {
  if (copyGaps(source, copy, types, '').length === 0) return undefined;
  return routes.find((route) => {
    const vault = vaultOf(route);
    return vault && copyGaps(vault, copy, types, '').length === 0;
  });
}

/** The vault that a hop goes into, where it can be gone on from. */
function vaultOf(route: Route | undefined): IBackupVaultRef | undefined {
  const vault = route?.hop.copy._vault;
  return isVault(vault) ? vault : undefined;
}
