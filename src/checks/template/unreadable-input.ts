import type { Inventory } from '../../inventory/inventory';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** Parts of the input that could not be read, and so are not checked. */
export const unreadableInputChecks: readonly Check[] = checksOf(['Backup-UnreadInput'], findUnread);

function findUnread({ unread }: Inventory): Detection[] {
  return unread.map(({ place, message }) => ({ id: 'Backup-UnreadInput', place, message }));
}
