import { isUnknown, type Text } from '../../template/evaluation/unknown';
import { isObject } from '../../template/input/files';
import type { Context } from '../core/context';
import type { Item, Link } from '../core/item';
import { type Tags, tagsOf } from '../core/tags';
import { KEYS } from '../vault/keys';

/** A hypervisor of VMware that AWS Backup gateway knows. */
export interface HypervisorItem extends Item {
  readonly name?: Text;
  readonly host?: Text;
  readonly username?: Text;
  /** Whether the template has a password in plain text; the text itself isn't kept. */
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

/** Dynamic references are resolved by CloudFormation, and what refers to parameters isn't in the template. */
function isPlain(raw: unknown, text: Text | undefined): boolean {
  if (text === undefined || isUnknown(text) || isObject(raw)) return false;
  return text !== '' && !text.includes('{{resolve:');
}
