import type { Change, Direction } from '../../forecast/difference/change';

const DIRECTIONS: readonly Direction[] = ['weaker', 'stronger', 'neutral'];

/** How many changes there are in each direction, and how many are accepted. */
export function changesText(changes: readonly Change[]): string {
  if (changes.length === 0) return 'Nothing changes for backups.';
  const open = changes.filter(({ accepted }) => accepted === undefined);
  const accepted = changes.length - open.length;
  const counts = DIRECTIONS.map(
    (direction) => `${open.filter((change) => change.direction === direction).length} ${direction}`,
  );
  return `${counts.join(', ')}${accepted > 0 ? `; ${accepted} accepted` : ''}.`;
}
