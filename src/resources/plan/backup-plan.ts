import { Resource } from 'aws-cdk-lib';
import {
  type BackupPlanReference,
  CfnBackupPlan,
  type IBackupPlan,
  type IBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { nameProblems } from '../../values/core/names';
import { type Problem, throwErrors } from '../../values/core/problem';
import { planSizeProblems, unusedPlanProblems } from '../../values/plan/plan-laws';
import { type AppResource, forgetResources, resourcesInEnvironment } from '../core/app-resources';
import { enforce, synthesisErrors } from '../core/enforce';
import { duplicatePlanProblems } from '../core/explicit-names';
import { generatedName } from '../core/generated-name';
import { lazyRef } from '../core/lazy-ref';
import { deployBefore } from '../core/stack-order';
import type { RestoreTestingPlan } from '../restore-testing/restore-testing-plan';
import { BackupRole } from '../role/backup-role';
import { roleElsewhereProblems } from '../role/role-trust';
import { BackupSelection } from '../selection/backup-selection';
import type { BackupSelectionOptions } from '../selection/backup-selection-options';
import type { KnownTypes } from '../selection/selected-resources';
import { selectionKindProblems } from '../selection/selection-kinds';
import { resourceOf } from '../vault/vault-facts';
import { arnOfVault } from '../vault/vault-reference';
import {
  ruleWithoutAirGap,
  type SplitSelection,
  scanSettingsWithoutAirGap,
  splitSelection,
} from './air-gapped-split';
import { importPlanByArn, importPlanById } from './backup-plan-import';
import type { BackupPlanProps } from './backup-plan-props';
import type { BackupRule } from './backup-rule';
import { completePlan, planCapabilityProblems, planOverlapProblems } from './complete-plan-laws';
import { deriveRestoreTesting } from './derived-restore-testing';
import { addedRuleProblems, planKindProblems, ruleInPlanProblems } from './plan-laws';
import type { PlanRestoreTestingOptions } from './plan-restore-testing-options';
import { scanningProblems, scanSettingsProblems } from './scan-laws';
import { renderScanSettings, type ScanSettings } from './scan-settings';

export type { BackupPlanProps } from './backup-plan-props';

/**
 * A backup plan: rules that define when backups run and how long they are kept, and selections of resources to back up.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/about-backup-plans.html
 */
@propertyInjectable
export class BackupPlan extends Resource implements IBackupPlan {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupPlan';

  /** Refers to an existing plan in the account and Region of the stack by its ID. */
  public static fromBackupPlanId(scope: Construct, id: string, backupPlanId: string): IBackupPlan {
    return importPlanById(scope, id, backupPlanId);
  }

  /** Refers to an existing plan by its ARN. */
  public static fromBackupPlanArn(scope: Construct, id: string, backupPlanArn: string): IBackupPlan {
    return importPlanByArn(scope, id, backupPlanArn);
  }

  /** The name of the plan. */
  public readonly backupPlanName: string;
  /** The default vault of the rules; undefined if every rule sets its own. */
  public readonly vault?: IBackupVaultRef;

  /** How other constructs refer to this plan. */
  public readonly backupPlanRef: BackupPlanReference = lazyRef({
    backupPlanId: () => this.backupPlanId,
    backupPlanArn: () => this.backupPlanArn,
  });

  private readonly resource: CfnBackupPlan;
  private readonly renderedRules: CfnBackupPlan.BackupRuleResourceTypeProperty[] = [];
  private readonly allRules: BackupRule[] = [];
  private readonly allSelections: BackupSelection[] = [];
  private readonly scanSettings?: ScanSettings;
  private readonly windowsVss?: boolean;
  private readonly ruleListeners: (() => void)[] = [];
  private planRole?: IRoleRef;
  private companion?: BackupPlan;

  constructor(scope: Construct, id: string, props: BackupPlanProps = {}) {
    super(scope, id);
    enforce(this, planKindProblems(props));
    const { backupPlanName: name, scanSettings, windowsVss, rules = [] } = props;
    this.backupPlanName =
      name === undefined ? generatedName(scope, id, { maxLength: 50, separator: '-' }) : name;
    this.vault = props.vault;
    this.planRole = props.role;
    this.scanSettings = scanSettings;
    this.windowsVss = windowsVss;
    enforce(this, [
      ...nameProblems('plan', this.backupPlanName, 'backupPlanName'),
      ...(name === undefined ? [] : duplicatePlanProblems(this, name)),
      ...roleElsewhereProblems(this, props.role),
      ...(scanSettings ? scanSettingsProblems(scanSettings) : []),
      ...rules.flatMap((rule, index) => this.ruleProblems(rule, rules.slice(0, index))),
    ]);

    this.resource = new CfnBackupPlan(this, 'Resource', {
      backupPlan: {
        backupPlanName: this.backupPlanName,
        backupPlanRule: this.renderedRules, // grows until synthesis
        advancedBackupSettings: windowsVss
          ? [{ resourceType: 'EC2', backupOptions: { WindowsVSS: 'enabled' } }]
          : undefined,
        scanSettings: scanSettings && [renderScanSettings(this, scanSettings)],
      },
    });
    for (const rule of rules) this.acceptRule(rule);
    forgetResources(this);
    this.node.addValidation({ validate: () => synthesisErrors(this, this.synthesisProblems()) });
  }

  /** The ID of the plan. */
  public get backupPlanId(): string {
    return this.resource.attrBackupPlanId;
  }

  /** The ARN of the plan. */
  public get backupPlanArn(): string {
    return this.resource.attrBackupPlanArn;
  }

  /** The ID of the plan version that this deployment creates. */
  public get versionId(): string {
    return this.resource.attrVersionId;
  }

  /** The rules of the plan. */
  public get rules(): BackupRule[] {
    return [...this.allRules];
  }

  /** The selections of the plan. */
  public get selections(): BackupSelection[] {
    return [...this.allSelections];
  }

  /** The default role of the selections. */
  public get role(): IRoleRef {
    this.planRole ??= new BackupRole(this, 'AwsBackupRole');
    return this.planRole;
  }

  /** Adds a rule. Its name must be unique in the plan. */
  public addRule(rule: BackupRule): void {
    throwErrors(addedRuleProblems(this, rule), this.node.path);
    enforce(this, this.ruleProblems(rule, this.allRules));
    this.acceptRule(rule);
  }

  /** Adds a selection of resources that the rules of this plan back up. */
  public addSelection(id: string, options: BackupSelectionOptions): BackupSelection {
    return new BackupSelection(this, id, { ...options, backupPlan: this });
  }

  /**
   * Adds a selection in two halves. Resources whose backups the logically air-gapped vaults of the rules support are
   * selected in this plan. All others are selected in a companion plan, `withoutAirGap`, which has the same rules without
   * air-gapped targets and copies.
   *
   * In a single plan, AWS Backup would leave the backups of unsupported types in the standard vault of the rule, and
   * their copies into an air-gapped vault would fail. Only rules added before this call determine the halves.
   */
  public addSplitSelection(id: string, options: BackupSelectionOptions): SplitSelection {
    enforce(this, selectionKindProblems({ ...options, backupPlan: this }));
    const { airGapped, standard, problems } = splitSelection(options ?? {}, this.allRules);
    enforce(this, problems);
    const role = options?.role ?? this.role;
    return {
      airGapped: airGapped && this.addSelection(id, { ...airGapped, role }),
      standard: standard && this.createCompanion().addSelection(id, { ...standard, role }),
    };
  }

  /**
   * Adds restore tests of what this plan backs up: a restore testing plan for the vaults, types and selections that the
   * plan has at this call, in a window that always holds a recovery point. What can't be tested is reported as a note.
   */
  public addRestoreTesting(options: PlanRestoreTestingOptions): RestoreTestingPlan {
    return deriveRestoreTesting(this, options);
  }

  /** The companion plan for types that logically air-gapped vaults don't support; undefined if there is none. */
  public get withoutAirGap(): BackupPlan | undefined {
    return this.companion;
  }

  /**
   * Whether Windows instances get VSS backups.
   *
   * @internal
   */
  public get _windowsVss(): boolean {
    return this.windowsVss ?? false;
  }

  /**
   * Calls a listener after each rule added from now on.
   *
   * @internal
   */
  public _onRule(listener: () => void): void {
    this.ruleListeners.push(listener);
  }

  /** @internal */
  public _selectionRole(): IRoleRef {
    return this.role;
  }

  /**
   * Registers a selection of this plan, wherever its scope is.
   *
   * @internal
   */
  public _acceptSelection(selection: BackupSelection): void {
    this.allSelections.push(selection);
    for (const rule of this.allRules) allowActions(selection.role, rule);
  }

  private ruleProblems(rule: BackupRule, others: readonly BackupRule[]): Problem[] {
    return ruleInPlanProblems(this, rule, rule.vault ?? this.vault, others);
  }

  private acceptRule(rule: BackupRule): void {
    const vault = rule.vault ?? (this.vault as IBackupVaultRef);
    this.renderedRules.push(
      rule._render(
        vault.backupVaultRef.backupVaultName,
        rule.airGappedVault && arnOfVault(rule.airGappedVault),
      ),
    );
    this.allRules.push(rule);
    for (const selection of this.allSelections) allowActions(selection.role, rule);
    this.companion?.addRule(ruleWithoutAirGap(rule, this.scanSettings));
    for (const listener of this.ruleListeners) listener();
  }

  private createCompanion(): BackupPlan {
    this.companion ??= new BackupPlan(this, 'WithoutAirGap', {
      vault: this.vault,
      rules: this.allRules.map((rule) => ruleWithoutAirGap(rule, this.scanSettings)),
      windowsVss: this.windowsVss,
      scanSettings: scanSettingsWithoutAirGap(this.scanSettings),
      role: this.role,
    });
    return this.companion;
  }

  private synthesisProblems(): Problem[] {
    const rules = this.allRules;
    // at synthesis, since all references between stacks must be known to avoid a dependency cycle
    for (const { _vault: destination } of rules.flatMap(({ copies }) => copies))
      if (destination && resourceOf(destination)) deployBefore(destination, this);
    completePlan(this, rules);
    const tagSelections = this.allSelections.filter((selection) => selection._usesTags).length;
    return [
      ...planSizeProblems(rules.length, tagSelections),
      ...unusedPlanProblems(this.allSelections.length),
      ...planCapabilityProblems(
        this,
        rules,
        this._knownTypes(resourcesInEnvironment(this)),
        this.scanSettings?.resourceTypes ?? [],
      ),
      ...planOverlapProblems(this, rules),
      ...scanningProblems(rules, this.scanSettings),
    ];
  }

  /**
   * The types that the selections are known to select.
   *
   * @param resources the resources of the app here, at synthesis, when tags are final; empty leaves tags aside
   * @internal
   */
  public _knownTypes(resources: readonly AppResource[] = []): KnownTypes {
    const known = this.allSelections.map((selection) => selection._knownTypes(resources));
    return {
      types: known.flatMap(({ types }) => types),
      complete: known.every(({ complete }) => complete),
    };
  }
}

/** Gives a `BackupRole` the permissions for the indexes and scans of a rule. */
function allowActions(role: IRoleRef, rule: BackupRule): void {
  if (!(role instanceof BackupRole)) return;
  if (rule.index) role.allowIndexOf(rule.index);
  if (rule.scan) role.allowScans();
}
