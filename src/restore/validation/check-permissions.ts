import { Aws } from 'aws-cdk-lib';
import type { ISecret, ISecretRef } from 'aws-cdk-lib/aws-secretsmanager';
import { TEST_TAG } from '../core/restore-test-tag';
import type { RestoreCheck } from './restore-check';
import { ValidationLevel } from './validation-level';

/** The parts of ARNs in one account and Region. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** The name that AWS Backup gives what restore tests restore. */
const RESTORED = 'awsbackup-restore-test-*';

const RANKS = Object.values(ValidationLevel);

/** What the function that validates may do for one check: read what is restored and its source, as deep as the check looks. */
export function checkStatements(
  check: RestoreCheck,
  inVpc: boolean,
  place: Place,
  restoredName: string = RESTORED,
): object[] {
  const statements = forType(check, reachesOf(check, inVpc), { ...place, restoredName });
  const { validator, cleanScan } = check._options;
  if (validator) statements.push(allow(['lambda:InvokeFunction'], validator.functionRef.functionArn));
  if (cleanScan) statements.push(allow(['backup:DescribeRecoveryPoint'], '*'));
  return statements;
}

/** Where, and how restored resources are named. */
interface NamedPlace extends Place {
  readonly restoredName: string;
}

type Reaches = (level: ValidationLevel) => boolean;

function reachesOf(check: RestoreCheck, inVpc: boolean): Reaches {
  const level = check._level(inVpc);
  return (wanted) => RANKS.indexOf(level) >= RANKS.indexOf(wanted);
}

function forType(check: RestoreCheck, reaches: Reaches, place: NamedPlace): object[] {
  const { partition, region, account, restoredName } = place;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const sources = (all: string): string[] => check.sourceArns ?? [all];
  switch (check.resourceType.name) {
    case 'DynamoDB': {
      const restored = arn('dynamodb', `table/${restoredName}`);
      const source = sources(arn('dynamodb', 'table/*'));
      return [
        allow(['dynamodb:DescribeTable'], [restored]),
        ...(reaches(ValidationLevel.OPENS)
          ? [allow(['dynamodb:Scan'], [restored]), allow(['dynamodb:DescribeTable'], source)]
          : []),
        ...(reaches(ValidationLevel.SAMPLES) ? [allow(['dynamodb:GetItem'], source)] : []),
      ];
    }
    case 'S3': {
      const restored = `arn:${partition}:s3:::${restoredName}`;
      const source = sources(`arn:${partition}:s3:::*`);
      return [
        allow(['s3:ListBucket'], [restored]),
        ...(reaches(ValidationLevel.COUNTS) ? [allow(['s3:ListBucket'], source)] : []),
        ...(reaches(ValidationLevel.SAMPLES)
          ? [allow(['s3:GetObject'], [`${restored}/*`, ...source.map((each) => `${each}/*`)])]
          : []),
      ];
    }
    case 'EBS':
      return [
        allow(
          ['ec2:DescribeVolumes', ...(reaches(ValidationLevel.OPENS) ? ['ec2:DescribeVolumeStatus'] : [])],
          '*',
        ),
      ];
    case 'EC2':
      return [
        allow(['ec2:DescribeInstanceStatus'], '*'),
        ...(reaches(ValidationLevel.QUERIES)
          ? [
              allow(['ssm:SendCommand'], [`arn:${partition}:ssm:${region}::document/AWS-RunShellScript`]),
              // only on what a test restored
              allow(['ssm:SendCommand'], [arn('ec2', 'instance/*')], {
                Null: { [`ssm:resourceTag/${TEST_TAG}`]: 'false' },
              }),
              allow(['ssm:GetCommandInvocation'], '*'),
            ]
          : []),
      ];
    case 'EFS':
      return [allow(['elasticfilesystem:DescribeFileSystems'], '*')];
    case 'FSx':
      return [allow(['fsx:DescribeFileSystems', 'fsx:DescribeVolumes'], '*')];
    default:
      return databaseStatements(check, reaches, place);
  }
}

function databaseStatements(
  check: RestoreCheck,
  reaches: Reaches,
  { partition, region, account, restoredName }: NamedPlace,
): object[] {
  const arn = (resource: string) => `arn:${partition}:rds:${region}:${account}:${resource}`;
  const restored = arn(`cluster:${restoredName}`);
  const { secret, directConnection, resetPassword } = check._options;
  const usesDataApi = check.resourceType.name === 'Aurora' && !directConnection;
  return [
    allow(['rds:DescribeDBClusters', 'rds:DescribeDBInstances'], '*'),
    ...(makesInstance(check, reaches)
      ? [
          // with the default groups, which IAM checks too
          allow(
            ['rds:CreateDBInstance'],
            [restored, arn(TEMPORARY), arn('og:default*'), arn('pg:default*'), arn('subgrp:*')],
          ),
          allow(['rds:DeleteDBInstance'], [arn(TEMPORARY)]),
        ]
      : []),
    ...(reaches(ValidationLevel.QUERIES)
      ? [
          ...(usesDataApi
            ? [allow(['rds:EnableHttpEndpoint', 'rds-data:ExecuteStatement'], [restored])]
            : []),
          ...(secret ? secretStatements(secret, region) : []),
          ...(resetPassword ? resetStatements(check, restoredName, arn) : []),
        ]
      : []),
  ];
}

/** Changes only what has the name of a test. */
function resetStatements(
  { resourceType }: RestoreCheck,
  restoredName: string,
  arn: (resource: string) => string,
): object[] {
  return [
    allow(['rds:ModifyDBCluster'], [arn(`cluster:${restoredName}`)]),
    ...(resourceType.name === 'RDS' ? [allow(['rds:ModifyDBInstance'], [arn(`db:${restoredName}`)])] : []),
  ];
}

/** The instance that a restored cluster gets. */
const TEMPORARY = 'db:*-restore-check';
const WITHOUT_INSTANCE: readonly string[] = ['Aurora', 'DocumentDB', 'Neptune'];

function makesInstance({ resourceType }: RestoreCheck, reaches: Reaches): boolean {
  return WITHOUT_INSTANCE.includes(resourceType.name) && reaches(ValidationLevel.OPENS);
}

/** Deletes the instances of restored clusters, where the validation ended without deleting them. */
export function cleanUpStatements(
  checks: readonly RestoreCheck[],
  inVpc: boolean,
  { partition, region, account }: Place,
): object[] {
  const makes = checks.some((check) => makesInstance(check, reachesOf(check, inVpc)));
  return makes
    ? [allow(['rds:DeleteDBInstance'], [`arn:${partition}:rds:${region}:${account}:${TEMPORARY}`])]
    : [];
}

/** Reads a secret, and decrypts it where its key is known. */
function secretStatements(secret: ISecretRef, region: string): object[] {
  const { secretFullArn, encryptionKey } = secret as Partial<ISecret>;
  const { secretId } = secret.secretRef;
  // an imported secret may lack the six characters that Secrets Manager adds
  const isPartial = 'secretFullArn' in secret && secretFullArn === undefined;
  return [
    allow(['secretsmanager:GetSecretValue'], [isPartial ? `${secretId}-??????` : secretId]),
    ...(encryptionKey
      ? [
          allow(['kms:Decrypt'], [encryptionKey.keyArn], {
            StringEquals: { 'kms:ViaService': `secretsmanager.${region}.${Aws.URL_SUFFIX}` },
          }),
        ]
      : []),
  ];
}

/** What may be deleted where AWS Backup failed to: only what a test restored. */
export function leftoverStatements({ partition, region, account }: Place): object[] {
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const tagged = { Null: { [`aws:ResourceTag/${TEST_TAG}`]: 'false' } };
  return [
    allow(['dynamodb:DeleteTable'], [arn('dynamodb', `table/${RESTORED}`)]),
    allow(
      ['rds:DeleteDBCluster', 'rds:DeleteDBInstance'],
      [arn('rds', `cluster:${RESTORED}`), arn('rds', `db:${RESTORED}`)],
    ),
    allow(
      ['ec2:DeleteVolume', 'ec2:TerminateInstances'],
      [arn('ec2', 'volume/*'), arn('ec2', 'instance/*')],
      tagged,
    ),
    allow(['elasticfilesystem:DeleteFileSystem'], [arn('elasticfilesystem', 'file-system/*')], tagged),
    allow(
      ['fsx:DeleteFileSystem', 'fsx:DeleteVolume'],
      [arn('fsx', 'file-system/*'), arn('fsx', 'volume/*')],
      tagged,
    ),
    allow(['fsx:DescribeFileSystems'], '*'),
  ];
}

export function allow(
  Action: readonly string[],
  Resource: string | readonly string[],
  Condition?: object,
): object {
  return { Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) };
}
