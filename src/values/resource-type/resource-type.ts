import { show } from '../core/amounts';
import { refuse, throwErrors } from '../core/problem';
import {
  type BackupCapability,
  CAPABILITIES,
  type CapabilityFact,
  CapabilitySupport,
  type ResourceCapabilities,
} from './capability';
import { CATALOG, type CatalogRow, catalogFact } from './catalog';
import { resourceTypeOptionProblems } from './resource-type-laws';
import type { ResourceTypeOptions } from './resource-type-options';

/** The arguments of the private constructor. */
interface Parts {
  readonly name: string;
  readonly variant?: string;
  readonly options?: ResourceTypeOptions;
}

/**
 * A resource type that AWS Backup protects, with the data of this library's dated catalog.
 *
 * Types are immutable values. Use `withCapabilities()` to correct the catalog, and `of()` for types that it doesn't have
 * yet.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 */
export class ResourceType {
  /** Amazon Aurora clusters. */
  public static readonly AURORA = new ResourceType({ name: 'Aurora' });

  /** CloudFormation stacks. */
  public static readonly CLOUDFORMATION = new ResourceType({ name: 'CloudFormation' });

  /** Amazon DocumentDB clusters. */
  public static readonly DOCUMENTDB = new ResourceType({ name: 'DocumentDB' });

  /** Amazon Aurora DSQL clusters. */
  public static readonly DSQL = new ResourceType({ name: 'DSQL' });

  /** Amazon DynamoDB tables. Variant: `without advanced features`. */
  public static readonly DYNAMODB = new ResourceType({ name: 'DynamoDB' });

  /** Amazon EBS volumes. */
  public static readonly EBS = new ResourceType({ name: 'EBS' });

  /** Amazon EC2 instances, with their volumes. Variant: `Windows VSS`. */
  public static readonly EC2 = new ResourceType({ name: 'EC2' });

  /** Amazon EFS file systems. */
  public static readonly EFS = new ResourceType({ name: 'EFS' });

  /** Amazon EKS clusters. */
  public static readonly EKS = new ResourceType({ name: 'EKS' });

  /** Amazon FSx file systems, and volumes of ONTAP. Variants: `Lustre`, `Windows`, `ONTAP`, `OpenZFS`. */
  public static readonly FSX = new ResourceType({ name: 'FSx' });

  /** Amazon Neptune clusters. */
  public static readonly NEPTUNE = new ResourceType({ name: 'Neptune' });

  /** Amazon RDS instances. Variant: `Multi-AZ cluster`. */
  public static readonly RDS = new ResourceType({ name: 'RDS' });

  /** Amazon Redshift provisioned clusters. */
  public static readonly REDSHIFT = new ResourceType({ name: 'Redshift' });

  /** Amazon Redshift Serverless namespaces. */
  public static readonly REDSHIFT_SERVERLESS = new ResourceType({ name: 'Redshift Serverless' });

  /** Amazon S3 buckets. */
  public static readonly S3 = new ResourceType({ name: 'S3' });

  /** SAP HANA databases on Amazon EC2. */
  public static readonly SAP_HANA = new ResourceType({ name: 'SAP HANA on Amazon EC2' });

  /** Volumes of AWS Storage Gateway. */
  public static readonly STORAGE_GATEWAY = new ResourceType({ name: 'Storage Gateway' });

  /** Tables of Amazon Timestream for LiveAnalytics. */
  public static readonly TIMESTREAM = new ResourceType({ name: 'Timestream' });

  /** Virtual machines of VMware, through AWS Backup gateway. */
  public static readonly VIRTUAL_MACHINE = new ResourceType({ name: 'VirtualMachine' });

  /**
   * A type by its name in the AWS Backup API: one of the catalog, or one that the catalog doesn't have yet.
   *
   * @param name as `GetSupportedResourceTypes` of AWS Backup returns it, case-sensitive: letters, digits,
   * spaces, `-`, `_` and `.`, 1 to 50 characters
   * @param options describes the type; for a type of the catalog, what differs from the catalog
   * @throws if the name differs from one in the catalog only in case, or if an option is malformed
   */
  public static of(name: string, options?: ResourceTypeOptions): ResourceType {
    // analyses ask for thousands of types that the catalog has
    const known = options ? undefined : ResourceType.all().find((type) => type.name === name);
    if (known) return known;
    throwErrors(resourceTypeOptionProblems(name, options), 'ResourceType.of');
    return new ResourceType({ name, options });
  }

  /** All types of the catalog, in alphabetical order. */
  public static all(): ResourceType[] {
    ResourceType.catalog ??= Object.keys(CATALOG).map((name) => new ResourceType({ name }));
    return [...ResourceType.catalog];
  }

  /** Created once, because types are immutable. */
  private static catalog?: readonly ResourceType[];

  /** The name of the type in the API of AWS Backup, such as `DynamoDB` or `SAP HANA on Amazon EC2`. */
  public readonly name: string;

  /** The variant of the type, such as `Multi-AZ cluster` of `RDS`; undefined for the type itself. */
  public readonly variantName?: string;

  private readonly options: ResourceTypeOptions;
  private readonly row?: CatalogRow;

  private constructor(parts: Parts) {
    this.name = parts.name;
    this.variantName = parts.variant;
    this.options = Object.freeze({ ...parts.options });
    this.row = Object.hasOwn(CATALOG, parts.name) ? CATALOG[parts.name] : undefined;
    // not frozen as a whole: the jsii runtime adds a mark to each object that it passes to another language
    for (const key of Object.keys(this)) Object.defineProperty(this, key, { writable: false });
  }

  /** Whether the catalog of this library has the type. */
  public get isInCatalog(): boolean {
    return this.row !== undefined;
  }

  /** The variants of the type, which differ in their capabilities. See `variant()`. */
  public get variantNames(): string[] {
    return Object.keys(this.row?.variants ?? {});
  }

  /** The CloudFormation types of such resources. Some also depend on properties, such as the engine. */
  public get cloudFormationTypes(): string[] {
    return [...(this.options.cloudFormationTypes ?? this.row?.cloudFormationTypes ?? [])];
  }

  /** The AWS managed policies for backups, as `ManagedPolicy.fromAwsManagedPolicyName` takes them. */
  public get backupPolicies(): string[] {
    return [
      ...(this.options.backupPolicies ??
        this.row?.backupPolicies ?? ['service-role/AWSBackupServiceRolePolicyForBackup']),
    ];
  }

  /** The AWS managed policies for restores, as `ManagedPolicy.fromAwsManagedPolicyName` takes them. */
  public get restorePolicies(): string[] {
    return [
      ...(this.options.restorePolicies ??
        this.row?.restorePolicies ?? ['service-role/AWSBackupServiceRolePolicyForRestores']),
    ];
  }

  /** The AWS managed policies that backup search needs in addition to those for backups. */
  public get indexPolicies(): string[] {
    return [...(this.row?.indexPolicies ?? [])];
  }

  /** The name in the opt-in settings of a Region. */
  public get optInName(): string {
    return this.options.optInName ?? this.row?.optInName ?? this.name;
  }

  /** Whether the type needs the opt-in of the Region even if its resources are selected explicitly by type or ARN. */
  public get alwaysSubjectToOptIn(): boolean {
    return this.options.alwaysSubjectToOptIn ?? this.row?.alwaysSubjectToOptIn ?? false;
  }

  /**
   * The ARN patterns that select all resources of the type. Aurora, DocumentDB and Neptune share the pattern
   * `rds:*:*:cluster:*`.
   *
   * @param partition for example `aws` or `Aws.PARTITION`
   */
  public arnPatterns(partition: string): string[] {
    const ofVariant =
      this.variantName === undefined ? undefined : this.row?.variantArnPatterns?.[this.variantName];
    return (this.options.arnPatterns ?? ofVariant ?? this.row?.arnPatterns ?? []).map((pattern) =>
      pattern.replace('{partition}', () => partition),
    );
  }

  /** Whether the type has a capability, according to AWS's documentation. */
  public supports(capability: BackupCapability): CapabilitySupport {
    return this.fact(capability).support;
  }

  /** Whether the type has a capability, with the conditions, the source and the date. */
  public fact(capability: BackupCapability): CapabilityFact {
    if (!CAPABILITIES.includes(capability))
      throw refuse(
        'Backup-Capability',
        'capability',
        (label) => `${label('capability')} must be one of \`BackupCapability\`, got ${show(capability)}`,
      );
    const override = this.options[capability];
    if (override !== undefined)
      return {
        support: override ? CapabilitySupport.YES : CapabilitySupport.NO,
        source: this.options.source ?? 'set in code',
        asOf: this.options.asOf,
      };
    if (!this.row)
      return {
        support: CapabilitySupport.UNKNOWN,
        source: this.options.source ?? 'not in the catalog',
        asOf: this.options.asOf,
      };
    return catalogFact(this.row, this.variantName, capability);
  }

  /**
   * A variant of the type with other capabilities, such as `ResourceType.RDS.variant('Multi-AZ cluster')`.
   *
   * @param variantName one of `variantNames`
   * @throws if the type has no such variant
   */
  public variant(variantName: string): ResourceType {
    const known = this.variantNames;
    if (!known.includes(variantName))
      throw refuse(
        'Backup-ResourceTypeVariant',
        'variantName',
        known.length > 0
          ? `\`variantName\` of ${this.name} must be one of ${known.map((n) => `\`${n}\``).join(', ')}, got ${show(variantName)}`
          : `${this.name} has no variants, got \`variantName\` ${show(variantName)}`,
      );
    return new ResourceType({ name: this.name, variant: variantName, options: this.options });
  }

  /**
   * The same type with capabilities that differ from the catalog, because AWS changes them several times a year.
   *
   * @param capabilities what differs; the rest stays as in the catalog
   */
  public withCapabilities(capabilities: ResourceCapabilities): ResourceType {
    throwErrors(resourceTypeOptionProblems(this.name, capabilities, 'capabilities'), 'withCapabilities');
    return new ResourceType({
      name: this.name,
      variant: this.variantName,
      options: { ...this.options, ...capabilities },
    });
  }

  /** The name, with the variant if there is one. */
  public toString(): string {
    return this.variantName === undefined ? this.name : `${this.name} (${this.variantName})`;
  }

  /** @internal */
  public get _arnAttribute(): string {
    return this.options.arnAttribute ?? 'Arn';
  }
}
