import { at, type Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { LIMITS } from '../../inventory/labels';
import { isUnknown } from '../../template/evaluation/unknown';
import { AUDIT_QUOTAS } from '../../values/audit/audit-quotas';
import { placeQuotaProblems, QUOTAS, type Quota } from '../../values/core/quotas';
import { HYPERVISORS } from '../../values/hypervisor/hypervisor-laws';
import { RESTORE_TESTING_QUOTAS } from '../../values/restore-testing/restore-testing-quotas';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

/** What is counted in an account and Region. */
interface Counted {
  readonly id: string;
  readonly what: string;
  readonly property: string;
  readonly quota: Quota;
  readonly items: (inventory: Inventory) => readonly Item[];
}

const COUNTED: readonly Counted[] = [
  {
    id: 'Backup-PlanQuota',
    what: 'plans',
    property: 'AWS::Backup::BackupPlan',
    quota: QUOTAS.plans,
    items: ({ plans }) => plans,
  },
  {
    id: 'Backup-VaultQuota',
    what: 'vaults, standard and logically air-gapped together',
    property: 'AWS::Backup::BackupVault',
    quota: QUOTAS.vaults,
    items: ({ vaults }) => vaults,
  },
  {
    id: 'Backup-FrameworkQuota',
    what: 'frameworks',
    property: 'AWS::Backup::Framework',
    quota: AUDIT_QUOTAS.frameworks,
    items: ({ frameworks }) => frameworks,
  },
  {
    id: 'Backup-ControlQuota',
    what: 'controls of frameworks',
    property: 'FrameworkControls',
    quota: AUDIT_QUOTAS.controls,
    items: ({ frameworks }) =>
      frameworks.flatMap((framework) => framework.controls.items.map(() => framework)),
  },
  {
    id: 'Backup-ReportPlanQuota',
    what: 'report plans',
    property: 'AWS::Backup::ReportPlan',
    quota: AUDIT_QUOTAS.reportPlans,
    items: ({ reportPlans }) => reportPlans,
  },
  {
    id: 'Backup-RestoreTestingPlanQuota',
    what: 'restore testing plans',
    property: 'AWS::Backup::RestoreTestingPlan',
    quota: RESTORE_TESTING_QUOTAS.plans,
    items: ({ restoreTestingPlans }) => restoreTestingPlans,
  },
  {
    id: 'Backup-HypervisorQuota',
    what: 'hypervisors',
    property: 'AWS::BackupGateway::Hypervisor',
    quota: HYPERVISORS,
    items: ({ hypervisors }) => hypervisors,
  },
];

/** Quotas that the templates alone exceed. */
export const placeQuotaChecks: readonly Check[] = subject(COUNTED.map(factsOf), look);

function factsOf({ id, what, quota }: Counted): CheckFacts {
  return {
    id,
    severity: quota.severity,
    what: `The templates make more than ${quota.max} ${what} in one account and Region.`,
    why: 'AWS Backup refuses what exceeds the quota, unless it was raised.',
    fix: 'ask AWS for a higher quota, and acknowledge this warning then',
    docs: LIMITS,
    source: 'AWS Backup Developer Guide, Quotas',
    asOf: quota.asOf,
  };
}

function* look(inventory: Inventory): Iterable<Seen> {
  for (const { id, property, quota, items } of COUNTED) {
    const byPlace = new Map<string, Item[]>();
    for (const item of items(inventory)) {
      const { account, region } = item.place;
      // stacks that leave the account or the Region open may be meant for different ones
      if (account === undefined || region === undefined) continue;
      if (item.condition && isUnknown(item.condition.holds)) continue;
      const there = byPlace.get(`${account}|${region}`);
      if (there) there.push(item);
      else byPlace.set(`${account}|${region}`, [item]);
    }
    for (const there of byPlace.values()) {
      const first = there[quota.max];
      if (first)
        yield* told(
          at(first.place, first.place.pathInTemplate),
          placeQuotaProblems(id, property, there.length, quota),
        );
    }
  }
}
