import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf, selectionLabel } from '../../inventory/labels';
import { placeInSelection } from '../../inventory/plan/selections';
import type { RoleItem } from '../../inventory/role/roles';
import { managedPolicyFaults, roleArnFault } from '../../inventory/role-identities';
import { showText } from '../../template/evaluation/text';
import { show } from '../../values/core/amounts';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** The ARNs of roles and of the AWS managed policies that roles have. */
export const roleIdentityChecks: readonly Check[] = checksOf(
  [
    'Backup-RoleArn',
    'Backup-DefaultRolePath',
    'Backup-ManagedPolicyMissing',
    'Backup-ManagedPolicyServiceLinked',
    'Backup-ManagedPolicyUnknown',
  ],
  findProblems,
);

/** The default role by its name alone: the console creates it with the path `service-role/`. */
const DEFAULT_WITHOUT_PATH = ':role/AWSBackupDefaultServiceRole';

function* findProblems(inventory: Inventory): Iterable<Detection> {
  for (const selection of inventory.selections) {
    const { role, place: where } = selection;
    if (!role) continue;
    const place = placeInSelection(selection, 'IamRoleArn');
    const of = `\`IamRoleArn\` of ${selectionLabel(selection)}`;
    const fault = roleArnFault(inventory, role, where);
    if (fault)
      yield {
        id: 'Backup-RoleArn',
        place,
        message: `${of} must be the ARN of a role, got ${fault.got}`,
        fix: fault.fix,
      };
    else if (role.to === undefined && showText(role.text).endsWith(DEFAULT_WITHOUT_PATH))
      yield {
        id: 'Backup-DefaultRolePath',
        place,
        message: `${of} is ${show(showText(role.text))}, but the default role of AWS Backup has the path \`service-role/\``,
      };
  }
  for (const role of inventory.roles) yield* ofPolicies(role);
}

const KINDS = {
  missing: ['Backup-ManagedPolicyMissing', 'which does not exist'],
  'service-linked': ['Backup-ManagedPolicyServiceLinked', 'which only service-linked roles can have'],
  unknown: ['Backup-ManagedPolicyUnknown', 'which is not known to exist'],
} as const;

function* ofPolicies(role: RoleItem): Iterable<Detection> {
  const base = `${role.place.pathInTemplate}/Properties/ManagedPolicyArns`;
  for (const { kind, index, name, meant } of managedPolicyFaults(role)) {
    const [id, what] = KINDS[kind];
    yield {
      id,
      place: at(role.place, `${base}/${index}`),
      message: `role ${nameOf(role.name, role.place)} has the AWS managed policy \`${name}\`, ${what}`,
      fix: meant && `attach \`arn:aws:iam::aws:policy/${meant}\``,
    };
  }
}
