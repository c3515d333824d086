import type { Text } from '../../template/evaluation/unknown';
import type { Context } from '../core/context';
import type { Item } from '../core/item';

/** An S3 access point on a recovery point. */
export interface AccessPointItem extends Item {
  readonly name?: Text;
  readonly recoveryPoint?: Text;
  /** The point in time, for a continuous recovery point. */
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
