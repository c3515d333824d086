import { at, type Link } from '../../inventory/core/item';
import { otherPlace } from '../../inventory/core/places';
import type { Inventory } from '../../inventory/inventory';
import { copyLabel, GUIDE, ruleLabel, vaultLabel } from '../../inventory/labels';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { VaultItem } from '../../inventory/vault/vaults';
import { arnFields } from '../../template/evaluation/match';
import { isUnknown, known, type Text } from '../../template/evaluation/unknown';
import { vaultEnvironmentProblem } from '../../values/copy/copy-laws';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

/** The vault that AWS makes for automatic backups of Amazon EFS. */
export const EFS_VAULT = 'aws/efs/automatic-backup-vault';
/** The vault that the console makes. */
export const DEFAULT_VAULT = 'Default';

const asOf = '2026-04-13';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-ReservedVault',
    severity: 'error',
    what: 'A rule or a copy goes into the vault of the automatic backups of Amazon EFS.',
    why: 'The vault is reserved: every job fails with `insufficient privileges`.',
    fix: 'use a vault of your own',
    docs: 'https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html',
    source: 'AWS Backup Developer Guide, Working with supported services',
    asOf,
  },
  {
    id: 'Backup-DefaultVault',
    severity: 'warning',
    what: 'A rule backs up into the vault `Default`.',
    why: 'Only the console makes this vault: where nobody has opened it, every job fails, since the vault does not exist.',
    fix: 'make a vault, and back up into that',
    docs: `${GUIDE}create-a-vault.html`,
    source: 'AWS Backup Developer Guide, Creating a backup vault',
    asOf,
  },
  {
    id: 'Backup-VaultEnvironment',
    severity: 'error',
    what: 'The logically air-gapped vault of a rule is in another account or Region than the plan.',
    why: 'A rule backs up into vaults beside the plan only.',
    fix: 'use a vault beside the plan, and copy from there with `CopyActions`',
    docs: `${GUIDE}lag-vault-primary-backup.html`,
    source: 'API reference BackupRuleInput',
    asOf: '2026-08-31',
  },
  {
    id: 'Backup-RuleVault',
    severity: 'warning',
    what: 'A rule names a logically air-gapped vault where a standard one belongs, or the other way round.',
    why: 'AWS documents the one as `TargetBackupVault` and the other as `TargetLogicallyAirGappedBackupVaultArn`, beside it.',
    fix: 'name a standard vault in `TargetBackupVault`, and the air-gapped one in `TargetLogicallyAirGappedBackupVaultArn`',
    docs: `${GUIDE}lag-vault-primary-backup.html`,
    source: 'API reference BackupRuleInput',
    asOf: '2026-08-31',
  },
];

/** The vaults that rules back up into. */
export const vaultTargetChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
  const named = new Map<string, VaultItem>();
  const byArn = new Map<string, VaultItem>();
  for (const vault of inventory.vaults) {
    if (!isUnknown(vault.name)) named.set(keyOf(vault, vault.name), vault);
    if (!isUnknown(vault.arn)) byArn.set(vault.arn, vault);
  }
  for (const plan of inventory.plans)
    for (const rule of plan.rules.items) {
      const target = rule.vault && rule.vault.to === undefined ? known(rule.vault.text) : undefined;
      yield* ofTarget(plan, rule, target, target === undefined ? undefined : named.get(keyOf(plan, target)));
      yield* ofAirGapped(plan, rule, byArn);
      for (const copy of rule.copies.items)
        if (nameInArn(copy.vault) === EFS_VAULT)
          yield {
            id: 'Backup-ReservedVault',
            place: at(plan.place, `${copy.pathInTemplate}/DestinationBackupVaultArn`),
            message: `\`DestinationBackupVaultArn\` of ${copyLabel(plan, rule, copy)} is \`${EFS_VAULT}\`, which is reserved for Amazon EFS`,
          };
    }
}

function* ofTarget(
  plan: PlanItem,
  rule: RuleItem,
  target: string | undefined,
  vault: VaultItem | undefined,
): Iterable<Seen> {
  const place = at(plan.place, `${rule.pathInTemplate}/TargetBackupVault`);
  const property = '`TargetBackupVault`';
  if (target === EFS_VAULT)
    yield {
      id: 'Backup-ReservedVault',
      place,
      message: `${property} of ${ruleLabel(plan, rule)} is \`${EFS_VAULT}\`, which is reserved for Amazon EFS`,
    };
  else if (target === DEFAULT_VAULT && !vault)
    yield {
      id: 'Backup-DefaultVault',
      place,
      message: `${property} of ${ruleLabel(plan, rule)} is \`${DEFAULT_VAULT}\`, which no template makes`,
    };
  else if (vault?.kind === 'air-gapped')
    yield {
      id: 'Backup-RuleVault',
      place,
      message: `${property} of ${ruleLabel(plan, rule)} must be a standard vault, got ${vaultLabel(vault)}`,
    };
}

function* ofAirGapped(plan: PlanItem, rule: RuleItem, byArn: ReadonlyMap<string, VaultItem>): Iterable<Seen> {
  const link = rule.airGappedVault;
  if (!link) return;
  const property = 'TargetLogicallyAirGappedBackupVaultArn';
  const place = at(plan.place, `${rule.pathInTemplate}/${property}`);
  const fields = arnFields(link.text);
  const elsewhere = fields && otherPlace(plan.place, fields);
  if (elsewhere) {
    const problem = { ...vaultEnvironmentProblem(elsewhere, property), fix: undefined };
    yield* told(place, [problem], () => ruleLabel(plan, rule));
  }
  const vault = isUnknown(link.text) ? undefined : byArn.get(link.text);
  if (vault?.kind === 'standard')
    yield {
      id: 'Backup-RuleVault',
      place,
      message: `\`${property}\` of ${ruleLabel(plan, rule)} must be a logically air-gapped vault, got ${vaultLabel(vault)}`,
    };
}

/** The name in the ARN of a vault, as far as it is known. */
export function nameInArn(link: Link | undefined): string | undefined {
  const fields = link && arnFields(link.text);
  const resource: Text | undefined = fields?.resource;
  return resource !== undefined && !isUnknown(resource) ? resource.replace(/^backup-vault:/, '') : undefined;
}

function keyOf({ place }: Pick<PlanItem, 'place'>, name: string): string {
  const { account, region, stackId } = place;
  return account !== undefined && region !== undefined
    ? `${account}|${region}|${name}`
    : `${stackId}|${name}`;
}
