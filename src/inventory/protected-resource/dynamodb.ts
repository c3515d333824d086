import { type Maybe, Unknown } from '../../template/evaluation/unknown';
import type { Cursor } from '../core/cursor';
import { KEYS } from '../vault/keys';
import { encryption, type ResourceFacts } from './resource-facts';
import type { EncryptionItem } from './resource-item';

export function readDynamoDbTable(properties: Cursor): ResourceFacts {
  return {
    encryption: dynamoDbEncryption(properties.object('SSESpecification')),
    table: {
      pointInTimeRecovery: pointInTimeRecovery(properties),
      deletionProtection: properties.flag('DeletionProtectionEnabled'),
    },
  };
}

/** One replica of a global table. Encryption is set for all replicas, the key for each. */
export function readReplica(table: Cursor, replica: Cursor | undefined): ResourceFacts {
  const sse = dynamoDbEncryption(table.object('SSESpecification'));
  const key = replica?.object('SSESpecification')?.link('KMSMasterKeyId', KEYS, 'either');
  return {
    encryption: key ? { ...sse, key } : sse,
    table: {
      pointInTimeRecovery: replica && pointInTimeRecovery(replica),
      deletionProtection: replica?.flag('DeletionProtectionEnabled'),
    },
  };
}

function pointInTimeRecovery(cursor: Cursor): Maybe<boolean> {
  const specification = cursor.object('PointInTimeRecoverySpecification');
  return specification?.flag('PointInTimeRecoveryEnabled') ?? false;
}

/** Always encrypted: with a key owned by AWS, unless encryption with KMS is turned on. */
function dynamoDbEncryption(sse: Cursor | undefined): EncryptionItem {
  const kms = sse?.flag('SSEEnabled') ?? false;
  if (kms instanceof Unknown) return { enabled: true, key: { text: kms }, defaultKey: 'service' };
  return kms
    ? { enabled: true, key: sse?.link('KMSMasterKeyId', KEYS, 'either'), defaultKey: 'alias/aws/dynamodb' }
    : { enabled: true, defaultKey: 'service' };
}

export function readTimestreamDatabase(properties: Cursor): ResourceFacts {
  return {
    isMember: true,
    encryption: encryption(properties, undefined, 'KmsKeyId', 'alias/aws/timestream'),
  };
}

export function readDsql(properties: Cursor): ResourceFacts {
  return {
    encryption: encryption(properties, undefined, 'KmsEncryptionKey', 'service'),
    table: {
      deletionProtection: properties.flag('DeletionProtectionEnabled'),
      multiRegion: properties.object('MultiRegionProperties') !== undefined,
    },
  };
}
