import type { PolicyDocument } from '../inventory/core/iam-policy';
import type { Inventory } from '../inventory/inventory';
import { planLabel, resourceName } from '../inventory/labels';
import { eachCopy, findDestination } from '../inventory/traversal';
import { known } from '../template/evaluation/unknown';
import type { PrerequisiteCollector, Reason } from './prerequisite';
import { isCertainlyCreated } from './region-prerequisites';

/** The services of AWS Backup with a service-linked role. */
export const LINKED_SERVICES = {
  backup: 'backup.amazonaws.com',
  reports: 'reports.backup.amazonaws.com',
  restoreTesting: 'restore-testing.backup.amazonaws.com',
} as const;

const ROLE_ARN =
  /^arn:[^:]+:iam::(\d{12}):role\/aws-service-role\/((?:reports\.|restore-testing\.)?backup\.amazonaws\.com)\//;

/**
 * Service-linked roles. AWS Backup creates them when they are first needed, if the caller is allowed to; AWS refuses
 * policies that name one that doesn't exist.
 *
 * Source: Developer Guide "Using service-linked roles for AWS Backup", 2026-04.
 */
export function collectAccountPrerequisites(
  inventory: Inventory,
  prerequisites: PrerequisiteCollector,
): void {
  const need = (
    service: string,
    account: string | undefined,
    certain: boolean,
    reason: Reason,
    subject?: string,
  ) => prerequisites.need('service-linked-role', service, { account }, certain, reason, subject);

  for (const { plan, copy } of eachCopy(inventory)) {
    const isCertain = isCertainlyCreated(plan);
    need(LINKED_SERVICES.backup, plan.place.account, isCertain, `${planLabel(plan)} copies recovery points`);
    const account = known(findDestination(inventory, copy.vault).account);
    if (account !== undefined && account !== plan.place.account)
      need(LINKED_SERVICES.backup, account, isCertain, `${planLabel(plan)} copies into this account`);
  }
  for (const item of inventory.frameworks)
    need(
      LINKED_SERVICES.reports,
      item.place.account,
      isCertainlyCreated(item),
      (names) => `the app contains the framework ${names}`,
      resourceName(item),
    );
  for (const item of inventory.reportPlans)
    need(
      LINKED_SERVICES.reports,
      item.place.account,
      isCertainlyCreated(item),
      (names) => `the app contains the report plan ${names}`,
      resourceName(item),
    );
  for (const item of inventory.restoreTestingPlans)
    need(
      LINKED_SERVICES.restoreTesting,
      item.place.account,
      isCertainlyCreated(item),
      (names) => `the app contains the restore testing plan ${names}`,
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
        if (service) need(service, account, true, (names) => `the policy of ${names} names it`, name);
      }
}
