import { at, type Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { isUnknown } from '../../template/evaluation/unknown';
import { AUDIT_QUOTAS } from '../../values/audit/audit-quotas';
import { placeQuotaProblems, QUOTAS, type Quota } from '../../values/core/quotas';
import type { FindingId } from '../../values/findings/registry';
import { HYPERVISORS } from '../../values/hypervisor/hypervisor-laws';
import { RESTORE_TESTING_QUOTAS } from '../../values/restore-testing/restore-testing-quotas';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** What a quota of an account and Region counts. */
interface Counted {
  readonly id: FindingId;
  readonly property: string;
  readonly quota: Quota;
  /** Whether the quota is for all Regions of the account together. */
  readonly isGlobal?: boolean;
  readonly items: (inventory: Inventory) => readonly Item[];
}

const COUNTED: readonly Counted[] = [
  {
    id: 'Backup-PlanQuota',
    property: 'AWS::Backup::BackupPlan',
    quota: QUOTAS.plans,
    items: ({ plans }) => plans,
  },
  {
    id: 'Backup-VaultQuota',
    property: 'AWS::Backup::BackupVault',
    quota: QUOTAS.vaults,
    items: ({ vaults }) => vaults,
  },
  {
    id: 'Backup-FrameworkQuota',
    property: 'AWS::Backup::Framework',
    quota: AUDIT_QUOTAS.frameworks,
    items: ({ frameworks }) => frameworks,
  },
  {
    id: 'Backup-ControlQuota',
    property: 'FrameworkControls',
    quota: AUDIT_QUOTAS.controls,
    items: ({ frameworks }) =>
      frameworks.flatMap((framework) => framework.controls.items.map(() => framework)),
  },
  {
    id: 'Backup-ReportPlanQuota',
    property: 'AWS::Backup::ReportPlan',
    quota: AUDIT_QUOTAS.reportPlans,
    isGlobal: true,
    items: ({ reportPlans }) => reportPlans,
  },
  {
    id: 'Backup-RestoreTestingPlanQuota',
    property: 'AWS::Backup::RestoreTestingPlan',
    quota: RESTORE_TESTING_QUOTAS.plans,
    items: ({ restoreTestingPlans }) => restoreTestingPlans,
  },
  {
    id: 'Backup-HypervisorQuota',
    property: 'AWS::BackupGateway::Hypervisor',
    quota: HYPERVISORS,
    items: ({ hypervisors }) => hypervisors,
  },
];

/** Quotas of an account and Region that the templates alone exceed. */
export const regionalQuotaChecks: readonly Check[] = checksOf(
  [
    'Backup-PlanQuota',
    'Backup-VaultQuota',
    'Backup-FrameworkQuota',
    'Backup-ControlQuota',
    'Backup-ReportPlanQuota',
    'Backup-RestoreTestingPlanQuota',
    'Backup-HypervisorQuota',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  for (const { id, property, quota, items, isGlobal } of COUNTED) {
    const byPlace = new Map<string, Item[]>();
    for (const item of items(inventory)) {
      const { account, region } = item.place;
      // environment-agnostic stacks may be deployed to different accounts and Regions
      if (account === undefined || (region === undefined && !isGlobal)) continue;
      if (item.condition && isUnknown(item.condition.holds)) continue;
      const key = isGlobal ? account : `${account}|${region}`;
      const there = byPlace.get(key);
      if (there) there.push(item);
      else byPlace.set(key, [item]);
    }
    for (const there of byPlace.values()) {
      const first = there[quota.max];
      if (first)
        yield* detectionsFrom(
          at(first.place, first.place.pathInTemplate),
          placeQuotaProblems(id, property, there.length, quota),
        );
    }
  }
}
