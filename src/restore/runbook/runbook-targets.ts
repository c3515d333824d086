import { Aws, CfnResource, Stack } from 'aws-cdk-lib';
import type { ResolvedResource } from '../../resources/core/resource-arns';
import type { RestoreMetadata } from '../../resources/restore-testing/restore-metadata';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { restoreKey } from '../../values/restore-testing/restore-keys';
import { RESTORE_WAYS } from '../../values/restore-testing/restore-ways';
import { RestoreCheck } from '../validation/restore-check';
import { ValidationLevel } from '../validation/validation-level';
import type { RestoreRunbookProps, RunbookCopySourceOptions } from './restore-runbook-props';

/** The resources as the function that plans reads them. */
export function targetsOf({ resources }: RestoreRunbookProps, resolved: readonly ResolvedResource[]) {
  return resources.map(({ resource, order, metadata }, index) => {
    const { arn, type, resource: l1 } = resolved[index];
    const way = RESTORE_WAYS[type.name];
    return {
      arn,
      type: type.name,
      label: resource.node.path,
      order: order ?? way.order,
      changes: way.changes,
      defaults: way.defaults ?? {},
      copiesTags: way.copiesTags,
      overrides: overridesOf(type, metadata),
      takesItems: way.items !== undefined,
      takesTime: way.pointInTime !== undefined,
      requires: way.nameKey ? [way.nameKey] : [],
      imports: way.imports && {
        ...way.imports,
        logicalId: l1 && CfnResource.isCfnResource(l1) ? Stack.of(l1).getLogicalId(l1) : undefined,
      },
    };
  });
}

/** Metadata of restore tests as restores spell it, without what only tests have. */
function overridesOf(type: ResourceType, metadata: RestoreMetadata | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata?.overrides ?? {})
      .filter(([, value]) => value !== USE_BACKED_UP)
      .map(([key, value]) => [restoreKey(type.name, key), value]),
  );
}

/** What restore tests call the value of the recovery point, which restores take anyway. */
const USE_BACKED_UP = 'UseBackedUpValue';

/** The vaults as the function that plans reads them. */
export function vaultsOf(
  { vaults, sharedVaults = [], copySources = [] }: RestoreRunbookProps,
  region: string,
) {
  return [
    ...vaults.map(({ backupVaultRef }) => ({ name: backupVaultRef.backupVaultName })),
    ...sharedVaults.map(({ backupVaultName, account }) => ({ name: backupVaultName, sharedBy: account })),
    ...copySources.map((source) => {
      const place = source.region ?? region;
      return {
        name: source.backupVaultName,
        copy: {
          account: source.account,
          region: place,
          roleArn: accessRoleArn(source),
          stateMachineArn: `arn:${Aws.PARTITION}:states:${place}:${source.account}:stateMachine:${source.accessName}`,
        },
      };
    }),
  ];
}

/** The role of a `CopyOnDemand`, which the functions assume. */
export function accessRoleArn({ account, accessName }: RunbookCopySourceOptions): string {
  return `arn:${Aws.PARTITION}:iam::${account}:role/${accessName}`;
}

/** That what is restored exists, and can be used. */
export function defaultChecks(types: readonly ResourceType[]): RestoreCheck[] {
  const level = ValidationLevel.RESTORED;
  const makers: Readonly<Record<string, () => RestoreCheck>> = {
    Aurora: () => RestoreCheck.aurora({ level }),
    DocumentDB: () => RestoreCheck.documentDb({ level }),
    DynamoDB: () => RestoreCheck.dynamoDb({ level }),
    EBS: () => RestoreCheck.ebs({ level }),
    EC2: () => RestoreCheck.ec2({ level }),
    EFS: () => RestoreCheck.efs({ level }),
    FSx: () => RestoreCheck.fsx({ level }),
    Neptune: () => RestoreCheck.neptune({ level }),
    RDS: () => RestoreCheck.rds({ level }),
    S3: () => RestoreCheck.s3({ level }),
  };
  return [...new Set(types.map(({ name }) => name))].flatMap((name) => makers[name]?.() ?? []);
}

/** The actions of each service that the tagging API calls. */
const TAG_ACTIONS: Readonly<Record<string, string>> = {
  DynamoDB: 'dynamodb:TagResource',
  EBS: 'ec2:CreateTags',
  EC2: 'ec2:CreateTags',
  EFS: 'elasticfilesystem:TagResource',
  FSx: 'fsx:TagResource',
  Redshift: 'redshift:CreateTags',
  S3: 's3:PutBucketTagging',
  Timestream: 'timestream:TagResource',
};

/** What tagging restored resources needs. */
export function tagActions(types: readonly ResourceType[]): string[] {
  return [...new Set(types.map(({ name }) => TAG_ACTIONS[name] ?? 'rds:AddTagsToResource'))].sort();
}
