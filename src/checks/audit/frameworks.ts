import type { ControlItem, FrameworkItem, RecorderItem } from '../../inventory/audit/audits';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { DEPLOYMENTS, GUIDE, nameOf } from '../../inventory/labels';
import { isUnknown } from '../../template/evaluation/unknown';
import { controlNameProblems, controlParameterProblems } from '../../values/audit/control-laws';
import { controlScopeProblems } from '../../values/audit/control-scope-laws';
import { type ControlValues, frameworkProblems } from '../../values/audit/framework-laws';
import { regionProblems } from '../../values/core/service-regions';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';
import { lawText } from '../facts/law-text';

const CONTROLS = `${GUIDE}controls-and-remediation.html`;
const SOURCE = 'AWS Backup Developer Guide, Controls and remediation';
const asOf = '2026-09-24';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-FrameworkWithoutControl',
    severity: 'error',
    what: 'A framework has no control.',
    why: 'AWS Backup refuses it: "has no controls".',
    fix: 'add a control, such as `BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN`',
    docs: CONTROLS,
    source: DEPLOYMENTS,
    asOf,
  },
  {
    id: 'Backup-DuplicateControl',
    severity: 'error',
    what: 'A framework has the same control twice; a warning where scope or parameters differ.',
    why: 'The schema of CloudFormation asks for controls that differ, and refuses the template.',
    fix: 'leave one of them out, or put it into another framework',
    docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-framework.html',
    source: 'CloudFormation schema of AWS::Backup::Framework',
    asOf,
  },
  {
    id: 'Backup-ControlName',
    severity: 'error',
    what: 'The name of a control is none.',
    why: 'AWS Backup refuses the framework.',
    fix: 'use for example `BACKUP_RECOVERY_POINT_ENCRYPTED`',
    docs: CONTROLS,
    source: 'CloudFormation schema of AWS::Backup::Framework',
    asOf,
  },
  {
    id: 'Backup-UnknownControl',
    severity: 'warning',
    what: 'The name of a control is not known.',
    why: 'Unless AWS has added it, the deployment of the framework fails.',
    fix: 'compare it with the list of controls; not all names begin with `BACKUP_`',
    docs: CONTROLS,
    source: SOURCE,
    asOf,
  },
  {
    id: 'Backup-ControlParameter',
    severity: 'error',
    what: 'A parameter of a control is missing, out of range or not known.',
    why: 'The rule of AWS Config behind the control is refused, and the framework ends as FAILED.',
    fix: 'give what the control takes',
    docs: CONTROLS,
    source: `${SOURCE}; AWS Config Developer Guide`,
    asOf,
  },
  {
    id: 'Backup-ControlFrequency',
    severity: 'warning',
    what: 'A control asks for newer copies in the air-gapped vault than AWS recommends.',
    why: 'Resources are shown as non-compliant between two copies.',
    fix: 'use how often copies are made',
    docs: CONTROLS,
    source: SOURCE,
    asOf,
  },
  {
    id: 'Backup-ControlScope',
    severity: 'error',
    what: 'The scope of a control has more than one tag or resource, or is of a kind that the control does not take.',
    why: 'AWS Backup refuses the framework: "Invalid control scope".',
    fix: 'use resource types, one tag, or one resource with its type',
    docs: CONTROLS,
    source: DEPLOYMENTS,
    asOf,
  },
  {
    id: 'Backup-AuditManagerRegion',
    severity: 'warning',
    what: 'A framework or report plan is in a Region where AWS Backup Audit Manager is not known to be available.',
    why: 'Its deployment fails.',
    fix: 'deploy it in another Region',
    docs: `${GUIDE}backup-feature-availability.html`,
    source: 'AWS Backup Developer Guide, Feature availability by AWS Region',
    asOf,
  },
  {
    id: 'Backup-ConfigRecorder',
    severity: 'note',
    what: 'A framework is in an account and Region in which the app makes no configuration recorder of AWS Config.',
    why: 'Controls are rules of AWS Config. Without a recorder the framework deploys, and ends with the deployment status FAILED.',
    fix: 'make sure that AWS Config records the resources of AWS Backup and what is backed up',
    docs: `${GUIDE}turning-on-resource-tracking.html`,
    source: DEPLOYMENTS,
    asOf,
  },
  {
    id: 'Backup-ConfigRecorderTypes',
    severity: 'warning',
    what: 'The configuration recorder beside a framework does not record the resources of AWS Backup.',
    why: 'The controls have nothing to evaluate, or the framework ends with the deployment status FAILED.',
    fix: 'add these to its resource types',
    docs: `${GUIDE}turning-on-resource-tracking.html`,
    source: 'AWS Backup Developer Guide, Turning on resource tracking',
    asOf,
  },
];

/** What AWS Config must record. Source: Developer Guide "Turning on resource tracking", 2026-09. */
const RECORDED = [
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::Backup::BackupVault',
  'AWS::Backup::RecoveryPoint',
];

/** Frameworks of AWS Backup Audit Manager, with their controls. */
export const frameworkChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
  for (const framework of inventory.frameworks) {
    const { place, controls } = framework;
    const all = at(place, `${place.pathInTemplate}/Properties/FrameworkControls`);
    const of = () => label(framework);
    const values = controls.items.map(valuesOf);
    if (values.length > 0 || !controls.rest)
      yield* told(all, frameworkProblems(values, 'FrameworkControls').map(withoutFix), of);
    for (const [i, control] of controls.items.entries()) yield* controlSeen(framework, control, values[i]);
    yield* regionSeen(framework);
    yield* recorderSeen(framework, inventory.recorders);
  }
  for (const reportPlan of inventory.reportPlans) yield* regionSeen(reportPlan);
}

function label({ name, place }: FrameworkItem): string {
  return `framework ${nameOf(name, place)}`;
}

function withoutFix<P extends { readonly fix?: string }>(problem: P): P {
  return { ...problem, fix: undefined };
}

function* regionSeen({ place }: Pick<FrameworkItem, 'place'>): Iterable<Seen> {
  yield* told(place, regionProblems('auditManager', place.region, 'Region'));
}

function valuesOf({ name, parameters, scope }: ControlItem): ControlValues {
  const entries = parameters.items.flatMap(({ name, value }) =>
    typeof name === 'string' ? [[name, lawText(value)] as const] : [],
  );
  return {
    name: lawText(name),
    parameters: Object.fromEntries(entries),
    scope: scope && {
      complianceResourceTypes: scope.resourceTypes.items.map((text) => lawText(text)),
      complianceResourceIds: scope.resourceIds.items.map((text) => lawText(text)),
      tags: scope.tags.items.map(({ key, value }) => ({ key: lawText(key), value: lawText(value) })),
    },
  };
}

function* controlSeen(
  framework: FrameworkItem,
  { pathInTemplate, parameters, scope }: ControlItem,
  values: ControlValues,
): Iterable<Seen> {
  const under = (path: string) => at(framework.place, `${pathInTemplate}/${path}`);
  const name = typeof values.name === 'string' ? values.name : undefined;
  const of = () => label(framework);
  yield* told(under('ControlName'), controlNameProblems(values.name, 'ControlName'), of);
  const open = parameters.rest || parameters.items.some((parameter) => typeof parameter.name !== 'string');
  if (!open) {
    const words = { name: 'ControlName', parameter: (parameter: string) => parameter };
    const problems = controlParameterProblems(name, values.parameters, words);
    yield* told(under('ControlInputParameters'), problems, () => `\`${name}\` of ${of()}`);
  }
  const unread = scope && [scope.resourceIds, scope.resourceTypes, scope.tags].some(({ rest }) => rest);
  if (!unread)
    yield* told(under('ControlScope'), controlScopeProblems(name, values.scope, 'ControlScope'), of);
}

/** Recorders of the account and Region of a framework. */
function* recorderSeen(framework: FrameworkItem, recorders: readonly RecorderItem[]): Iterable<Seen> {
  const { place } = framework;
  const here = recorders.filter(
    (recorder) => recorder.place.account === place.account && recorder.place.region === place.region,
  );
  if (here.length === 0) {
    yield {
      id: 'Backup-ConfigRecorder',
      place,
      message: `${label(framework)} is evaluated by AWS Config, and this app makes no configuration recorder in its account and Region`,
    };
    return;
  }
  const missing = here.map(unrecorded);
  if (missing.some((types) => types.length === 0)) return;
  yield {
    id: 'Backup-ConfigRecorderTypes',
    place: here[0].place,
    message: `this configuration recorder doesn't record ${missing[0].join(', ')}, which ${label(framework)} needs`,
  };
}

/** What a recorder leaves out; nothing where it records everything, or where that isn't known. */
function unrecorded({ allSupported, resourceTypes }: RecorderItem): string[] {
  const { items, rest } = resourceTypes;
  if ((allSupported ?? false) !== false || rest || items.length === 0 || items.some(isUnknown)) return [];
  return RECORDED.filter((type) => !items.includes(type));
}
