import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { CopyAction } from '../../resources/plan/copy-action';
import { isVault } from '../../resources/vault/vault-reference';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { sameVault } from '../copy/copy-cycles';
import { copyGaps } from '../copy/event-copy-laws';
import type { RecoveryHop } from './recovery-hop';

/** How a hop is implemented. */
export interface Route {
  readonly hop: RecoveryHop;
  /** The index in `hops`. */
  readonly index: number;
  /** The vault that it copies from; undefined for the source, with a copy action. */
  readonly after?: IBackupVaultRef;
  /** The hop to that vault. */
  readonly through?: Route;
}

/**
 * How each hop is implemented: as a copy action of the plan if possible; as a copy on arrival if `after` is set, or if a
 * single copy action can't do it.
 */
export function routesOf(
  source: IBackupVaultRef,
  hops: readonly RecoveryHop[],
  types: readonly ResourceType[],
): Route[] {
  const routes: Route[] = [];
  for (const [index, hop] of hops.entries()) {
    const { after } = hop._options;
    const through = after
      ? routes.find(({ hop: { copy } }) => copy._vault && sameVault(copy._vault, after))
      : detour(source, hop.copy, routes, types);
    routes.push({ hop, index, through, after: after ?? vaultOf(through) });
  }
  return routes;
}

/** The first earlier hop through which a destination can be reached, if the source can't reach it. */
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

/** The vault that a hop copies to, if it can be copied from. */
function vaultOf(route: Route | undefined): IBackupVaultRef | undefined {
  const vault = route?.hop.copy._vault;
  return isVault(vault) ? vault : undefined;
}
