import type { ResourceCoverage } from '../../coverage/coverage';
import type { Inventory } from '../../inventory/inventory';
import type { ResourceTypes } from '../../inventory/resource-types';
import type { Period } from '../core/period';
import type { ResourcePoints } from '../points/resource-points';

/** A resource of a forecast. */
export interface CostedResource {
  readonly coverage: ResourceCoverage;
  readonly resourceType?: string;
  readonly points: ResourcePoints;
}

/** The forecast that is estimated. */
export interface CostedForecast {
  readonly inventory: Inventory;
  readonly period: Period;
  readonly types: ResourceTypes;
  readonly resources: readonly CostedResource[];
}
