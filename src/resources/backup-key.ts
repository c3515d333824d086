import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';

/** Properties of a `BackupKey`. */
export interface BackupKeyProps {
  /**
   * An alias for the key, with or without `alias/`.
   *
   * @default - no alias
   */
  readonly alias?: string;

  /**
   * @default 'Encrypts the recovery points of AWS Backup'
   */
  readonly description?: string;

  /**
   * How often the key material is rotated, 90 to 2560 days.
   *
   * @default Duration.days(365)
   */
  readonly rotationPeriod?: Duration;

  /**
   * Whether the key can be replicated to other Regions. A vault in another Region can then use a replica of it.
   *
   * @default false
   */
  readonly multiRegion?: boolean;

  /**
   * Who may administer the key, besides the IAM policies of the account.
   *
   * @default - nobody else
   */
  readonly admins?: iam.IPrincipal[];

  /**
   * What happens to the key when it leaves the stack. Without its key no recovery point can be restored.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A customer-managed KMS key for backup vaults: rotated, retained, usable through AWS Backup in this account, and
 * closed to grants that aren't for AWS services.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
@propertyInjectable
export class BackupKey extends kms.Key {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupKey';

  constructor(scope: Construct, id: string, props: BackupKeyProps = {}) {
    super(scope, id, {
      alias: props.alias,
      description: props.description ?? 'Encrypts the recovery points of AWS Backup',
      enableKeyRotation: true,
      rotationPeriod: props.rotationPeriod,
      multiRegion: props.multiRegion,
      admins: props.admins,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });
    const stack = Stack.of(this);
    this.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'UseThroughAwsBackup',
        principals: [new iam.AnyPrincipal()],
        actions: [
          'kms:CreateGrant',
          'kms:Decrypt',
          'kms:DescribeKey',
          'kms:GenerateDataKey*',
          'kms:RetireGrant',
        ],
        resources: ['*'],
        conditions: {
          StringEquals: {
            'kms:CallerAccount': stack.account,
            'kms:ViaService': `backup.${stack.region}.${stack.urlSuffix}`,
          },
        },
      }),
    );
    // what AWS Control Tower's CT.KMS.PR.3 asks for; AWS services, AWS Backup among them, are not affected
    this.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'DenyGrantsOutsideAwsServices',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['kms:CreateGrant'],
        resources: ['*'],
        conditions: { Bool: { 'kms:GrantIsForAWSResource': 'false' } },
      }),
    );
  }
}
