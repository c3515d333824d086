import type {
  DescribeGlobalSettingsCommandOutput,
  UpdateGlobalSettingsCommandInput,
} from '@aws-sdk/client-backup';
import type { Operation } from '../core/answer';
import { retrying } from '../core/retry';
import { type SharedLedger, sharedSettingsOperation } from './shared-settings';

/** The calls that read and change the settings of an organization. */
export interface GlobalSettingsClient {
  describeGlobalSettings(): Promise<Pick<DescribeGlobalSettingsCommandOutput, 'GlobalSettings'>>;
  updateGlobalSettings(input: UpdateGlobalSettingsCommandInput): Promise<unknown>;
}

const GROUP = 'flags';

/** The flags of AWS Backup. One that was never set is off, and may not be listed. */
const FLAGS = ['isCrossAccountBackupEnabled', 'isMpaEnabled', 'isDelegatedAdministratorEnabled'];

/** The flags of AWS Backup for an organization. */
export function globalSettings(client: GlobalSettingsClient, ledger: SharedLedger): Operation {
  return sharedSettingsOperation(ledger, {
    folder: 'global-settings',
    groups: [GROUP],
    async read() {
      const { GlobalSettings = {} } = await client.describeGlobalSettings();
      const names = new Set([...FLAGS, ...Object.keys(GlobalSettings)]);
      return Object.fromEntries(
        [...names].map((name) => [`${GROUP}.${name}`, GlobalSettings[name] === 'true']),
      );
    },
    async change(settings, work) {
      const entries = Object.entries(settings).map(([key, on]) => [
        key.slice(GROUP.length + 1),
        on ? 'true' : 'false',
      ]);
      await retrying(work, () =>
        client.updateGlobalSettings({ GlobalSettings: Object.fromEntries(entries) }),
      );
    },
  });
}
