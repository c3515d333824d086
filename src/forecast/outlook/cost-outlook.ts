import { costBasisOf } from '../cost/cost-basis';
import { type CostBasis, type CostSizes, NO_SIZES } from '../cost/cost-model';
import { type CostEstimate, costOf } from '../cost/cost-of';
import { type Saving, savingsOf } from '../cost/cost-savings';
import { namesOf } from '../cost/cost-sizes';
import { DEFAULT_PRICES, type Prices } from '../cost/prices';
import type { Forecast } from './forecast';

/** Sizes and prices. */
export interface CostInputs {
  readonly sizes: CostSizes;
  readonly prices: Prices;
}

/** What is known without the user: sizes in templates, and the price table. */
export const DEFAULT_COST_INPUTS: CostInputs = { sizes: NO_SIZES, prices: DEFAULT_PRICES };

/** What a forecast costs. */
export interface CostOutlook {
  readonly basis: CostBasis;
  readonly estimate: CostEstimate;
  readonly savings: readonly Saving[];
}

export function costOutlook(forecast: Forecast, { sizes, prices }: CostInputs): CostOutlook {
  const basis = costBasisOf(forecast);
  return { basis, estimate: costOf(basis, sizes, prices), savings: savingsOf(basis, sizes, prices) };
}

/** The names that sizes may use for the resources of a forecast. */
export function resourceNames({ resources }: Forecast): string[] {
  return resources.flatMap(({ coverage: { resource } }) => {
    const { stack, logicalId, constructPath } = resource.place;
    return namesOf(`${stack}/${logicalId}`, constructPath);
  });
}
