import type { Change, ChangeKind, Changes, Direction } from './change';

/** What changes for the data between two versions. Public API of the command, to which members may be added. */
export interface Difference {
  /** The most severe first. */
  readonly changes: readonly Change[];
  /** Weaker changes that are accepted don't count. */
  readonly summary: Readonly<Record<Direction, number>>;
}

const DIRECTIONS: readonly Direction[] = ['weaker', 'stronger', 'neutral'];
/** The most severe first. */
const KINDS: readonly ChangeKind[] = [
  'protection',
  'resource',
  'replaced',
  'lock',
  'key',
  'vault',
  'survivability',
  'retention',
  'rpo',
  'continuous',
  'copy',
  'access',
  'organization',
  'restore-test',
  'monitoring',
  'opt-out',
  'role',
  'settings',
  'selection',
  'cold-storage',
  'finding',
  'renamed',
  'cost',
];

/** Changes in the order of a report. */
export function differenceFrom({ all: found }: Changes): Difference {
  const rank = ({ direction, kind }: Change) => DIRECTIONS.indexOf(direction) * 100 + KINDS.indexOf(kind);
  return summaryOf([...found].sort((a, b) => rank(a) - rank(b)));
}

/** Changes with their counts. */
export function summaryOf(changes: readonly Change[]): Difference {
  const open = changes.filter(({ accepted }) => accepted === undefined);
  const count = (direction: Direction) => open.filter((change) => change.direction === direction).length;
  return {
    changes,
    summary: { weaker: count('weaker'), stronger: count('stronger'), neutral: count('neutral') },
  };
}
