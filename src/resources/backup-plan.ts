import { ArnFormat, Resource, Stack } from 'aws-cdk-lib';
import {
  type BackupPlanReference,
  CfnBackupPlan,
  type IBackupPlan,
  type IBackupVaultRef,
  type ILogicallyAirGappedBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { show } from '../values/amounts';
import { nameProblems } from '../values/names';
import { overlapProblems } from '../values/overlap';
import { type Problem, refuse } from '../values/problem';
import { QUOTAS } from '../values/quotas';
import { appMemory } from './app-memory';
import { BackupRole } from './backup-role';
import { BackupRule } from './backup-rule';
import { BackupSelection } from './backup-selection';
import type { BackupSelectionOptions } from './backup-selection-options';
import { generatedName } from './generated-name';
import { lazyRef } from './lazy-ref';
import { completePlanProblems, ruleCapabilityProblems, ruleInPlanProblems } from './plan-laws';
import { duplicatePlanProblems } from './plan-names';
import { lateErrors, report } from './report';
import { BackupScannerRole, type ScanSettings, scanSettingsProblems } from './scan-settings';

/** Properties of a `BackupPlan`. */
export interface BackupPlanProps {
  /**
   * The name, 1 to 50 letters, digits, `-`, `_` and `.`.
   *
   * @default - a name made from the path of the construct: unique in the app, and stable
   */
  readonly backupPlanName?: string;

  /**
   * The vault of the rules that name no other, in the account and Region of the plan.
   *
   * @default - every rule names its vault
   */
  readonly vault?: IBackupVaultRef;

  /**
   * When and how long. A plan has at least one rule; `addRule()` adds further ones.
   *
   * @default - none yet
   */
  readonly rules?: BackupRule[];

  /**
   * Makes backups of Windows instances consistent for applications, with the Volume Shadow Copy Service (VSS).
   * Needs Systems Manager and the VSS components on the instances.
   *
   * @default false
   */
  readonly windowsVss?: boolean;

  /**
   * What the rules that scan for malware scan.
   *
   * @default - needed as soon as a rule has `scan`
   */
  readonly scanSettings?: ScanSettings;

  /**
   * The role of the selections that name no other. It must trust `backup.amazonaws.com`.
   *
   * @default - a `BackupRole`, made with the first selection
   */
  readonly role?: IRoleRef;
}

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
    const backupPlanArn = Stack.of(scope).formatArn({
      service: 'backup',
      resource: 'backup-plan',
      resourceName: backupPlanId,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return new ImportedBackupPlan(scope, id, backupPlanId, backupPlanArn);
  }

  /** Refers to an existing plan by its ARN. */
  public static fromBackupPlanArn(scope: Construct, id: string, backupPlanArn: string): IBackupPlan {
    const { resourceName } = Stack.of(scope).splitArn(backupPlanArn, ArnFormat.COLON_RESOURCE_NAME);
    return new ImportedBackupPlan(scope, id, resourceName as string, backupPlanArn);
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
  private planRole?: IRoleRef;

  constructor(scope: Construct, id: string, props: BackupPlanProps = {}) {
    super(scope, id);
    this.backupPlanName = props.backupPlanName ?? generatedName(scope, id, { maxLength: 50, separator: '-' });
    report(this, [
      ...nameProblems('plan', this.backupPlanName, 'backupPlanName'),
      ...(props.backupPlanName === undefined ? [] : duplicatePlanProblems(this, props.backupPlanName)),
      ...(props.scanSettings
        ? scanSettingsProblems(props.scanSettings.resourceTypes.map((type) => type.name))
        : []),
    ]);
    this.vault = props.vault;
    this.planRole = props.role;
    this.scanSettings = props.scanSettings;
    for (const rule of props.rules ?? []) this.addRule(rule);

    this.resource = new CfnBackupPlan(this, 'Resource', {
      backupPlan: {
        backupPlanName: this.backupPlanName,
        backupPlanRule: this.renderedRules, // grows until synthesis
        advancedBackupSettings: props.windowsVss
          ? [{ resourceType: 'EC2', backupOptions: { WindowsVSS: 'enabled' } }]
          : undefined,
        scanSettings: props.scanSettings && [this.renderScanSettings(props.scanSettings)],
      },
    });
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
    if (!(rule instanceof BackupRule))
      throw refuse(
        'Backup-Rule',
        'rules',
        `\`rules\` must be \`BackupRule\` values, got ${show(rule)}`,
        'use for instance `BackupRule.daily({ retention: Retention.days(35) })`',
      );
    report(this, ruleInPlanProblems(this, rule, rule.vault ?? this.vault, this.allRules));
    this.allRules.push(rule);
    this.renderedRules.push(this.renderRule(rule));
    for (const selection of this.allSelections) allowActions(selection.role, rule);
  }

  /** Adds a selection: what the rules of this plan back up. */
  public addSelection(id: string, options: BackupSelectionOptions): BackupSelection {
    const { selectionsPerPlan } = QUOTAS;
    if (this.allSelections.length >= selectionsPerPlan.max)
      throw refuse(
        'Backup-SelectionsPerPlan',
        'selections',
        `a plan can have at most ${selectionsPerPlan.max} selections, got one more`,
        'select by tags that more resources share, or make a second plan',
      );
    const selection = new BackupSelection(this, id, {
      ...options,
      role: options?.role ?? this.role,
      backupPlan: this,
    });
    this.allSelections.push(selection);
    for (const rule of this.allRules) allowActions(selection.role, rule);
    return selection;
  }

  private renderRule(rule: BackupRule): CfnBackupPlan.BackupRuleResourceTypeProperty {
    const vault = rule.vault ?? (this.vault as IBackupVaultRef);
    return rule._render(vault.backupVaultRef.backupVaultName, this.airGappedArn(rule.airGappedVault));
  }

  /** The reference of an air-gapped vault has no ARN, but the vault is in the account and Region of the plan. */
  private airGappedArn(vault: ILogicallyAirGappedBackupVaultRef | undefined): string | undefined {
    if (!vault) return undefined;
    return Stack.of(this).formatArn({
      service: 'backup',
      resource: 'backup-vault',
      resourceName: vault.logicallyAirGappedBackupVaultRef.backupVaultName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
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
    const tagSelections = this.allSelections.filter((selection) => selection._usesTags).length;
    const types = this.allSelections.flatMap((selection) => selection._selectedTypes() ?? []);
    return [
      ...(types.length > 0 ? this.allRules.flatMap((rule) => ruleCapabilityProblems(this, rule, types)) : []),
      ...completePlanProblems(this.allRules.length, tagSelections),
      ...this.overlaps(),
      ...this.scanProblems(),
    ];
  }

  /** Plans of one app often share their rules, which are compared once then. */
  private overlaps(): Problem[] {
    if (this.allRules.length < 2) return [];
    const signature = this.allRules
      .map((rule) => [rule, rule.startWindowMinutes ?? '', rule.isContinuous].join('|'))
      .join('\n');
    const memory = appMemory<Problem[]>(this, 'ruleOverlaps');
    const problems = memory.get(signature) ?? overlapProblems(this.allRules, new Date());
    memory.set(signature, problems);
    return problems;
  }

  private scanProblems(): Problem[] {
    const scanning = this.allRules.find((rule) => rule.scan !== undefined);
    if (!scanning || this.scanSettings) return [];
    return [
      {
        id: 'Backup-ScanSettingsMissing',
        severity: 'error',
        property: 'scanSettings',
        message: `\`scanSettings\` of the plan must say what the rule \`${scanning.name}\` scans, got nothing`,
        fix: 'add for instance `scanSettings: { resourceTypes: [ResourceType.S3] }`',
      },
    ];
  }
}

/** A role of ours gets what the actions of a rule need beside the backup. */
function allowActions(role: IRoleRef, rule: BackupRule): void {
  if (!(role instanceof BackupRole)) return;
  if (rule.index) role.allowIndexOf(rule.index);
  if (rule.scan) role.allowScans();
}

class ImportedBackupPlan extends Resource implements IBackupPlan {
  constructor(
    scope: Construct,
    id: string,
    public readonly backupPlanId: string,
    public readonly backupPlanArn: string,
  ) {
    super(scope, id, { environmentFromArn: backupPlanArn });
  }

  public get backupPlanRef(): BackupPlanReference {
    return { backupPlanId: this.backupPlanId, backupPlanArn: this.backupPlanArn };
  }
}
