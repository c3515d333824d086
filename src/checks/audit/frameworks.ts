import { textOrToken } from '../../inventory/as-token';
import type { ControlItem, FrameworkItem, RecorderItem } from '../../inventory/audit/audits';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf } from '../../inventory/labels';
import { isUnknown } from '../../template/evaluation/unknown';
import {
  controlNameProblems,
  controlParameterProblems,
  ownRegionProblems,
} from '../../values/audit/control-laws';
import { controlScopeProblems } from '../../values/audit/control-scope-laws';
import { type ControlValues, frameworkProblems } from '../../values/audit/framework-laws';
import type { Problem } from '../../values/core/problem';
import { regionProblems } from '../../values/core/service-regions';
import { auditedTypeProblems } from '../../values/resource-type/audited-type-laws';
import { ResourceType } from '../../values/resource-type/resource-type';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** The types that AWS Config must record. Source: Developer Guide "Turning on resource tracking", 2026-09. */
const RECORDED = [
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::Backup::BackupVault',
  'AWS::Backup::RecoveryPoint',
];

/** Frameworks of AWS Backup Audit Manager, with their controls. */
export const frameworkChecks: readonly Check[] = checksOf(
  [
    'Backup-ControlParameterUnknown',
    'Backup-RepeatedControl',
    'Backup-FrameworkWithoutControl',
    'Backup-DuplicateControl',
    'Backup-ControlName',
    'Backup-UnknownControl',
    'Backup-ControlParameter',
    'Backup-ControlFrequency',
    'Backup-ControlScope',
    'Backup-ControlScopeKind',
    'Backup-ControlTypeUnknown',
    'Backup-ControlRegion',
    'Backup-AuditManagerRegion',
    'Backup-ConfigRecorder',
    'Backup-ConfigRecorderTypes',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory, { resourceTypes = [] }: CheckOptions): Iterable<Detection> {
  for (const framework of inventory.frameworks) {
    const { place, controls } = framework;
    const all = at(place, `${place.pathInTemplate}/Properties/FrameworkControls`);
    const of = () => label(framework);
    const values = controls.items.map(valuesOf);
    if (values.length > 0 || !controls.rest)
      yield* detectionsFrom(all, frameworkProblems(values, 'FrameworkControls').map(withoutFix), of);
    for (const [i, control] of controls.items.entries())
      yield* ofControl(framework, control, values[i], resourceTypes);
    yield* ofRegion(framework);
    yield* ofRecorders(framework, inventory.recorders);
  }
  for (const reportPlan of inventory.reportPlans) yield* ofRegion(reportPlan);
}

function label({ name, place }: FrameworkItem): string {
  return `framework ${nameOf(name, place)}`;
}

function withoutFix(problem: Problem): Problem {
  return problem.with({ fix: undefined });
}

function* ofRegion({ place }: Pick<FrameworkItem, 'place'>): Iterable<Detection> {
  yield* detectionsFrom(place, regionProblems('auditManager', place.region, 'Region'));
}

function valuesOf({ name, parameters, scope }: ControlItem): ControlValues {
  const entries = parameters.items.flatMap(({ name, value }) =>
    typeof name === 'string' ? [[name, textOrToken(value)] as const] : [],
  );
  return {
    name: textOrToken(name),
    parameters: Object.fromEntries(entries),
    scope: scope && {
      complianceResourceTypes: scope.resourceTypes.items.map((text) => textOrToken(text)),
      complianceResourceIds: scope.resourceIds.items.map((text) => textOrToken(text)),
      tags: scope.tags.items.map(({ key, value }) => ({ key: textOrToken(key), value: textOrToken(value) })),
    },
  };
}

function* ofControl(
  framework: FrameworkItem,
  { pathInTemplate, parameters, scope }: ControlItem,
  values: ControlValues,
  resourceTypes: readonly ResourceType[],
): Iterable<Detection> {
  const under = (path: string) => at(framework.place, `${pathInTemplate}/${path}`);
  const name = typeof values.name === 'string' ? values.name : undefined;
  const of = () => label(framework);
  yield* detectionsFrom(under('ControlName'), controlNameProblems(values.name, 'ControlName'), of);
  const open = parameters.rest || parameters.items.some((parameter) => typeof parameter.name !== 'string');
  if (!open) {
    const problems = controlParameterProblems(name, values.parameters);
    yield* detectionsFrom(
      under('ControlInputParameters'),
      problems,
      () => `${name === undefined ? 'a control' : `\`${name}\``} of ${of()}`,
    );
    const { region } = framework.place;
    yield* detectionsFrom(
      under('ControlInputParameters'),
      ownRegionProblems(name ?? '', values.parameters, region, 'crossRegionList'),
    );
  }
  for (const text of scope?.resourceTypes.items ?? []) {
    const type = [...resourceTypes, ...ResourceType.all()].find((one) => one.name === text);
    if (type) yield* detectionsFrom(under('ControlScope'), auditedTypeProblems(type, 'ControlScope'), of);
  }
  const unread = scope && [scope.resourceIds, scope.resourceTypes, scope.tags].some(({ rest }) => rest);
  if (!unread)
    yield* detectionsFrom(
      under('ControlScope'),
      controlScopeProblems(name, values.scope, 'ControlScope'),
      of,
    );
}

/** Whether AWS Config records what a framework needs, in its account and Region. */
function* ofRecorders(framework: FrameworkItem, recorders: readonly RecorderItem[]): Iterable<Detection> {
  const { place } = framework;
  const here = recorders.filter(
    (recorder) => recorder.place.account === place.account && recorder.place.region === place.region,
  );
  if (here.length === 0) {
    yield {
      id: 'Backup-ConfigRecorder',
      place,
      message: `${label(framework)} is evaluated by AWS Config, but this app creates no configuration recorder in its account and Region`,
    };
    return;
  }
  const missing = here.map(unrecorded);
  if (missing.some((types) => types.length === 0)) return;
  yield {
    id: 'Backup-ConfigRecorderTypes',
    place: here[0].place,
    message: `this configuration recorder does not record ${missing[0].join(', ')}, which ${label(framework)} needs`,
  };
}

/** The types that a recorder certainly does not record. */
function unrecorded({ allSupported, resourceTypes }: RecorderItem): string[] {
  const { items, rest } = resourceTypes;
  if ((allSupported ?? false) !== false || rest || items.length === 0 || items.some(isUnknown)) return [];
  return RECORDED.filter((type) => !items.includes(type));
}
