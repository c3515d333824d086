import type { PolicyDocument } from '../inventory/core/iam-policy';
import type { Inventory } from '../inventory/inventory';
import { planLabel } from '../inventory/labels';
import { resourceName } from '../inventory/resource-labels';
import { known } from '../template/evaluation/unknown';
import type { Demands } from './demand';
import { accountOf, resolved } from './destinations';
import { isMade } from './region-demands';

/** The services of AWS Backup that have a service-linked role. */
export const LINKED_SERVICES = {
  backup: 'backup.amazonaws.com',
  reports: 'reports.backup.amazonaws.com',
  restoreTesting: 'restore-testing.backup.amazonaws.com',
} as const;

const ROLE_ARN =
  /^arn:[^:]+:iam::(\d{12}):role\/aws-service-role\/((?:reports\.|restore-testing\.)?backup\.amazonaws\.com)\//;

/**
 * Service-linked roles. AWS Backup makes them by itself when they are first used, where whoever does it may; a policy
 * that names one which isn't there is refused.
 *
 * Source: Developer Guide "Using service-linked roles for AWS Backup", 2026-04.
 */
export function accountDemands(inventory: Inventory, demands: Demands): void {
  const need = (service: string, account: string | undefined, certain: boolean, why: string, who?: string) =>
    demands.need('service-linked-role', service, { account }, certain, why, who);

  for (const plan of inventory.plans)
    for (const rule of plan.rules.items)
      for (const copy of rule.copies.items) {
        need(LINKED_SERVICES.backup, plan.place.account, isMade(plan), `${planLabel(plan)} copies`);
        const there = known(accountOf(resolved(inventory, copy)));
        if (there !== undefined && there !== plan.place.account)
          need(LINKED_SERVICES.backup, there, isMade(plan), `${planLabel(plan)} copies into the account`);
      }
  for (const item of inventory.frameworks)
    need(
      LINKED_SERVICES.reports,
      item.place.account,
      isMade(item),
      'there is the framework',
      resourceName(item),
    );
  for (const item of inventory.reportPlans)
    need(
      LINKED_SERVICES.reports,
      item.place.account,
      isMade(item),
      'there is the report plan',
      resourceName(item),
    );
  for (const item of inventory.restoreTestingPlans)
    need(
      LINKED_SERVICES.restoreTesting,
      item.place.account,
      isMade(item),
      'there is the restore testing plan',
      resourceName(item),
    );

  const policies: readonly (readonly [string, PolicyDocument | undefined])[] = [
    ...inventory.keys.map((key) => [resourceName(key), key.policy] as const),
    ...inventory.vaults.map((vault) => [resourceName(vault), vault.accessPolicy] as const),
    ...inventory.resources.flatMap((resource) =>
      (resource.bucket?.policies ?? []).map((policy) => [resourceName(resource), policy] as const),
    ),
  ];
  for (const [name, policy] of policies)
    for (const statement of policy?.statements.items ?? [])
      for (const { who } of [
        ...(statement.principals?.items ?? []),
        ...(statement.notPrincipals?.items ?? []),
      ]) {
        const [, account, service] = ROLE_ARN.exec(known(who.text) ?? '') ?? [];
        if (service) need(service, account, true, 'it is named in the policy of', name);
      }
}
