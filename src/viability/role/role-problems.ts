import type { Link } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { selectionLabel } from '../../inventory/labels';
import { placeInSelection, type SelectionItem } from '../../inventory/plan/selections';
import type { RoleItem } from '../../inventory/role/roles';
import { type RolePermissions, trusts } from '../../inventory/role-permissions';
import { arnFields } from '../../template/evaluation/match';
import { known } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { DEFAULT_ROLE } from '../../values/core/managed-policies';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { awsBackupPolicies } from '../core/aws-backup-policies';
import type { Detection } from '../core/detection';

/** The service that backs up with the role of a selection. */
export const BACKUP_SERVICE = 'backup.amazonaws.com';
const AWS_POLICIES = awsBackupPolicies();

/** Roles that selections name by an ARN that can't work. */
export function* findRoleArnProblems({ selections }: Inventory): Iterable<Detection> {
  for (const selection of selections) if (selection.role) yield* ofArn(selection, selection.role);
}

/** Whether AWS Backup certainly can't assume a role. */
export function isDistrusted(role: RoleItem): boolean {
  return trusts(role, BACKUP_SERVICE) === false;
}

/** The AWS managed policy whose permissions a role certainly lacks for backups of a type, if there is one. */
export function missingPolicy(permissions: RolePermissions, type: ResourceType): string | undefined {
  // the last one is the policy of the type itself
  const policy = type.backupPolicies.at(-1);
  const services = type.arnPatterns('aws').map((pattern) => pattern.split(':')[2]);
  if (policy === undefined || permissions.has(policy, services, AWS_POLICIES) !== false) return undefined;
  return policy;
}

function* ofArn(selection: SelectionItem, { text }: Link): Iterable<Detection> {
  const fields = arnFields(text);
  const resource = known(fields?.resource);
  const account = known(fields?.account);
  const place = placeInSelection(selection, 'IamRoleArn');
  const of = selectionLabel(selection);
  if (resource?.startsWith('role/aws-service-role/'))
    yield {
      id: 'Backup-ServiceLinkedRole',
      place,
      message: `\`IamRoleArn\` of ${of} must be a role that AWS Backup can assume, got the service-linked role ${show(resource.slice(resource.lastIndexOf('/') + 1))}`,
    };
  const here = selection.place.account;
  if (account !== undefined && here !== undefined && /^\d{12}$/.test(account) && account !== here)
    yield {
      id: 'Backup-RoleElsewhere',
      place,
      message: `\`IamRoleArn\` of ${of} must be a role in its own account (${here}), got one in ${account}`,
    };
  if (resource === DEFAULT_ROLE)
    yield {
      id: 'Backup-DefaultServiceRole',
      place,
      message: `\`IamRoleArn\` of ${of} is the default role of AWS Backup, which only the console creates`,
    };
}
