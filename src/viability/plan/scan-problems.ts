import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { planLabel, ruleLabel } from '../../inventory/labels';
import type { PlanItem } from '../../inventory/plan/plans';
import { isUnknown } from '../../template/evaluation/unknown';
import {
  indexActionProblems,
  type ScannedType,
  scannedType,
  scannedTypeProblems,
  scanPairProblems,
} from '../../values/plan/scan-laws';
import { ResourceType } from '../../values/resource-type/resource-type';
import type { AnalysisOptions } from '../core/analysis-options';
import { type Detection, detectionsFrom } from '../core/detection';

const WORDS = {
  settings: 'ScanSettings',
  addSettings: 'add `ScanSettings` to the plan',
  addScan: 'add `ScanActions` to a rule, or remove `ScanSettings`',
};

/** What plans index and scan for malware. */
export function* findScanProblems(
  { plans }: Inventory,
  { resourceTypes = [] }: AnalysisOptions,
): Iterable<Detection> {
  const types = [...ResourceType.all(), ...resourceTypes];
  const known = new Map(types.map((type) => [type.name, scannedType(type)]));
  for (const plan of plans) {
    yield* ofSettings(plan, known);
    for (const rule of plan.rules.items) {
      const { indexActions, pathInTemplate } = rule;
      if (indexActions.rest || indexActions.items.some(({ rest }) => rest)) continue;
      const counts = indexActions.items.map(({ items }) => items.length);
      const place = at(plan.place, `${pathInTemplate}/IndexActions`);
      yield* detectionsFrom(place, indexActionProblems(counts, 'IndexActions'), () => ruleLabel(plan, rule));
    }
  }
}

function* ofSettings(plan: PlanItem, known: ReadonlyMap<string, ScannedType>): Iterable<Detection> {
  const { place, rules, scans } = plan;
  const path = `${place.pathInTemplate}/Properties/BackupPlan/ScanSettings`;
  const scanning = rules.items.find(({ scanActions }) => scanActions.items.length > 0);
  const mayScan = rules.rest || rules.items.some(({ scanActions }) => scanActions.rest);
  const { name, index } = scanning ?? {};
  const label = scanning && (typeof name === 'string' ? name : String((index ?? 0) + 1));
  const problems = scanPairProblems(label, scans.items.length > 0 || scans.rest !== undefined, WORDS);
  for (const problem of problems)
    if (problem.severity === 'error' || !mayScan)
      yield* detectionsFrom(at(place, scans.items.length > 0 ? path : place.pathInTemplate), [problem], () =>
        planLabel(plan),
      );
  for (const [position, { resourceTypes }] of scans.items.entries()) {
    if (resourceTypes.rest || resourceTypes.items.some(isUnknown)) continue;
    const names = resourceTypes.items.flatMap((type) => (isUnknown(type) ? [] : [type]));
    const property = 'ResourceTypes';
    const where = at(place, `${path}/${position}/${property}`);
    // AWS's examples also have `ALL`
    const types = names
      .filter((type) => type !== 'ALL')
      .map((type) => known.get(type) ?? { name: type, isScanned: false });
    if (types.length > 0 || names.length === 0)
      yield* detectionsFrom(where, scannedTypeProblems(types, property, 'use `EBS`, `EC2` or `S3`'), () =>
        planLabel(plan),
      );
  }
}
