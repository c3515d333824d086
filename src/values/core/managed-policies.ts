import { editDistance } from './nearest';

/** What an AWS managed policy of AWS Backup is for. */
type Purpose = 'jobs' | 'people' | 'other' | 'service-linked' | 'general';

/**
 * AWS managed policies, by the part of the ARN after `policy/`, as of 2026-11-28. Source: AWS Backup
 * Developer Guide, Managed policies for AWS Backup. `isSeen`: roles with exactly this ARN are deployed in public
 * templates, and IAM was seen to refuse another path (aws/aws-cdk#30363), or the path is that of service-linked roles.
 */
const POLICIES: Readonly<Record<string, { readonly purpose: Purpose; readonly isSeen: boolean }>> = {
  'service-role/AWSBackupServiceRolePolicyForBackup': { purpose: 'jobs', isSeen: true },
  'service-role/AWSBackupServiceRolePolicyForRestores': { purpose: 'jobs', isSeen: true },
  AWSBackupServiceRolePolicyForS3Backup: { purpose: 'jobs', isSeen: true },
  AWSBackupServiceRolePolicyForS3Restore: { purpose: 'jobs', isSeen: true },
  AWSBackupServiceRolePolicyForIndexing: { purpose: 'jobs', isSeen: false },
  AWSBackupServiceRolePolicyForItemRestores: { purpose: 'jobs', isSeen: false },
  AWSBackupServiceRolePolicyForScans: { purpose: 'jobs', isSeen: false },
  AWSBackupGuardDutyRolePolicyForScans: { purpose: 'other', isSeen: false },
  AWSBackupDataTransferAccess: { purpose: 'other', isSeen: false },
  AWSBackupRestoreAccessForSAPHANA: { purpose: 'other', isSeen: false },
  'service-role/AWSBackupGatewayServiceRolePolicyForVirtualMachineMetadataSync': {
    purpose: 'other',
    isSeen: false,
  },
  AWSBackupAccessPointOperatorAccess: { purpose: 'people', isSeen: false },
  AWSBackupAuditAccess: { purpose: 'people', isSeen: false },
  AWSBackupFullAccess: { purpose: 'people', isSeen: true },
  AWSBackupOperatorAccess: { purpose: 'people', isSeen: false },
  AWSBackupOrganizationAdminAccess: { purpose: 'people', isSeen: false },
  AWSBackupSearchOperatorAccess: { purpose: 'people', isSeen: false },
  // of other services, which the roles of backups often have
  AdministratorAccess: { purpose: 'general', isSeen: true },
  AmazonDynamoDBFullAccess: { purpose: 'general', isSeen: true },
  AmazonEC2FullAccess: { purpose: 'general', isSeen: true },
  AmazonRDSFullAccess: { purpose: 'general', isSeen: true },
  AmazonS3FullAccess: { purpose: 'general', isSeen: true },
  IAMFullAccess: { purpose: 'general', isSeen: true },
  PowerUserAccess: { purpose: 'general', isSeen: true },
  ReadOnlyAccess: { purpose: 'general', isSeen: true },
  'aws-service-role/AWSBackupServiceLinkedRolePolicyForBackup': { purpose: 'service-linked', isSeen: true },
  'aws-service-role/AWSBackupServiceLinkedRolePolicyForBackupTest': {
    purpose: 'service-linked',
    isSeen: true,
  },
};

/** ARNs that documents print although there is no such policy, and what they mean. */
const MISPRINTS: Readonly<Record<string, string>> = {
  // AWS Backup Developer Guide, "Backup plan templates for AWS CloudFormation"
  'service-role/service-role': 'service-role/AWSBackupServiceRolePolicyForBackup',
};

/** AWS managed policies of AWS Backup that allow no backup: they are for people, or for other services. */
export const POLICIES_WITHOUT_BACKUPS: readonly string[] = Object.keys(POLICIES).filter((name) =>
  ['people', 'other', 'service-linked'].includes(POLICIES[name].purpose),
);

/** What is wrong with an AWS managed policy. */
export interface PolicyFault {
  /** `missing`: there is no such policy; `service-linked`: it can't be attached; `unknown`: it isn't in the list. */
  readonly kind: 'missing' | 'service-linked' | 'unknown';
  /** The policy that was probably meant. */
  readonly meant?: string;
}

/**
 * Whether IAM attaches an AWS managed policy to a role; undefined if nothing speaks against it.
 *
 * @param name the part of the ARN after `policy/`
 */
export function managedPolicyFault(name: string): PolicyFault | undefined {
  if (Object.hasOwn(MISPRINTS, name)) return { kind: 'missing', meant: MISPRINTS[name] };
  if (Object.hasOwn(POLICIES, name))
    return POLICIES[name].purpose === 'service-linked'
      ? { kind: 'service-linked', meant: 'service-role/AWSBackupServiceRolePolicyForBackup' }
      : undefined;
  const last = name.slice(name.lastIndexOf('/') + 1);
  const meant = Object.keys(POLICIES).find((each) => each.slice(each.lastIndexOf('/') + 1) === last);
  if (meant !== undefined) return { kind: POLICIES[meant].isSeen ? 'missing' : 'unknown', meant };
  if (!/^awsbackup/i.test(last)) return undefined;
  const typo = typoOf(last);
  return typo === undefined ? { kind: 'unknown', meant: similar(last) } : { kind: 'missing', meant: typo };
}

/** The policy that a name is one letter away from, such as a plural: AWS gives no two policies such names. */
function typoOf(last: string): string | undefined {
  return Object.keys(POLICIES).find((each) => {
    const name = each.slice(each.lastIndexOf('/') + 1);
    return (
      POLICIES[each].isSeen && name.toLowerCase() !== last.toLowerCase() && editDistance(last, name) === 1
    );
  });
}

function similar(last: string): string | undefined {
  const wanted = last.toLowerCase();
  return Object.keys(POLICIES).find((each) => each.slice(each.lastIndexOf('/') + 1).toLowerCase() === wanted);
}

/** The default role of AWS Backup as the console creates it, with its path, in ARNs. */
export const DEFAULT_ROLE = 'role/service-role/AWSBackupDefaultServiceRole';
/** The end of an ARN with the name of the default role, but another path. */
export const OTHER_DEFAULT_ROLE = /:role\/(?!service-role\/)(?:[^:]*\/)?AWSBackupDefaultServiceRole$/;
