import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { copyLabel } from '../../inventory/labels';
import type { CopyItem } from '../../inventory/plan/plans';
import { eachCopy } from '../../inventory/traversal';
import { exampleOf, showText } from '../../template/evaluation/text';
import type { Problem } from '../../values/core/problem';
import { vaultArnProblems } from '../../values/vault/vault-arns';
import { type Detection, detectionsFrom } from '../core/detection';

/** Whether the destination of a copy is the ARN of a vault: AWS Backup refuses a plan with another one. */
export function destinationProblems({ vault }: Pick<CopyItem, 'vault'>): Problem[] {
  // names of reserved vaults have characters that users' names can't have; another law is about them
  if (!vault) return [];
  const example = exampleOf(vault.text);
  if (example === undefined || /:backup-vault:aws\//.test(example)) return [];
  return vaultArnProblems(example, 'DestinationBackupVaultArn', showText(vault.text));
}

/** The destinations of the copies of plans. */
export function* findDestinationProblems(inventory: Inventory): Iterable<Detection> {
  for (const { plan, rule, copy } of eachCopy(inventory)) {
    const place = at(plan.place, `${copy.pathInTemplate}/DestinationBackupVaultArn`);
    yield* detectionsFrom(place, destinationProblems(copy), () => copyLabel(plan, rule, copy));
  }
}
