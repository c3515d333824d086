import type { Context } from './context';
import type { Item } from './item';
import type { Maybe } from './unknown';

/** The flags of an organization that `BackupGlobalSettings` sets. */
export interface GlobalSettingsItem extends Item {
  /** Absent: as it is. */
  readonly crossAccountBackup?: Maybe<boolean>;
  readonly multiPartyApproval?: Maybe<boolean>;
  readonly delegatedAdministrator?: Maybe<boolean>;
}

export function readGlobalSettings(context: Context): GlobalSettingsItem[] {
  return [...context.all('Custom::BackupGlobalSettings')].map(({ item, properties }) => {
    const flags = properties.object('flags');
    return {
      ...item,
      crossAccountBackup: flags?.flag('isCrossAccountBackupEnabled'),
      multiPartyApproval: flags?.flag('isMpaEnabled'),
      delegatedAdministrator: flags?.flag('isDelegatedAdministratorEnabled'),
    };
  });
}
