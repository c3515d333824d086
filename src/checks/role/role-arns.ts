import { isRefused } from '../../coverage/compiled-selection';
import type { Link } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { selectionLabel } from '../../inventory/labels';
import { linkedRole } from '../../inventory/lookups';
import { placeInSelection, type SelectionItem } from '../../inventory/plan/selections';
import { ResourceTypes } from '../../inventory/resource-types';
import { arnFields } from '../../template/evaluation/match';
import { showText } from '../../template/evaluation/text';
import { known } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';
import { SelectedTypes } from '../facts/selected-types';

/** Roles that selections name by ARN. */
export const roleArnChecks: readonly Check[] = checksOf(
  [
    'Backup-DefaultRole',
    'Backup-ServiceLinkedRole',
    'Backup-RoleElsewhere',
    'Backup-ImportedRole',
    'Backup-DefaultServiceRole',
  ],
  findProblems,
);

/** The default role, with its path. */
const DEFAULT_ROLE = 'role/service-role/AWSBackupDefaultServiceRole';

function* findProblems(inventory: Inventory, { resourceTypes }: CheckOptions): Iterable<Detection> {
  const types = new SelectedTypes(inventory, new ResourceTypes(resourceTypes));
  for (const selection of inventory.selections) {
    if (!selection.role) continue;
    yield* ofArn(selection, selection.role);
    if (!isRefused(selection) && !linkedRole(inventory, selection.role) && types.has(selection, 'S3'))
      yield* ofImportedRole(selection, selection.role);
  }
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

/** A role that isn't in the app, for buckets, which need policies of their own. */
function* ofImportedRole(selection: SelectionItem, role: Link): Iterable<Detection> {
  const text = showText(role.text);
  if (text.includes(':role/aws-service-role/')) return;
  const isDefault = text.endsWith(`:${DEFAULT_ROLE}`);
  yield {
    id: isDefault ? 'Backup-DefaultRole' : 'Backup-ImportedRole',
    place: placeInSelection(selection, 'IamRoleArn'),
    message: `${selectionLabel(selection)} selects buckets with ${isDefault ? 'the default role of AWS Backup, which lacks' : `the role ${show(text)}, which is not in the app and must have`} the policies for S3`,
  };
}
