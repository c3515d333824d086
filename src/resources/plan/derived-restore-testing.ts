import { Duration } from 'aws-cdk-lib';
import type { IBackupVaultRef, ILogicallyAirGappedBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IConstruct } from 'constructs';
import { readDays, show } from '../../values/core/amounts';
import { enumerateNames } from '../../values/core/enumeration';
import { type Problem, problem, throwErrors } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { DEFAULT_START_WINDOW_MINUTES } from '../../values/plan/windows';
import { ResourceType } from '../../values/resource-type/resource-type';
import {
  type DerivedWindow,
  derivedWindow,
  type FillingRule,
  ownWindowProblems,
} from '../../values/restore-testing/derived-window';
import { BackupSchedule } from '../../values/schedule/backup-schedule';
import { maximumGapMinutes } from '../../values/schedule/cron-runs';
import { flagProblems, listProblems, propsProblems, requiredKindProblems } from '../core/argument-checks';
import { enforce, synthesisErrors } from '../core/enforce';
import { RecoveryPointSelection, RecoveryPointType } from '../restore-testing/recovery-point-selection';
import { RestoreMetadata } from '../restore-testing/restore-metadata';
import { RestoreTestingPlan } from '../restore-testing/restore-testing-plan';
import type { BackupSelection } from '../selection/backup-selection';
import { differentEnvironment } from '../vault/vault-facts';
import { isAirGappedVault, isVault } from '../vault/vault-reference';
import type { BackupRule } from './backup-rule';
import type { PlanRestoreTestingOptions } from './plan-restore-testing-options';
import { deriveSelections } from './tested-types';

/** What restore tests are derived from: a backup plan. */
interface TestablePlan extends IConstruct {
  readonly rules: BackupRule[];
  readonly selections: BackupSelection[];
  readonly vault?: IBackupVaultRef;
}

const ID = 'Backup-DerivedRestoreTesting';

/**
 * Creates a restore testing plan from the rules and selections that a plan has now. What can't be tested is reported as a
 * note, what is added to the plan later as a warning.
 */
export function deriveRestoreTesting(
  plan: TestablePlan,
  options: PlanRestoreTestingOptions,
): RestoreTestingPlan {
  throwErrors(inputProblems(options), plan.node.path);
  const { rules, selections } = plan;
  const { metadata = [], random = false, copies = false } = options;
  const window = windowOf(rules, random);
  const own = options.window === undefined ? undefined : readDays('window', options.window);
  const derived = deriveSelections(
    selections.map(({ _criteria }) => _criteria),
    metadata,
    options.resourceTypes,
  );
  const vaults = testedVaults(plan, copies);
  throwErrors(
    [
      ...window.problems,
      ...ownWindowProblems(own?.amount, window.days, 'window'),
      ...emptinessProblems(plan, derived.selections.length, derived.untested),
      ...uselessMetadataProblems(
        metadata,
        derived.selections.map(({ criteria }) => criteria.resourceType),
      ),
    ],
    plan.node.path,
  );

  const from = {
    vaults: vaults.standard,
    airGappedVaults: vaults.airGapped,
    types: rules.some(({ isContinuous }) => isContinuous)
      ? [RecoveryPointType.SNAPSHOT, RecoveryPointType.CONTINUOUS]
      : [RecoveryPointType.SNAPSHOT],
    window: options.window ?? (window.days === undefined ? undefined : Duration.days(window.days)),
  };
  const testing = new RestoreTestingPlan(plan, nextId(plan), {
    restoreTestingPlanName: options.restoreTestingPlanName,
    schedule: options.schedule,
    startWindow: options.startWindow,
    recoveryPoints: random ? RecoveryPointSelection.random(from) : RecoveryPointSelection.latest(from),
  });
  const { validationWindow, role } = options;
  for (const { id, criteria } of derived.selections)
    testing.addSelection(id, { ...criteria, validationWindow, role });
  enforce(testing, [
    ...derived.untested.map(untestedProblem),
    ...derived.widened.map(widenedProblem),
    ...vaults.elsewhere.map(untestedProblem),
  ]);
  reportAdditions(plan, testing, rules.length, selections.length);
  return testing;
}

/** The types of a plan that restore tests would cover. */
export function testableTypes(
  plan: TestablePlan,
  metadata: readonly RestoreMetadata[],
  only: readonly ResourceType[] | undefined,
): ResourceType[] {
  const criteria = plan.selections.map(({ _criteria }) => _criteria);
  const types = deriveSelections(criteria, metadata, only).selections.map(
    (each) => each.criteria.resourceType,
  );
  return types.filter(({ name }, index) => types.findIndex((other) => other.name === name) === index);
}

/** `RestoreTesting`, `RestoreTesting2`, … */
function nextId(plan: IConstruct): string {
  let count = 1;
  const id = () => (count === 1 ? 'RestoreTesting' : `RestoreTesting${count}`);
  while (plan.node.tryFindChild(id())) count++;
  return id();
}

function windowOf(rules: readonly BackupRule[], random: boolean): DerivedWindow {
  const now = new Date();
  const filling = rules.map(
    (rule): FillingRule => ({
      name: rule.name,
      gapMinutes: rule.schedule._cron && maximumGapMinutes(rule.schedule._cron, now),
      startWindowMinutes: rule.startWindowMinutes ?? DEFAULT_START_WINDOW_MINUTES,
      retentionDays: rule.retention.isForever ? Number.POSITIVE_INFINITY : rule.retention.inDays,
      hasTimeZone: rule.schedule.timeZone !== undefined,
    }),
  );
  return derivedWindow(filling, random);
}

interface Vaults {
  readonly standard: IBackupVaultRef[];
  readonly airGapped: ILogicallyAirGappedBackupVaultRef[];
  /** The copies that the tests don't reach, each a clause. */
  readonly elsewhere: string[];
}

/** The vaults that the rules fill, and those of their copies here. */
function testedVaults(plan: TestablePlan, copies: boolean): Vaults {
  const standard = new Set<IBackupVaultRef>();
  const airGapped = new Set<ILogicallyAirGappedBackupVaultRef>();
  const elsewhere = new Set<string>();
  for (const rule of plan.rules) {
    const vault = rule.vault ?? plan.vault;
    if (vault) standard.add(vault);
    if (rule.airGappedVault) airGapped.add(rule.airGappedVault);
    for (const { _vault: destination, destinationVaultArn } of copies ? rule.copies : []) {
      const other = destination && differentEnvironment(plan, destination);
      if (!destination)
        elsewhere.add(`copies into ${show(destinationVaultArn)}: whether the vault is here is not known`);
      else if (other)
        elsewhere.add(
          `copies into ${show(destination.node.path)}: the vault is in ${other.what} ${other.there}`,
        );
      else if (isVault(destination)) standard.add(destination);
      else if (isAirGappedVault(destination)) airGapped.add(destination);
    }
  }
  return { standard: [...standard], airGapped: [...airGapped], elsewhere: [...elsewhere] };
}

function untestedProblem(what: string): Problem {
  return problem({
    id: 'Backup-NotRestoreTested',
    property: 'selections',
    message: `restore tests omit ${what}`,
    fix: 'test it by hand, or acknowledge this with a reason',
  });
}

function widenedProblem(what: string): Problem {
  return problem({
    id: 'Backup-RestoreTestingWidened',
    property: 'selections',
    message: `restore tests cover all recovery points in the vaults of the plan of ${what}`,
    fix: 'give the plan a vault of its own, so that tests restore nothing of other plans',
  });
}

function emptinessProblems(plan: TestablePlan, tests: number, untested: readonly string[]): Problem[] {
  const missing = [
    ...(plan.rules.length === 0 ? ['rules'] : []),
    ...(plan.selections.length === 0 ? ['selections'] : []),
  ];
  if (missing.length > 0)
    return [
      problem({
        id: ID,
        property: missing[0],
        message: `restore tests are derived from the rules and selections of the plan, which has no ${missing.join(' and no ')}`,
        fix: 'call `addRestoreTesting()` after the last `addRule()` and `addSelection()`',
      }),
    ];
  if (tests > 0) return [];
  return [
    problem({
      id: ID,
      property: 'selections',
      message: `restore tests must cover at least one resource of the plan, but none can be tested${untested.length > 0 ? ` (${untested.join('; ')})` : ''}`,
      fix: 'remove `resourceTypes`, set `metadata`, or test restores of this plan by hand',
    }),
  ];
}

function uselessMetadataProblems(
  metadata: readonly RestoreMetadata[],
  types: readonly ResourceType[],
): Problem[] {
  const names = types.map(({ name }) => name);
  return metadata.flatMap(({ _type }, index) => {
    const wrong =
      _type === undefined
        ? 'must come from a factory for one type, got `RestoreMetadata.of`'
        : metadata.findIndex((other) => other._type === _type) < index
          ? `must be at most one for each type, got two for ${_type}`
          : names.includes(_type)
            ? undefined
            : `must be for a type that is tested (${names.join(', ')}), got metadata for ${_type}`;
    if (wrong === undefined) return [];
    return [
      problem({
        id: ID,
        property: `metadata[${index}]`,
        message: (label) => `${label(`metadata[${index}]`)} ${wrong}`,
        fix: 'for other metadata, add a selection with `addSelection()` to the restore testing plan',
      }),
    ];
  });
}

/** Warns at synthesis about rules and selections that came too late to be tested. */
function reportAdditions(plan: TestablePlan, testing: RestoreTestingPlan, rules: number, selections: number) {
  testing.node.addValidation({
    validate: () => {
      const late = [
        ...plan.rules.slice(rules).map(({ name }) => name),
        ...plan.selections.slice(selections).map(({ node }) => node.id),
      ];
      if (late.length === 0) return [];
      return synthesisErrors(testing, [
        problem({
          id: 'Backup-RestoreTestingTooEarly',
          property: 'selections',
          message: `${enumerateNames(late)} came after the restore tests were derived, so the tests omit ${late.length === 1 ? 'it' : 'them'}`,
          fix: 'call `addRestoreTesting()` after the last `addRule()` and `addSelection()`',
        }),
      ]);
    },
  });
}

/** Checks the types of the options, for untyped callers. The restore testing plan checks the rest. */
function inputProblems(options: PlanRestoreTestingOptions): Problem[] {
  const wrong = propsProblems(ID, options ?? null);
  if (wrong.length > 0) return wrong;
  return [
    ...unknownPropertyProblems(options, 'PlanRestoreTestingOptions'),
    ...requiredKindProblems(options.schedule, (value: unknown) => value instanceof BackupSchedule, {
      id: 'Backup-ScheduleMissing',
      property: 'schedule',
      what: 'a `BackupSchedule`',
      fix: 'for example, use `BackupSchedule.weekly()`',
    }),
    ...flagProblems(ID, 'random', options.random),
    ...flagProblems(ID, 'copies', options.copies),
    ...listProblems(options.resourceTypes, (type: unknown) => type instanceof ResourceType, {
      id: ID,
      property: 'resourceTypes',
      what: 'a `ResourceType`',
    }),
    ...listProblems(options.metadata, (metadata: unknown) => metadata instanceof RestoreMetadata, {
      id: ID,
      property: 'metadata',
      what: '`RestoreMetadata`',
    }),
  ];
}
