import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, planLabel, ruleLabel } from '../../inventory/labels';
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
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const docs = `${GUIDE}malware-protection.html`;
const asOf = '2026-08-31';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-ScanSettingsMissing',
    severity: 'error',
    what: 'A rule scans for malware, but its plan does not say what is scanned, and by which role.',
    why: 'AWS Backup needs both, and refuses the plan.',
    fix: 'add `ScanSettings` to the plan',
    docs,
    source: 'API reference BackupPlanInput; AWS Backup Developer Guide, Malware protection',
    asOf,
  },
  {
    id: 'Backup-ScanSettingsUnused',
    severity: 'warning',
    what: 'A plan says what is scanned for malware, but none of its rules scans.',
    why: 'Nothing is scanned, and nobody is told.',
    fix: 'add `ScanActions` to a rule, or leave `ScanSettings` out',
    docs,
    source: 'AWS Backup Developer Guide, Malware protection',
    asOf,
  },
  {
    id: 'Backup-ScanResourceType',
    severity: 'error',
    what: 'Scan settings name no type, or one several times; a warning for a type that Amazon GuardDuty is not known to scan.',
    why: 'AWS Backup refuses the plan; what is not scanned is not told.',
    fix: 'use `EBS`, `EC2` or `S3`, each once',
    docs,
    source: 'API reference ScanSetting',
    asOf,
  },
  {
    id: 'Backup-IndexActions',
    severity: 'error',
    what: 'A rule has more than one index action, or one of several types.',
    why: 'AWS Backup takes one, of one type.',
    fix: 'index the other type by another rule',
    docs: `${GUIDE}API_IndexAction.html`,
    source: 'API reference BackupRuleInput and IndexAction',
    asOf,
  },
];

/** What plans index, and scan for malware. */
export const scanChecks: readonly Check[] = subject(FACTS, look);

const WORDS = {
  settings: 'ScanSettings',
  addSettings: 'add `ScanSettings` to the plan',
  addScan: 'add `ScanActions` to a rule, or leave `ScanSettings` out',
};

function* look({ plans }: Inventory, { resourceTypes = [] }: CheckOptions): Iterable<Seen> {
  const types = [...ResourceType.all(), ...resourceTypes];
  const known = new Map(types.map((type) => [type.name, scannedType(type)]));
  for (const plan of plans) {
    yield* ofSettings(plan, known);
    for (const rule of plan.rules.items) {
      const { indexActions, pathInTemplate } = rule;
      if (indexActions.rest || indexActions.items.some(({ rest }) => rest)) continue;
      const counts = indexActions.items.map(({ items }) => items.length);
      const place = at(plan.place, `${pathInTemplate}/IndexActions`);
      yield* told(place, indexActionProblems(counts, 'IndexActions'), () => ruleLabel(plan, rule));
    }
  }
}

function* ofSettings(plan: PlanItem, known: ReadonlyMap<string, ScannedType>): Iterable<Seen> {
  const { place, rules, scans } = plan;
  const path = `${place.pathInTemplate}/Properties/BackupPlan/ScanSettings`;
  const scanning = rules.items.find(({ scanActions }) => scanActions.items.length > 0);
  const mayScan = rules.rest || rules.items.some(({ scanActions }) => scanActions.rest);
  const { name, index } = scanning ?? {};
  const label = scanning && (typeof name === 'string' ? name : String((index ?? 0) + 1));
  const problems = scanPairProblems(label, scans.items.length > 0 || scans.rest !== undefined, WORDS);
  for (const problem of problems)
    if (problem.severity === 'error' || !mayScan)
      yield* told(at(place, scans.items.length > 0 ? path : place.pathInTemplate), [problem], () =>
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
      yield* told(where, scannedTypeProblems(types, property, 'use `EBS`, `EC2` or `S3`'), () =>
        planLabel(plan),
      );
  }
}
