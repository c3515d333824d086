/**
 * What AWS Backup can do with backups of a type of resource. The values are the names of the properties of
 * `ResourceCapabilities`.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 */
export enum Capability {
  /**
   * Backups can be copied to other Regions. A type that can be copied neither to other Regions nor to other
   * accounts can't be copied at all, not even to another vault of the same Region and account.
   */
  CROSS_REGION_COPY = 'crossRegionCopy',

  /** Backups can be copied to other accounts of the organization. */
  CROSS_ACCOUNT_COPY = 'crossAccountCopy',

  /** Point-in-time recovery: continuous backups. Elsewhere a continuous rule makes snapshots. */
  CONTINUOUS = 'continuous',

  /** Copies of continuous backups, as snapshots made at the frequency of the rule. */
  CONTINUOUS_COPY = 'continuousCopy',

  /** Lifecycle to cold storage. Elsewhere AWS Backup ignores the transition. */
  COLD_STORAGE = 'coldStorage',

  /** Lifecycle to EBS Snapshots Archive, with the opt-in to archive and in rules that run monthly or more rarely. */
  ARCHIVE = 'archive',

  /** Full AWS Backup management: recovery points with ARNs of AWS Backup, encrypted with the key of the vault. */
  FULL_MANAGEMENT = 'fullManagement',

  /** Backups are encrypted with the key of the vault; elsewhere with the key of the source. */
  INDEPENDENT_ENCRYPTION = 'independentEncryption',

  /** Later backups hold only what has changed. */
  INCREMENTAL = 'incremental',

  /** Single files, objects, tables or namespaces can be restored. */
  ITEM_RESTORE = 'itemRestore',

  /** Restore testing plans. */
  RESTORE_TESTING = 'restoreTesting',

  /** Copies into a logically air-gapped vault. */
  AIR_GAPPED_COPY = 'airGappedCopy',

  /** A logically air-gapped vault as primary target of a rule. */
  AIR_GAPPED_PRIMARY = 'airGappedPrimary',

  /** Continuous backups in a logically air-gapped vault. */
  AIR_GAPPED_CONTINUOUS = 'airGappedContinuous',

  /** Backup search: an index of the backups. */
  INDEX = 'index',

  /** GuardDuty Malware Protection scans of backups. */
  MALWARE_SCAN = 'malwareScan',

  /** The low-cost warm storage tier. */
  TIERING = 'tiering',

  /** S3 access points on recovery points. */
  ACCESS_POINT = 'accessPoint',

  /** Evaluated by AWS Backup Audit Manager. */
  AUDIT_MANAGER = 'auditManager',
}

/** Whether something is supported, as far as AWS documents it. */
export enum Support {
  /** AWS documents that it is supported. */
  YES = 'yes',

  /** AWS documents that it isn't supported. */
  NO = 'no',

  /** AWS documents nothing, or its pages contradict each other. Never more than a warning follows from it. */
  UNKNOWN = 'unknown',
}

/** An answer of the catalog, with where it comes from. */
export interface CapabilityFact {
  /** Whether it is supported. */
  readonly support: Support;

  /**
   * The condition or the exception that the answer has.
   *
   * @default - none
   */
  readonly note?: string;

  /** The page of AWS that says so, or who overrode the catalog. */
  readonly source: string;

  /**
   * The day of the edition in which it was read, as `YYYY-MM-DD`.
   *
   * @default - not said
   */
  readonly asOf?: string;
}

/**
 * What a type of resource can do, where the catalog of this library doesn't know it yet or knows it otherwise.
 * What is left out stays as the catalog has it.
 */
export interface ResourceCapabilities {
  /**
   * Backups can be copied to other Regions.
   *
   * @default - as in the catalog
   */
  readonly crossRegionCopy?: boolean;

  /**
   * Backups can be copied to other accounts.
   *
   * @default - as in the catalog
   */
  readonly crossAccountCopy?: boolean;

  /**
   * Continuous backups (point-in-time recovery).
   *
   * @default - as in the catalog
   */
  readonly continuous?: boolean;

  /**
   * Copies of continuous backups.
   *
   * @default - as in the catalog
   */
  readonly continuousCopy?: boolean;

  /**
   * Lifecycle to cold storage.
   *
   * @default - as in the catalog
   */
  readonly coldStorage?: boolean;

  /**
   * Lifecycle to the archive tier.
   *
   * @default - as in the catalog
   */
  readonly archive?: boolean;

  /**
   * Full AWS Backup management.
   *
   * @default - as in the catalog
   */
  readonly fullManagement?: boolean;

  /**
   * Backups are encrypted with the key of the vault.
   *
   * @default - as in the catalog
   */
  readonly independentEncryption?: boolean;

  /**
   * Incremental backups.
   *
   * @default - as in the catalog
   */
  readonly incremental?: boolean;

  /**
   * Restore of single items.
   *
   * @default - as in the catalog
   */
  readonly itemRestore?: boolean;

  /**
   * Restore testing.
   *
   * @default - as in the catalog
   */
  readonly restoreTesting?: boolean;

  /**
   * Copies into a logically air-gapped vault.
   *
   * @default - as in the catalog
   */
  readonly airGappedCopy?: boolean;

  /**
   * A logically air-gapped vault as primary target.
   *
   * @default - as in the catalog
   */
  readonly airGappedPrimary?: boolean;

  /**
   * Continuous backups in a logically air-gapped vault.
   *
   * @default - as in the catalog
   */
  readonly airGappedContinuous?: boolean;

  /**
   * Backup search.
   *
   * @default - as in the catalog
   */
  readonly index?: boolean;

  /**
   * Malware scans.
   *
   * @default - as in the catalog
   */
  readonly malwareScan?: boolean;

  /**
   * The low-cost warm tier.
   *
   * @default - as in the catalog
   */
  readonly tiering?: boolean;

  /**
   * S3 access points on recovery points.
   *
   * @default - as in the catalog
   */
  readonly accessPoint?: boolean;

  /**
   * AWS Backup Audit Manager.
   *
   * @default - as in the catalog
   */
  readonly auditManager?: boolean;

  /**
   * Where it is written, such as the address of a page of AWS.
   *
   * @default 'said in code'
   */
  readonly source?: string;

  /**
   * The day on which it was true, as `YYYY-MM-DD`.
   *
   * @default - not said
   */
  readonly asOf?: string;
}

/** All capabilities, in the order of the catalog. */
export const CAPABILITIES: readonly Capability[] = Object.values(Capability);
