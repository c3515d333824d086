import type { Maybe } from '../../template/evaluation/unknown';
import type { Context } from '../core/context';
import type { Item } from '../core/item';

/** The organization flags of a `BackupGlobalSettings`. */
export interface GlobalSettingsItem extends Item {
  /** Absent: unchanged. */
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

/** The organization settings of a `BackupOrganizationSettings`. */
export interface OrganizationSettingsItem extends Item {
  /** Service principals with trusted access. */
  readonly services: ReadonlySet<string>;
  readonly policyTypes: ReadonlySet<string>;
}

export function readOrganizationSettings(context: Context): OrganizationSettingsItem[] {
  return [...context.all('Custom::BackupOrganizationSettings')].map(({ item, properties }) => {
    const turnedOn = (group: string, names: readonly string[]) => {
      const flags = properties.object(group);
      return new Set(names.filter((name) => flags?.flag(name) === true));
    };
    return {
      ...item,
      services: turnedOn('services', ['backup.amazonaws.com']),
      policyTypes: turnedOn('policyTypes', ['BACKUP_POLICY', 'SERVICE_CONTROL_POLICY', 'TAG_POLICY']),
    };
  });
}
