import type { ISecretRef } from 'aws-cdk-lib/aws-secretsmanager';
import {
  flagProblems,
  kindProblems,
  listProblems,
  propsProblems,
} from '../../resources/core/argument-checks';
import { resolveResource } from '../../resources/core/resource-arns';
import { isKnown, wholeNumberProblems } from '../../values/core/amounts';
import { type Problem, throwErrors } from '../../values/core/problem';
import {
  type StructName,
  unknownPropertyProblems,
  unknownPropertyProblemsAt,
} from '../../values/core/unknown-properties';
import { ResourceType } from '../../values/resource-type/resource-type';
import { type AnyOptions, optionProblems } from './restore-check-laws';
import type {
  AuroraCheckOptions,
  Ec2CheckOptions,
  EfsCheckOptions,
  RestoreCheckOptions,
  SamplingCheckOptions,
} from './restore-check-options';
import { functionArnOf, ID, shareProblems } from './restore-check-parts';
import { RestoreMount } from './restore-mount';
import { ValidationLevel } from './validation-level';

const { RESTORED, OPENS, COUNTS, SAMPLES, QUERIES } = ValidationLevel;
/** Types whose port is opened, from inside a VPC. */
const WITH_PORT: readonly string[] = ['Aurora', 'DocumentDB', 'Neptune', 'RDS'];

/** How restored resources of one type are validated. */
export class RestoreCheck {
  /** Aurora clusters: available, and queries through the Data API. In a VPC, that the port opens. */
  public static aurora(options: AuroraCheckOptions = {}): RestoreCheck {
    return new RestoreCheck('aurora', ResourceType.AURORA, options, 'AuroraCheckOptions', [
      RESTORED,
      OPENS,
      QUERIES,
    ]);
  }

  /** DocumentDB clusters: available. In a VPC, that the port opens. */
  public static documentDb(options: RestoreCheckOptions = {}): RestoreCheck {
    return new RestoreCheck('documentDb', ResourceType.DOCUMENTDB, options, 'RestoreCheckOptions', [
      RESTORED,
      OPENS,
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

  /** Neptune clusters: available. In a VPC, that the port opens. */
  public static neptune(options: RestoreCheckOptions = {}): RestoreCheck {
    return new RestoreCheck('neptune', ResourceType.NEPTUNE, options, 'RestoreCheckOptions', [
      RESTORED,
      OPENS,
    ]);
  }

  /** RDS instances and Multi-AZ clusters: available. In a VPC, that the port opens. Use `validator` to query them. */
  public static rds(options: RestoreCheckOptions = {}): RestoreCheck {
    return new RestoreCheck('rds', ResourceType.RDS, options, 'RestoreCheckOptions', [RESTORED, OPENS]);
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
    throwErrors(wrong.length > 0 ? wrong : this.problems(struct), `RestoreCheck.${factory}`);
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
      queries: o.queries?.map(({ sql, expected: equals, minimum: atLeast }) => ({ sql, equals, atLeast })),
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

  private problems(struct: StructName): Problem[] {
    const o = this._options;
    const { name } = this.resourceType;
    const kinds = [
      ...unknownPropertyProblems(o, struct),
      ...kindProblems(o.level, (level: unknown) => this.levels.includes(level as ValidationLevel), {
        id: ID,
        property: 'level',
        what: `a level that checks of ${name} have (${this.levels.map((level) => `\`${level.toUpperCase()}\``).join(', ')})`,
      }),
      ...listProblems(o.resources, (each: never) => resolveResource(each)?.type.name === name, {
        id: ID,
        property: 'resources',
        what: `a resource of type ${name}`,
      }),
      ...listProblems(
        o.arns,
        (arn: unknown) => typeof arn === 'string' && (!isKnown(arn) || /^arn:/.test(arn)),
        {
          id: ID,
          property: 'arns',
          what: 'an ARN',
        },
      ),
      ...flagProblems(ID, 'cleanScan', o.cleanScan),
      ...kindProblems(o.mount, (each: unknown) => each instanceof RestoreMount, {
        id: ID,
        property: 'mount',
        what: 'a `RestoreMount`',
      }),
      ...kindProblems(o.validator, (each: never) => functionArnOf(each) !== undefined, {
        id: ID,
        property: 'validator',
        what: 'a function',
      }),
      ...kindProblems(o.secret, (each: never) => (each as ISecretRef).secretRef?.secretId !== undefined, {
        id: ID,
        property: 'secret',
        what: 'a secret',
      }),
      ...listProblems(o.commands, (each: unknown) => typeof each === 'string' && each !== '', {
        id: ID,
        property: 'commands',
        what: 'a shell command',
      }),
      ...listProblems(
        o.queries,
        (each: { sql?: unknown }) => typeof each.sql === 'string' && each.sql !== '',
        {
          id: ID,
          property: 'queries',
          what: 'a query with `sql`',
        },
      ),
      ...(Array.isArray(o.queries) ? o.queries : []).flatMap((query, index) =>
        unknownPropertyProblemsAt(`queries[${index}]`, query, 'RestoreQuery'),
      ),
      ...shareProblems('minimumShare', o.minimumShare),
      ...shareProblems('minimumEqualShare', o.minimumEqualShare),
      ...(['minimumCount', 'minimumFiles'] as const).flatMap((property) =>
        o[property] === undefined
          ? []
          : wholeNumberProblems(ID, property, o[property], {
              min: 0,
              max: Number.MAX_SAFE_INTEGER,
              unit: '',
            }),
      ),
      ...(o.samples === undefined
        ? []
        : wholeNumberProblems(ID, 'samples', o.samples, { min: 1, max: 1_000, unit: 'samples' })),
    ];
    if (kinds.length > 0) return kinds;
    return optionProblems(o, name);
  }
}
