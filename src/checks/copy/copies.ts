import { protectionsOf } from '../../coverage/protections';
import { at, type Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { copyJobLabel, copyLabel, machineLabel, planLabel, vaultLabel } from '../../inventory/labels';
import { linkedAlias, linkedVault } from '../../inventory/lookups';
import type { CopyMachineItem } from '../../inventory/plan/copy-machines';
import type { CopyItem, PlanItem, RuleItem } from '../../inventory/plan/plans';
import { mayAllow } from '../../inventory/policy-verdicts';
import { ResourceTypes } from '../../inventory/resource-types';
import type { VaultItem } from '../../inventory/vault/vaults';
import { arnFields, sameText } from '../../template/evaluation/match';
import { textKey } from '../../template/evaluation/text';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { copyIntoSourceProblem, copyPartitionProblems } from '../../values/copy/copy-laws';
import { partitionOf } from '../../values/core/partitions';
import { Capability, Support } from '../../values/resource-type/capability';
import { vaultArnProblems } from '../../values/vault/vault-arns';
import { awsManagedKeyProblem } from '../../values/vault/vault-key-laws';
import { COPY_INTO_VAULT, copyIntoVaultStatement } from '../../values/vault/vault-policy-laws';
import type { Check, CheckOptions } from '../engine/check';
import { type Seen, subject, told } from '../engine/subject';
import { COPY_FACTS } from '../facts/copy-facts';
import { DEFAULT_VAULT, nameInArn } from '../facts/vault-targets';

/** Where copies go, and whether they arrive. */
export const copyChecks: readonly Check[] = subject(COPY_FACTS, look);

const PROPERTY = 'DestinationBackupVaultArn';

function* look(inventory: Inventory, options: CheckOptions): Iterable<Seen> {
  const isTurnedOn = inventory.globalSettings.some((each) => known(each.crossAccountBackup) === true);
  for (const plan of inventory.plans) {
    let crossing: Place | undefined;
    for (const rule of plan.rules.items) {
      yield* twice(plan, rule);
      for (const copy of rule.copies.items) {
        const vault = linkedVault(inventory, copy.vault);
        const account = accountThere(copy, vault);
        const way = {
          from: plan.place,
          place: at(plan.place, `${copy.pathInTemplate}/${PROPERTY}`),
          copy,
          of: () => copyLabel(plan, rule, copy),
          hasKeyOfSource: () => hasKeyOfSource(inventory, plan, options),
        };
        yield* toDestination(way, vault);
        if (isIntoSource(inventory, plan, rule, copy))
          yield* told(way.place, [copyIntoSourceProblem(PROPERTY)], way.of);
        const { account: here } = plan.place;
        if (here === undefined || account === undefined || here === account) continue;
        crossing ??= at(plan.place, copy.pathInTemplate);
        yield* acrossAccounts(inventory, way, { here, account, vault });
      }
    }
    if (crossing && !isTurnedOn) yield prerequisites(crossing, planLabel(plan));
  }
  for (const machine of inventory.copyMachines) yield* ofMachine(inventory, machine, isTurnedOn);
}

/** Copies that no plan makes: of a state machine that starts copy jobs. */
function* ofMachine(inventory: Inventory, machine: CopyMachineItem, isTurnedOn: boolean): Iterable<Seen> {
  const { account: here } = machine.place;
  let crosses = false;
  for (const copy of machine.copies) {
    const vault = linkedVault(inventory, copy.vault);
    const account = accountThere(copy, vault);
    const way = {
      from: machine.place,
      place: at(machine.place, copy.pathInTemplate),
      copy,
      of: () => copyJobLabel(machine, copy),
      hasKeyOfSource: () => false, // of which types isn't known
    };
    yield* toDestination(way, vault);
    if (vault && copy.source?.to === vault.id)
      yield* told(way.place, [copyIntoSourceProblem(PROPERTY)], way.of);
    if (here === undefined || account === undefined || here === account) continue;
    crosses = true;
    yield* acrossAccounts(inventory, way, { here, account, vault });
  }
  if (crosses && !isTurnedOn) yield prerequisites(machine.place, machineLabel(machine));
}

function prerequisites(place: Place, who: string): Seen {
  return {
    id: 'Backup-CrossAccountPrerequisites',
    place,
    message: `${who} copies to another account, which needs more than its templates: both accounts must be in one organization whose management account has turned on cross-account backup`,
  };
}

/** A copy, and where it begins. */
interface Way {
  readonly from: Place;
  /** Where its destination is said. */
  readonly place: Place;
  readonly copy: CopyItem;
  readonly of: () => string;
  /** Whether it is certainly of something whose backups have the key of their source. */
  readonly hasKeyOfSource: () => boolean;
}

/** What can be told of where a copy goes. */
function* toDestination({ from, place, copy, of }: Way, vault: VaultItem | undefined): Iterable<Seen> {
  if (!copy.vault) return;
  const { text } = copy.vault;
  // the name of a reserved vault has other characters than those that users give; it is told elsewhere
  if (!isUnknown(text) && !/:backup-vault:aws\//.test(text))
    yield* told(place, vaultArnProblems(text, PROPERTY), of);
  const partition = known((vault && arnFields(vault.arn)?.partition) ?? arnFields(text)?.partition);
  if (from.region !== undefined && /^aws(-[a-z]+)*$/.test(partition ?? ''))
    yield* told(place, copyPartitionProblems(from.region, partition, PROPERTY), of);
}

/** Whether a copy certainly goes into the vault that the rule backs up into. */
function isIntoSource(inventory: Inventory, plan: PlanItem, rule: RuleItem, copy: CopyItem): boolean {
  if (rule.airGappedVault !== undefined) return false; // copied from there
  if (rule.vault?.to !== undefined) return rule.vault.to === linkedVault(inventory, copy.vault)?.id;
  const fields = copy.vault && arnFields(copy.vault.text);
  const name = nameInArn(copy.vault);
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

/** Two copies of a rule that go into the same vault. */
function* twice(plan: PlanItem, rule: RuleItem): Iterable<Seen> {
  const seen = new Set<string>();
  for (const copy of rule.copies.items) {
    const key = copy.vault?.to ?? (copy.vault && textKey(copy.vault.text));
    if (key === undefined) continue;
    if (seen.has(key))
      yield {
        id: 'Backup-DuplicateCopy',
        place: at(plan.place, `${copy.pathInTemplate}/${PROPERTY}`),
        message: `\`${PROPERTY}\` of ${copyLabel(plan, rule, copy)} is that of a copy before`,
      };
    seen.add(key);
  }
}

interface Crossing {
  readonly here: string;
  readonly account: string;
  readonly vault?: VaultItem;
}

function* acrossAccounts(
  inventory: Inventory,
  { place, copy, of, hasKeyOfSource }: Way,
  { here, account, vault }: Crossing,
): Iterable<Seen> {
  const isDefault = !vault && nameInArn(copy.vault) === DEFAULT_VAULT;
  if (isDefault || (vault && isUnderAwsManagedKey(inventory, vault))) {
    const name = vault ? vaultLabel(vault) : `vault \`${DEFAULT_VAULT}\``;
    const must = 'must be a vault under a customer-managed key';
    const problem = awsManagedKeyProblem(PROPERTY, must, `${name} of account ${account}`);
    const severity = hasKeyOfSource() ? 'error' : 'warning';
    for (const seen of told(place, [{ ...problem, fix: undefined }], of)) yield { ...seen, severity };
  }
  if (!vault) return;
  const { accessPolicy } = vault;
  if (accessPolicy && mayAllow(accessPolicy, COPY_INTO_VAULT, { account: here })) return;
  yield {
    id: 'Backup-CopyAccess',
    place,
    message: `\`${PROPERTY}\` of ${of()} is ${vaultLabel(vault)} of account ${account}, ${accessPolicy ? 'whose access policy does not let' : 'which has no access policy that lets'} account ${here} copy into it`,
    fix: `add to the \`AccessPolicy\` of the vault ${copyIntoVaultStatement(partitionOf(vault.place.region ?? ''), here)}`,
  };
}

/** Whether a plan certainly protects something whose backups have the key of their source. */
function hasKeyOfSource(inventory: Inventory, plan: PlanItem, { resourceTypes }: CheckOptions): boolean {
  const types = new ResourceTypes(resourceTypes);
  const protections = protectionsOf(inventory);
  return inventory.selections.some(
    (selection) =>
      protections.planOf(selection) === plan &&
      protections
        .selectedBy(selection)
        .some((it) => types.of(it)?.supports(Capability.INDEPENDENT_ENCRYPTION) === Support.NO),
  );
}

/** An air-gapped vault without a key of its own is under one that AWS owns, which takes copies. */
function isUnderAwsManagedKey(inventory: Inventory, { kind, key }: VaultItem): boolean {
  if (!key) return kind === 'standard';
  const alias = known(linkedAlias(inventory, key)?.name) ?? known(key.text);
  return alias !== undefined && /(^|:)alias\/aws\//.test(alias);
}

function accountThere({ vault: link }: CopyItem, vault: VaultItem | undefined): string | undefined {
  if (vault) return vault.place.account;
  return known(link && arnFields(link.text)?.account);
}
