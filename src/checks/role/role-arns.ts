import { isRefused } from '../../coverage/compiled-selection';
import type { Link } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { selectionLabel } from '../../inventory/labels';
import { linkedRole } from '../../inventory/lookups';
import { placeInSelection, type SelectionItem } from '../../inventory/plan/selections';
import { ResourceTypes } from '../../inventory/resource-types';
import { showText } from '../../template/evaluation/text';
import { show } from '../../values/core/amounts';
import { DEFAULT_ROLE } from '../../values/core/managed-policies';
import { shared } from '../../viability/core/find-detections';
import { findRoleArnProblems } from '../../viability/role/role-problems';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';
import { SelectedTypes } from '../facts/selected-types';

/** Roles that selections name by ARN. */
export const roleArnChecks: readonly Check[] = [
  ...checksOf(['Backup-DefaultRole', 'Backup-ImportedRole'], findRolesForBuckets),
  ...checksOf(
    ['Backup-ServiceLinkedRole', 'Backup-RoleElsewhere', 'Backup-DefaultServiceRole'],
    shared(findRoleArnProblems),
  ),
];

function* findRolesForBuckets(inventory: Inventory, { resourceTypes }: CheckOptions): Iterable<Detection> {
  const types = new SelectedTypes(inventory, new ResourceTypes(resourceTypes));
  for (const selection of inventory.selections) {
    if (!selection.role) continue;
    if (!isRefused(selection) && !linkedRole(inventory, selection.role) && types.has(selection, 'S3'))
      yield* ofImportedRole(selection, selection.role);
  }
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
