import { type Maybe, type Text, Unknown } from '../../template/evaluation/unknown';
import type { Cursor } from '../core/cursor';
import type { Link } from '../core/item';
import type { ResourceFacts } from './resource-facts';
import { encryption } from './resource-facts';

const CLUSTERS: ReadonlySet<string> = new Set(['AWS::RDS::DBCluster']);
const INSTANCES: ReadonlySet<string> = new Set(['AWS::RDS::DBInstance']);

/** An RDS instance; one of a cluster is backed up with the cluster. */
export function readInstanceOfRds(properties: Cursor): ResourceFacts {
  const memberOf = properties.link('DBClusterIdentifier', CLUSTERS, 'name');
  return {
    resourceType: 'RDS',
    isMember: memberOf !== undefined,
    encryption: encryption(properties, 'StorageEncrypted', 'KmsKeyId', 'alias/aws/rds'),
    database: {
      ...common(properties),
      engine: properties.text('Engine'),
      multiAz: properties.flag('MultiAZ'),
      memberOf,
      replicaOf: properties.link('SourceDBInstanceIdentifier', INSTANCES, 'either'),
      optionGroup: properties.text('OptionGroupName'),
    },
  };
}

/** An Aurora cluster, or a Multi-AZ cluster of RDS, by the engine. */
export function readClusterOfRds(properties: Cursor): ResourceFacts {
  const engine = properties.text('Engine');
  const resourceType = typeOfEngine(engine);
  return {
    resourceType,
    variant: resourceType === 'RDS' ? 'Multi-AZ cluster' : undefined,
    encryption: encryption(properties, 'StorageEncrypted', 'KmsKeyId', 'alias/aws/rds'),
    database: {
      ...common(properties),
      engine,
      engineMode: properties.text('EngineMode'),
      replicaOf: sourceCluster(properties),
    },
  };
}

function typeOfEngine(engine: Text | undefined): Maybe<string> {
  if (engine === undefined) return new Unknown('shape', 'the cluster has no engine');
  if (engine instanceof Unknown) return new Unknown(engine.kind, `the engine is not known: ${engine.reason}`);
  const name = engine.toLowerCase();
  if (name.startsWith('aurora')) return 'Aurora';
  if (name === 'docdb') return 'DocumentDB';
  return name === 'neptune' ? 'Neptune' : 'RDS';
}

function sourceCluster(properties: Cursor): Link | undefined {
  return (
    properties.link('SourceDBClusterIdentifier', CLUSTERS, 'either') ??
    properties.link('ReplicationSourceIdentifier', CLUSTERS, 'either')
  );
}

/** DocumentDB and Neptune. */
export function readClusterOf(resourceType: string): (properties: Cursor) => ResourceFacts {
  return (properties) => ({
    resourceType,
    encryption: encryption(properties, 'StorageEncrypted', 'KmsKeyId', 'alias/aws/rds'),
    database: common(properties),
  });
}

export function readRedshift(properties: Cursor): ResourceFacts {
  return {
    encryption: encryption(properties, 'Encrypted', 'KmsKeyId', 'alias/aws/redshift'),
    database: {
      retentionDays: properties.number('AutomatedSnapshotRetentionPeriod'),
      maintenanceWindow: properties.text('PreferredMaintenanceWindow'),
      multiAz: properties.flag('MultiAZ'),
    },
  };
}

function common(properties: Cursor) {
  return {
    retentionDays: properties.number('BackupRetentionPeriod'),
    backupWindow: properties.text('PreferredBackupWindow'),
    maintenanceWindow: properties.text('PreferredMaintenanceWindow'),
    copyTagsToSnapshot: properties.flag('CopyTagsToSnapshot'),
    deletionProtection: properties.flag('DeletionProtection'),
  };
}
