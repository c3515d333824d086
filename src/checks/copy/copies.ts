import { at, type Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { copyJobLabel, copyLabel } from '../../inventory/labels';
import type { CopyItem } from '../../inventory/plan/plans';
import {
  eachCopy,
  eachCopyJob,
  eachRule,
  findDestination,
  type PlanRule,
  type RuleCopy,
} from '../../inventory/traversal';
import type { VaultItem } from '../../inventory/vault/vaults';
import { arnFields, sameText } from '../../template/evaluation/match';
import { textKey } from '../../template/evaluation/text';
import { known } from '../../template/evaluation/unknown';
import { copyIntoSourceProblem, copyPartitionProblems } from '../../values/copy/copy-laws';
import { vaultNameInArn } from '../../viability/core/vault-names';
import { destinationProblems, ofAirGappedTarget } from '../../viability/plan/destination-problems';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** The destinations of copies. */
export const copyChecks: readonly Check[] = checksOf(
  ['Backup-VaultArn', 'Backup-CopyIntoSource', 'Backup-DuplicateCopy', 'Backup-CopyPartition'],
  findProblems,
);

const PROPERTY = 'DestinationBackupVaultArn';

function* findProblems(inventory: Inventory): Iterable<Detection> {
  for (const each of eachRule(inventory)) {
    yield* findDuplicateCopies(each);
    yield* ofAirGappedTarget(each);
  }
  for (const each of eachCopy(inventory)) {
    const { plan, rule, copy } = each;
    const place = at(plan.place, `${copy.pathInTemplate}/${PROPERTY}`);
    const of = () => copyLabel(plan, rule, copy);
    const { vault } = findDestination(inventory, copy.vault);
    yield* ofDestination(copy, vault, plan.place, place, of);
    if (isIntoSource(each, vault)) yield* detectionsFrom(place, [copyIntoSourceProblem(PROPERTY)], of);
  }
  for (const { machine, copy } of eachCopyJob(inventory)) {
    const place = at(machine.place, copy.pathInTemplate);
    const of = () => copyJobLabel(machine, copy);
    const { vault } = findDestination(inventory, copy.vault);
    yield* ofDestination(copy, vault, machine.place, place, of);
    if (vault && copy.source?.to === vault.id)
      yield* detectionsFrom(place, [copyIntoSourceProblem(PROPERTY)], of);
  }
}

/** @param place where the destination is set */
function* ofDestination(
  copy: CopyItem,
  vault: VaultItem | undefined,
  from: Place,
  place: Place,
  of: () => string,
): Iterable<Detection> {
  if (!copy.vault) return;
  const { text } = copy.vault;
  yield* detectionsFrom(place, destinationProblems(copy), of);
  const partition = known((vault && arnFields(vault.arn)?.partition) ?? arnFields(text)?.partition);
  if (from.region !== undefined && /^aws(-[a-z]+)*$/.test(partition ?? ''))
    yield* detectionsFrom(place, copyPartitionProblems(from.region, partition, PROPERTY), of);
}

/** Whether a copy certainly goes into the vault that the rule backs up into. */
function isIntoSource({ plan, rule, copy }: RuleCopy, destination: VaultItem | undefined): boolean {
  if (rule.airGappedVault !== undefined) return false; // copied from there
  if (rule.vault?.to !== undefined) return rule.vault.to === destination?.id;
  const fields = copy.vault && arnFields(copy.vault.text);
  const name = vaultNameInArn(copy.vault);
  const { account, region } = plan.place;
  return (
    rule.vault !== undefined &&
    name !== undefined &&
    account !== undefined &&
    region !== undefined &&
    sameText(rule.vault.text, name) === true &&
    fields?.account === account &&
    fields.region === region
  );
}

/** Copies of a rule into the vault of an earlier copy. */
function* findDuplicateCopies({ plan, rule }: PlanRule): Iterable<Detection> {
  const vaults = new Set<string>();
  for (const copy of rule.copies.items) {
    const key = copy.vault?.to ?? (copy.vault && textKey(copy.vault.text));
    if (key === undefined) continue;
    if (vaults.has(key))
      yield {
        id: 'Backup-DuplicateCopy',
        place: at(plan.place, `${copy.pathInTemplate}/${PROPERTY}`),
        message: `\`${PROPERTY}\` of ${copyLabel(plan, rule, copy)} is the same as that of an earlier copy`,
      };
    vaults.add(key);
  }
}
