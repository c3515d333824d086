import { type Duration, Token, Tokenization } from 'aws-cdk-lib';
import type { CfnFramework } from 'aws-cdk-lib/aws-backup';
import { controlNameProblems, controlParameterProblems } from '../../values/audit/control-laws';
import { controlScopeProblems } from '../../values/audit/control-scope-laws';
import type { ControlValues } from '../../values/audit/framework-laws';
import { readDays, readHours, readMinutes, show } from '../../values/core/amounts';
import { type Problem, refuse, throwErrors } from '../../values/core/problem';
import { ControlScope } from './control-scope';
import type {
  AirGappedControlOptions,
  CrossAccountControlOptions,
  CrossRegionControlOptions,
  CustomControlOptions,
  FrameworkControlOptions,
  LastRecoveryPointOptions,
  ManualDeletionDisabledOptions,
  MinFrequencyAndRetentionOptions,
  MinRetentionOptions,
  RestoreTimeOptions,
  VaultLockControlOptions,
} from './framework-control-options';

/**
 * A control of a framework: one question that AWS Backup Audit Manager asks of backups, again and again.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/controls-and-remediation.html
 */
export class FrameworkControl {
  /** Are resources in a backup plan? Scope: resource types, one tag or one resource. */
  public static resourcesProtectedByBackupPlan(options: FrameworkControlOptions = {}): FrameworkControl {
    return new FrameworkControl('BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN', options, {});
  }

  /**
   * Does every backup plan have a rule that runs often enough and keeps long enough? Scope: one tag of plans, or one
   * plan.
   */
  public static minFrequencyAndRetention(options: MinFrequencyAndRetentionOptions = {}): FrameworkControl {
    return new FrameworkControl('BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK', options, {
      ...age('frequency', 'requiredFrequency', options?.frequency, 1),
      requiredRetentionDays: days('retention', options?.retention, 35),
    });
  }

  /**
   * Do the access policies of vaults deny to delete recovery points by hand? Scope: one tag of vaults, or one vault.
   * A `DeletionDenial` says it the way this control reads.
   */
  public static manualDeletionDisabled(options: ManualDeletionDisabledOptions = {}): FrameworkControl {
    return new FrameworkControl('BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED', options, {
      principalArnList: list(
        'exemptRoles',
        options?.exemptRoles?.map?.((role) => role?.roleRef?.roleArn ?? role) ?? options?.exemptRoles,
      ),
    });
  }

  /** Are recovery points encrypted? Scope: one tag of recovery points. */
  public static recoveryPointsEncrypted(options: FrameworkControlOptions = {}): FrameworkControl {
    return new FrameworkControl('BACKUP_RECOVERY_POINT_ENCRYPTED', options, {});
  }

  /** Are recovery points kept long enough? Scope: one tag of recovery points. */
  public static minRetention(options: MinRetentionOptions = {}): FrameworkControl {
    return new FrameworkControl('BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK', options, {
      requiredRetentionDays: days('retention', options?.retention, 35),
    });
  }

  /** Are backups copied to another Region? Scope: resource types, one tag or one resource. */
  public static resourcesProtectedByCrossRegion(options: CrossRegionControlOptions = {}): FrameworkControl {
    return new FrameworkControl('BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION', options, {
      crossRegionList: list('regions', options?.regions),
    });
  }

  /** Are backups copied to another account? Scope: resource types, one tag or one resource. */
  public static resourcesProtectedByCrossAccount(options: CrossAccountControlOptions = {}): FrameworkControl {
    return new FrameworkControl('BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT', options, {
      crossAccountList: list('accounts', options?.accounts),
    });
  }

  /** Are backups in a locked vault? Scope: resource types, one tag or one resource. */
  public static resourcesProtectedByVaultLock(options: VaultLockControlOptions = {}): FrameworkControl {
    return new FrameworkControl('BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK', options, {
      minRetentionDays: days('minRetention', options?.minRetention),
      maxRetentionDays: days('maxRetention', options?.maxRetention),
    });
  }

  /** Is there a recovery point that is new enough? Scope: resource types, one tag or one resource. */
  public static lastRecoveryPointCreated(options: LastRecoveryPointOptions = {}): FrameworkControl {
    return new FrameworkControl(
      'BACKUP_LAST_RECOVERY_POINT_CREATED',
      options,
      age('within', 'recoveryPointAge', options?.within, 1),
    );
  }

  /**
   * Did the latest restore take no longer than it may? Restore testing gives it something to measure. Scope:
   * resource types, one tag or one resource.
   */
  public static restoreTimeMeetsTarget(options: RestoreTimeOptions): FrameworkControl {
    return new FrameworkControl('RESTORE_TIME_FOR_RESOURCES_MEET_TARGET', options ?? {}, {
      maxRestoreTime: minutes('maxRestoreTime', options?.maxRestoreTime),
    });
  }

  /** Is there a new enough copy in a logically air-gapped vault? Scope: resource types or one resource. */
  public static resourcesInLogicallyAirGappedVault(options: AirGappedControlOptions = {}): FrameworkControl {
    return new FrameworkControl(
      'RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
      options,
      age('within', 'recoveryPointAge', options?.within, 7),
    );
  }

  /**
   * A control by its name in the API, for those that AWS adds after this release.
   *
   * @param name such as `BACKUP_RECOVERY_POINT_ENCRYPTED`
   */
  public static of(name: string, options: CustomControlOptions = {}): FrameworkControl {
    const given = Object.entries(options?.parameters ?? {}).map(([parameter, value]): [string, Parameter] => [
      parameter,
      { property: parameter, value },
    ]);
    const wrong = given
      .filter(([, { value }]) => typeof value !== 'string' && !Token.isUnresolved(value))
      .map(([parameter, { value }]) =>
        parameterProblem(parameter, `\`${parameter}\` must be text, got ${show(value)}`),
      );
    throwErrors([...controlNameProblems(name), ...wrong], 'FrameworkControl.of');
    return new FrameworkControl(name, options, Object.fromEntries(given), controlNameProblems(name));
  }

  /** The name of the control in the API. */
  public readonly controlName: string;

  /** The parameters by their names in the API. */
  public readonly parameters: { [name: string]: string };

  /** What the control evaluates. */
  public readonly scope: ControlScope;

  /** What is legal and probably not meant; frameworks pass it on. @internal */
  public readonly _warnings: Problem[];

  private constructor(
    name: string,
    options: FrameworkControlOptions,
    parameters: Given,
    problems: Problem[] = [],
  ) {
    const scope = options?.scope ?? ControlScope.everything();
    if (!(scope instanceof ControlScope))
      throw refuse(
        'Backup-ControlScope',
        'scope',
        `\`scope\` must be a \`ControlScope\`, got ${show(scope)}`,
        'use for example `ControlScope.resourceTypes(ResourceType.EFS)`',
      );
    const unreadable = Object.values(parameters).flatMap((parameter) => parameter?.problems ?? []);
    const given = Object.entries(parameters).filter(([, parameter]) => parameter?.value !== undefined);
    const values = Object.fromEntries(given.map(([parameter, read]) => [parameter, read?.value]));
    const judged = controlParameterProblems(name, values, {
      name: 'name',
      parameter: (parameter) => parameters[parameter]?.property ?? parameter,
    }).filter(({ property }) => !unreadable.some((problem) => problem.property === property));
    this._warnings = [
      ...problems,
      ...unreadable,
      ...judged,
      ...controlScopeProblems(name, scope._values),
      ...scope._warnings,
    ];
    throwErrors(this._warnings, name);
    this.controlName = name;
    this.scope = scope;
    this.parameters = Object.fromEntries(
      given.map(([parameter, read]): [string, string] => [parameter, text(read?.value)]),
    );
  }

  /** The name of the control, with its scope. */
  public toString(): string {
    return `${this.controlName} (${this.scope})`;
  }

  /** The control as the laws see it. @internal */
  public get _asValues(): ControlValues {
    return { name: this.controlName, parameters: this.parameters, scope: this.scope._values };
  }

  /** @internal */
  public _render(): CfnFramework.FrameworkControlProperty {
    const parameters = Object.entries(this.parameters);
    return {
      controlName: this.controlName,
      controlInputParameters:
        parameters.length > 0
          ? parameters.map(([parameterName, parameterValue]) => ({ parameterName, parameterValue }))
          : undefined,
      controlScope: this.scope._render(),
    };
  }
}

/** A parameter as it was given: what it holds, which property it came from, and why it can't be read. */
interface Parameter {
  readonly property: string;
  readonly value?: unknown;
  readonly problems?: readonly Problem[];
}
type Given = Readonly<Record<string, Parameter | undefined>>;

function days(property: string, duration: Duration | undefined, otherwise?: number): Parameter {
  if (duration === undefined) return { property, value: otherwise };
  const { amount, problems } = readDays(property, duration);
  return { property, value: amount, problems };
}

function minutes(property: string, duration: Duration): Parameter {
  if (duration === undefined) return { property };
  const { amount, problems } = readMinutes(property, duration);
  return { property, value: amount, problems };
}

/** A time in days where it is whole days, otherwise in hours; `…Value` and `…Unit`. */
function age(property: string, prefix: string, duration: Duration | undefined, otherwise: number): Given {
  const both = (value: unknown, unit: unknown, problems?: readonly Problem[]) => ({
    [`${prefix}Unit`]: { property, value: unit },
    [`${prefix}Value`]: { property, value, problems },
  });
  if (duration === undefined) return both(otherwise, 'days');
  const inDays = readDays(property, duration);
  if (inDays.amount !== undefined) return both(inDays.amount, 'days');
  const inHours = readHours(property, duration);
  return both(inHours.amount, 'hours', inHours.problems);
}

function list(property: string, items: unknown): Parameter {
  if (items === undefined || Array.isArray(items)) return { property, value: items };
  return {
    property,
    problems: [parameterProblem(property, `\`${property}\` must be an array, got ${show(items)}`)],
  };
}

function text(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  if (typeof value === 'number' && Token.isUnresolved(value)) return Tokenization.stringifyNumber(value);
  return Token.isUnresolved(value) ? Token.asString(value) : String(value);
}

function parameterProblem(property: string, message: string): Problem {
  return { id: 'Backup-ControlParameter', severity: 'error', property, message };
}
