import type { Inventory } from '../../inventory/inventory';
import { nameOf, planLabel } from '../../inventory/labels';
import { linkedRole } from '../../inventory/lookups';
import { RolePermissions, trusts } from '../../inventory/role-permissions';
import { awsBackupPolicies } from '../../viability/core/aws-backup-policies';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

const GUARD_DUTY = 'malware-protection.guardduty.amazonaws.com';
const GUARD_DUTY_POLICY = 'AWSBackupGuardDutyRolePolicyForScans';

/** The malware scanner roles of plans. */
export const scannerRoleChecks: readonly Check[] = checksOf(['Backup-ScannerRole'], findProblems);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  const policies = awsBackupPolicies();
  for (const plan of inventory.plans)
    for (const scan of plan.scans.items) {
      const role = linkedRole(inventory, scan.role);
      if (!role) continue;
      const permissions = new RolePermissions(inventory, role);
      const faults = [
        ...(trusts(role, GUARD_DUTY) === false ? [`must trust \`${GUARD_DUTY}\``] : []),
        ...(permissions.has(GUARD_DUTY_POLICY, ['guardduty', 'backup', 'ebs', 's3'], policies) === false
          ? [`lacks \`${GUARD_DUTY_POLICY}\``]
          : []),
      ];
      for (const fault of faults)
        yield {
          id: 'Backup-ScannerRole',
          place: role.place,
          message: `the malware scanner role ${nameOf(role.name, role.place)} of ${planLabel(plan)} ${fault}`,
        };
    }
}
