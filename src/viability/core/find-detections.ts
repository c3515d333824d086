import type { Inventory } from '../../inventory/inventory';
import type { AnalysisOptions } from './analysis-options';
import type { Detection } from './detection';

/** Finds something in an inventory. */
export type FindDetections = (inventory: Inventory, options: AnalysisOptions) => Iterable<Detection>;

interface Found {
  readonly options: AnalysisOptions;
  readonly detections: readonly Detection[];
}

const FOUND = new WeakMap<Inventory, Map<FindDetections, Found>>();

/** What a function finds in an inventory, computed once for the checks and the coverage. */
export function shared(find: FindDetections): FindDetections {
  return (inventory, options) => {
    const ofInventory = FOUND.get(inventory) ?? new Map<FindDetections, Found>();
    FOUND.set(inventory, ofInventory);
    let found = ofInventory.get(find);
    if (!found || !isSame(found.options, options)) {
      found = { options, detections: [...find(inventory, options)] };
      ofInventory.set(find, found);
    }
    return found.detections;
  };
}

function isSame(a: AnalysisOptions, b: AnalysisOptions): boolean {
  return a.now.getTime() === b.now.getTime() && a.resourceTypes === b.resourceTypes;
}
