import type {
  DescribeRegionSettingsCommandOutput,
  UpdateRegionSettingsCommandInput,
} from '@aws-sdk/client-backup';
import type { Operation } from '../core/answer';
import type { Settings } from '../core/merge';
import type { ParameterClient } from './ledger';
import { sharedSettingsOperation } from './shared-settings';

/** What the settings of a Region are read and changed with. */
export interface RegionSettingsClient {
  describeRegionSettings(): Promise<
    Pick<
      DescribeRegionSettingsCommandOutput,
      'ResourceTypeOptInPreference' | 'ResourceTypeManagementPreference'
    >
  >;
  updateRegionSettings(input: UpdateRegionSettingsCommandInput): Promise<unknown>;
}

const OPT_IN = 'optIn';
const MANAGEMENT = 'fullManagement';

/** Opt-ins and full management of resource types in a Region. */
export function regionSettings(client: RegionSettingsClient, parameters: ParameterClient): Operation {
  return sharedSettingsOperation(parameters, {
    folder: 'region-settings',
    groups: [OPT_IN, MANAGEMENT],
    async read() {
      const settings = await client.describeRegionSettings();
      return {
        ...prefixed(OPT_IN, settings.ResourceTypeOptInPreference),
        ...prefixed(MANAGEMENT, settings.ResourceTypeManagementPreference),
      };
    },
    async change(settings) {
      const ResourceTypeOptInPreference = ofGroup(OPT_IN, settings);
      const ResourceTypeManagementPreference = ofGroup(MANAGEMENT, settings);
      await client.updateRegionSettings({
        ...(ResourceTypeOptInPreference && { ResourceTypeOptInPreference }),
        ...(ResourceTypeManagementPreference && { ResourceTypeManagementPreference }),
      });
    },
  });
}

function prefixed(group: string, settings: Settings = {}): Settings {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${group}.${key}`, value]));
}

function ofGroup(group: string, settings: Settings): Record<string, boolean> | undefined {
  const entries = Object.entries(settings)
    .filter(([key]) => key.startsWith(`${group}.`))
    .map(([key, value]) => [key.slice(group.length + 1), value] as const);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
