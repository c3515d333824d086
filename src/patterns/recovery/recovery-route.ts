import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { CopyAction } from '../../resources/plan/copy-action';
import { isVault } from '../../resources/vault/vault-reference';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { sameVault } from '../copy/copy-cycles';
import { copyGaps } from '../copy/event-copy-laws';
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

/** The first earlier hop through which a destination is reached that can't be reached from the source. */
function detour(
  source: IBackupVaultRef,
  copy: CopyAction,
  routes: readonly Route[],
  types: readonly ResourceType[],
): Route | undefined {
  if (copyGaps(source.env, copy, types, '').length === 0) return undefined;
  return routes.find((route) => {
    const vault = vaultOf(route);
    return vault && copyGaps(vault.env, copy, types, '').length === 0;
  });
}

/** The vault that a hop goes into, where it can be gone on from. */
function vaultOf(route: Route | undefined): IBackupVaultRef | undefined {
  const vault = route?.hop.copy._vault;
  return isVault(vault) ? vault : undefined;
}
