import { Token } from 'aws-cdk-lib';
import type { CfnFramework } from 'aws-cdk-lib/aws-backup';
import { controlNameProblems, controlParameterProblems } from '../../values/audit/control-laws';
import { controlScopeProblems } from '../../values/audit/control-scope-laws';
import type { ControlValues } from '../../values/audit/framework-laws';
import { show } from '../../values/core/amounts';
import { type Problem, refuse, throwErrors } from '../../values/core/problem';
import { type StructName, unknownPropertyProblems } from '../../values/core/unknown-properties';
import type { ComplianceStandard } from '../../values/standards/compliance-standard';
import { controlsOf } from '../../values/standards/standard-controls';
import { demandsOf } from '../../values/standards/standard-demands';
import { standardListProblems } from '../../values/standards/standard-list-laws';
import {
  age,
  days,
  list,
  minutes,
  type Parameter,
  type Parameters,
  parameterProblem,
  text,
} from './control-parameters';
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
 * A control of a framework: one requirement that AWS Backup Audit Manager evaluates continuously.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/controls-and-remediation.html
 */
export class FrameworkControl {
  /** Are resources in a backup plan? Scope: resource types, one tag or one resource. */
  public static resourcesProtectedByBackupPlan(options: FrameworkControlOptions = {}): FrameworkControl {
    return new FrameworkControl('BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN', options, {});
  }

  /**
   * Does every backup plan have a rule with a sufficient frequency and retention? Scope: one tag of plans, or one plan.
   */
  public static minFrequencyAndRetention(options: MinFrequencyAndRetentionOptions = {}): FrameworkControl {
    return new FrameworkControl('BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK', options, {
      ...age('frequency', 'requiredFrequency', options?.frequency, 1),
      requiredRetentionDays: days('retention', options?.retention, 35),
    });
  }

  /**
   * Do vault access policies deny manual deletion of recovery points? Scope: one tag of vaults, or one vault.
   * A `DeletionDenial` on the vault satisfies this control.
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

  /** Is there a recent recovery point? Scope: resource types, one tag or one resource. */
  public static lastRecoveryPointCreated(options: LastRecoveryPointOptions = {}): FrameworkControl {
    return new FrameworkControl(
      'BACKUP_LAST_RECOVERY_POINT_CREATED',
      options,
      age('within', 'recoveryPointAge', options?.within, 1),
    );
  }

  /**
   * Did the latest restore finish in time? Use restore testing to have restores to measure. Scope: resource types, one
   * tag or one resource.
   */
  public static restoreTimeMeetsTarget(options: RestoreTimeOptions): FrameworkControl {
    return new FrameworkControl('RESTORE_TIME_FOR_RESOURCES_MEET_TARGET', options ?? {}, {
      maxRestoreTime: minutes('maxRestoreTime', options?.maxRestoreTime),
    });
  }

  /** Is there a recent copy in a logically air-gapped vault? Scope: resource types or one resource. */
  public static resourcesInLogicallyAirGappedVault(options: AirGappedControlOptions = {}): FrameworkControl {
    return new FrameworkControl(
      'RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
      options,
      age('within', 'recoveryPointAge', options?.within, 7),
    );
  }

  /**
   * The controls that evaluate what standards ask of backups, each once, with the strictest numbers. Clauses about audit logs or
   * records only are left out. The newest recovery point may be a day older than the standards ask, for the start window and the
   * job. The control for logically air-gapped vaults, which evaluates isolation, knows no copies in other accounts.
   *
   * @param standard such as `ComplianceStandard.HIPAA`
   * @param others further standards
   */
  public static forStandard(
    standard: ComplianceStandard,
    ...others: ComplianceStandard[]
  ): FrameworkControl[] {
    const standards = [standard, ...others];
    throwErrors(standardListProblems(standards, 'standard'), 'FrameworkControl.forStandard');
    return controlsOf(demandsOf(standards)).map(({ name, parameters }) => {
      const read = Object.entries(parameters).map(([key, value]) => [key, { property: key, value }] as const);
      return new FrameworkControl(name, {}, Object.fromEntries(read));
    });
  }

  /**
   * A control by its API name, for controls that AWS adds after this release.
   *
   * @param name such as `BACKUP_RECOVERY_POINT_ENCRYPTED`
   */
  public static of(name: string, options: CustomControlOptions = {}): FrameworkControl {
    const parameters = Object.entries(options?.parameters ?? {}).map(
      ([parameter, value]): [string, Parameter] => [parameter, { property: parameter, value }],
    );
    const wrong = parameters
      .filter(([, { value }]) => typeof value !== 'string' && !Token.isUnresolved(value))
      .map(([parameter, { value }]) =>
        parameterProblem(parameter, `\`${parameter}\` must be a string, got ${show(value)}`),
      );
    throwErrors([...controlNameProblems(name), ...wrong], 'FrameworkControl.of');
    return new FrameworkControl(
      name,
      options,
      Object.fromEntries(parameters),
      controlNameProblems(name),
      'CustomControlOptions',
    );
  }

  /** The API name of the control. */
  public readonly controlName: string;

  /** The parameters by their API names. */
  public readonly parameters: { [name: string]: string };

  /** What the control evaluates. */
  public readonly scope: ControlScope;

  /** Problems that are not errors; the framework adds them as annotations. @internal */
  public readonly _warnings: Problem[];

  private constructor(
    name: string,
    options: FrameworkControlOptions,
    parameters: Parameters,
    problems: Problem[] = [],
    struct: StructName = STRUCTS[name],
  ) {
    const scope = options?.scope ?? ControlScope.everything();
    if (!(scope instanceof ControlScope))
      throw refuse(
        'Backup-ControlScope',
        'scope',
        `\`scope\` must be a \`ControlScope\`, got ${show(scope)}`,
        'for example, use `ControlScope.resourceTypes(ResourceType.EFS)`',
      );
    const unreadable = Object.values(parameters).flatMap((parameter) => parameter?.problems ?? []);
    const present = Object.entries(parameters).filter(([, parameter]) => parameter?.value !== undefined);
    const values = Object.fromEntries(present.map(([parameter, read]) => [parameter, read?.value]));
    const names = (parameter: string) => parameters[parameter]?.property;
    const parameterProblems = controlParameterProblems(name, values)
      .map((each) => each.as({ names }))
      .filter(({ property }) => !unreadable.some((problem) => problem.property === property));
    this._warnings = [
      ...unknownPropertyProblems(options, struct),
      ...problems,
      ...unreadable,
      ...parameterProblems,
      ...controlScopeProblems(name, scope._values),
      ...scope._warnings,
    ];
    throwErrors(this._warnings, name);
    this.controlName = name;
    this.scope = scope;
    this.parameters = Object.fromEntries(
      present.map(([parameter, read]): [string, string] => [parameter, text(read?.value)]),
    );
  }

  /** The name of the control, with its scope. */
  public toString(): string {
    return `${this.controlName} (${this.scope})`;
  }

  /** The control as the pure functions in `values` take it. @internal */
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
/** The options of each control. */
const STRUCTS: Readonly<Record<string, StructName>> = {
  BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN: 'FrameworkControlOptions',
  BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK: 'MinFrequencyAndRetentionOptions',
  BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED: 'ManualDeletionDisabledOptions',
  BACKUP_RECOVERY_POINT_ENCRYPTED: 'FrameworkControlOptions',
  BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK: 'MinRetentionOptions',
  BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION: 'CrossRegionControlOptions',
  BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT: 'CrossAccountControlOptions',
  BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK: 'VaultLockControlOptions',
  RESTORE_TIME_FOR_RESOURCES_MEET_TARGET: 'RestoreTimeOptions',
  BACKUP_LAST_RECOVERY_POINT_CREATED: 'LastRecoveryPointOptions',
  RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT: 'AirGappedControlOptions',
};
