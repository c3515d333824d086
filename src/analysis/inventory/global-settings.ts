import type { Context } from './context';
import type { Item } from './item';
import type { Maybe } from './unknown';

/** The flags of an organization that `BackupGlobalSettings` sets. */
export interface GlobalSettingsItem extends Item {
  /** Absent: as it is. */
  readonly crossAccountBackup?: Maybe<boolean>;
}

export function readGlobalSettings(context: Context): GlobalSettingsItem[] {
  return [...context.all('Custom::BackupGlobalSettings')].map(({ item, properties }) => ({
    ...item,
    crossAccountBackup: properties.object('flags')?.flag('isCrossAccountBackupEnabled'),
  }));
}
