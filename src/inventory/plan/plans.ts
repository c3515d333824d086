import type { Items, Maybe, Text } from '../../template/evaluation/unknown';
import type { Context, Found } from '../core/context';
import { type Cursor, mapItems } from '../core/cursor';
import type { Item, Link } from '../core/item';
import { type Tags, tagsOf } from '../core/tags';
import { ROLES } from '../role/roles';
import { AIR_GAPPED_VAULTS, STANDARD_VAULTS, VAULTS } from '../vault/vaults';

export interface PlanItem extends Item {
  readonly arn: Text;
  readonly name?: Text;
  readonly rules: Items<RuleItem>;
  readonly advancedSettings: Items<AdvancedSetting>;
  /** Malware scans: which types, with which role. */
  readonly scans: Items<ScanSetting>;
  readonly tags: Tags;
}

/** The advanced settings of one type. */
export interface AdvancedSetting {
  readonly resourceType?: Text;
  readonly options: Tags;
}

export interface ScanSetting {
  readonly scanner?: Text;
  readonly resourceTypes: Items<Text>;
  readonly role?: Link;
}

export interface RuleItem {
  /** Position in the plan. */
  readonly index: number;
  readonly pathInTemplate: string;
  readonly name?: Text;
  readonly schedule?: Text;
  readonly timeZone?: Text;
  readonly startWindowMinutes?: Maybe<number>;
  readonly completionWindowMinutes?: Maybe<number>;
  readonly continuous?: Maybe<boolean>;
  readonly lifecycle?: LifecycleItem;
  readonly vault?: Link;
  readonly airGappedVault?: Link;
  readonly copies: Items<CopyItem>;
  readonly recoveryPointTags: Tags;
  /** Each action with the types that it indexes. */
  readonly indexActions: Items<Items<Text>>;
  readonly scanActions: Items<ScanAction>;
}

export interface CopyItem {
  /** Position in the rule. */
  readonly index: number;
  readonly pathInTemplate: string;
  readonly vault?: Link;
  readonly lifecycle?: LifecycleItem;
}

export interface LifecycleItem {
  readonly pathInTemplate: string;
  /** -1 or absent: kept forever. */
  readonly deleteAfterDays?: Maybe<number>;
  readonly moveToColdStorageAfterDays?: Maybe<number>;
  readonly optInToArchive?: Maybe<boolean>;
  /** Keys that CloudFormation refuses, such as `DeleteAfterEvent`. */
  readonly otherKeys: readonly string[];
}

export interface ScanAction {
  readonly scanner?: Text;
  readonly mode?: Text;
}

const PLAN = 'AWS::Backup::BackupPlan';
export const PLANS: ReadonlySet<string> = new Set([PLAN]);
const LIFECYCLE_KEYS: ReadonlySet<string> = new Set([
  'DeleteAfterDays',
  'MoveToColdStorageAfterDays',
  'OptInToArchiveForSupportedResources',
]);

export function readPlans(context: Context): PlanItem[] {
  return [...context.all(PLAN)].map((found) => plan(context, found));
}

function plan(context: Context, found: Found): PlanItem {
  const { item, properties, stack, resource } = found;
  const body = properties.object('BackupPlan');
  const none = { items: [] };
  return {
    ...item,
    arn: context.literal.identities.arn(stack, resource),
    name: body?.text('BackupPlanName'),
    rules: body ? mapItems(body.list('BackupPlanRule'), rule) : none,
    advancedSettings: body ? mapItems(body.list('AdvancedBackupSettings'), advancedSetting) : none,
    scans: body ? mapItems(body.list('ScanSettings'), scanSetting) : none,
    tags: tagsOf(properties, 'BackupPlanTags'),
  };
}

function advancedSetting(cursor: Cursor): AdvancedSetting {
  return { resourceType: cursor.text('ResourceType'), options: tagsOf(cursor, 'BackupOptions') };
}

function scanSetting(cursor: Cursor): ScanSetting {
  return {
    scanner: cursor.text('MalwareScanner'),
    resourceTypes: cursor.texts('ResourceTypes'),
    role: cursor.link('ScannerRoleArn', ROLES, 'arn'),
  };
}

function rule(cursor: Cursor, index: number): RuleItem {
  return {
    index,
    pathInTemplate: cursor.path,
    name: cursor.text('RuleName'),
    schedule: cursor.text('ScheduleExpression'),
    timeZone: cursor.text('ScheduleExpressionTimezone'),
    startWindowMinutes: cursor.number('StartWindowMinutes'),
    completionWindowMinutes: cursor.number('CompletionWindowMinutes'),
    continuous: cursor.flag('EnableContinuousBackup'),
    lifecycle: lifecycle(cursor.object('Lifecycle')),
    vault: cursor.link('TargetBackupVault', STANDARD_VAULTS, 'name'),
    airGappedVault: cursor.link('TargetLogicallyAirGappedBackupVaultArn', AIR_GAPPED_VAULTS, 'arn'),
    copies: mapItems(cursor.list('CopyActions'), copy),
    recoveryPointTags: tagsOf(cursor, 'RecoveryPointTags'),
    indexActions: mapItems(cursor.list('IndexActions'), (action) => action.texts('ResourceTypes')),
    scanActions: mapItems(cursor.list('ScanActions'), (action) => ({
      scanner: action.text('MalwareScanner'),
      mode: action.text('ScanMode'),
    })),
  };
}

function copy(cursor: Cursor, index: number): CopyItem {
  return {
    index,
    pathInTemplate: cursor.path,
    vault: cursor.link('DestinationBackupVaultArn', VAULTS, 'arn'),
    lifecycle: lifecycle(cursor.object('Lifecycle')),
  };
}

export function lifecycle(cursor: Cursor | undefined): LifecycleItem | undefined {
  return (
    cursor && {
      pathInTemplate: cursor.path,
      deleteAfterDays: cursor.number('DeleteAfterDays'),
      moveToColdStorageAfterDays: cursor.number('MoveToColdStorageAfterDays'),
      optInToArchive: cursor.flag('OptInToArchiveForSupportedResources'),
      otherKeys: cursor.keys().items.filter((key) => !LIFECYCLE_KEYS.has(key)),
    }
  );
}
