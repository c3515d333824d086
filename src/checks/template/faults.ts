import type { Inventory } from '../../inventory/inventory';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** What CloudFormation refuses: properties that aren't in the schema, and references to nothing. */
export const faultChecks: readonly Check[] = checksOf(
  [
    'Backup-UnknownType',
    'Backup-UnknownProperty',
    'Backup-PropertyDisputed',
    'Backup-PropertyPossiblyMissing',
    'Backup-MissingProperty',
    'Backup-PropertyType',
    'Backup-PropertyValue',
    'Backup-UnknownAttribute',
    'Backup-UnresolvedName',
  ],
  findFaults,
);

function findFaults({ faults }: Inventory): readonly Detection[] {
  return faults;
}
