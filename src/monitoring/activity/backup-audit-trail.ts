import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { flagProblems, kindProblems } from '../../resources/core/argument-checks';
import { makeServiceRole } from '../../resources/core/customized-role';
import { enforce } from '../../resources/core/enforce';
import { generatedName } from '../../resources/core/generated-name';
import { grantDenial } from '../../resources/core/plain-statement';
import {
  acknowledgeNoReplication,
  BUCKET_LOGGING_RULES,
  optOutOfBackups,
  privateBucketProps,
} from '../../resources/core/private-bucket';
import { acknowledge, acknowledgeWildcards } from '../../resources/provider/nag-acknowledgements';
import { readDays, wholeNumberProblems } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { saveAuditQueries } from './audit-queries';
import type { BackupAuditTrailProps } from './backup-audit-trail-props';

const CLOUD_TRAIL = 'cloudtrail.amazonaws.com';

/**
 * A trail of AWS CloudTrail that records who calls AWS Backup, AWS KMS and all other services: without one, the alerts on
 * weakened protection have no events. Create it only in an account without a trail; most organizations have one for all
 * accounts.
 *
 * The files are encrypted and validated, in a versioned bucket that takes TLS connections only. The events are in a log group
 * too, with saved queries for audits: who deleted or weakened what, who was denied, who restored what, what happened to keys,
 * and what selections matched.
 *
 * The first copy of management events is free in each Region; Amazon S3 and CloudWatch Logs bill for what they store,
 * CloudWatch Logs also for what it ingests, and AWS KMS for the key and its use.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logging-using-cloudtrail.html
 */
@propertyInjectable
export class BackupAuditTrail extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupAuditTrail';

  /** The bucket of the files. */
  public readonly bucket: s3.Bucket;
  /** The log group of the events. */
  public readonly logGroup: LogGroup;
  /** The ARN of the trail. */
  public readonly trailArn: string;

  constructor(scope: Construct, id: string, props: BackupAuditTrailProps = {}) {
    super(scope, id);
    enforce(this, auditTrailProblems(props));
    const stack = Stack.of(this);
    const trailName = generatedName(scope, id, { maxLength: 128, separator: '-' });
    const arn = stack.formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: trailName });
    const key = props.encryptionKey ?? this.makeKey();
    const logGroupName = `/aws/cloudtrail/${trailName}`;
    allowUse(key, arn, logGroupArn(stack, logGroupName));

    this.bucket = this.makeBucket(props, key, arn);
    this.logGroup = new LogGroup(this, 'Log', {
      logGroupName,
      retention: props.logRetention ?? RetentionDays.THREE_MONTHS,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const streams = `${logGroupArn(stack, logGroupName)}:log-stream:*`;
    const { roleArn, policy } = makeServiceRole(this, {
      service: CLOUD_TRAIL,
      description: `Writes the events of ${this.node.path} to a log group`.slice(0, 1_000),
      policyDescription: 'Writes the events of a trail to its log group',
      statements: [
        { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: streams },
      ],
      saysAccount: false,
    });
    const trail = new CfnTrail(this, 'Trail', {
      trailName,
      isLogging: true,
      isMultiRegionTrail: props.allRegions ?? true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      s3BucketName: this.bucket.bucketName,
      kmsKeyId: key.keyArn,
      cloudWatchLogsLogGroupArn: this.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: roleArn,
    });
    trail.node.addDependency(this.bucket, this.logGroup, ...(policy ? [policy] : []));
    if (props.encryptionKey === undefined) trail.node.addDependency(key);
    if (policy) acknowledgeWildcards(policy, 'AWS CloudTrail names the log streams itself');
    this.trailArn = trail.attrArn;
    saveAuditQueries(this, trailName, this.logGroup.logGroupName);
  }

  private makeKey(): Key {
    const key = new Key(this, 'Key', {
      enableKeyRotation: true,
      description: `Encrypts the events of ${this.node.path}`,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    key.addToResourcePolicy(grantDenial());
    return key;
  }

  private makeBucket(
    { keepFor, serverAccessLogsBucket }: BackupAuditTrailProps,
    encryptionKey: IKey,
    trailArn: string,
  ): s3.Bucket {
    const bucket = new s3.Bucket(this, 'Bucket', {
      ...privateBucketProps({ encryptionKey, serverAccessLogsBucket }),
      lifecycleRules: keepFor && [{ expiration: keepFor, noncurrentVersionExpiration: keepFor }],
    });
    const principals = [new iam.ServicePrincipal(CLOUD_TRAIL)];
    const ofTrail = { 'aws:SourceArn': trailArn };
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        principals,
        actions: ['s3:GetBucketAcl'],
        resources: [bucket.bucketArn],
        conditions: { StringEquals: ofTrail },
      }),
    );
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        principals,
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`AWSLogs/${Stack.of(this).account}/*`)],
        conditions: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', ...ofTrail } },
      }),
    );
    optOutOfBackups(bucket, 'it holds the files of a trail');
    if (!serverAccessLogsBucket)
      acknowledge(
        bucket,
        BUCKET_LOGGING_RULES,
        'only AWS CloudTrail writes to it; `serverAccessLogsBucket` records who reads it',
      );
    acknowledgeNoReplication(
      bucket,
      'the events are in a log group too; add replication where they must survive a Region',
    );
    return bucket;
  }
}

/** What AWS CloudTrail and CloudWatch Logs do with the key. */
function allowUse(key: IKey, trailArn: string, groupArn: string): void {
  const stack = Stack.of(key);
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(CLOUD_TRAIL)],
      actions: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceArn': trailArn } },
    }),
  );
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': groupArn } },
    }),
  );
}

function logGroupArn(stack: Stack, resourceName: string): string {
  return stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

function auditTrailProblems(props: BackupAuditTrailProps): Problem[] {
  const { allRegions, keepFor, logRetention, encryptionKey } = props;
  const days = keepFor === undefined ? undefined : readDays('keepFor', keepFor);
  return [
    ...unknownPropertyProblems(props, 'BackupAuditTrailProps'),
    ...flagProblems('Backup-AuditTrail', 'allRegions', allRegions),
    ...(days?.problems ?? []),
    ...(typeof days?.amount === 'number'
      ? wholeNumberProblems('Backup-AuditTrail', 'keepFor', days.amount, {
          min: 1,
          max: 36_500,
          unit: 'days',
        })
      : []),
    ...kindProblems(logRetention, (value) => typeof value === 'number' && value in RetentionDays, {
      id: 'Backup-AuditTrail',
      property: 'logRetention',
      what: 'one of `RetentionDays`',
      fix: 'for example, use `RetentionDays.ONE_YEAR`',
    }),
    ...kindProblems(encryptionKey, (key) => typeof key === 'object' && 'keyArn' in key, {
      id: 'Backup-AuditTrail',
      property: 'encryptionKey',
      what: 'a key',
      fix: 'pass a `kms.Key`',
    }),
  ];
}
