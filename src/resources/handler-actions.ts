import type { Stack } from 'aws-cdk-lib';

/** A statement of a policy, as the provider of aws-cdk-lib's core takes it: without classes of aws-iam. */
export interface PlainStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, unknown>>;
}

/** The types of our custom resources. */
export type HandlerType =
  | 'Custom::BackupRegionSettings'
  | 'Custom::BackupGlobalSettings'
  | 'Custom::BackupServiceLinkedRole'
  | 'Custom::OnDemandBackup';

/** What the handler of each type may do, and no more: a test holds it against what it calls. */
export const HANDLER_ACTIONS: Readonly<Record<HandlerType, readonly string[]>> = {
  'Custom::BackupRegionSettings': ['backup:DescribeRegionSettings', 'backup:UpdateRegionSettings'],
  'Custom::BackupGlobalSettings': ['backup:DescribeGlobalSettings', 'backup:UpdateGlobalSettings'],
  'Custom::BackupServiceLinkedRole': ['iam:GetRole', 'iam:CreateServiceLinkedRole'],
  'Custom::OnDemandBackup': ['backup:StartBackupJob', 'backup:DescribeBackupJob'],
};

/** What the claims on shared settings are kept with. */
export const CLAIM_ACTIONS = ['ssm:GetParametersByPath', 'ssm:PutParameter', 'ssm:DeleteParameter'];

/** The settings themselves have no ARN; the claims are parameters in a folder of their own. */
export function sharedSettingsStatements(
  stack: Stack,
  type: 'Custom::BackupRegionSettings' | 'Custom::BackupGlobalSettings',
  folder: 'region-settings' | 'global-settings',
): PlainStatement[] {
  const claims = stack.formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: `cdk-backup-constructs/${folder}`,
  });
  return [
    { Effect: 'Allow', Action: HANDLER_ACTIONS[type], Resource: '*' },
    { Effect: 'Allow', Action: CLAIM_ACTIONS, Resource: [claims, `${claims}/*`] },
  ];
}

/** One role of one service. */
export function serviceLinkedRoleStatements(
  stack: Stack,
  serviceName: string,
  roleName: string,
): PlainStatement[] {
  const Resource = stack.formatArn({
    service: 'iam',
    region: '',
    resource: 'role',
    resourceName: `aws-service-role/${serviceName}/${roleName}`,
  });
  const [read, create] = HANDLER_ACTIONS['Custom::BackupServiceLinkedRole'];
  return [
    { Effect: 'Allow', Action: [read], Resource },
    {
      Effect: 'Allow',
      Action: [create],
      Resource,
      Condition: { StringEquals: { 'iam:AWSServiceName': serviceName } },
    },
  ];
}

/** Backups into one vault, in the name of one role; jobs have no ARN before they are made. */
export function onDemandStatements(vaultArn: string, roleArn: string): PlainStatement[] {
  const [start, describe] = HANDLER_ACTIONS['Custom::OnDemandBackup'];
  return [
    { Effect: 'Allow', Action: [start], Resource: vaultArn },
    { Effect: 'Allow', Action: [describe], Resource: '*' },
    passRole(roleArn),
  ];
}

/** Handing a role to AWS Backup, and to no other service: no call, but needed for some. */
function passRole(Resource: string): PlainStatement {
  return {
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource,
    Condition: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
  };
}
