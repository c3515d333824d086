import type { Text } from '../../template/evaluation/unknown';
import type { Context } from '../core/context';
import type { Item } from '../core/item';

/** A service-linked role that a template creates or requires. */
export interface ServiceLinkedRoleItem extends Item {
  /** The principal of the service, such as `backup.amazonaws.com`. */
  readonly service?: Text;
}

const PROPERTIES: Readonly<Record<string, string>> = {
  'Custom::BackupServiceLinkedRole': 'serviceName',
  'AWS::IAM::ServiceLinkedRole': 'AWSServiceName',
};

export function readServiceLinkedRoles(context: Context): ServiceLinkedRoleItem[] {
  return [...context.all(...Object.keys(PROPERTIES))].map(({ item, properties }) => ({
    ...item,
    service: properties.text(PROPERTIES[item.type]),
  }));
}
