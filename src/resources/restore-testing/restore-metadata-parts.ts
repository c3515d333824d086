import type { ISecurityGroupRef, ISubnetRef } from 'aws-cdk-lib/aws-ec2';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { show } from '../../values/core/amounts';
import { refuse } from '../../values/core/problem';
import type { MetadataReader } from './restore-metadata-reader';

/** A role that is passed in the restore, and the service it is passed to, if known. */
export interface PassedRole {
  readonly roleArn: string;
  readonly service?: string;
}

export const A_KEY = 'a key';
export const SUBNETS = 'subnets';
export const SECURITY_GROUPS = 'security groups';

export const keyArn = (key: IKeyRef) => key?.keyRef?.keyArn;
export const subnetId = (subnet: ISubnetRef) => subnet?.subnetRef?.subnetId;
export const securityGroupId = (group: ISecurityGroupRef) => group?.securityGroupRef?.securityGroupId;
export const instanceTypeOf = (type: { readonly architecture?: unknown }) =>
  typeof type === 'object' && 'sameInstanceClassAs' in type ? String(type) : undefined;

/** Reads the options that all databases have. */
export function database(
  reader: MetadataReader,
  databaseName: string,
  parameterGroupName: string,
): MetadataReader {
  return reader
    .texts('availabilityZones')
    .text('databaseName', databaseName)
    .text('parameterGroupName', parameterGroupName)
    .text('subnetGroupName', 'dbSubnetGroupName')
    .texts('cloudwatchLogsExports', 'enableCloudwatchLogsExports')
    .flag('iamAuthentication', 'enableIamDatabaseAuthentication')
    .text('optionGroupName')
    .whole('port', 'port', 65_535)
    .refs('securityGroups', 'vpcSecurityGroupIds', SECURITY_GROUPS, securityGroupId);
}

export function rolesOf(property: string, roles: readonly IRoleRef[] | undefined): string[] {
  if (roles === undefined) return [];
  if (!Array.isArray(roles) || roles.some((role) => role?.roleRef?.roleArn === undefined))
    throw refuse(
      'Backup-RestoreMetadata',
      property,
      `\`${property}\` must be a list of roles, got ${show(roles)}`,
    );
  return roles.map((role) => role.roleRef.roleArn);
}
