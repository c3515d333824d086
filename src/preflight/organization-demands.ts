import type { Statement } from '../inventory/core/iam-policy';
import type { Inventory } from '../inventory/inventory';
import { planLabel, vaultLabel } from '../inventory/labels';
import type { PlanItem } from '../inventory/plan/plans';
import { resourceName } from '../inventory/resource-labels';
import type { VaultItem } from '../inventory/vault/vaults';
import { showText } from '../template/evaluation/text';
import { isUnknown, known } from '../template/evaluation/unknown';
import type { Verdict } from '../template/evaluation/verdict';
import { COPY_INTO_VAULT } from '../values/vault/vault-policy-laws';
import type { Demands } from './demand';
import { accountOf, resolved } from './destinations';
import { inWords, isMade } from './region-demands';

/** What only the management account of an organization sets. */
export function organizationDemands(
  inventory: Inventory,
  managementAccount: string | undefined,
  demands: Demands,
): void {
  for (const plan of inventory.plans) copiesOf(plan, inventory, demands);
  for (const vault of inventory.vaults) {
    const openness = lettingIn(vault);
    if (openness !== false)
      demands.need(
        'global-flag',
        'crossAccountBackup',
        {},
        openness === true && isMade(vault),
        `${vaultLabel(vault)} lets other accounts copy into it`,
      );
    if (vault.approvalTeam !== undefined)
      demands.need(
        'global-flag',
        'multiPartyApproval',
        {},
        isMade(vault),
        `${vaultLabel(vault)} has an approval team`,
      );
  }
  for (const report of inventory.reportPlans) {
    const others = [...report.accounts.items, ...report.organizationUnits.items].some(
      (account) => known(account) !== report.place.account,
    );
    if (!others || report.place.account === managementAccount) continue;
    demands.need(
      'global-flag',
      'delegatedAdministrator',
      {},
      managementAccount !== undefined && report.place.account !== undefined && isMade(report),
      'it tells of other accounts and is not in the management account: the report plan',
      resourceName(report),
    );
  }
  for (const policy of inventory.organizationPolicies) {
    const certain = !isUnknown(policy.policyType) && isMade(policy);
    const name = policy.name === undefined ? policy.place.logicalId : showText(policy.name);
    const reason = 'there is the backup policy';
    demands.need('trusted-access', 'backup.amazonaws.com', {}, certain, reason, name);
    demands.need('policy-type', 'BACKUP_POLICY', {}, certain, reason, name);
    demands.remark(
      `backup policy \`${name}\` makes plans in accounts whose resources no template of the app has: opt in there to the types that it is meant for, and look whether the vaults and roles that it names are there`,
    );
  }
}

function copiesOf(plan: PlanItem, inventory: Inventory, demands: Demands): void {
  const { account: here } = plan.place;
  for (const rule of plan.rules.items) {
    for (const copy of rule.copies.items) {
      const destination = resolved(inventory, copy);
      const there = accountOf(destination);
      // one that is left open is the same wherever it is left open
      if (destination.vault && there === here) continue;
      if (here !== undefined && typeof there === 'string' && there !== '') {
        if (here !== there)
          demands.need(
            'global-flag',
            'crossAccountBackup',
            {},
            isMade(plan),
            `${planLabel(plan)} copies to account ${there}`,
          );
      } else if (here === undefined && isOwnAccount(there)) continue;
      else
        demands.need(
          'global-flag',
          'crossAccountBackup',
          {},
          false,
          `${planLabel(plan)} copies to ${inWords({ account: known(there) })}, from ${inWords(plan.place)}`,
        );
    }
    if (rule.copies.rest)
      demands.remark(`${planLabel(plan)} may copy to more vaults: ${rule.copies.rest.reason}`);
  }
  if (plan.rules.rest) demands.remark(`${planLabel(plan)} may have more rules: ${plan.rules.rest.reason}`);
}

/** `AWS::AccountId` of the stack itself. */
function isOwnAccount(account: ReturnType<typeof accountOf>): boolean {
  return (
    isUnknown(account) &&
    account.parts?.length === 1 &&
    typeof account.parts[0] !== 'string' &&
    account.parts[0].name === 'AWS::AccountId'
  );
}

/** Whether a vault lets another account copy into it; undefined where it isn't known. */
function lettingIn({ accessPolicy, place }: VaultItem): Verdict {
  let verdict: Verdict = false;
  for (const statement of accessPolicy?.statements.items ?? []) {
    if (known(statement.effect) !== 'Allow' || !namesCopy(statement)) continue;
    for (const { kind, who } of statement.principals?.items ?? []) {
      const text = known(who.text);
      if (kind === '*' || text === '*') return true;
      if (kind !== 'AWS') continue;
      const account = ACCOUNT.exec(text ?? '')?.[1];
      if (account === undefined || place.account === undefined) verdict = undefined;
      else if (account !== place.account) return true;
    }
    if (statement.principals?.rest) verdict = undefined;
  }
  return verdict;
}

/** An account, or the ARN of something of it. */
const ACCOUNT = /^(?:arn:[^:]+:iam::)?(\d{12})(?::|$)/;

function namesCopy({ actions }: Statement): boolean {
  return (actions?.items ?? []).some((action) => {
    const text = known(action);
    return text === COPY_INTO_VAULT || text === 'backup:*' || text === '*';
  });
}
