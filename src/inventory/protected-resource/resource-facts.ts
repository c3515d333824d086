import type { Maybe } from '../../template/evaluation/unknown';
import type { Cursor } from '../core/cursor';
import type { Item } from '../core/item';
import { KEYS } from '../vault/keys';
import type { EncryptionItem, ResourceItem } from './resource-item';

/** What the reader of a type finds out about a resource. */
export interface ResourceFacts
  extends Omit<ResourceItem, keyof Item | 'resourceType' | 'name' | 'arn' | 'tags' | 'metadata'> {
  /** Set if the type in CloudFormation doesn't determine it. */
  readonly resourceType?: Maybe<string>;
  /** Whether it is backed up with the resource that it belongs to. */
  readonly isMember?: boolean;
}

/** The encryption of a resource with the usual two properties. */
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
