import type { PointSeries } from './lineage';
import type { RuleSchedule } from './plan-schedules';
import type { VaultPlace } from './vault-place';

/**
 * - `backup`: a point for each run of a rule
 * - `continuous`: one point with a moving window
 * - `copy`: made by a copy action or a state machine
 * - `temporary`: in the standard vault, until it is copied to the logically air-gapped vault of the rule
 */
export type LineageKind = 'backup' | 'continuous' | 'copy' | 'temporary';

/** Recovery points of one resource with one vault and one lifecycle. */
export interface Lineage extends PointSeries {
  readonly kind: LineageKind;
  readonly vault: VaultPlace;
  readonly plan: string;
  readonly rule: string;
  readonly schedule: RuleSchedule;
  /** The days that a continuous backup reaches back. */
  readonly windowDays?: number;
  /** What a copy is made from. */
  readonly source?: Lineage;
}

/** What will exist of a resource, and what will not. */
export interface ResourcePoints {
  readonly lineages: readonly Lineage[];
  /** Why rules or copies make no recovery points, or perhaps none: lower case, no full stop. */
  readonly reasons: readonly string[];
}
