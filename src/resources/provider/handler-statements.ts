import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { PlainStatement } from '../core/plain-statement';
import { stackUniqueId } from '../core/stack-unique-id';
import { CLAIM_ACTIONS, HANDLER_ACTIONS, STATUS_ACTIONS } from './handler-actions';

/** What a function may do for one custom resource. */
export interface HandlerStatements {
  /** The same for all custom resources of the type in a stack. */
  readonly common: readonly PlainStatement[];
  /** For this custom resource: they stay until it is deleted. */
  readonly own: readonly PlainStatement[];
}

/** The settings themselves have no ARN. The claims are parameters in their own folder. */
export function sharedSettingsStatements(
  stack: Stack,
  type: 'Custom::BackupRegionSettings' | 'Custom::BackupGlobalSettings',
  folder: 'region-settings' | 'global-settings',
): HandlerStatements {
  return {
    common: [
      { Effect: 'Allow', Action: HANDLER_ACTIONS[type], Resource: '*' },
      claimStatement(stack, folder, folder === 'global-settings'),
    ],
    own: [],
  };
}

/** The only service that may be turned on and off. */
const OF_BACKUP = { StringEquals: { 'organizations:ServicePrincipal': 'backup.amazonaws.com' } };

/** Policy types by what is done with them. */
export interface PolicyTypeChanges {
  readonly enables: readonly string[];
  readonly disables: readonly string[];
}

/** Trusted access of AWS Backup, and the named policy types of the root: no other type can be turned on or off. */
export function organizationSettingsStatements(stack: Stack, types: PolicyTypeChanges): HandlerStatements {
  const [listAccess, listRoots, enableType, disableType, ...access] =
    HANDLER_ACTIONS['Custom::BackupOrganizationSettings'];
  const onTypes = (action: string, names: readonly string[]): PlainStatement[] =>
    names.length === 0
      ? []
      : [
          {
            Effect: 'Allow',
            Action: [action],
            Resource: '*',
            Condition: { StringEquals: { 'organizations:PolicyType': names } },
          },
        ];
  return {
    common: [
      { Effect: 'Allow', Action: [listAccess, listRoots], Resource: '*' },
      { Effect: 'Allow', Action: access, Resource: '*', Condition: OF_BACKUP },
      claimStatement(stack, 'organization-settings', true),
    ],
    own: [...onTypes(enableType, types.enables), ...onTypes(disableType, types.disables)],
  };
}

/** Accounts that administer AWS Backup. */
export function delegatedAdministratorStatements(stack: Stack): HandlerStatements {
  const [list, ...change] = HANDLER_ACTIONS['Custom::BackupDelegatedAdministrator'];
  return {
    common: [
      { Effect: 'Allow', Action: [list], Resource: '*' },
      { Effect: 'Allow', Action: change, Resource: '*', Condition: OF_BACKUP },
      claimStatement(stack, 'delegated-administrators', true),
    ],
    own: [],
  };
}

/**
 * The claims on settings, in their own folder. Those on an organization are in one Region for all: where the partition
 * has AWS Organizations, which the function finds out.
 */
function claimStatement(stack: Stack, folder: string, isGlobal = false): PlainStatement {
  const claims = stack.formatArn({
    service: 'ssm',
    ...(isGlobal && { region: '*' }),
    resource: 'parameter',
    resourceName: `cdk-backup-constructs/${folder}`,
  });
  return { Effect: 'Allow', Action: CLAIM_ACTIONS, Resource: [claims, `${claims}/*`] };
}

/** What CloudFormation does with the resources of a stack. */
export function statusStatement(stack: Stack): PlainStatement {
  return { Effect: 'Allow', Action: STATUS_ACTIONS, Resource: stack.stackId };
}

/**
 * Everything in one vault. AWS Backup has no condition for the vault of a recovery point, and most recovery points are
 * snapshots and images of other services: these are their ARNs, in the account and Region of the stack.
 */
export function vaultContentsStatements(stack: Stack, vaultArn: string): HandlerStatements {
  const actions = HANDLER_ACTIONS['Custom::BackupVaultContents'];
  const { partition, region, account } = stack;
  const owned = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const recoveryPoints = [
    owned('backup', 'recovery-point:*'),
    `arn:${partition}:ec2:${region}::snapshot/*`,
    `arn:${partition}:ec2:${region}::image/*`,
    owned('rds', 'snapshot:awsbackup:*'),
    owned('rds', 'cluster-snapshot:awsbackup:*'),
    owned('rds', 'auto-backup:*'),
    owned('rds', 'cluster-auto-backup:*'),
    owned('dynamodb', 'table/*/backup/*'),
    owned('fsx', 'backup/*'),
    owned('redshift', 'snapshot:*/awsbackup:*'),
    owned('redshift-serverless', 'snapshot/*'),
  ];
  return {
    common: [
      { Effect: 'Allow', Action: actions.slice(0, 1), Resource: '*' },
      { Effect: 'Allow', Action: actions.slice(1, 4), Resource: recoveryPoints },
      { Effect: 'Allow', Action: actions.slice(7), Resource: stack.stackId },
    ],
    own: [{ Effect: 'Allow', Action: actions.slice(4, 7), Resource: vaultArn }],
  };
}

/** The settings of one vault, the tags that confirm what is saved about them, and the claims. */
export function vaultSettingsStatements(stack: Stack, vaultArn: string): HandlerStatements {
  const [list, ...own] = HANDLER_ACTIONS['Custom::BackupVaultSettings'];
  return {
    common: [{ Effect: 'Allow', Action: [list], Resource: '*' }, claimStatement(stack, 'vault-settings')],
    own: [{ Effect: 'Allow', Action: own, Resource: vaultArn }],
  };
}

/** One role of one service. */
export function serviceLinkedRoleStatements(
  stack: Stack,
  serviceName: string,
  roleName: string,
): HandlerStatements {
  const Resource = stack.formatArn({
    service: 'iam',
    region: '',
    resource: 'role',
    resourceName: `aws-service-role/${serviceName}/${roleName}`,
  });
  const [read, create] = HANDLER_ACTIONS['Custom::BackupServiceLinkedRole'];
  return {
    common: [],
    own: [
      { Effect: 'Allow', Action: [read], Resource },
      {
        Effect: 'Allow',
        Action: [create],
        Resource,
        Condition: { StringEquals: { 'iam:AWSServiceName': serviceName } },
      },
    ],
  };
}

/** Backups into one vault with one role. Jobs have no ARN before they exist. */
export function onDemandStatements(vaultArn: string, roleArn: string): HandlerStatements {
  const [start, describe] = HANDLER_ACTIONS['Custom::OnDemandBackup'];
  return {
    common: [{ Effect: 'Allow', Action: [describe], Resource: '*' }],
    own: [{ Effect: 'Allow', Action: [start], Resource: vaultArn }, passRole(roleArn)],
  };
}

/** Passing a role to one service and to no other. */
function passRole(Resource: string, service = 'backup.amazonaws.com'): PlainStatement {
  return {
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource,
    Condition: { StringEquals: { 'iam:PassedToService': service } },
  };
}

/** The team of one vault, and the claims on it. Multi-party approval asks the team itself. */
export function approvalTeamStatements(stack: Stack, vaultArn: string): HandlerStatements {
  const [list, ...own] = HANDLER_ACTIONS['Custom::BackupApprovalTeam'];
  return {
    common: [{ Effect: 'Allow', Action: [list], Resource: '*' }, claimStatement(stack, 'approval-teams')],
    own: [{ Effect: 'Allow', Action: own, Resource: vaultArn }],
  };
}

/** Legal holds of the account and Region, whose ids AWS Backup chooses. Only those of this stack can be canceled. */
export function legalHoldStatements(stack: Stack): HandlerStatements {
  const [cancel, ...others] = HANDLER_ACTIONS['Custom::BackupLegalHold'];
  const Resource = stack.formatArn({
    service: 'backup',
    resource: 'legal-hold',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const ours = { 'aws:ResourceTag/cdk-backup-constructs:owner': `${stackUniqueId(stack)}-*` };
  return {
    common: [
      { Effect: 'Allow', Action: others, Resource },
      { Effect: 'Allow', Action: [cancel], Resource, Condition: { StringLike: ours } },
    ],
    own: [],
  };
}

/** One plan, and the claims on it. */
export function planS3SettingsStatements(
  stack: Stack,
  planArn: string,
  scannerRoleArn?: string,
): HandlerStatements {
  return {
    common: [claimStatement(stack, 'plan-s3-settings')],
    own: [
      { Effect: 'Allow', Action: HANDLER_ACTIONS['Custom::BackupPlanS3Settings'], Resource: planArn },
      ...(scannerRoleArn === undefined ? [] : [passRole(scannerRoleArn, MALWARE_PROTECTION)]),
    ],
  };
}

/**
 * The service that scans: a plan with scans passes it a role whenever it changes. Inferred from AWS's own managed policies,
 * 2026-11.
 */
const MALWARE_PROTECTION = 'malware-protection.guardduty.amazonaws.com';

/** Access to one vault. AWS Backup chooses the ARN of the restore access vault. */
export function restoreAccessStatements(sourceVaultArn: string): HandlerStatements {
  const [create, revoke] = HANDLER_ACTIONS['Custom::BackupRestoreAccessVault'];
  return {
    common: [{ Effect: 'Allow', Action: [create], Resource: '*' }],
    own: [{ Effect: 'Allow', Action: [revoke], Resource: sourceVaultArn }],
  };
}
