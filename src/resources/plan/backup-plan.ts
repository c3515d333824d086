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
import { planSizeProblems } from '../../values/plan/plan-laws';
import { lateErrors, report } from '../core/enforce';
import { duplicatePlanProblems } from '../core/explicit-names';
import { generatedName } from '../core/generated-name';
import { lazyRef } from '../core/lazy-ref';
import { deployBefore } from '../core/stack-order';
import { BackupRole } from '../role/backup-role';
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
import { planCapabilityProblems, planOverlapProblems } from './complete-plan-laws';
import { planKindProblems, ruleInPlanProblems, ruleKindProblems } from './plan-laws';
import { scanningProblems, scanSettingsProblems } from './scan-laws';
import { BackupScannerRole, type ScanSettings } from './scan-settings';

export type { BackupPlanProps } from './backup-plan-props';

/**
 * A backup plan: rules that say when and how long, and selections that say what.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/about-backup-plans.html
 */
@propertyInjectable
export class BackupPlan extends Resource implements IBackupPlan {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupPlan';

  /** Refers to an existing plan in the account and Region of the stack by its id. */
  public static fromBackupPlanId(scope: Construct, id: string, backupPlanId: string): IBackupPlan {
    return importPlanById(scope, id, backupPlanId);
  }

  /** Refers to an existing plan by its ARN. */
  public static fromBackupPlanArn(scope: Construct, id: string, backupPlanArn: string): IBackupPlan {
    return importPlanByArn(scope, id, backupPlanArn);
  }

  /** The name of the plan. */
  public readonly backupPlanName: string;
  /** The vault of the rules that name no other; undefined where every rule names one. */
  public readonly vault?: IBackupVaultRef;

  private readonly resource: CfnBackupPlan;
  private readonly renderedRules: CfnBackupPlan.BackupRuleResourceTypeProperty[] = [];
  private readonly allRules: BackupRule[] = [];
  private readonly allSelections: BackupSelection[] = [];
  private readonly scanSettings?: ScanSettings;
  private readonly windowsVss?: boolean;
  private readonly ruleListeners: (() => void)[] = [];
  private planRole?: IRoleRef;
  private sibling?: BackupPlan;

  constructor(scope: Construct, id: string, props: BackupPlanProps = {}) {
    super(scope, id);
    report(this, planKindProblems(props));
    const { backupPlanName: name, scanSettings, windowsVss, rules = [] } = props;
    this.backupPlanName =
      name === undefined ? generatedName(scope, id, { maxLength: 50, separator: '-' }) : name;
    this.vault = props.vault;
    this.planRole = props.role;
    this.scanSettings = scanSettings;
    this.windowsVss = windowsVss;
    report(this, [
      ...nameProblems('plan', this.backupPlanName, 'backupPlanName'),
      ...(name === undefined ? [] : duplicatePlanProblems(this, name)),
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
        scanSettings: scanSettings && [this.renderScanSettings(scanSettings)],
      },
    });
    for (const rule of rules) this.acceptRule(rule);
    this.node.addValidation({ validate: () => lateErrors(this, this.lateProblems()) });
  }

  /** The id that AWS Backup gives the plan. */
  public get backupPlanId(): string {
    return this.resource.attrBackupPlanId;
  }

  /** The ARN of the plan. */
  public get backupPlanArn(): string {
    return this.resource.attrBackupPlanArn;
  }

  /** The id of the version that this deployment makes. */
  public get versionId(): string {
    return this.resource.attrVersionId;
  }

  /** How other constructs refer to this plan. */
  public get backupPlanRef(): BackupPlanReference {
    return lazyRef({ backupPlanId: () => this.backupPlanId, backupPlanArn: () => this.backupPlanArn });
  }

  /** The rules of the plan. */
  public get rules(): BackupRule[] {
    return [...this.allRules];
  }

  /** The selections of the plan. */
  public get selections(): BackupSelection[] {
    return [...this.allSelections];
  }

  /** The role of the selections that name no other. */
  public get role(): IRoleRef {
    this.planRole ??= new BackupRole(this, 'AwsBackupRole');
    return this.planRole;
  }

  /** Adds a rule. Its name must be another than those of the rules before. */
  public addRule(rule: BackupRule): void {
    throwErrors(ruleKindProblems(rule), this.node.path);
    report(this, this.ruleProblems(rule, this.allRules));
    this.acceptRule(rule);
  }

  /** Adds a selection: what the rules of this plan back up. */
  public addSelection(id: string, options: BackupSelectionOptions): BackupSelection {
    return new BackupSelection(this, id, { ...options, backupPlan: this });
  }

  /**
   * Adds a selection in two halves: what the logically air-gapped vaults of the rules can hold is selected in this plan,
   * and what they can't in a plan beside it, `withoutAirGap`, which has the same rules without such targets and copies.
   *
   * Without this, AWS Backup leaves the backups of such types in the standard vault of the rule, and copies of them
   * into an air-gapped vault fail. The halves go by the rules that the plan has by now.
   */
  public addSplitSelection(id: string, options: BackupSelectionOptions): SplitSelection {
    report(this, selectionKindProblems({ ...options, backupPlan: this }));
    const { airGapped, standard, problems } = splitSelection(options ?? {}, this.allRules);
    report(this, problems);
    const role = options?.role ?? this.role;
    return {
      airGapped: airGapped && this.addSelection(id, { ...airGapped, role }),
      standard: standard && this.makeSibling().addSelection(id, { ...standard, role }),
    };
  }

  /** The plan beside this one for what no air-gapped vault can hold; undefined as long as nothing of the kind is split. */
  public get withoutAirGap(): BackupPlan | undefined {
    return this.sibling;
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
   * Calls a listener after each rule that is added from now on.
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
   * What a selection calls that is made for this plan, wherever it stands.
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
    this.sibling?.addRule(ruleWithoutAirGap(rule, this.scanSettings));
    for (const listener of this.ruleListeners) listener();
  }

  private makeSibling(): BackupPlan {
    this.sibling ??= new BackupPlan(this, 'WithoutAirGap', {
      vault: this.vault,
      rules: this.allRules.map((rule) => ruleWithoutAirGap(rule, this.scanSettings)),
      windowsVss: this.windowsVss,
      scanSettings: scanSettingsWithoutAirGap(this.scanSettings),
      role: this.role,
    });
    return this.sibling;
  }

  private renderScanSettings(settings: ScanSettings): CfnBackupPlan.ScanSettingResourceTypeProperty {
    const scanner = settings.scannerRole ?? new BackupScannerRole(this, 'AwsBackupScannerRole');
    return {
      malwareScanner: 'GUARDDUTY',
      resourceTypes: settings.resourceTypes.map((type) => type.name),
      scannerRoleArn: scanner.roleRef.roleArn,
    };
  }

  private lateProblems(): Problem[] {
    const rules = this.allRules;
    // now that the CDK has found the references between stacks, it is known what would be a circle
    for (const { _vault: destination } of rules.flatMap(({ copies }) => copies))
      if (destination && resourceOf(destination)) deployBefore(destination, this);
    const tagSelections = this.allSelections.filter((selection) => selection._usesTags).length;
    return [
      ...planSizeProblems(rules.length, tagSelections),
      ...planCapabilityProblems(this, rules, this._knownTypes(), this.scanSettings?.resourceTypes ?? []),
      ...planOverlapProblems(this, rules),
      ...scanningProblems(rules, this.scanSettings),
    ];
  }

  /**
   * The types that the selections are known to select.
   *
   * @internal
   */
  public _knownTypes(): KnownTypes {
    const known = this.allSelections.map((selection) => selection._knownTypes());
    return {
      types: known.flatMap(({ types }) => types),
      complete: known.every(({ complete }) => complete),
    };
  }
}

/** A role of ours gets what the actions of a rule need beside the backup. */
function allowActions(role: IRoleRef, rule: BackupRule): void {
  if (!(role instanceof BackupRole)) return;
  if (rule.index) role.allowIndexOf(rule.index);
  if (rule.scan) role.allowScans();
}
