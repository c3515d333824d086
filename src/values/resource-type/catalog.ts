import { BackupCapability as C, type CapabilityFact, CapabilitySupport } from './capability';

/** One answer. Source and date default to those of the row. */
export interface CatalogCell {
  readonly support: CapabilitySupport;
  readonly note?: string;
  readonly source?: string;
  readonly asOf?: string;
}

/** The answers that differ for one variant. */
export type CatalogCells = Readonly<Partial<Record<C, CatalogCell>>>;

/** The data of one resource type. Capabilities that aren't listed are documented as unsupported. */
export interface CatalogRow {
  /** The capabilities that the feature page ticks. */
  readonly yes: readonly C[];
  /** Answers with a note, and answers that another page corrects. */
  readonly cells?: CatalogCells;
  /** The variants of the type, by name. */
  readonly variants?: Readonly<Record<string, CatalogCells>>;
  readonly cloudFormationTypes: readonly string[];
  /** With `{partition}` for the partition. */
  readonly arnPatterns: readonly string[];
  /** Patterns of variants that have their own. */
  readonly variantArnPatterns?: Readonly<Record<string, readonly string[]>>;
  /** As in `ManagedPolicy.fromAwsManagedPolicyName`. */
  readonly backupPolicies: readonly string[];
  readonly restorePolicies: readonly string[];
  readonly indexPolicies?: readonly string[];
  /** The key in the opt-in settings of a Region. */
  readonly optInName: string;
  readonly alwaysSubjectToOptIn?: boolean;
  readonly source: string;
  readonly asOf: string;
}

const GUIDE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/';
/** "AWS Backup feature availability", the table by resource. */
const FEATURES = `${GUIDE}backup-feature-availability.html`;
const FEATURES_AS_OF = '2026-09-24';
const PLAN_OPTIONS = `${GUIDE}plan-options-and-configuration.html`;
const ENCRYPTION = `${GUIDE}encryption.html`;
const RESTORE_TESTING = `${GUIDE}restore-testing.html`;
const PITR = `${GUIDE}point-in-time-recovery.html`;
const AIR_GAPPED = `${GUIDE}logicallyairgappedvault.html`;
const AIR_GAPPED_PRIMARY = `${GUIDE}lag-vault-primary-backup.html`;
/** The older edition of the guide, from which all pages except the table were read. */
const GUIDE_AS_OF = '2026-04-13';

/** About the cells of OpenZFS: AWS's table ticks what OpenZFS can't do, as if the row were shifted by a column. */
const SHIFTED = 'the row of the table is shifted; confidence: low';

const BASE_BACKUP = 'service-role/AWSBackupServiceRolePolicyForBackup';
const BASE_RESTORE = 'service-role/AWSBackupServiceRolePolicyForRestores';

const RDS_CLUSTERS = 'arn:{partition}:rds:*:*:cluster:*';
const FSX_FILE_SYSTEMS = 'arn:{partition}:fsx:*:*:file-system/*';
const FSX_VOLUMES = 'arn:{partition}:fsx:*:*:volume/*';

const yes = (note: string, source?: string, asOf?: string): CatalogCell => ({
  support: CapabilitySupport.YES,
  note,
  source,
  asOf,
});
const no = (note?: string, source?: string, asOf?: string): CatalogCell => ({
  support: CapabilitySupport.NO,
  note,
  source,
  asOf,
});
const unknown = (note: string, source?: string, asOf?: string): CatalogCell => ({
  support: CapabilitySupport.UNKNOWN,
  note,
  source,
  asOf,
});

const COPIES = [C.CROSS_REGION_COPY, C.CROSS_ACCOUNT_COPY] as const;
const AIR_GAP = [C.AIR_GAPPED_COPY, C.AIR_GAPPED_PRIMARY] as const;
const MANAGED = [C.FULL_MANAGEMENT, C.INDEPENDENT_ENCRYPTION] as const;
const CONTINUOUS = [C.CONTINUOUS, C.CONTINUOUS_COPY] as const;

const THROUGH_STANDARD_VAULT = yes(
  'through a temporary recovery point in the standard vault, which is billed',
  AIR_GAPPED_PRIMARY,
  GUIDE_AS_OF,
);
const NO_AURORA_PITR = no(
  'point-in-time recovery of Aurora is not available in logically air-gapped vaults',
  AIR_GAPPED_PRIMARY,
  GUIDE_AS_OF,
);

/** The defaults of the opt-in settings, the policies and the date. */
function row(
  optInName: string,
  rest: Omit<CatalogRow, 'backupPolicies' | 'restorePolicies' | 'optInName' | 'source' | 'asOf'> &
    Partial<Pick<CatalogRow, 'backupPolicies' | 'restorePolicies'>>,
): CatalogRow {
  return {
    backupPolicies: [BASE_BACKUP],
    restorePolicies: [BASE_RESTORE],
    optInName,
    source: FEATURES,
    asOf: FEATURES_AS_OF,
    ...rest,
  };
}

/**
 * The catalog: what AWS Backup can do with each type of resource, by the name of the type in the API, in alphabetical order.
 *
 * The ticks are those of the table "Feature availability by resource". If that table contradicts other pages of the
 * guide, the cell states which one applies, or is unknown if that can't be decided.
 *
 * A copy to another Region and another account in one action works for every type that can be copied (RDS, Aurora,
 * DocumentDB and Neptune since 2025-10-23), so it needs no column.
 */
export const CATALOG: Readonly<Record<string, CatalogRow>> = {
  Aurora: row('Aurora', {
    yes: [...COPIES, C.AUDIT_MANAGER, ...CONTINUOUS, C.RESTORE_TESTING, C.AIR_GAPPED_COPY],
    cells: {
      [C.INCREMENTAL]: yes('snapshots are full; incremental only through point-in-time recovery'),
      [C.AIR_GAPPED_COPY]: yes('encrypted clusters only', AIR_GAPPED, GUIDE_AS_OF),
      [C.AIR_GAPPED_PRIMARY]: THROUGH_STANDARD_VAULT,
      [C.AIR_GAPPED_CONTINUOUS]: NO_AURORA_PITR,
    },
    cloudFormationTypes: ['AWS::RDS::DBCluster'],
    arnPatterns: [RDS_CLUSTERS],
    alwaysSubjectToOptIn: true,
  }),
  CloudFormation: row('CloudFormation', {
    yes: [C.AUDIT_MANAGER, C.COLD_STORAGE],
    cells: {
      [C.CROSS_REGION_COPY]: yes('the resources in the stack keep their own features'),
      [C.CROSS_ACCOUNT_COPY]: unknown(
        'the table has no tick, but the note on opt-in Regions implies support elsewhere; confidence: low',
      ),
      [C.INCREMENTAL]: yes('the resources in the stack keep their own features'),
      [C.FULL_MANAGEMENT]: yes(
        'inferred: the table has no tick, but cold storage needs it; confidence: low',
        ENCRYPTION,
        GUIDE_AS_OF,
      ),
      [C.INDEPENDENT_ENCRYPTION]: yes(
        'the template; nested resources by their own rules',
        ENCRYPTION,
        GUIDE_AS_OF,
      ),
    },
    cloudFormationTypes: ['AWS::CloudFormation::Stack'],
    arnPatterns: ['arn:{partition}:cloudformation:*:*:stack/*'],
  }),
  DocumentDB: row('DocumentDB', {
    yes: [...COPIES, C.RESTORE_TESTING, C.AIR_GAPPED_COPY],
    cells: {
      [C.AIR_GAPPED_COPY]: yes('encrypted clusters only', AIR_GAPPED, GUIDE_AS_OF),
      [C.AIR_GAPPED_PRIMARY]: THROUGH_STANDARD_VAULT,
    },
    cloudFormationTypes: ['AWS::DocDB::DBCluster'],
    arnPatterns: [RDS_CLUSTERS],
    alwaysSubjectToOptIn: true,
  }),
  DSQL: row('DSQL', {
    yes: [...COPIES, ...MANAGED, ...AIR_GAP],
    cells: {
      [C.COLD_STORAGE]: unknown(
        'the table has a tick, but the list of types with cold storage leaves it out',
        PLAN_OPTIONS,
        FEATURES_AS_OF,
      ),
      [C.INCREMENTAL]: no('always full'),
    },
    cloudFormationTypes: ['AWS::DSQL::Cluster'],
    arnPatterns: ['arn:{partition}:dsql:*:*:cluster/*'],
  }),
  DynamoDB: row('DynamoDB', {
    // The default for accounts that started to use AWS Backup after 2021-11-21; others must turn it on in each Region.
    yes: [C.AUDIT_MANAGER, C.RESTORE_TESTING],
    cells: {
      ...Object.fromEntries(
        [...COPIES, ...MANAGED, C.COLD_STORAGE, ...AIR_GAP].map((c) => [
          c,
          yes('with advanced DynamoDB backup, the default of accounts new to AWS Backup since 2021-11-21'),
        ]),
      ),
      [C.INCREMENTAL]: unknown(
        'full, unless the Region opts in to incremental backups (`ResourceTypeOptInIncremental`, API of 2026-11-20)',
        `${GUIDE}API_UpdateRegionSettings.html`,
        '2026-11-20',
      ),
    },
    variants: {
      'without advanced features': Object.fromEntries(
        [...COPIES, ...MANAGED, C.COLD_STORAGE, ...AIR_GAP].map((c) => [
          c,
          no('needs advanced DynamoDB backup', `${GUIDE}advanced-ddb-backup.html`, GUIDE_AS_OF),
        ]),
      ),
    },
    cloudFormationTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
    arnPatterns: ['arn:{partition}:dynamodb:*:*:table/*'],
  }),
  EBS: row('EBS', {
    yes: [
      ...COPIES,
      C.AUDIT_MANAGER,
      C.INCREMENTAL,
      C.ITEM_RESTORE,
      C.RESTORE_TESTING,
      C.AIR_GAPPED_COPY,
      C.INDEX,
      C.MALWARE_SCAN,
    ],
    cells: {
      [C.COLD_STORAGE]: no(
        'only EBS Snapshots Archive, with the opt-in to archive',
        PLAN_OPTIONS,
        FEATURES_AS_OF,
      ),
      [C.ARCHIVE]: yes('only in rules that run monthly or less often', PLAN_OPTIONS, FEATURES_AS_OF),
      [C.AIR_GAPPED_PRIMARY]: THROUGH_STANDARD_VAULT,
    },
    cloudFormationTypes: ['AWS::EC2::Volume'],
    arnPatterns: ['arn:{partition}:ec2:*:*:volume/*'],
    restorePolicies: [BASE_RESTORE, 'AWSBackupServiceRolePolicyForItemRestores'],
    indexPolicies: ['AWSBackupServiceRolePolicyForIndexing'],
  }),
  EC2: row('EC2', {
    yes: [...COPIES, C.AUDIT_MANAGER, C.INCREMENTAL, C.RESTORE_TESTING, C.AIR_GAPPED_COPY, C.MALWARE_SCAN],
    cells: { [C.AIR_GAPPED_PRIMARY]: THROUGH_STANDARD_VAULT },
    variants: { 'Windows VSS': { [C.RESTORE_TESTING]: no(), [C.MALWARE_SCAN]: no() } },
    cloudFormationTypes: ['AWS::EC2::Instance'],
    arnPatterns: ['arn:{partition}:ec2:*:*:instance/*'],
  }),
  EFS: row('EFS', {
    yes: [
      ...COPIES,
      C.AUDIT_MANAGER,
      C.INCREMENTAL,
      ...MANAGED,
      C.COLD_STORAGE,
      C.ITEM_RESTORE,
      C.RESTORE_TESTING,
      ...AIR_GAP,
    ],
    cloudFormationTypes: ['AWS::EFS::FileSystem'],
    arnPatterns: ['arn:{partition}:elasticfilesystem:*:*:file-system/*'],
  }),
  EKS: row('EKS', {
    yes: [...COPIES, ...MANAGED, C.ITEM_RESTORE, ...AIR_GAP],
    cells: {
      [C.COLD_STORAGE]: no('not for the state of the cluster; persistent storage by its own type'),
      [C.AIR_GAPPED_COPY]: yes('not in Bahrain and UAE'),
      [C.AIR_GAPPED_PRIMARY]: yes('not in Bahrain and UAE'),
    },
    cloudFormationTypes: ['AWS::EKS::Cluster'],
    arnPatterns: ['arn:{partition}:eks:*:*:cluster/*'],
  }),
  FSx: row('FSx', {
    yes: [...COPIES, C.AUDIT_MANAGER, C.INCREMENTAL, C.RESTORE_TESTING, C.AIR_GAPPED_COPY],
    cells: {
      [C.CROSS_REGION_COPY]: yes('not in me-south-1 and me-central-1'),
      [C.AIR_GAPPED_PRIMARY]: THROUGH_STANDARD_VAULT,
    },
    variants: {
      Lustre: {},
      Windows: { [C.RESTORE_TESTING]: yes('only with AWS Managed Microsoft AD') },
      ONTAP: {
        [C.CROSS_REGION_COPY]: yes(
          'since 2026-08-27; not in New Zealand, China, me-south-1 and me-central-1',
        ),
        [C.CROSS_ACCOUNT_COPY]: yes('since 2026-08-27; not in New Zealand and China'),
      },
      OpenZFS: {
        // The row in the table is shifted: it ticks cold storage and item-level restore.
        [C.AUDIT_MANAGER]: unknown(SHIFTED),
        [C.AIR_GAPPED_COPY]: unknown(SHIFTED),
        [C.AIR_GAPPED_PRIMARY]: unknown(SHIFTED),
        [C.INCREMENTAL]: yes(`inferred: ${SHIFTED}`),
        [C.RESTORE_TESTING]: yes(
          'the table is shifted; the page on restore testing lists it; confidence: medium',
          RESTORE_TESTING,
          GUIDE_AS_OF,
        ),
        [C.COLD_STORAGE]: no(
          'the table is shifted; the list of types with cold storage leaves it out; confidence: medium',
          PLAN_OPTIONS,
        ),
        [C.ITEM_RESTORE]: no(`inferred: ${SHIFTED}`),
      },
    },
    cloudFormationTypes: ['AWS::FSx::FileSystem', 'AWS::FSx::Volume'],
    arnPatterns: [FSX_FILE_SYSTEMS, FSX_VOLUMES],
    variantArnPatterns: {
      Lustre: [FSX_FILE_SYSTEMS],
      Windows: [FSX_FILE_SYSTEMS],
      ONTAP: [FSX_VOLUMES],
      OpenZFS: [FSX_FILE_SYSTEMS],
    },
  }),
  Neptune: row('Neptune', {
    yes: [...COPIES, C.RESTORE_TESTING],
    cells: {
      [C.CROSS_ACCOUNT_COPY]: yes('not in opt-in Regions'),
      [C.AIR_GAPPED_COPY]: yes('encrypted clusters only; not in Jakarta'),
      [C.AIR_GAPPED_PRIMARY]: THROUGH_STANDARD_VAULT,
    },
    cloudFormationTypes: ['AWS::Neptune::DBCluster'],
    arnPatterns: [RDS_CLUSTERS],
    alwaysSubjectToOptIn: true,
  }),
  RDS: row('RDS', {
    yes: [...COPIES, C.INCREMENTAL, ...CONTINUOUS, C.RESTORE_TESTING],
    cells: { [C.AUDIT_MANAGER]: yes('only in the Regions with RDS Multi-AZ support') },
    variants: {
      'Multi-AZ cluster': {
        [C.CROSS_REGION_COPY]: no(
          'the footnote corrects the tick of the table',
          `${GUIDE}rds-backup.html`,
          GUIDE_AS_OF,
        ),
        [C.CROSS_ACCOUNT_COPY]: no(
          'the footnote corrects the tick of the table',
          `${GUIDE}rds-backup.html`,
          GUIDE_AS_OF,
        ),
        [C.CONTINUOUS]: no('no point-in-time recovery for Multi-AZ clusters'),
        [C.CONTINUOUS_COPY]: no('no point-in-time recovery for Multi-AZ clusters'),
      },
    },
    cloudFormationTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
    arnPatterns: ['arn:{partition}:rds:*:*:db:*'],
    variantArnPatterns: { 'Multi-AZ cluster': [RDS_CLUSTERS] },
  }),
  Redshift: row('Redshift', {
    yes: [],
    cells: {
      [C.ITEM_RESTORE]: yes(
        'tables; the cluster type has no row in the table',
        `${GUIDE}redshift-backups.html`,
        GUIDE_AS_OF,
      ),
    },
    cloudFormationTypes: ['AWS::Redshift::Cluster'],
    arnPatterns: ['arn:{partition}:redshift:*:*:cluster:*'],
  }),
  'Redshift Serverless': row('Redshift Serverless', {
    yes: [C.ITEM_RESTORE],
    cells: {
      [C.FULL_MANAGEMENT]: no(
        'one page claims it in prose; the table and the page on encryption say no',
        ENCRYPTION,
        GUIDE_AS_OF,
      ),
    },
    cloudFormationTypes: ['AWS::RedshiftServerless::Namespace'],
    arnPatterns: ['arn:{partition}:redshift-serverless:*:*:namespace/*'],
  }),
  S3: row('S3', {
    yes: [
      ...COPIES,
      C.AUDIT_MANAGER,
      C.INCREMENTAL,
      ...CONTINUOUS,
      ...MANAGED,
      C.ITEM_RESTORE,
      C.RESTORE_TESTING,
      ...AIR_GAP,
      C.INDEX,
      C.TIERING,
      C.MALWARE_SCAN,
      C.ACCESS_POINT,
    ],
    cells: {
      [C.AIR_GAPPED_CONTINUOUS]: yes(
        'only for buckets without a continuous backup in another vault',
        AIR_GAPPED_PRIMARY,
        GUIDE_AS_OF,
      ),
      [C.COLD_STORAGE]: no(
        'no cold storage for S3; the low-cost warm tier instead',
        `${GUIDE}s3-backups.html`,
        FEATURES_AS_OF,
      ),
    },
    cloudFormationTypes: ['AWS::S3::Bucket'],
    arnPatterns: ['arn:{partition}:s3:::*'],
    // The base policy too: it allows finding resources by tag and making copies.
    backupPolicies: [BASE_BACKUP, 'AWSBackupServiceRolePolicyForS3Backup'],
    restorePolicies: [BASE_RESTORE, 'AWSBackupServiceRolePolicyForS3Restore'],
  }),
  'SAP HANA on Amazon EC2': row('SAP HANA on Amazon EC2', {
    yes: [...COPIES, C.CONTINUOUS, ...MANAGED, C.COLD_STORAGE],
    cells: {
      [C.INCREMENTAL]: yes('snapshots are full; incremental only through point-in-time recovery'),
      [C.CONTINUOUS_COPY]: no(
        'continuous backups of SAP HANA cannot be copied',
        `${GUIDE}backup-saphana.html`,
        GUIDE_AS_OF,
      ),
    },
    cloudFormationTypes: ['AWS::SystemsManagerSAP::Application'],
    arnPatterns: ['arn:{partition}:ssm-sap:*:*:HANA/*'],
    restorePolicies: [BASE_RESTORE, 'AWSBackupRestoreAccessForSAPHANA'],
  }),
  'Storage Gateway': row('Storage Gateway', {
    yes: [...COPIES, C.AUDIT_MANAGER, C.INCREMENTAL, C.AIR_GAPPED_COPY],
    cells: { [C.AIR_GAPPED_PRIMARY]: THROUGH_STANDARD_VAULT },
    cloudFormationTypes: ['AWS::StorageGateway::Volume'],
    arnPatterns: ['arn:{partition}:storagegateway:*:*:gateway/*'],
  }),
  Timestream: row('Timestream', {
    yes: [...COPIES, C.INCREMENTAL, ...MANAGED, C.COLD_STORAGE, ...AIR_GAP],
    cells: { [C.CROSS_ACCOUNT_COPY]: yes('not in opt-in Regions') },
    cloudFormationTypes: ['AWS::Timestream::Database', 'AWS::Timestream::Table'],
    arnPatterns: ['arn:{partition}:timestream:*:*:database/*'],
  }),
  VirtualMachine: row('VirtualMachine', {
    yes: [...COPIES, C.AUDIT_MANAGER, C.INCREMENTAL, ...MANAGED, C.COLD_STORAGE, C.ITEM_RESTORE, ...AIR_GAP],
    cloudFormationTypes: [],
    arnPatterns: ['arn:{partition}:backup-gateway:*:*:vm/*'],
  }),
};

/** A cell with its source and date. */
function factOf(cell: CatalogCell, row: { source: string; asOf?: string }): CapabilityFact {
  return {
    support: cell.support,
    note: cell.note,
    source: cell.source ?? row.source,
    asOf: cell.asOf ?? row.asOf,
  };
}

/** The answer of a row for a capability, for a variant if one is given. */
export function catalogFact(row: CatalogRow, variant: string | undefined, capability: C): CapabilityFact {
  const cell = (variant !== undefined ? row.variants?.[variant]?.[capability] : undefined) ??
    row.cells?.[capability] ?? {
      support: row.yes.includes(capability) ? CapabilitySupport.YES : CapabilitySupport.NO,
      // The table has no column for continuous copies.
      source: capability === C.CONTINUOUS_COPY ? PITR : undefined,
    };
  return factOf(cell, row);
}
