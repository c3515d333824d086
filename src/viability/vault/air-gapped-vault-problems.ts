import { textOrToken } from '../../inventory/as-token';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { vaultLabel } from '../../inventory/labels';
import type { VaultItem } from '../../inventory/vault/vaults';
import { isUnknown, known } from '../../template/evaluation/unknown';
import {
  airGappedKeyProblem,
  approvalTeamProblems,
  sharedAccountProblems,
} from '../../values/vault/air-gapped-vault-laws';
import { type Detection, detectionsFrom } from '../core/detection';

/** Keys, approval teams and shares of logically air-gapped vaults. */
export function* findAirGappedVaultProblems(inventory: Inventory): Iterable<Detection> {
  for (const vault of inventory.vaults) if (vault.kind === 'air-gapped') yield* ofVault(inventory, vault);
  for (const { place, vaults, principals } of inventory.vaultShares) {
    const owner = known(inventory.byId.get(vaults[0].to ?? '')?.place.account);
    for (const [index, principal] of principals.items.entries()) {
      if (isUnknown(principal)) continue;
      const property = `Principals[${index}]`;
      const names = () => property;
      const problems = sharedAccountProblems([principal], owner, 'Principals').map((one) =>
        one.as({ names }),
      );
      yield* detectionsFrom(at(place, `${place.pathInTemplate}/Properties/Principals/${index}`), problems);
    }
  }
}

function* ofVault(inventory: Inventory, vault: VaultItem): Iterable<Detection> {
  const { place, key, approvalTeam } = vault;
  const under = (property: string) => at(place, `${place.pathInTemplate}/Properties/${property}`);
  const of = () => vaultLabel(vault);
  const keyPlace = key?.to === undefined ? undefined : inventory.byId.get(key.to)?.place;
  const isInSameAccount =
    keyPlace !== undefined &&
    keyPlace.account === place.account &&
    (place.account !== undefined || keyPlace.stackId === place.stackId);
  if (isInSameAccount)
    yield* detectionsFrom(under('EncryptionKeyArn'), [airGappedKeyProblem('EncryptionKeyArn')], of);
  if (approvalTeam !== undefined)
    yield* detectionsFrom(
      under('MpaApprovalTeamArn'),
      approvalTeamProblems(textOrToken(approvalTeam), 'MpaApprovalTeamArn'),
      of,
    );
}
