import type { Statement } from '../inventory/core/iam-policy';
import { isEffect } from '../inventory/iam-evaluation';
import type { Inventory } from '../inventory/inventory';
import { planLabel, resourceName, vaultLabel } from '../inventory/labels';
import type { PlanItem } from '../inventory/plan/plans';
import { findDestination } from '../inventory/traversal';
import type { VaultItem } from '../inventory/vault/vaults';
import { showText } from '../template/evaluation/text';
import { isUnknown, known, type Text } from '../template/evaluation/unknown';
import type { Verdict } from '../template/evaluation/verdict';
import { COPY_INTO_VAULT } from '../values/vault/vault-policy-laws';
import type { PrerequisiteCollector } from './prerequisite';
import { environmentText, isCertainlyCreated } from './region-prerequisites';

/** Settings that only the management account of an organization can make. */
export function collectOrganizationPrerequisites(
  inventory: Inventory,
  managementAccount: string | undefined,
  prerequisites: PrerequisiteCollector,
): void {
  for (const plan of inventory.plans) ofCopies(plan, inventory, prerequisites);
  for (const vault of inventory.vaults) {
    const isOpen = allowsOtherAccounts(vault);
    if (isOpen !== false)
      prerequisites.need(
        'global-flag',
        'crossAccountBackup',
        {},
        isOpen === true && isCertainlyCreated(vault),
        `${vaultLabel(vault)} allows other accounts to copy into it`,
      );
    if (vault.approvalTeam !== undefined)
      prerequisites.need(
        'global-flag',
        'multiPartyApproval',
        {},
        isCertainlyCreated(vault),
        `${vaultLabel(vault)} has an approval team`,
      );
  }
  for (const report of inventory.reportPlans) {
    const others = [...report.accounts.items, ...report.organizationUnits.items].some(
      (account) => known(account) !== report.place.account,
    );
    if (!others || report.place.account === managementAccount) continue;
    prerequisites.need(
      'global-flag',
      'delegatedAdministrator',
      {},
      managementAccount !== undefined && report.place.account !== undefined && isCertainlyCreated(report),
      (names) => `the report plan ${names} covers other accounts and is not in the management account`,
      resourceName(report),
    );
  }
  for (const policy of inventory.organizationPolicies) {
    const certain = !isUnknown(policy.policyType) && isCertainlyCreated(policy);
    const name = policy.name === undefined ? policy.place.logicalId : showText(policy.name);
    const reason = (names: string) => `the app contains the backup policy ${names}`;
    prerequisites.need('trusted-access', 'backup.amazonaws.com', {}, certain, reason, name);
    prerequisites.need('policy-type', 'BACKUP_POLICY', {}, certain, reason, name);
    prerequisites.remark(
      `backup policy \`${name}\` creates plans in accounts whose resources are not in the app: opt in there to the types that it is meant for, and check that the vaults and roles that it names exist`,
    );
  }
}

function ofCopies(plan: PlanItem, inventory: Inventory, prerequisites: PrerequisiteCollector): void {
  const { account: here } = plan.place;
  for (const rule of plan.rules.items) {
    for (const copy of rule.copies.items) {
      const { vault, account: there, region } = findDestination(inventory, copy.vault);
      // environment-agnostic stacks count as deployed to the same account
      if (vault && there === here) continue;
      if (here !== undefined && typeof there === 'string' && there !== '') {
        if (here !== there)
          prerequisites.need(
            'global-flag',
            'crossAccountBackup',
            {},
            isCertainlyCreated(plan),
            `${planLabel(plan)} copies to account ${there}`,
          );
      } else if (here === undefined && isOwnAccount(there)) continue;
      else
        prerequisites.need(
          'global-flag',
          'crossAccountBackup',
          {},
          false,
          `${planLabel(plan)} copies to ${environmentText({ account: known(there), region: known(region) })}, from ${environmentText(plan.place)}`,
        );
    }
    if (rule.copies.rest)
      prerequisites.remark(`${planLabel(plan)} may copy to more vaults: ${rule.copies.rest.reason}`);
  }
  if (plan.rules.rest)
    prerequisites.remark(`${planLabel(plan)} may have more rules: ${plan.rules.rest.reason}`);
}

/** Whether an account is `AWS::AccountId` of the stack itself. */
function isOwnAccount(account: Text | undefined): boolean {
  return (
    isUnknown(account) &&
    account.parts?.length === 1 &&
    typeof account.parts[0] !== 'string' &&
    account.parts[0].name === 'AWS::AccountId'
  );
}

/** Whether a vault allows another account to copy into it; undefined if it isn't known. */
function allowsOtherAccounts({ accessPolicy, place }: VaultItem): Verdict {
  let verdict: Verdict = false;
  for (const statement of accessPolicy?.statements.items ?? []) {
    if (isEffect(statement, 'Allow') !== true || !namesCopy(statement)) continue;
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

/** An account, or an ARN in it. */
const ACCOUNT = /^(?:arn:[^:]+:iam::)?(\d{12})(?::|$)/;

function namesCopy({ actions }: Statement): boolean {
  return (actions?.items ?? []).some((action) => {
    const text = known(action);
    return text === COPY_INTO_VAULT || text === 'backup:*' || text === '*';
  });
}
