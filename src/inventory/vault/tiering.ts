import type { Items, Maybe, Text } from '../../template/evaluation/unknown';
import type { Context } from '../core/context';
import { mapItems } from '../core/cursor';
import type { Item, Link } from '../core/item';
import { type Tags, tagsOf } from '../core/tags';
import { VAULTS } from './vaults';

/** A tiering configuration, which moves S3 backups in a vault to the low-cost warm tier. */
export interface TieringItem extends Item {
  readonly name: Text;
  /** A vault by name, or `*`. */
  readonly vault?: Link;
  readonly selections: Items<TieringSelection>;
  readonly tags: Tags;
}

export interface TieringSelection {
  readonly pathInTemplate: string;
  readonly resourceType?: Text;
  readonly resources: Items<Text>;
  readonly afterDays?: Maybe<number>;
}

/** A legal hold, which prevents the deletion of recovery points. */
export interface LegalHoldItem extends Item {
  readonly title?: Text;
  readonly description?: Text;
  /** Vaults by name. */
  readonly vaults: Items<Link>;
  readonly resources: Items<Text>;
  readonly from?: Text;
  readonly to?: Text;
}

const NONE = { items: [] };

export function readTiering(context: Context): TieringItem[] {
  return [...context.all('AWS::Backup::TieringConfiguration')].map(
    ({ item, properties, stack, resource }) => ({
      ...item,
      name: context.literal.identities.name(stack, resource),
      vault: properties.link('BackupVaultName', VAULTS, 'name'),
      selections: mapItems(properties.list('ResourceSelection'), (selection) => ({
        pathInTemplate: selection.path,
        resourceType: selection.text('ResourceType'),
        resources: selection.texts('Resources'),
        afterDays: selection.number('TieringDownSettingsInDays'),
      })),
      tags: tagsOf(properties, 'TieringConfigurationTags'),
    }),
  );
}

export function readLegalHolds(context: Context): LegalHoldItem[] {
  return [...context.all('AWS::Backup::LegalHold')].map(({ item, properties }) => {
    const points = properties.object('RecoveryPointSelection');
    const range = points?.object('DateRange');
    return {
      ...item,
      title: properties.text('Title'),
      description: properties.text('Description'),
      vaults: points?.links('VaultNames', VAULTS, 'name') ?? NONE,
      resources: points?.texts('ResourceIdentifiers') ?? NONE,
      from: range?.text('FromDate'),
      to: range?.text('ToDate'),
    };
  });
}
