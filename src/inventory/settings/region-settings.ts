import type { Context } from '../core/context';
import type { Cursor } from '../core/cursor';
import type { Item } from '../core/item';

/** The settings of a `BackupRegionSettings`: opt-ins and full AWS Backup management. */
export interface RegionSettingsItem extends Item {
  /** Names of types, as AWS Backup's settings use them. */
  readonly optIn: ReadonlySet<string>;
  readonly optOut: ReadonlySet<string>;
  readonly fullManagement: ReadonlySet<string>;
}

export function readRegionSettings(context: Context): RegionSettingsItem[] {
  return [...context.all('Custom::BackupRegionSettings')].map(({ item, properties }) => ({
    ...item,
    optIn: namesSetTo(true, properties.object('optIn')),
    optOut: namesSetTo(false, properties.object('optIn')),
    fullManagement: namesSetTo(true, properties.object('fullManagement')),
  }));
}

function namesSetTo(value: boolean, settings: Cursor | undefined): ReadonlySet<string> {
  const names = settings?.keys().items ?? [];
  return new Set(names.filter((name) => settings?.flag(name) === value));
}
