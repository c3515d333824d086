import { at, type Link, type Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf, planLabel, selectionLabel } from '../../inventory/labels';
import { placeInSelection } from '../../inventory/plan/selections';
import type { RoleItem } from '../../inventory/role/roles';
import { managedPolicyFaults, roleArnFault } from '../../inventory/role-identities';
import { showText } from '../../template/evaluation/text';
import { show } from '../../values/core/amounts';
import { OTHER_DEFAULT_ROLE } from '../../values/core/managed-policies';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** The ARNs of roles and of the AWS managed policies that roles have. */
export const roleIdentityChecks: readonly Check[] = checksOf(
  [
    'Backup-RoleArn',
    'Backup-DefaultRolePath',
    'Backup-ManagedPolicyArn',
    'Backup-ManagedPolicyMissing',
    'Backup-ManagedPolicyServiceLinked',
    'Backup-ManagedPolicyUnknown',
  ],
  findProblems,
);

const SCANS = 'Properties/BackupPlan/ScanSettings';

/** The ARN of a role in a template. */
interface RoleMention {
  readonly property: string;
  readonly role: Link | undefined;
  readonly place: Place;
  readonly of: () => string;
}

function* findProblems(inventory: Inventory): Iterable<Detection> {
  for (const { role, place, property, of } of mentions(inventory)) {
    if (!role) continue;
    const fault = roleArnFault(inventory, role, place);
    if (fault)
      yield {
        id: 'Backup-RoleArn',
        place,
        message: `\`${property}\` of ${of()} must be the ARN of a role, got ${fault.got}`,
        fix: fault.fix,
      };
    else if (role.to === undefined && OTHER_DEFAULT_ROLE.test(showText(role.text)))
      yield {
        id: 'Backup-DefaultRolePath',
        place,
        message: `\`${property}\` of ${of()} is ${show(showText(role.text))}, but the default role of AWS Backup has the path \`service-role/\``,
      };
  }
  for (const role of inventory.roles) yield* ofPolicies(role);
}

function* mentions(inventory: Inventory): Iterable<RoleMention> {
  for (const selection of inventory.selections)
    yield {
      property: 'IamRoleArn',
      role: selection.role,
      place: placeInSelection(selection, 'IamRoleArn'),
      of: () => selectionLabel(selection),
    };
  for (const { role, place, name } of inventory.restoreTestingSelections)
    yield {
      property: 'IamRoleArn',
      role,
      place: at(place, `${place.pathInTemplate}/Properties/IamRoleArn`),
      of: () => `restore testing selection ${nameOf(name, place)}`,
    };
  for (const plan of inventory.plans)
    for (const [i, { role }] of plan.scans.items.entries())
      yield {
        property: 'ScannerRoleArn',
        role,
        place: at(plan.place, `${plan.place.pathInTemplate}/${SCANS}/${i}/ScannerRoleArn`),
        of: () => planLabel(plan),
      };
}

const KINDS = {
  malformed: ['Backup-ManagedPolicyArn', 'is not the ARN of a managed policy'],
  missing: ['Backup-ManagedPolicyMissing', 'does not exist'],
  'service-linked': ['Backup-ManagedPolicyServiceLinked', 'can be attached only to service-linked roles'],
  unknown: ['Backup-ManagedPolicyUnknown', 'is not known to exist'],
} as const;

function* ofPolicies(role: RoleItem): Iterable<Detection> {
  const base = `${role.place.pathInTemplate}/Properties`;
  for (const { kind, path, name, meant } of managedPolicyFaults(role)) {
    const [id, what] = KINDS[kind];
    const policy =
      kind === 'malformed' ? `${show(name)}, which` : `the AWS managed policy \`${name}\`, which`;
    yield {
      id,
      place: at(role.place, `${base}/${path}`),
      message: `role ${nameOf(role.name, role.place)} has ${policy} ${what}`,
      fix: meant && `attach \`arn:aws:iam::aws:policy/${meant}\``,
    };
  }
}
