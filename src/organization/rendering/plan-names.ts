import type { BackupRule } from '../../resources/plan/backup-rule';
import type { CopyAction } from '../../resources/plan/copy-action';
import { nameOf } from '../../resources/plan/plan-laws';
import type { BackupSelectionOptions } from '../../resources/selection/backup-selection-options';
import { isKnown } from '../../values/core/amounts';
import { partitionOf } from '../../values/core/partitions';
import type { OrganizationBackupPlanOptions } from '../core/organization-backup-plan-options';

/** The placeholder of a backup policy for the Region, which AWS Backup fills in for air-gapped vaults only. */
export const REGION_PLACEHOLDER = '$region';

/** A selection with the name that the policy gives it. */
export interface NamedSelection extends BackupSelectionOptions {
  readonly name: string;
}

/** The selections of a plan; one without a name is called like the plan, numbered where there are several. */
export function selectionsOf({
  name: planName,
  tags,
  selections = [{ tags }],
}: OrganizationBackupPlanOptions): NamedSelection[] {
  return selections.map((selection, index) => ({
    ...selection,
    name: selection.selectionName ?? (selections.length === 1 ? planName : `${planName}-${index + 1}`),
  }));
}

/** The name of the vault of a rule, literal where the app knows it. */
export function vaultNameOf(rule: BackupRule, plan: OrganizationBackupPlanOptions): string | undefined {
  return rule.vault ? nameOf(rule.vault) : plan.vaultName;
}

/** The name of the logically air-gapped vault of a rule, literal where the app knows it. */
export function airGappedVaultNameOf({ airGappedVault }: BackupRule): string | undefined {
  return airGappedVault && nameOf(airGappedVault);
}

/** The ARN that a copy goes to, literal where the app knows account, Region and name of the vault. */
export function destinationArnOf(copy: CopyAction): string {
  const vault = copy._vault;
  if (!vault) return copy.destinationVaultArn;
  const name = nameOf(vault);
  const { account, region } = vault.env;
  if (![name, account, region].every(isKnown)) return copy.destinationVaultArn;
  return `arn:${partitionOf(region)}:backup:${region}:${account}:backup-vault:${name}`;
}

/** Whether the names of vaults differ from Region to Region, which takes one plan per Region. */
export function needsPlanPerRegion(plan: OrganizationBackupPlanOptions): boolean {
  return plan.rules
    .flatMap((rule) => [vaultNameOf(rule, plan), ...rule.copies.map(destinationArnOf)])
    .some((name) => name?.includes(REGION_PLACEHOLDER));
}
