import { isUnknown, type Text } from '../../template/evaluation/unknown';
import { isObject } from '../../template/input/files';
import type { Context } from '../core/context';
import type { Item, Link } from '../core/item';
import { type Tags, tagsOf } from '../core/tags';
import { KEYS } from '../vault/keys';

/** A VMware hypervisor of AWS Backup gateway. */
export interface HypervisorItem extends Item {
  readonly name?: Text;
  readonly host?: Text;
  readonly username?: Text;
  /** Whether the template contains a password in plain text. The password itself isn't stored. */
  readonly plainPassword: boolean;
  readonly key?: Link;
  readonly logGroup?: Text;
  readonly tags: Tags;
}

export function readHypervisors(context: Context): HypervisorItem[] {
  return [...context.all('AWS::BackupGateway::Hypervisor')].map(({ item, properties }) => ({
    ...item,
    name: properties.text('Name'),
    host: properties.text('Host'),
    username: properties.text('Username'),
    plainPassword: isPlain(properties.raw('Password'), properties.text('Password')),
    key: properties.link('KmsKeyArn', KEYS, 'either'),
    logGroup: properties.text('LogGroupArn'),
    tags: tagsOf(properties, 'Tags'),
  }));
}

/** Whether a password is plain text: not a dynamic reference, and not a reference to a parameter. */
function isPlain(raw: unknown, text: Text | undefined): boolean {
  if (text === undefined || isUnknown(text) || isObject(raw)) return false;
  return text !== '' && !text.includes('{{resolve:');
}
