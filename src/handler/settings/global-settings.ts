import type {
  DescribeGlobalSettingsCommandOutput,
  UpdateGlobalSettingsCommandInput,
} from '@aws-sdk/client-backup';
import type { Operation } from '../core/answer';
import type { ParameterClient } from './ledger';
import { sharedSettingsOperation } from './shared-settings';

/** What the settings of an organization are read and changed with. */
export interface GlobalSettingsClient {
  describeGlobalSettings(): Promise<Pick<DescribeGlobalSettingsCommandOutput, 'GlobalSettings'>>;
  updateGlobalSettings(input: UpdateGlobalSettingsCommandInput): Promise<unknown>;
}

const GROUP = 'flags';

/** Flags that AWS Backup has; what was never set is off, and may not be listed. */
const FLAGS = ['isCrossAccountBackupEnabled', 'isMpaEnabled', 'isDelegatedAdministratorEnabled'];

/** The flags of AWS Backup for an organization. */
export function globalSettings(client: GlobalSettingsClient, parameters: ParameterClient): Operation {
  return sharedSettingsOperation(parameters, {
    folder: 'global-settings',
    groups: [GROUP],
    async read() {
      const { GlobalSettings = {} } = await client.describeGlobalSettings();
      const names = new Set([...FLAGS, ...Object.keys(GlobalSettings)]);
      return Object.fromEntries(
        [...names].map((name) => [`${GROUP}.${name}`, GlobalSettings[name] === 'true']),
      );
    },
    async change(settings) {
      const entries = Object.entries(settings).map(([key, on]) => [
        key.slice(GROUP.length + 1),
        on ? 'true' : 'false',
      ]);
      await client.updateGlobalSettings({ GlobalSettings: Object.fromEntries(entries) });
    },
  });
}
