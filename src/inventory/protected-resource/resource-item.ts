import type { Items, Maybe, Text } from '../../template/evaluation/unknown';
import type { PolicyDocument } from '../core/iam-policy';
import type { Item, Link } from '../core/item';
import type { Tags } from '../core/tags';

/**
 * A resource that AWS Backup can protect, or one that belongs to such a resource. It has the group of settings that
 * fits its type.
 */
export interface ResourceItem extends Item {
  /**
   * The name of the type in AWS Backup, such as `DynamoDB`; see `ResourceType.of`. Unknown if it depends on
   * a property that isn't known, such as the engine.
   */
  readonly resourceType: Maybe<string>;
  /** The variant of the type, if it is known, such as `Multi-AZ cluster` of `RDS`. */
  readonly variant?: string;
  /** The name, or the id. */
  readonly name: Text;
  readonly arn: Text;
  readonly tags: Tags;
  /** The Region of a replica of a global table, if it isn't the Region of the stack. */
  readonly replicaRegion?: Text;
  readonly encryption?: EncryptionItem;
  readonly database?: DatabaseSettings;
  readonly bucket?: BucketSettings;
  readonly fileSystem?: FileSystemSettings;
  readonly table?: TableSettings;
  readonly instance?: InstanceSettings;
  readonly volume?: VolumeSettings;
  readonly cluster?: KubernetesSettings;
  /** The metadata of the resource, as it is in the template. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface EncryptionItem {
  /** Absent: the default of the service. */
  readonly enabled?: Maybe<boolean>;
  /** Absent: the key that `defaultKey` names, if encryption is on. */
  readonly key?: Link;
  /** The default key of the service: an alias such as `alias/aws/rds`, or `service` for a key owned by AWS. */
  readonly defaultKey: string;
}

/** RDS, Aurora, DocumentDB, Neptune, Redshift. */
export interface DatabaseSettings {
  readonly engine?: Text;
  readonly engineMode?: Text;
  /** Automated backups of the service itself, in days; absent: the service's default (1). */
  readonly retentionDays?: Maybe<number>;
  /** `hh24:mi-hh24:mi` in UTC; absent: AWS chooses. */
  readonly backupWindow?: Text;
  /** `ddd:hh24:mi-ddd:hh24:mi` in UTC; absent: AWS chooses. */
  readonly maintenanceWindow?: Text;
  readonly multiAz?: Maybe<boolean>;
  /** The cluster of an instance. */
  readonly memberOf?: Link;
  /** The source of a read replica. */
  readonly replicaOf?: Link;
  readonly optionGroup?: Text;
  readonly copyTagsToSnapshot?: Maybe<boolean>;
  readonly deletionProtection?: Maybe<boolean>;
}

export interface BucketSettings {
  /** False if not set. */
  readonly versioned: Maybe<boolean>;
  /** False if not set. */
  readonly eventBridge: Maybe<boolean>;
  /** Storage classes that lifecycle rules move objects to, such as `GLACIER`. */
  readonly transitions: Items<Text>;
  readonly objectLock?: Maybe<boolean>;
  /** After how many days a lifecycle rule deletes current objects; undefined: never. */
  readonly expirationDays?: Maybe<number>;
  readonly policies: readonly PolicyDocument[];
}

/** EFS and FSx. */
export interface FileSystemSettings {
  /** Of EFS: `ENABLED` or `DISABLED`; absent: the service's default. */
  readonly automaticBackups?: Text;
  /** Of EFS One Zone. */
  readonly availabilityZone?: Text;
  /** Of FSx: `LUSTRE`, `WINDOWS`, `ONTAP`, `OPENZFS`; of volumes, their type. */
  readonly kind?: Text;
  readonly deploymentType?: Text;
  /** Of FSx for Lustre: the data repository that `ImportPath` links to it. */
  readonly linkedTo?: Text;
  /** Automatic backups of FSx itself, in days. */
  readonly retentionDays?: Maybe<number>;
  /** `HH:MM` in UTC. */
  readonly backupTime?: Text;
  /** `d:HH:MM` in UTC, 1 being Monday. */
  readonly maintenanceTime?: Text;
  /** Of FSx for Windows: whether it is joined to an AWS Managed Microsoft AD. */
  readonly managedDirectory?: Maybe<boolean>;
  /** Of an FSx volume: its file system. */
  readonly volumeOf?: Text;
  /** Of an ONTAP volume: `RW` or `DP`. */
  readonly ontapType?: Text;
}

/** DynamoDB, Timestream, Aurora DSQL. */
export interface TableSettings {
  /** Point-in-time recovery of DynamoDB itself; false if not set. */
  readonly pointInTimeRecovery?: Maybe<boolean>;
  readonly deletionProtection?: Maybe<boolean>;
  /** Of Aurora DSQL: clusters of more than one Region. */
  readonly multiRegion?: boolean;
}

export interface InstanceSettings {
  readonly instanceType?: Text;
  /** The image: its id, or the SSM parameter that contains it. */
  readonly image?: Text;
  readonly instanceProfile?: Text;
  /** Whether a launch template contains the other settings. */
  readonly launchTemplate: boolean;
  /** `HttpEndpoint` of the metadata options: `enabled` or `disabled`. */
  readonly metadataEndpoint?: Text;
  /** Ids of the volumes that are attached to it. */
  readonly volumes: readonly string[];
}

export interface VolumeSettings {
  readonly sizeGiB?: Maybe<number>;
  /** Ids of the instances that it is attached to. */
  readonly attachedTo: readonly string[];
  readonly outpost?: Text;
}

export interface KubernetesSettings {
  /** `API`, `API_AND_CONFIG_MAP` or `CONFIG_MAP`. */
  readonly authenticationMode?: Text;
}
