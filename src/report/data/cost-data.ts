import type { CostBasis, CostResource, CostSizes } from '../../forecast/cost/cost-model';
import { namesOf } from '../../forecast/cost/cost-sizes';
import type { Prices } from '../../forecast/cost/prices';
import type { CostInputs, CostOutlook } from '../../forecast/outlook/cost-outlook';

/** An estimate of cost that the page can do again with other sizes and change rates. */
export interface CostData {
  readonly basis: CostBasis;
  readonly sizes: CostSizes;
  readonly prices: Prices;
  readonly currency: string;
  /** Of the whole period; null where sizes or prices are missing. */
  readonly total: number | null;
  /** Of a month, at the end of the period. */
  readonly perMonth: number | null;
}

/** Undefined if there is nothing to estimate. */
export function costData(
  { basis, estimate }: Pick<CostOutlook, 'basis' | 'estimate'>,
  { sizes, prices }: CostInputs,
): CostData | undefined {
  if (basis.groups.length === 0) return undefined;
  const { currency, total, perMonth } = estimate;
  const resources = basis.resources.map((resource) => slim(resource, sizes));
  return { basis: { ...basis, resources }, sizes, prices, currency, total, perMonth };
}

/** Only resources that the sizes name need their names. */
function slim({ id, path, resourceType, sizeGiB }: CostResource, { resources }: CostSizes): CostResource {
  const isNamed = namesOf(id, path).some((name) => Object.hasOwn(resources, name));
  return isNamed ? { id, path, resourceType, sizeGiB } : { id: '', resourceType, sizeGiB };
}
