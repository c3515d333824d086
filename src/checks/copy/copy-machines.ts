import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { copyJobLabel, GUIDE, machineLabel, nameOf } from '../../inventory/labels';
import { linkedRole } from '../../inventory/lookups';
import type { CopyJobItem, CopyMachineItem } from '../../inventory/plan/copy-machines';
import type { RoleItem } from '../../inventory/role/roles';
import { RolePowers, trusts } from '../../inventory/role-powers';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject } from '../engine/subject';

const BACKUP = 'backup.amazonaws.com';
const STATES = 'states.amazonaws.com';
/** The policy of AWS that can copy. */
const COPIES = 'service-role/AWSBackupServiceRolePolicyForBackup';
/** Policies of AWS that can't. */
const OTHERS: ReadonlySet<string> = new Set([
  'AWSBackupServiceRolePolicyForS3Backup',
  'AWSBackupServiceRolePolicyForS3Restore',
  'service-role/AWSBackupServiceRolePolicyForRestores',
]);

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-CopyMachineRole',
    severity: 'error',
    what: 'The role of a state machine that starts copy jobs may not start them, pass their role, or be assumed by Step Functions.',
    why: 'Every execution fails, and nothing is copied.',
    fix: 'let `states.amazonaws.com` assume the role, and allow it `backup:StartCopyJob` and `iam:PassRole`, as a `CopyOnArrival` does',
    docs: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html',
    source: 'Service Authorization Reference, AWS Backup; IAM User Guide, Pass a role to a service',
    asOf: '2026-08-31',
  },
  {
    id: 'Backup-CopyRole',
    severity: 'error',
    what: 'The role that copy jobs are started with does not trust AWS Backup, or may not copy.',
    why: 'AWS Backup can not assume it, or the copy job fails for lack of permission.',
    fix: `let \`${BACKUP}\` assume the role, and attach \`${COPIES}\`, or use a \`BackupRole\``,
    docs: `${GUIDE}iam-service-roles.html`,
    source: 'AWS Backup Developer Guide, IAM service roles',
    asOf: '2026-04-13',
  },
];

/** State machines that start copy jobs. */
export const copyMachineChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
  for (const machine of inventory.copyMachines) {
    const role = linkedRole(inventory, machine.role);
    if (role) yield* ofMachineRole(inventory, machine, role);
    for (const copy of machine.copies) {
      const copier = linkedRole(inventory, copy.role);
      if (copier) yield* ofCopyRole(inventory, machine, copy, copier);
    }
  }
}

function* ofMachineRole(inventory: Inventory, machine: CopyMachineItem, role: RoleItem): Iterable<Seen> {
  const powers = new RolePowers(inventory, role);
  const lacking = ['backup:StartCopyJob', 'iam:PassRole'].filter((action) => powers.may(action) === false);
  const id = 'Backup-CopyMachineRole';
  const who = `the role ${label(role)} of ${machineLabel(machine)}`;
  for (const action of lacking)
    yield {
      id,
      place: role.place,
      message: `${who} may not do \`${action}\``,
      fix: `allow it \`${action}\``,
    };
  if (trusts(role, STATES) === false) yield { id, ...untrusting(role, who, STATES) };
}

function* ofCopyRole(
  inventory: Inventory,
  machine: CopyMachineItem,
  copy: CopyJobItem,
  role: RoleItem,
): Iterable<Seen> {
  const id = 'Backup-CopyRole';
  const who = `the role ${label(role)} of ${copyJobLabel(machine, copy)}`;
  if (new RolePowers(inventory, role).has(COPIES, ['backup'], OTHERS) === false)
    yield {
      id,
      place: role.place,
      message: `${who} lacks \`${COPIES}\`, which can copy`,
      fix: `attach \`arn:aws:iam::aws:policy/${COPIES}\`, or use a \`BackupRole\``,
    };
  if (trusts(role, BACKUP) === false) yield { id, ...untrusting(role, who, BACKUP) };
}

function untrusting(role: RoleItem, who: string, service: string) {
  return {
    place: at(role.place, role.trust?.pathInTemplate ?? role.place.pathInTemplate),
    message: `${who} must trust \`${service}\`, which none of its statements names`,
    fix: `let \`${service}\` assume the role with \`sts:AssumeRole\``,
  };
}

function label({ name, place }: RoleItem): string {
  return nameOf(name, place);
}
