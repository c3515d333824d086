import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { copyJobLabel, nameOf, stateMachineLabel } from '../../inventory/labels';
import { linkedRole } from '../../inventory/lookups';
import type { CopyJobItem, CopyStateMachineItem } from '../../inventory/plan/copy-state-machines';
import type { RoleItem } from '../../inventory/role/roles';
import { RolePermissions, trusts } from '../../inventory/role-permissions';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

const BACKUP = 'backup.amazonaws.com';
const STATES = 'states.amazonaws.com';
/** The AWS managed policy that allows copying. */
const COPY_POLICY = 'service-role/AWSBackupServiceRolePolicyForBackup';
/** AWS managed policies that don't. */
const OTHER_POLICIES: ReadonlySet<string> = new Set([
  'AWSBackupServiceRolePolicyForS3Backup',
  'AWSBackupServiceRolePolicyForS3Restore',
  'service-role/AWSBackupServiceRolePolicyForRestores',
]);

/** State machines that start copy jobs. */
export const copyStateMachineChecks: readonly Check[] = checksOf(
  ['Backup-CopyStateMachineRole', 'Backup-CopyRole'],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  for (const machine of inventory.copyStateMachines) {
    const role = linkedRole(inventory, machine.role);
    if (role) yield* ofMachineRole(inventory, machine, role);
    for (const copy of machine.copies) {
      const copier = linkedRole(inventory, copy.role);
      if (copier) yield* ofCopyRole(inventory, machine, copy, copier);
    }
  }
}

function* ofMachineRole(
  inventory: Inventory,
  machine: CopyStateMachineItem,
  role: RoleItem,
): Iterable<Detection> {
  const permissions = new RolePermissions(inventory, role);
  const lacking = ['backup:StartCopyJob', 'iam:PassRole'].filter(
    (action) => permissions.may(action) === false,
  );
  const id = 'Backup-CopyStateMachineRole';
  const who = `the role ${label(role)} of ${stateMachineLabel(machine)}`;
  for (const action of lacking)
    yield {
      id,
      place: role.place,
      message: `${who} is not allowed to perform \`${action}\``,
      fix: `allow \`${action}\``,
    };
  if (trusts(role, STATES) === false) yield { id, ...missingTrust(role, who, STATES) };
}

function* ofCopyRole(
  inventory: Inventory,
  machine: CopyStateMachineItem,
  copy: CopyJobItem,
  role: RoleItem,
): Iterable<Detection> {
  const id = 'Backup-CopyRole';
  const who = `the role ${label(role)} of ${copyJobLabel(machine, copy)}`;
  if (new RolePermissions(inventory, role).has(COPY_POLICY, ['backup'], OTHER_POLICIES) === false)
    yield {
      id,
      place: role.place,
      message: `${who} lacks \`${COPY_POLICY}\`, which allows copying`,
      fix: `attach \`arn:aws:iam::aws:policy/${COPY_POLICY}\`, or use a \`BackupRole\``,
    };
  if (trusts(role, BACKUP) === false) yield { id, ...missingTrust(role, who, BACKUP) };
}

function missingTrust(role: RoleItem, who: string, service: string) {
  return {
    place: at(role.place, role.trust?.pathInTemplate ?? role.place.pathInTemplate),
    message: `${who} must trust \`${service}\`, but its trust policy does not let it assume the role`,
    fix: `allow \`${service}\` to assume the role with \`sts:AssumeRole\``,
  };
}

function label({ name, place }: RoleItem): string {
  return nameOf(name, place);
}
