import { at } from '../../inventory/core/item';
import { otherPlace } from '../../inventory/core/places';
import type { Inventory } from '../../inventory/inventory';
import { copyLabel, ruleLabel, vaultLabel } from '../../inventory/labels';
import type { PlanItem } from '../../inventory/plan/plans';
import { eachRule, type PlanRule } from '../../inventory/traversal';
import type { VaultItem } from '../../inventory/vault/vaults';
import { arnFields } from '../../template/evaluation/match';
import { textKey } from '../../template/evaluation/text';
import { known } from '../../template/evaluation/unknown';
import { vaultEnvironmentProblem } from '../../values/copy/copy-laws';
import { type Detection, detectionsFrom } from '../core/detection';
import { DEFAULT_VAULT, EFS_VAULT, vaultNameInArn } from '../core/vault-names';

/** The vaults that rules back up into. */
export function* findVaultTargetProblems(inventory: Inventory): Iterable<Detection> {
  const byName = new Map<string, VaultItem>();
  const byArn = new Map<string, VaultItem>();
  for (const vault of inventory.vaults) {
    const [name, arn] = [textKey(vault.name), textKey(vault.arn)];
    if (name !== undefined) byName.set(keyOf(vault, name), vault);
    if (arn !== undefined) byArn.set(arn, vault);
  }
  for (const each of eachRule(inventory)) {
    const { plan, rule } = each;
    const target = rule.vault && rule.vault.to === undefined ? rule.vault.text : undefined;
    const name = target === undefined ? undefined : textKey(target);
    yield* ofTarget(each, known(target), name === undefined ? undefined : byName.get(keyOf(plan, name)));
    yield* ofAirGappedTarget(each, byArn);
    for (const copy of rule.copies.items)
      if (vaultNameInArn(copy.vault) === EFS_VAULT)
        yield {
          id: 'Backup-ReservedVault',
          place: at(plan.place, `${copy.pathInTemplate}/DestinationBackupVaultArn`),
          message: `\`DestinationBackupVaultArn\` of ${copyLabel(plan, rule, copy)} is \`${EFS_VAULT}\`, which is reserved for Amazon EFS`,
        };
  }
}

function* ofTarget(
  { plan, rule }: PlanRule,
  name: string | undefined,
  vault: VaultItem | undefined,
): Iterable<Detection> {
  const place = at(plan.place, `${rule.pathInTemplate}/TargetBackupVault`);
  const property = '`TargetBackupVault`';
  if (name === EFS_VAULT)
    yield {
      id: 'Backup-ReservedVault',
      place,
      message: `${property} of ${ruleLabel(plan, rule)} is \`${EFS_VAULT}\`, which is reserved for Amazon EFS`,
    };
  else if (name === DEFAULT_VAULT && !vault)
    yield {
      id: 'Backup-DefaultVault',
      place,
      message: `${property} of ${ruleLabel(plan, rule)} is \`${DEFAULT_VAULT}\`, which no template creates`,
    };
  else if (vault?.kind === 'air-gapped')
    yield {
      id: 'Backup-RuleVault',
      place,
      message: `${property} of ${ruleLabel(plan, rule)} must be a standard vault, got ${vaultLabel(vault)}`,
    };
}

function* ofAirGappedTarget(
  { plan, rule }: PlanRule,
  byArn: ReadonlyMap<string, VaultItem>,
): Iterable<Detection> {
  const link = rule.airGappedVault;
  if (!link) return;
  const property = 'TargetLogicallyAirGappedBackupVaultArn';
  const place = at(plan.place, `${rule.pathInTemplate}/${property}`);
  const fields = arnFields(link.text);
  const elsewhere = fields && otherPlace(plan.place, fields);
  if (elsewhere) {
    const problem = vaultEnvironmentProblem(elsewhere, property).with({ fix: undefined });
    yield* detectionsFrom(place, [problem], () => ruleLabel(plan, rule));
  }
  const vault = byArn.get(textKey(link.text) ?? '');
  if (vault?.kind === 'standard')
    yield {
      id: 'Backup-RuleVault',
      place,
      message: `\`${property}\` of ${ruleLabel(plan, rule)} must be a logically air-gapped vault, got ${vaultLabel(vault)}`,
    };
}

function keyOf({ place }: Pick<PlanItem, 'place'>, name: string): string {
  const { account, region, stackId } = place;
  return account !== undefined && region !== undefined
    ? `${account}|${region}|${name}`
    : `${stackId}|${name}`;
}
