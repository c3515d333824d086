import { type Duration, Resource, Stack } from 'aws-cdk-lib';
import {
  CfnRestoreTestingPlan,
  type IRestoreTestingPlanRef,
  type RestoreTestingPlanReference,
} from 'aws-cdk-lib/aws-backup';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { readHours } from '../../values/core/amounts';
import { backupArnProblems } from '../../values/core/backup-arns';
import { NAME_LAWS, nameProblems } from '../../values/core/names';
import { type Problem, throwErrors } from '../../values/core/problem';
import { placeQuotaProblems } from '../../values/core/quotas';
import { regionProblems } from '../../values/core/service-regions';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { startWindowHoursProblems } from '../../values/restore-testing/restore-testing-laws';
import {
  RESTORE_TESTING_QUOTAS,
  testingSelectionsProblems,
  testingTagsProblems,
} from '../../values/restore-testing/restore-testing-quotas';
import { BackupSchedule } from '../../values/schedule/backup-schedule';
import { propsProblems, requiredKindProblems } from '../core/argument-checks';
import { enforce, synthesisErrors } from '../core/enforce';
import { generatedName } from '../core/generated-name';
import { duplicateNameProblems, siblingsInEnvironment } from '../core/siblings-in-environment';
import { RecoveryPointSelection } from './recovery-point-selection';
import { RestoreTestingSelection } from './restore-testing-selection';
import type { RestoreTestingSelectionOptions } from './restore-testing-selection-options';

/** Properties of a `RestoreTestingPlan`. */
export interface RestoreTestingPlanProps {
  /**
   * The name: 1 to 50 letters, digits and `_`. Changing it replaces the plan.
   *
   * @default - generated from the path of the construct: unique in the app, and stable
   */
  readonly restoreTestingPlanName?: string;

  /** When tests run. Each test restores one recovery point of every selected resource, which incurs costs. */
  readonly schedule: BackupSchedule;

  /** Which recovery points are restored. */
  readonly recoveryPoints: RecoveryPointSelection;

  /**
   * How long after the scheduled time a restore may start: whole hours, 1 to 168. AWS Backup spreads the restores over
   * this window, and cancels restores that don't start within it.
   *
   * @default Duration.hours(24)
   */
  readonly startWindow?: Duration;
}

/** Attributes of an existing restore testing plan. */
export interface RestoreTestingPlanAttributes {
  /** The name of the plan. */
  readonly restoreTestingPlanName: string;
  /** The ARN of the plan. */
  readonly restoreTestingPlanArn: string;
}

/**
 * A restore testing plan: regularly restores recovery points to prove that they can be restored, then deletes the
 * restored resources.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 */
@propertyInjectable
export class RestoreTestingPlan extends Resource implements IRestoreTestingPlanRef {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.RestoreTestingPlan';

  /** Refers to an existing plan by its name and its ARN, which contains a suffix besides the name. */
  public static fromRestoreTestingPlanAttributes(
    scope: Construct,
    id: string,
    attributes: RestoreTestingPlanAttributes,
  ): IRestoreTestingPlanRef {
    throwErrors([
      ...unknownPropertyProblems(attributes, 'RestoreTestingPlanAttributes'),
      ...nameProblems('restoreTestingPlan', attributes?.restoreTestingPlanName, 'restoreTestingPlanName'),
      ...backupArnProblems(
        'restore-testing-plan',
        attributes?.restoreTestingPlanArn,
        'restoreTestingPlanArn',
      ),
    ]);
    return new ImportedRestoreTestingPlan(scope, id, attributes);
  }

  private readonly resource: CfnRestoreTestingPlan;
  private readonly literalName: string;
  private readonly allSelections: RestoreTestingSelection[] = [];

  constructor(scope: Construct, id: string, props: RestoreTestingPlanProps) {
    super(scope, id);
    throwErrors(inputProblems(props), this.node.path);
    const { schedule, recoveryPoints } = props;
    const { max } = NAME_LAWS.restoreTestingPlan;
    this.literalName =
      props.restoreTestingPlanName ?? generatedName(scope, id, { maxLength: max, separator: '_' });
    const window = props.startWindow === undefined ? undefined : readHours('startWindow', props.startWindow);
    const { region } = Stack.of(this);
    const others = siblingsInEnvironment<RestoreTestingPlan>(this, 'restore testing plan');
    enforce(this, [
      ...nameProblems('restoreTestingPlan', this.literalName, 'restoreTestingPlanName'),
      ...schedule._warnings,
      ...recoveryPoints._warnings,
      ...recoveryPoints._environmentProblems(this),
      ...(window?.problems ?? []),
      ...startWindowHoursProblems(window?.amount),
      ...regionProblems('restoreTesting', region),
      ...duplicateNameProblems(this, others, (other) => other.literalName, 'restoreTestingPlanName'),
      ...placeQuotaProblems(
        'Backup-RestoreTestingPlanQuota',
        'restore testing plans',
        others.indexOf(this) + 1,
        RESTORE_TESTING_QUOTAS.plans,
      ),
    ]);

    const { include, exclude } = recoveryPoints._vaultArns(this);
    this.resource = new CfnRestoreTestingPlan(this, 'Resource', {
      restoreTestingPlanName: this.literalName,
      scheduleExpression: schedule.expressionString,
      scheduleExpressionTimezone: schedule.timeZone?.timezoneName,
      startWindowHours: window?.amount,
      recoveryPointSelection: {
        algorithm: recoveryPoints.algorithm,
        recoveryPointTypes: recoveryPoints.types,
        includeVaults: include,
        excludeVaults: exclude.length > 0 ? exclude : undefined,
        selectionWindowDays: recoveryPoints.windowDays,
      },
    });
    this.node.addValidation({ validate: () => synthesisErrors(this, this.tagProblems()) });
  }

  /** The name of the plan. */
  public get restoreTestingPlanName(): string {
    return this.resource.ref;
  }

  /** The ARN of the plan. */
  public get restoreTestingPlanArn(): string {
    return this.resource.attrRestoreTestingPlanArn;
  }

  /** How other constructs refer to this plan. */
  public get restoreTestingPlanRef(): RestoreTestingPlanReference {
    return {
      restoreTestingPlanName: this.restoreTestingPlanName,
      restoreTestingPlanArn: this.restoreTestingPlanArn,
    };
  }

  /** The selections added with `addSelection()`. */
  public get selections(): RestoreTestingSelection[] {
    return [...this.allSelections];
  }

  /** Adds a selection: resources of one type to test. */
  public addSelection(id: string, options: RestoreTestingSelectionOptions): RestoreTestingSelection {
    throwErrors(testingSelectionsProblems(this.allSelections.length + 1, 'a restore testing plan'));
    const selection = new RestoreTestingSelection(this, id, { ...options, restoreTestingPlan: this });
    this.allSelections.push(selection);
    return selection;
  }

  /** At synthesis, since aspects can add tags. */
  private tagProblems(): Problem[] {
    const count = Object.keys(this.resource.cdkTagManager.tagValues()).length;
    return testingTagsProblems(count, 'a restore testing plan');
  }
}

/** Checks the types of the properties, for untyped callers. */
function inputProblems(props: RestoreTestingPlanProps): Problem[] {
  const wrong = propsProblems('Backup-RestoreTestingPlan', props);
  if (wrong.length > 0) return wrong;
  return [
    ...unknownPropertyProblems(props, 'RestoreTestingPlanProps'),
    ...requiredKindProblems(props?.schedule, (value: unknown) => value instanceof BackupSchedule, {
      id: 'Backup-ScheduleMissing',
      property: 'schedule',
      what: 'a `BackupSchedule`',
      fix: 'for example, use `BackupSchedule.weekly()`',
    }),
    ...requiredKindProblems(
      props?.recoveryPoints,
      (value: unknown) => value instanceof RecoveryPointSelection,
      {
        id: 'Backup-RecoveryPointSelection',
        property: 'recoveryPoints',
        what: 'a `RecoveryPointSelection`',
        fix: 'for example, use `RecoveryPointSelection.latest({ vaults: [vault] })`',
      },
    ),
  ];
}

/** A restore testing plan created elsewhere. */
class ImportedRestoreTestingPlan extends Resource implements IRestoreTestingPlanRef {
  public readonly restoreTestingPlanRef: RestoreTestingPlanReference;

  constructor(scope: Construct, id: string, attributes: RestoreTestingPlanAttributes) {
    super(scope, id, { environmentFromArn: attributes.restoreTestingPlanArn });
    const { restoreTestingPlanName, restoreTestingPlanArn } = attributes;
    this.restoreTestingPlanRef = { restoreTestingPlanName, restoreTestingPlanArn };
  }
}
