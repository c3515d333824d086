import { type CustomResource, Resource, Stack } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { enforce } from '../core/enforce';
import { siblingsInEnvironment } from '../core/siblings-in-environment';
import { handledResource } from '../provider/handler-provider';
import { sharedSettingsStatements } from '../provider/handler-statements';
import { regionSettingsProblems } from './region-settings-laws';
import { SettingsRemoval } from './settings-removal';

/** Properties of `BackupRegionSettings`. */
export interface BackupRegionSettingsProps {
  /**
   * Resource types to opt in to. Plans that select by tag or by service silently skip types that the Region isn't opted in
   * to. Aurora, DocumentDB and Neptune are skipped however they are selected.
   *
   * @default - none
   */
  readonly optIn?: ResourceType[];

  /**
   * Resource types to opt out of: plans that select by tag skip them.
   *
   * @default - none
   */
  readonly optOut?: ResourceType[];

  /**
   * Resource types to turn on full AWS Backup management for. DynamoDB needs it, and the opt-in, for copies, cold storage,
   * tags and the key of the vault.
   *
   * @default - none
   */
  readonly fullManagement?: ResourceType[];

  /**
   * Resource types to turn off full AWS Backup management for.
   *
   * @default - none
   */
  readonly noFullManagement?: ResourceType[];

  /**
   * What happens to changed settings when a type is no longer named or the construct is removed.
   *
   * @default SettingsRemoval.RESTORE
   */
  readonly onRemoval?: SettingsRemoval;

  /**
   * Whether a deployment fails if the Region doesn't have a setting. Otherwise the setting is skipped and listed in
   * `skipped`.
   *
   * @default false
   */
  readonly failWhereUnsupported?: boolean;

  /**
   * Any text. CloudFormation checks settings only when a property changes. A new text, such as the number of the release,
   * compares the settings with what was set, and sets them again.
   *
   * @default - only changes of the other properties count
   */
  readonly trigger?: string;
}

/**
 * The opt-in settings of AWS Backup in this account and Region, and full AWS Backup management. CloudFormation has no
 * resource type for them.
 *
 * Settings are merged: settings that you don't name are never changed, and what others have set stays. The earlier values
 * are kept in a parameter of AWS Systems Manager below `/cdk-backup-constructs/region-settings`. A setting that two
 * stacks want stays until both are gone. One Lambda function makes the changes for all such constructs of a stack.
 *
 * It can't opt in to incremental backups of DynamoDB (`ResourceTypeOptInIncremental`, API of 2026-11-20):
 * `@aws-sdk/client-backup` 3.1092.0, with which its function is built, doesn't have that setting. Use the API itself.
 *
 * In an organization, the setting of the management account may override that of a member account. The deployment then
 * fails with that reason.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateRegionSettings.html
 */
@propertyInjectable
export class BackupRegionSettings extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupRegionSettings';

  private readonly resource: CustomResource;
  private readonly settings: Readonly<Record<string, boolean>>;

  constructor(scope: Construct, id: string, props: BackupRegionSettingsProps) {
    super(scope, id);
    enforce(this, regionSettingsProblems(props));
    const optIn = settingsOf(props.optIn, props.optOut);
    const fullManagement = settingsOf(props.fullManagement, props.noFullManagement);
    this.settings = { ...grouped('optIn', optIn), ...grouped('fullManagement', fullManagement) };
    enforce(this, this.siblingProblems());

    this.resource = handledResource(this, {
      type: 'Custom::BackupRegionSettings',
      statements: sharedSettingsStatements(Stack.of(this), 'Custom::BackupRegionSettings', 'region-settings'),
      properties: {
        optIn,
        fullManagement,
        restores: props.onRemoval !== SettingsRemoval.KEEP,
        strict: props.failWhereUnsupported ?? false,
        trigger: props.trigger,
      },
    });
  }

  /** The settings that the last deployment changed, separated by commas, such as `optIn.S3`; known at deployment. */
  public get changed(): string {
    return this.resource.getAttString('Changed');
  }

  /** The settings that were changed outside of this construct since the last deployment; known at deployment. */
  public get drifted(): string {
    return this.resource.getAttString('Drifted');
  }

  /** The settings that the Region doesn't have; known at deployment. */
  public get skipped(): string {
    return this.resource.getAttString('Skipped');
  }

  /**
   * Whether a setting such as `optIn.Aurora` is turned on here.
   *
   * @internal
   */
  public _turnsOn(setting: string): boolean {
    return Object.hasOwn(this.settings, setting) && this.settings[setting];
  }

  /** Two that contradict each other in one account and Region would set the same setting in turns. */
  private siblingProblems(): Problem[] {
    const others = siblingsInEnvironment<BackupRegionSettings>(this, 'region settings');
    for (const other of others) {
      const key = Object.keys(this.settings).find(
        (each) => each in other.settings && other.settings[each] !== this.settings[each],
      );
      if (key === undefined) continue;
      const state = other.settings[key] ? 'on' : 'off';
      return [
        problem({
          id: 'Backup-RegionSettingsConflict',
          property: key,
          message: (label) =>
            `${label(key)} must be the same for all of an account and Region, got ${state} in \`${other.node.path}\``,
          fix: 'set it in one place',
        }),
      ];
    }
    return [];
  }
}

/** In an order of their own, so that the order in code changes no template. */
function settingsOf(on: ResourceType[] = [], off: ResourceType[] = []): Record<string, boolean> {
  const settings = [
    ...on.map((type) => [type.optInName, true] as const),
    ...off.map((type) => [type.optInName, false] as const),
  ];
  return Object.fromEntries(settings.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function grouped(group: string, settings: Record<string, boolean>): Record<string, boolean> {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${group}.${key}`, value]));
}
