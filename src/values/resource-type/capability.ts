/**
 * What AWS Backup can do with backups of a resource type. The values are the property names of
 * `ResourceCapabilities`.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 */
export enum BackupCapability {
  /**
   * Backups can be copied to other Regions. A type that can be copied neither to other Regions nor to other
   * accounts can't be copied at all, not even to another vault of the same Region and account.
   */
  CROSS_REGION_COPY = 'crossRegionCopy',

  /** Backups can be copied to other accounts of the organization. */
  CROSS_ACCOUNT_COPY = 'crossAccountCopy',

  /** Continuous backups (point-in-time recovery). For other types, a continuous rule makes snapshots. */
  CONTINUOUS = 'continuous',

  /** Copies of continuous backups, as snapshots at the frequency of the rule. */
  CONTINUOUS_COPY = 'continuousCopy',

  /** Transition to cold storage. For other types, AWS Backup ignores it. */
  COLD_STORAGE = 'coldStorage',

  /** Transition to EBS Snapshots Archive, if the rule opts in to archive and runs monthly or less often. */
  ARCHIVE = 'archive',

  /** Full AWS Backup management: recovery points with ARNs of AWS Backup, encrypted with the key of the vault. */
  FULL_MANAGEMENT = 'fullManagement',

  /** Backups are encrypted with the key of the vault; for other types, with the key of the source. */
  INDEPENDENT_ENCRYPTION = 'independentEncryption',

  /** Incremental backups: later backups contain only what has changed. */
  INCREMENTAL = 'incremental',

  /** Restore of individual files, objects, tables or namespaces. */
  ITEM_RESTORE = 'itemRestore',

  /** Restore testing plans. */
  RESTORE_TESTING = 'restoreTesting',

  /** Copies into a logically air-gapped vault. */
  AIR_GAPPED_COPY = 'airGappedCopy',

  /** A logically air-gapped vault as the primary target of a rule. */
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

  /** Evaluation by AWS Backup Audit Manager. */
  AUDIT_MANAGER = 'auditManager',
}

/** Whether something is supported, according to AWS's documentation. */
export enum CapabilitySupport {
  /** AWS documents that it is supported. */
  YES = 'yes',

  /** AWS documents that it isn't supported. */
  NO = 'no',

  /** AWS documents nothing, or its pages contradict each other. Causes at most a warning. */
  UNKNOWN = 'unknown',
}

/** An answer of the catalog, with its source. */
export interface CapabilityFact {
  /** Whether it is supported. */
  readonly support: CapabilitySupport;

  /**
   * A condition or an exception.
   *
   * @default - none
   */
  readonly note?: string;

  /** The AWS page that documents it, or the source of an override. */
  readonly source: string;

  /**
   * The date of that edition of the page, as `YYYY-MM-DD`.
   *
   * @default - not specified
   */
  readonly asOf?: string;
}

/**
 * Capabilities of a resource type that the catalog of this library doesn't know yet, or that differ from it. What you
 * don't set stays as in the catalog.
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
   * Transition to cold storage.
   *
   * @default - as in the catalog
   */
  readonly coldStorage?: boolean;

  /**
   * Transition to the archive tier.
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
   * Restore of individual items.
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
   * A logically air-gapped vault as the primary target of a rule.
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
   * The source, such as the URL of an AWS page.
   *
   * @default 'set in code'
   */
  readonly source?: string;

  /**
   * The date of the source, as `YYYY-MM-DD`.
   *
   * @default - not specified
   */
  readonly asOf?: string;
}

/** All capabilities, in the order of the catalog. */
export const CAPABILITIES: readonly BackupCapability[] = Object.values(BackupCapability);
