import type {
  DescribeRegionSettingsCommandOutput,
  UpdateRegionSettingsCommandInput,
} from '@aws-sdk/client-backup';
import type { Operation } from '../core/answer';
import { retrying } from '../core/retry';
import { type Flags, type SharedLedger, sharedSettingsOperation } from './shared-settings';

/** The calls that read and change the settings of a Region. */
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

/** Opt-ins and full AWS Backup management of resource types in a Region. */
export function regionSettings(client: RegionSettingsClient, ledger: SharedLedger): Operation {
  return sharedSettingsOperation(ledger, {
    folder: 'region-settings',
    groups: [OPT_IN, MANAGEMENT],
    async read() {
      const settings = await client.describeRegionSettings();
      return {
        ...prefixed(OPT_IN, settings.ResourceTypeOptInPreference),
        ...prefixed(MANAGEMENT, settings.ResourceTypeManagementPreference),
      };
    },
    async change(settings, work) {
      const ResourceTypeOptInPreference = ofGroup(OPT_IN, settings);
      const ResourceTypeManagementPreference = ofGroup(MANAGEMENT, settings);
      await retrying(work, () =>
        client.updateRegionSettings({
          ...(ResourceTypeOptInPreference && { ResourceTypeOptInPreference }),
          ...(ResourceTypeManagementPreference && { ResourceTypeManagementPreference }),
        }),
      );
    },
  });
}

function prefixed(group: string, settings: Flags = {}): Flags {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${group}.${key}`, value]));
}

function ofGroup(group: string, settings: Flags): Record<string, boolean> | undefined {
  const entries = Object.entries(settings)
    .filter(([key]) => key.startsWith(`${group}.`))
    .map(([key, value]) => [key.slice(group.length + 1), value] as const);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
