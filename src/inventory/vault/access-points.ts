import type { Text } from '../../template/evaluation/unknown';
import type { Context } from '../core/context';
import type { Item } from '../core/item';

/** An access point of Amazon S3 on a recovery point. */
export interface AccessPointItem extends Item {
  readonly name?: Text;
  readonly recoveryPoint?: Text;
  /** Of a continuous recovery point: as it was when. */
  readonly pointInTime?: Text;
}

export function readAccessPoints(context: Context): AccessPointItem[] {
  return [...context.all('AWS::Backup::BackupAccessPoint')].map(({ item, properties }) => ({
    ...item,
    name: properties.text('Name'),
    recoveryPoint: properties.text('RecoveryPointArn'),
    pointInTime: properties.text('AccessPointInTime'),
  }));
}
