import { propsProblems } from '../../resources/core/argument-checks';
import { resolveResource } from '../../resources/core/resource-arns';
import { throwErrors } from '../../values/core/problem';
import type { StructName } from '../../values/core/unknown-properties';
import { ResourceType } from '../../values/resource-type/resource-type';
import { type AnyOptions, checkProblems } from './restore-check-laws';
import type {
  Ec2CheckOptions,
  EfsCheckOptions,
  RestoreCheckOptions,
  SamplingCheckOptions,
} from './restore-check-options';
import { ID } from './restore-check-parts';
import type { AuroraCheckOptions, DocumentDbCheckOptions, RdsCheckOptions } from './restore-query-options';
import { ValidationLevel } from './validation-level';

const { RESTORED, OPENS, COUNTS, SAMPLES, QUERIES } = ValidationLevel;
/** Types whose port is opened, from inside a VPC. */
const WITH_PORT: readonly string[] = ['Aurora', 'DocumentDB', 'Neptune', 'RDS'];
/** Types that are queried from inside a VPC only. */
const WITH_CONNECTION: readonly string[] = ['DocumentDB', 'RDS'];

/** How restored resources of one type are validated. */
export class RestoreCheck {
  /** Aurora clusters: available, and queries through the Data API or over TLS. In a VPC, that the port opens. */
  public static aurora(options: AuroraCheckOptions = {}): RestoreCheck {
    return new RestoreCheck('aurora', ResourceType.AURORA, options, 'AuroraCheckOptions', [
      RESTORED,
      OPENS,
      QUERIES,
    ]);
  }

  /** Amazon DocumentDB clusters: available. In a VPC, that the port opens, and queries over TLS. */
  public static documentDb(options: DocumentDbCheckOptions = {}): RestoreCheck {
    return new RestoreCheck('documentDb', ResourceType.DOCUMENTDB, options, 'DocumentDbCheckOptions', [
      RESTORED,
      OPENS,
      QUERIES,
    ]);
  }

  /** DynamoDB tables: keys, the number of items, and the content of some items against the source. */
  public static dynamoDb(options: SamplingCheckOptions = {}): RestoreCheck {
    return new RestoreCheck('dynamoDb', ResourceType.DYNAMODB, options, 'SamplingCheckOptions', [
      RESTORED,
      OPENS,
      COUNTS,
      SAMPLES,
    ]);
  }

  /** EBS volumes: state, status, and size against the source. The content isn't read. */
  public static ebs(options: RestoreCheckOptions = {}): RestoreCheck {
    return new RestoreCheck('ebs', ResourceType.EBS, options, 'RestoreCheckOptions', [
      RESTORED,
      OPENS,
      COUNTS,
    ]);
  }

  /** EC2 instances: running, status checks, and commands inside the instance. */
  public static ec2(options: Ec2CheckOptions = {}): RestoreCheck {
    return new RestoreCheck('ec2', ResourceType.EC2, options, 'Ec2CheckOptions', [RESTORED, OPENS, QUERIES]);
  }

  /**
   * EFS file systems: available, and their size against the source, which Amazon EFS measures about once an hour. With
   * `mount`, the number and the content of their files, and commands of your own.
   */
  public static efs(options: EfsCheckOptions = {}): RestoreCheck {
    return new RestoreCheck('efs', ResourceType.EFS, options, 'EfsCheckOptions', [
      RESTORED,
      OPENS,
      COUNTS,
      SAMPLES,
      QUERIES,
    ]);
  }

  /** FSx file systems and ONTAP volumes: state and capacity. */
  public static fsx(options: RestoreCheckOptions = {}): RestoreCheck {
    return new RestoreCheck('fsx', ResourceType.FSX, options, 'RestoreCheckOptions', [RESTORED, OPENS]);
  }

  /** Neptune clusters: available. In a VPC, that the port opens. Use `validator` to query them. */
  public static neptune(options: RestoreCheckOptions = {}): RestoreCheck {
    return new RestoreCheck('neptune', ResourceType.NEPTUNE, options, 'RestoreCheckOptions', [
      RESTORED,
      OPENS,
    ]);
  }

  /**
   * RDS instances and Multi-AZ clusters: available. In a VPC, that the port opens, and queries of PostgreSQL, MySQL and MariaDB
   * over TLS. Use `validator` to query other engines.
   */
  public static rds(options: RdsCheckOptions = {}): RestoreCheck {
    return new RestoreCheck('rds', ResourceType.RDS, options, 'RdsCheckOptions', [RESTORED, OPENS, QUERIES]);
  }

  /** S3 buckets: the number of objects, and the content of some objects against the source. */
  public static s3(options: SamplingCheckOptions = {}): RestoreCheck {
    return new RestoreCheck('s3', ResourceType.S3, options, 'SamplingCheckOptions', [
      RESTORED,
      OPENS,
      COUNTS,
      SAMPLES,
    ]);
  }

  /** The type of the restored resources. */
  public readonly resourceType: ResourceType;

  /** The ARNs of the sources; undefined for all of the type. */
  public readonly sourceArns?: string[];

  /** @internal */
  public readonly _options: AnyOptions;

  private constructor(
    factory: string,
    type: ResourceType,
    options: AnyOptions,
    struct: StructName,
    private readonly levels: readonly ValidationLevel[],
  ) {
    this.resourceType = type;
    const wrong = propsProblems(ID, options ?? null);
    this._options = options ?? {};
    throwErrors(
      wrong.length > 0 ? wrong : checkProblems(this._options, struct, type.name, levels),
      `RestoreCheck.${factory}`,
    );
    this.sourceArns = this.readSources();
  }

  /** The level that applies in a function inside or outside a VPC. @internal */
  public _level(inVpc: boolean): ValidationLevel {
    const { level, queries, commands, mount } = this._options;
    if (level !== undefined) return level;
    const needsQueries = (queries ?? commands ?? []).length > 0;
    const compares = this.resourceType.name !== 'EFS' || (mount?._arns.sources ?? []).length > 0;
    const fitting = this.levels.filter(
      (each) =>
        (each !== QUERIES || needsQueries) &&
        (each !== SAMPLES || compares) &&
        (each !== OPENS || inVpc || !this._opensPort),
    );
    return fitting[fitting.length - 1];
  }

  /** Whether the level `OPENS` opens a port. @internal */
  public get _opensPort(): boolean {
    return WITH_PORT.includes(this.resourceType.name);
  }

  /** Whether it queries, and only from inside a VPC. @internal */
  public get _needsConnection(): boolean {
    const { queries, directConnection } = this._options;
    return (
      (queries ?? []).length > 0 &&
      (directConnection === true || WITH_CONNECTION.includes(this.resourceType.name))
    );
  }

  /** Whether it may query over a connection: Aurora does so in a VPC, where it has no Data API. @internal */
  public _mayConnect(inVpc: boolean): boolean {
    const { queries, commands } = this._options;
    return inVpc && (queries ?? []).length > 0 && commands === undefined;
  }

  /** How the function reads it. @internal */
  public _render(inVpc: boolean): Record<string, unknown> {
    const o = this._options;
    return {
      type: this.resourceType.name,
      sources: this.sourceArns,
      level: this._level(inVpc),
      share: o.minimumShare,
      atLeast: o.minimumCount,
      samples: o.samples,
      sampleShare: o.minimumEqualShare,
      queries: o.queries?.map(({ expected: equals, minimum: atLeast, ...question }) => ({
        ...question,
        equals,
        atLeast,
      })),
      querySeconds: o.queryTimeout?.toSeconds(),
      resetPassword: o.resetPassword || undefined,
      direct: o.directConnection || undefined,
      database: o.database,
      secretArn: o.secret?.secretRef.secretId,
      instanceClass: o.instanceClass,
      commands: o.commands,
      minimumFiles: o.minimumFiles,
      mount: o.mount?._render(),
      functionArn: o.validator?.functionRef.functionArn,
      cleanScan: o.cleanScan || undefined,
    };
  }

  private readSources(): string[] | undefined {
    const { resources, arns } = this._options;
    if (!resources && !arns) return undefined;
    return [...(resources ?? []).map((each) => resolveResource(each)?.arn as string), ...(arns ?? [])];
  }
}
