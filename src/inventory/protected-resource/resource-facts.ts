import type { Maybe } from '../../template/evaluation/unknown';
import type { Cursor } from '../core/cursor';
import type { Item } from '../core/item';
import { KEYS } from '../vault/keys';
import type { EncryptionItem, ResourceItem } from './resource-item';

/** What a reader says of a resource of its type. */
export interface ResourceFacts
  extends Omit<ResourceItem, keyof Item | 'resourceType' | 'name' | 'arn' | 'tags' | 'metadata'> {
  /** Where the type in CloudFormation alone doesn't tell. */
  readonly resourceType?: Maybe<string>;
  /** Isn't backed up itself: it belongs to what is. */
  readonly belongs?: boolean;
}

/** The usual two properties of encryption. */
export function encryption(
  properties: Cursor,
  enabled: string | undefined,
  key: string,
  defaultKey: string,
): EncryptionItem {
  return {
    enabled: enabled === undefined ? true : properties.flag(enabled),
    key: properties.link(key, KEYS, 'either'),
    defaultKey,
  };
}
