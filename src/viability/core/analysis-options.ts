import type { ResourceType } from '../../values/resource-type/resource-type';

/** What an analysis gets besides the inventory. */
export interface AnalysisOptions {
  /** Types that override or extend those of the catalog. */
  readonly resourceTypes?: readonly ResourceType[];
  /** The instant from which schedules are compared. */
  readonly now: Date;
}
