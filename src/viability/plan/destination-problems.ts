import { at, type Link } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { copyLabel, ruleLabel } from '../../inventory/labels';
import type { CopyItem } from '../../inventory/plan/plans';
import { eachCopy, eachRule, type PlanRule } from '../../inventory/traversal';
import { judgedArn, showText } from '../../template/evaluation/text';
import type { Problem } from '../../values/core/problem';
import { vaultArnProblems } from '../../values/vault/vault-arns';
import { type Detection, detectionsFrom } from '../core/detection';

/** Whether a text is the ARN of a vault: AWS Backup refuses a plan with another one. */
function vaultProblems(link: Link | undefined, property: string): Problem[] {
  if (!link) return [];
  const { text } = link;
  const example = judgedArn(text);
  // names of reserved vaults have characters that users' names can't have; another law is about them
  if (example === undefined || /:backup-vault:aws\//.test(example)) return [];
  return vaultArnProblems(example, property, showText(text));
}

/** What is wrong with the destination of a copy. */
export function destinationProblems({ vault }: Pick<CopyItem, 'vault'>): Problem[] {
  return vaultProblems(vault, 'DestinationBackupVaultArn');
}

const AIR_GAPPED = 'TargetLogicallyAirGappedBackupVaultArn';

/** The logically air-gapped vault of a rule. */
export function ofAirGappedTarget({ plan, rule }: PlanRule): Detection[] {
  const place = at(plan.place, `${rule.pathInTemplate}/${AIR_GAPPED}`);
  return detectionsFrom(place, vaultProblems(rule.airGappedVault, AIR_GAPPED), () => ruleLabel(plan, rule));
}

/** The vaults that plans name by ARN. */
export function* findDestinationProblems(inventory: Inventory): Iterable<Detection> {
  for (const each of eachRule(inventory)) yield* ofAirGappedTarget(each);
  for (const { plan, rule, copy } of eachCopy(inventory)) {
    const place = at(plan.place, `${copy.pathInTemplate}/DestinationBackupVaultArn`);
    yield* detectionsFrom(place, destinationProblems(copy), () => copyLabel(plan, rule, copy));
  }
}
