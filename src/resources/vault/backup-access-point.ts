import {
  CfnResource,
  type IResource,
  type ITaggableV2,
  Lazy,
  Resource,
  Stack,
  TagManager,
  TagType,
  Validations,
} from 'aws-cdk-lib';
import type { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { isKnown, show } from '../../values/core/amounts';
import { type Problem, throwErrors } from '../../values/core/problem';
import { regionProblems } from '../../values/core/service-regions';
import { accessPointNameProblems, accessPointPolicySizeProblems } from '../../values/vault/access-point-laws';
import { S3RecoveryPoint } from '../../values/vault/s3-recovery-point';
import { kindProblems, propsProblems, requiredKindProblems } from '../core/argument-checks';
import { report } from '../core/enforce';

const TYPE = 'AWS::Backup::BackupAccessPoint';

/** Properties of a `BackupAccessPoint`. */
export interface BackupAccessPointProps {
  /** The recovery point whose objects can be read. */
  readonly recoveryPoint: S3RecoveryPoint;

  /**
   * The name, 3 to 50 small letters, digits and `-`. It shares its names with the access points of Amazon S3.
   *
   * @default - AWS Backup makes one
   */
  readonly accessPointName?: string;

  /**
   * Who may read what, as in the policy of an access point of Amazon S3; at most 200000 characters. It can't be changed
   * later: a change makes another access point.
   *
   * @default - the IAM policies of the account decide
   */
  readonly policy?: PolicyDocument;
}

/** An access point on a recovery point: made in this app, or imported. */
export interface IBackupAccessPoint extends IResource {
  /** The ARN of the access point. */
  readonly backupAccessPointArn: string;
}

/**
 * An access point of Amazon S3 on a recovery point: its objects can be read without a restore.
 *
 * As long as it is there, AWS Backup neither moves nor deletes the recovery point, whatever its retention says.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-access-points.html
 */
@propertyInjectable
export class BackupAccessPoint extends Resource implements IBackupAccessPoint, ITaggableV2 {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupAccessPoint';

  /** Refers to an existing access point by its ARN; it may be in another account or Region. */
  public static fromBackupAccessPointArn(
    scope: Construct,
    id: string,
    backupAccessPointArn: string,
  ): IBackupAccessPoint {
    throwErrors(arnProblems(backupAccessPointArn), `${scope.node.path}/${id}`);
    return new ImportedAccessPoint(scope, id, backupAccessPointArn);
  }

  /** The tags of the access point. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, TYPE);

  private readonly resource: CfnResource;

  constructor(scope: Construct, id: string, props: BackupAccessPointProps) {
    super(scope, id);
    throwErrors(inputProblems(props), this.node.path);
    const { recoveryPoint, accessPointName, policy } = props;
    const stack = Stack.of(this);
    report(this, [
      ...(accessPointName === undefined ? [] : accessPointNameProblems(accessPointName)),
      ...(policy ? accessPointPolicySizeProblems(sizeOf(stack.resolve(policy))) : []),
      ...regionProblems('accessPoint', stack.region),
      ...recoveryPointRegionProblems(recoveryPoint, stack.region),
    ]);

    // aws-cdk-lib has an L1 for it from 2.276 on
    this.resource = new CfnResource(this, 'Resource', {
      type: TYPE,
      properties: {
        RecoveryPointArn: recoveryPoint.recoveryPointArn,
        Name: accessPointName,
        AccessPointInTime: recoveryPoint.at?.toISOString().replace('.000Z', 'Z'),
        AccessPointPolicy: policy,
        Tags: Lazy.any({ produce: () => renderTags(this.cdkTagManager) }, { omitEmptyArray: true }),
      },
    });
    Validations.of(this.resource).acknowledge({
      id: 'CloudFormation-Validate::F3006',
      reason: `${TYPE} is newer than the table of types and Regions that this version of the CDK validates with`,
    });
  }

  /** The ARN of the access point. */
  public get backupAccessPointArn(): string {
    return this.attribute('Arn');
  }

  /** The ARN by which Amazon S3 knows the access point. */
  public get s3AccessPointArn(): string {
    return this.attribute('AccessPointMetadata.S3AccessPointArn');
  }

  /** The alias that can stand in the place of the name of a bucket. */
  public get s3AccessPointAlias(): string {
    return this.attribute('AccessPointMetadata.S3AccessPointAlias');
  }

  private attribute(name: string): string {
    return this.resource.getAtt(name).toString();
  }
}

/** The size of a policy as JSON; one without statements is none. */
function sizeOf(policy: object | undefined): number {
  return policy ? JSON.stringify(policy).length : 0;
}

/** What callers without types may mistake. */
function inputProblems(props: BackupAccessPointProps): Problem[] {
  const wrong = propsProblems('Backup-AccessPoint', props);
  if (wrong.length > 0) return wrong;
  const { recoveryPoint, policy }: Partial<BackupAccessPointProps> = props ?? {};
  return [
    ...requiredKindProblems(recoveryPoint, (given: unknown) => given instanceof S3RecoveryPoint, {
      id: 'Backup-AccessPointRecoveryPoint',
      property: 'recoveryPoint',
      what: 'an `S3RecoveryPoint`',
      fix: "use `S3RecoveryPoint.snapshot('arn:…')`",
    }),
    ...kindProblems(policy, (given: Partial<PolicyDocument>) => typeof given.addStatements === 'function', {
      id: 'Backup-AccessPointPolicy',
      property: 'policy',
      what: 'a `PolicyDocument`',
    }),
  ];
}

/** AWS Backup knows of the recovery points of its Region only. */
function recoveryPointRegionProblems({ recoveryPointArn }: S3RecoveryPoint, here: string): Problem[] {
  const there = isKnown(recoveryPointArn) ? recoveryPointArn.split(':')[3] : here;
  if (!isKnown(here) || there === here) return [];
  return [
    {
      id: 'Backup-AccessPointRecoveryPoint',
      severity: 'error',
      property: 'recoveryPoint',
      message: `\`recoveryPoint\` must be in the Region of the access point (${here}), got ${there}`,
      fix: 'make the access point in a stack of that Region',
    },
  ];
}

/** As CloudFormation spells them: a resource without an L1 is rendered as it is. */
function renderTags(manager: TagManager): object[] {
  return Object.entries(manager.tagValues()).map(([Key, Value]) => ({ Key, Value }));
}

function arnProblems(arn: unknown): Problem[] {
  const sound = /^arn:aws(-[a-z]+)*:backup:[a-z]{2,4}(-[a-z]+)+-\d+:\d{12}:accesspoint\/[\da-z-]+$/;
  if (!isKnown(arn) || (typeof arn === 'string' && sound.test(arn))) return [];
  const property = 'backupAccessPointArn';
  return [
    {
      id: 'Backup-Arn',
      severity: 'error',
      property,
      message: `\`${property}\` must be an ARN of the form \`arn:<partition>:backup:<region>:<account>:accesspoint/<name>\`, got ${show(arn)}`,
    },
  ];
}

/** An access point that was made elsewhere. */
class ImportedAccessPoint extends Resource implements IBackupAccessPoint {
  constructor(
    scope: Construct,
    id: string,
    public readonly backupAccessPointArn: string,
  ) {
    super(scope, id, { environmentFromArn: backupAccessPointArn });
  }
}
